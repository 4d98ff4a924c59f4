"""One file of commentary: its front matter and its words, read and written."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from oversight_lib.intake.cells import HIDDEN
from oversight_lib.intake.commentary.figures import EXAMPLE, Figure

UNWRITTEN = "(Write here, and delete this line.)"
_FENCE = "---"
_KEYS = ("author", "date")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person wrote, when, and the figures it leans on."""

    author: str
    date: str
    figures: tuple[Figure, ...]
    text: str
    sha256: str = ""

    @classmethod
    def parse(cls, text: str) -> "tuple[Remark | None, list[str]]":
        """Return the remark in a file's text, or None; and everything that is wrong with it."""
        head, words = _split(text)
        if head is None:
            return None, ["no front matter; expected author, date and figures between two ---"]
        fields, lines, problems = _front(head)
        figures, faults = _figures(lines)
        problems += [*_missing(fields), *faults, *_undated(fields.get("date", ""))]
        if HIDDEN.search(re.sub(r"[\t\r\n]", "", text)):
            problems.append("a character cannot be seen; write plain text")
        if not words.strip() or UNWRITTEN in words:
            problems.append("the words are not written yet")
        if problems:
            return None, problems
        summed = hashlib.sha256(text.encode()).hexdigest()
        return cls(fields["author"], fields["date"], figures, words.strip(), summed), []

    def __str__(self) -> str:
        lines = [f"- {figure.name} = {figure.recorded}" for figure in self.figures]
        head = [f"author: {self.author}", f"date: {self.date}", "figures:", *lines]
        return "\n".join([_FENCE, *head, _FENCE, "", self.text, ""])


def write(remark: Remark, path: Path) -> None:
    """Write a remark to a file that is not there yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(str(remark))


def _split(text: str) -> tuple[str | None, str]:
    match = re.fullmatch(rf"{_FENCE}\n(.*?)\n{_FENCE}\n(.*)", text.replace("\r\n", "\n"), re.DOTALL)
    return (match[1], match[2]) if match else (None, "")


def _front(head: str) -> tuple[dict[str, str], list[str], list[str]]:
    """Return the fields, the lines of figures, and what is neither."""
    fields: dict[str, str] = {}
    figures, problems = [], []
    for line in filter(str.strip, head.splitlines()):
        name, _, value = line.partition(":")
        if line.lstrip().startswith("- "):
            figures.append(line.lstrip()[2:].strip().strip("\"'"))
        elif name in _KEYS and name not in fields:
            fields[name] = value.strip()
        elif line.strip() != "figures:":
            problems.append(f'"{line}" is not expected; write author, date and figures, once each')
    return fields, figures, problems


def _figures(lines: Sequence[str]) -> tuple[tuple[Figure, ...], list[str]]:
    if not lines:
        return (), [f"no figures; name what the words lean on, as - {EXAMPLE}"]
    figures, faults = [], []
    for line in lines:
        try:
            figure = Figure.parse(line)
        except ValueError as error:
            faults.append(str(error))
            continue
        figures.append(figure)
        if not figure.recorded:
            faults.append(f'"{line}": no value recorded; write it as {EXAMPLE}')
    names = [figure.name for figure in figures]
    twice = sorted({name for name in names if names.count(name) > 1})
    return tuple(figures), [*faults, *(f"{name} is named twice" for name in twice)]


def _missing(fields: dict[str, str]) -> list[str]:
    return [f"no {name}" for name in _KEYS if not fields.get(name)]


def _undated(text: str) -> list[str]:
    try:
        date.fromisoformat(text or "2000-01-01")
    except ValueError:
        return [f'the date is "{text}"; expected a day, as 2026-03-12']
    return []
