"""The framework as data: one complete folder of TOML per framework year.

`load_framework(year)` reads and checks it. Every problem is reported with the file and the line. A
file of one's own, laid over a year's rules, fills in what they do not know or tries something else.
"""

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from oversight_lib.errors import Problem, RulesError, UnknownNameError
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules.consequences import FILE as CONSEQUENCES
from oversight_lib.rules.context import FILE as CONTEXT
from oversight_lib.rules.context import Measure, load_context
from oversight_lib.rules.model import Framework
from oversight_lib.rules.overlay import laid_over, not_numbers
from oversight_lib.rules.questions import FILE as QUESTIONS

_FOLDER = files(__name__)
_APART = (CONSEQUENCES, CONTEXT, QUESTIONS)
"""Files of a year's folder that score nothing and have a model of their own."""
OWN = "OVERSIGHT_RULES"
"""The environment variable that names a file of one's own, laid over every year's rules."""


def years() -> list[FrameworkYear]:
    """Return the framework years there are rules for, oldest first."""
    named = (entry.name for entry in _FOLDER.iterdir() if re.fullmatch(r"\d{4}-\d\d", entry.name))
    return sorted(FrameworkYear.parse(name) for name in named)


def load_framework(year: FrameworkYear, own: Path | None = None) -> Framework:
    """Return the rules of a framework year, with one's own file laid over them, checked.

    Without `own`, the file that the environment variable `OVERSIGHT_RULES` names, if it does: a
    page's kernel is told that way, as it is told where the tables are.
    """
    named = os.environ.get(OWN)
    return _load(year, own or (Path(named) if named else None))


@cache
def _load(year: FrameworkYear, own: Path | None) -> Framework:
    if year not in years():
        raise UnknownNameError(
            f"there are no rules for {year.label}",
            do_this=f"choose one of {', '.join(map(str, years()))}, or add a folder of rules",
        )
    return read_framework(_FOLDER / str(year), own)


@cache
def measures() -> dict[str, Measure]:
    """Return every measure of any year's rules by identifier; of several the latest year's."""
    loaded = [load_context(year) for year in years()]
    return {found.id: found for context in loaded if context for found in context.measure}


def read_framework(folder: Traversable, own: Path | None = None) -> Framework:
    """Return the rules in a folder of TOML files, or raise `RulesError` with every problem.

    `own` is a TOML file with the same headings that is laid over them (`overlay.laid_over`).
    """
    found = sorted(folder.iterdir(), key=lambda entry: entry.name)
    named = {
        f"{folder.name}/{e.name}": e
        for e in found
        if e.name.endswith(".toml") and e.name not in _APART
    }
    # One's own file comes first: what is wrong in both is to be mended there.
    texts = _texts({str(own): own} if own else {}) | _texts(named)
    parts = {name: _parse(name, text) for name, text in texts.items()}
    rules = {key: part[key] for name, part in parts.items() if name in named for key in part}
    try:
        return Framework.model_validate(laid_over(rules, parts[str(own)]) if own else rules)
    except ValidationError as error:
        problems = [
            _problem(folder.name, texts, parts, fault["loc"], message)
            for fault in error.errors()
            for message in fault["msg"].removeprefix("Value error, ").splitlines()
        ]
        raise RulesError(
            f"{len(problems)} problem{'s' * (len(problems) > 1)} in rules/{folder.name}", problems
        ) from None


def _texts(files_: Mapping[str, Traversable]) -> dict[str, str]:
    try:
        return {name: file.read_text("utf-8") for name, file in files_.items()}
    except OSError as error:
        raise RulesError(
            f"the rules in {error.filename} cannot be read", [str(error.strerror)]
        ) from None
    except UnicodeDecodeError as error:
        raise RulesError("the rules cannot be read", [f"they are not UTF-8: {error}"]) from None


def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        rules = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RulesError(f"{name} is not TOML", [str(error)]) from None
    if wrong := [Problem(where, "nan is no number", "a number") for where in not_numbers(rules)]:
        raise RulesError(f"{name} cannot be used", wrong)
    return rules


def _problem(
    year: str,
    texts: Mapping[str, str],
    parts: Mapping[str, Any],
    place: Iterable[int | str],
    message: str,
) -> Problem:
    """Say in which file and on which line a rule is wrong, as well as the message can tell."""
    path = [part for part in place if not isinstance(part, str) or part.isidentifier()]
    named = re.match(r"(?:metric|pool|adjustment|domain|source) (\S+?):", message)
    for name, text in texts.items():
        if named and (found := re.search(rf'^id\s*=\s*"{named[1]}"', text, re.MULTILINE)):
            return Problem(f"{name}, line {text.count(chr(10), 0, found.start()) + 1}", message)
        if path and path[0] in parts[name]:
            where = f"{name}, line {_line(text, path)}"
            return Problem(where, f"{'.'.join(map(str, path))}: {message}")
    return Problem(f"rules/{year}", f"{'.'.join(map(str, path))}: {message}".lstrip(": "))


def _line(text: str, path: list[Any]) -> int:
    """Return the line of the deepest part of a path that stands on a line of its own."""
    headers = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if re.fullmatch(rf"\[\[?{path[0]}\]?\]", line.strip())
    ]
    index = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
    start = headers[index] if index < len(headers) else 1
    keys = [part for part in path[1:] if isinstance(part, str)]
    for number, line in enumerate(text.splitlines()[start:], start + 1):
        if line.startswith("["):
            break
        if keys and re.match(rf"{keys[0]}\s*=", line):
            return number
    return start
