"""Everybody a reader can look for, as it is written beside a book's sources for the theme.

Little is imported here, because the theme is a process of its own that starts with every binding.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

NAME = "_finder.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation: what it is looked for by, and the page it is found on.

    `own` is False where it has no page of its own in this edition: `slug` is then the nearest
    page above it. `places` are the towns a reader may look for it by.
    """

    kind: str
    code: str
    name: str
    places: tuple[str, ...]
    slug: str
    own: bool


def write(found: Sequence[Entry], staged: Path) -> None:
    """Write the entries beside a book's sources, where the theme reads them."""
    text = json.dumps([asdict(entry) for entry in found], indent=1, ensure_ascii=False)
    (staged / NAME).write_text(text + "\n", encoding="utf-8", newline="\n")


def read(staged: Path) -> list[Entry]:
    """Return the entries beside a book's sources; none if there are none."""
    path = staged / NAME
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.exists() else []
    return [Entry(**{**entry, "places": tuple(entry["places"])}) for entry in found]
