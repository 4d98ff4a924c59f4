"""Setting a pack on paper: plain data in, a tagged PDF out, the same bytes every time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, Final, Protocol

import typst

from oversight_lib.errors import PageError, Problem
from oversight_lib.press.edition_facts import EditionFacts

TEMPLATE = Path(__file__).with_name("pack.typ")
STANDARD: Final = "ua-1"
FONTS = ("Source Sans Pro", "DejaVu Sans", "Last Resort High-Efficiency")
"""The fonts of a pack, in the order a letter is looked for in them: the last has every letter."""


class Content(Protocol):
    """What is printed: a dataclass of the fields that `pack.typ` names, and of plain text."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def title(self) -> str:
        """Whom the pack is about."""
        ...


def pdf(content: Content, edition: EditionFacts) -> bytes:
    """Return a pack as PDF/UA-1, dated like its edition.

    Raises `PageError` if it cannot be set: an image without words, for one, is refused.
    """
    told = json.dumps(
        {**asdict(content), "edition": _facts(edition), "fonts": FONTS},
        ensure_ascii=False,
    )
    try:
        made, warnings = _compiler().compile_with_warnings(
            format="pdf",
            sys_inputs={"pack": told},
            pdf_standards=[STANDARD],
            timestamp=edition.epoch,
        )
    except typst.TypstError as error:
        raise _unset(content, [error.message, *error.hints]) from None
    if warnings or not isinstance(made, bytes):
        raise _unset(content, [warning.message for warning in warnings])
    return made


def _facts(edition: EditionFacts) -> Mapping[str, object]:
    """Return what the template says of the edition: its quarter, date, rules, code and files.

    A paper has no room for the sums of all files; one sum over their names and sums stands for
    them, and the edition's manifest has each.
    """
    date = datetime.fromtimestamp(edition.epoch, tz=UTC)
    sums = "".join(f"{file.sha256}  {file.name}\n" for file in sorted(edition.files))
    return {
        "quarter": edition.quarter.label,
        "date": [date.year, date.month, date.day],
        "rules": edition.rules.replace("-", "/"),
        "commit": edition.commit,
        "files": len(edition.files),
        "sum": sha256(sums.encode()).hexdigest(),
    }


def _unset(content: Content, why: Sequence[str]) -> PageError:
    problems = [Problem(f"pack of {content.title}", reason) for reason in why]
    return PageError("a board pack could not be set", problems)


@cache
def _compiler() -> typst.Compiler:
    """Return what sets packs: made once, because it reads the fonts."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=_font_folders())
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts)


def _font_folders() -> list[Path]:
    """Return where our fonts are: in the packages that carry them, so every machine sets alike."""
    places = {"font_source_sans_pro": "files", "matplotlib": "mpl-data/fonts/ttf"}
    specs = [(find_spec(package), folder) for package, folder in places.items()]
    return [Path(spec.origin).parent / at for spec, at in specs if spec and spec.origin]
