"""The series a data directory holds: one table and one source card each."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from oversight_lib.errors import StoreError
from oversight_lib.frames import SERIES
from oversight_lib.intake import DATA
from oversight_lib.intake.layouts import LICENCE
from oversight_lib.intake.store import read_csv

FOLDER = "series"


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One file that figures of a series are from; the same file makes the same source."""

    publisher: str
    title: str
    file: str
    period: str
    page: str
    layout: str
    derived: bool
    sha256: str
    rows: int


def table_path(data: Path, name: str) -> Path:
    """Where the table of a series is or goes."""
    return data / FOLDER / f"{name}.csv"


def card_path(data: Path, name: str) -> Path:
    """Where the source card of a series is or goes."""
    return data / FOLDER / f"{name}.card.toml"


def names(data: Path = DATA) -> list[str]:
    """Return the names of the series a data directory holds."""
    return sorted(path.stem for path in (data / FOLDER).glob("*.csv"))


def read_holding(data: Path, name: str) -> tuple[pd.DataFrame, list[Source]]:
    """Return one series and its sources; empty where it is not there."""
    if not table_path(data, name).exists():
        return SERIES.empty(), []
    return read_csv(SERIES, table_path(data, name)), read_sources(card_path(data, name))


def load_series(data: Path = DATA) -> pd.DataFrame:
    """Return `frames.SERIES`: everything a data directory holds."""
    tables = [read_csv(SERIES, table_path(data, name)) for name in names(data)]
    return SERIES.arrange(pd.concat([SERIES.empty(), *tables], ignore_index=True))


def read_sources(path: Path) -> list[Source]:
    """Return the sources on a card."""
    try:
        entries = tomllib.loads(path.read_text("utf-8"))["source"]
        return [Source(**entry) for entry in entries]
    except (OSError, tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        do_this = "take the files in again with `oversight series FILE`"
        raise StoreError(f"{path} is not a source card", [str(error)], do_this) from None


def card_bytes(sources: Sequence[Source]) -> bytes:
    """Return the source card: licence and attribution, then the files in order."""
    publishers = " and ".join(sorted({source.publisher for source in sources}))
    attribution = f"Contains public sector information from {publishers} licensed under the"
    lines = [_line("licence", LICENCE), _line("attribution", f"{attribution} {LICENCE}.")]
    for source in sorted(sources):
        lines += ["", "[[source]]", *(_line(key, value) for key, value in asdict(source).items())]
    return "\n".join([*lines, ""]).encode()


def _line(key: str, value: object) -> str:
    # JSON strings, numbers and booleans are TOML's too.
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"
