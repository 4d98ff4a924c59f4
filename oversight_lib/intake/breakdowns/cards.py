"""The card of a table in `data/inequality/`: who published it, the very file, what it measures."""

import json
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import pandas as pd

from oversight_lib.errors import StoreError
from oversight_lib.frames import INDICATORS

LICENCE = "Open Government Licence v3.0"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that was read: its publisher's title for it, its name and its checksum."""

    publisher: str
    title: str
    page: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a breakdown measures; the fields are the columns of `frames.INDICATORS`."""

    indicator: str
    name: str
    short: str
    unit: str
    better: str
    per: float
    lowest: float | None
    highest: float | None
    symmetric: str
    policy: str
    publisher: str
    title: str
    page: str
    licence: str
    note: str | None = None

    def row(self) -> pd.DataFrame:
        """Return it as the one row of an INDICATORS table."""
        return INDICATORS.arrange(pd.DataFrame([asdict(self)]))


@dataclass(frozen=True, slots=True)
class Card:
    """The source card of one table: period, licence, policy, note, and the files behind it."""

    title: str
    period: str
    licence: str
    attribution: str
    policy: str
    note: str
    source: tuple[SourceFile, ...]
    indicator: Indicator | None = None


def attribution(*publishers: str) -> str:
    """Return the sentence the licence asks for."""
    named = ", ".join(dict.fromkeys(publishers))
    return f"Contains public sector information from {named} licensed under the {LICENCE}."


def card_bytes(card: Card) -> bytes:
    """Return the card as TOML; it has no path and no time, so the same file makes the same card."""
    lines = _flat(card, skip=("source", "indicator"))
    if card.indicator:
        lines += ["", "[indicator]", *_flat(card.indicator)]
    for source in card.source:
        lines += ["", "[[source]]", *_flat(source)]
    return "\n".join([*lines, ""]).encode()


def read_card(path: Path) -> Card:
    """Return the card in a file that `card_bytes` made."""
    try:
        read = tomllib.loads(path.read_text("utf-8"))
        about = read.pop("indicator", None)
        sources = tuple(SourceFile(**source) for source in read.pop("source"))
        missing = dict.fromkeys(("lowest", "highest"))
        indicator = Indicator(**{**missing, **about}) if about else None
        return Card(**read, source=sources, indicator=indicator)
    except (OSError, tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        do_this = "take the file in again with `oversight breakdowns`"
        raise StoreError(f"{path} is not a source card", [str(error)], do_this) from None


def _flat(item: object, skip: tuple[str, ...] = ()) -> list[str]:
    names = [field.name for field in fields(item) if field.name not in skip]  # type: ignore[arg-type]
    values = {name: getattr(item, name) for name in names}
    # A JSON text or number is a TOML one; TOML has no null, so what is missing is left out.
    return [
        f"{name} = {json.dumps(value, ensure_ascii=False)}"
        for name, value in values.items()
        if value is not None
    ]
