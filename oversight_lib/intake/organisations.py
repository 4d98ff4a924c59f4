"""Trusts, integrated care boards and regions: codes, names, and when they were open."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

import pandas as pd

from oversight_lib import frames
from oversight_lib.errors import Problem, StoreError, UnknownNameError
from oversight_lib.frames import Frame
from oversight_lib.intake import DATA
from oversight_lib.intake.cells import HIDDEN
from oversight_lib.intake.store import read_csv
from oversight_lib.periods import Quarter, ReportingPeriod

Kind = Literal["trust", "icb", "region"]
_TABLES: Mapping[str, tuple[Frame, str]] = {
    "trust": (frames.TRUSTS, "org"),
    "icb": (frames.ICBS, "icb"),
    "region": (frames.REGIONS, "region"),
}
_WORDS_OF_EVERY_NAME = (
    "nhs ",
    " integrated care board",
    " icb",
    " foundation trust",
    " trust",
    " nhs",
)


def trusts(data: Path = DATA) -> pd.DataFrame:
    """Return `frames.TRUSTS`: every trust the data directory knows, open or closed."""
    return _table("trust", data)


def icbs(data: Path = DATA, quarter: Quarter | None = None) -> pd.DataFrame:
    """Return `frames.ICBS`; with a quarter, only the boards that were open in it."""
    boards = _table("icb", data)
    return boards if quarter is None else open_in(boards, quarter)


def regions(data: Path = DATA) -> pd.DataFrame:
    """Return `frames.REGIONS`."""
    return _table("region", data)


def organisations(data: Path = DATA) -> pd.DataFrame:
    """Return `frames.ORGANISATIONS`: every trust with the names of its region and ICB."""
    region = regions(data)[["region", "name"]].rename(columns={"name": "region_name"})
    board = icbs(data)[["icb", "name"]].rename(columns={"name": "icb_name"})
    named = trusts(data).merge(region, on="region", how="left").merge(board, on="icb", how="left")
    return frames.ORGANISATIONS.arrange(named)


def open_in(table: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """Return the rows whose validity overlaps the quarter; a date that is missing is no limit."""
    period = ReportingPeriod.parse(quarter.label)
    started = table["valid_from"].isna() | (table["valid_from"] <= f"{period.last}-31")
    not_ended = table["valid_to"].isna() | (table["valid_to"] >= f"{period.first}-01")
    return table[started & not_ended].reset_index(drop=True)


def find(kind: Kind, text: str, data: Path = DATA) -> str:
    """Return the code of the organisation with this code or name, in any case.

    A name may leave out what all names share: `Dorset` finds the board, `Bolton` the trust. A name
    that fits none or several raises `UnknownNameError` with the nearest ones.
    """
    named = _table(kind, data)
    code = _TABLES[kind][1]
    wanted = _plain(text)
    codes = named[code].str.casefold()
    for fits in (
        codes == wanted,
        named["name"].map(_plain) == wanted,
        named["name"].map(_short) == _short(text),
    ):
        if fits.sum() == 1:
            return str(named.loc[fits, code].iloc[0])
    raise UnknownNameError(
        f'"{text}" is not the code or name of one {kind.upper() if kind == "icb" else kind}',
        _near(named.set_index(code)["name"], text),
        "give the code, or the name as it stands in data/organisations",
    )


def _near(names: "pd.Series[str]", text: str) -> list[str]:
    """Return up to three organisations whose code or name is like the text."""
    spelled = {_short(name): str(code) for code, name in names.items()}
    spelled |= {str(code).casefold(): str(code) for code in names.index}
    close = get_close_matches(_short(text), list(spelled), n=3, cutoff=0.6)
    inside = [short for short in spelled if _short(text) and _short(text) in short]
    codes = dict.fromkeys(spelled[short] for short in [*close, *inside])
    return [f"did you mean {code} ({names[code]})?" for code in list(codes)[:3]]


def _plain(name: str) -> str:
    return " ".join(name.replace("\xa0", " ").split()).casefold()


def _short(name: str) -> str:
    short = _plain(name)
    for words in _WORDS_OF_EVERY_NAME:
        short = short.removeprefix(words) if words.endswith(" ") else short.removesuffix(words)
    return short.strip()


def _table(kind: Kind, data: Path) -> pd.DataFrame:
    """Return the table of a data directory, or the bundled one if the directory brings none."""
    frame, _ = _TABLES[kind]
    own = data / "organisations" / f"{frame.name}.csv"
    path = own if own.exists() else DATA / "organisations" / own.name
    named = read_csv(frame, path)
    if hidden := [name for name in named["name"] if HIDDEN.search(name)]:
        problems = [Problem(path.name, f'"{name}" has a character that cannot be seen')
                    for name in hidden]  # fmt: skip
        raise StoreError(f"{path} cannot be used", problems, "write the names in plain text")
    return named
