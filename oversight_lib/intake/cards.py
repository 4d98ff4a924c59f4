"""The source card beside each published table: who published it, and the very file it is from."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from oversight_lib.errors import StoreError
from oversight_lib.intake.layouts import (
    ATTRIBUTION,
    FIGURES,
    LEAGUE,
    LICENCE,
    PAGE,
    PUBLISHER,
    Kind,
)
from oversight_lib.intake.reader import PublishedTable
from oversight_lib.rules import load_framework

_TITLES = {Kind.FIGURES: FIGURES.title, Kind.LEAGUE: LEAGUE.title}


@dataclass(frozen=True)
class Card:
    """A source card. It holds no path and no time, so the same file makes the same card."""

    publisher: str
    title: str
    file: str
    period: str
    page: str
    licence: str
    attribution: str
    sha256: str
    rows_read: int
    rows_kept: int
    names: Mapping[str, str]
    sub_domains: Mapping[str, str]


def card_of(published: PublishedTable) -> Card:
    """Return the source card of a published table."""
    framework = load_framework(published.quarter.year)
    kind = next(kind for kind in framework.trust_type if kind.id == published.trust_type)
    label = published.quarter.label
    return Card(
        publisher=PUBLISHER,
        title=f"{framework.title}: {kind.names[0].lower()} {_TITLES[published.kind]}, {label}",
        file=published.file,
        period=label,
        page=PAGE,
        licence=LICENCE,
        attribution=ATTRIBUTION,
        sha256=published.sha256,
        rows_read=published.rows_read,
        rows_kept=len(published.table),
        names=published.names,
        sub_domains=published.sub_domains,
    )


def card_bytes(card: Card) -> bytes:
    """Return the card as TOML."""
    flat, tables = [], []
    for name in (field.name for field in fields(card)):
        value = getattr(card, name)
        if isinstance(value, Mapping):
            tables += ["", f"[{name}]", *(_line(key, value[key]) for key in sorted(value))]
        else:
            flat.append(_line(name, value))
    return "\n".join([*flat, *tables, ""]).encode()


def read_card(path: Path) -> Card:
    """Return the card in a file that `card_bytes` made."""
    try:
        return Card(**tomllib.loads(path.read_text("utf-8")))
    except (OSError, tomllib.TOMLDecodeError, TypeError) as error:
        do_this = "take the publication in again with `oversight intake`"
        raise StoreError(f"{path} is not a source card", [str(error)], do_this) from None


def _line(key: str, value: str | int) -> str:
    # A JSON string is a TOML basic string.
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"


def files_read(path: Path) -> list[tuple[str, str]]:
    """Return the name and checksum of every file a source card names; a text read has none."""
    return [(entry["file"], entry["sha256"]) for entry in _entries(path) if "sha256" in entry]


def publications_read(path: Path) -> list[tuple[str, str, str]]:
    """Return publisher, title and page of every publication a source card names."""
    entries = _entries(path)
    return [(entry["publisher"], entry["title"], entry.get("page", "")) for entry in entries]


def _entries(path: Path) -> list[dict[str, str]]:
    try:
        card = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise StoreError(f"{path} is not a source card", [str(error)]) from None
    return list(card.get("source", [card]))
