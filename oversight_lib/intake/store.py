"""Tidy tables to and from disk, checked both ways.

The same table gives the same bytes: columns in the frame's order, rows sorted by its key, numbers
written so that they read back exactly, missing as nothing between two commas.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pandas as pd

from oversight_lib.errors import StoreError
from oversight_lib.frames import ASSESSMENT, SYSTEMS, Frame
from oversight_lib.intake.files import write_all


def csv_bytes(frame: Frame, table: pd.DataFrame) -> bytes:
    """Return the table as CSV: UTF-8, comma, one line feed a row."""
    return frame.arrange(table).to_csv(index=False, lineterminator="\n").encode()


def read_csv(frame: Frame, path: Path) -> pd.DataFrame:
    """Return the table in a CSV file that `csv_bytes` made, checked."""
    types = {column.name: column.kind.value for column in frame.columns}
    try:
        table = pd.read_csv(
            path,
            dtype=types,
            keep_default_na=False,
            na_values=[""],
        )
    except FileNotFoundError:
        raise _absent(frame, path) from None
    except ValueError as error:
        raise StoreError(f"{path} is not a table of {frame.name}", [str(error)]) from None
    return frame.check(table)


def parquet_bytes(frame: Frame, table: pd.DataFrame) -> bytes:
    """Return the table as Parquet."""
    buffer = BytesIO()
    frame.arrange(table).to_parquet(buffer, index=False)
    return buffer.getvalue()


def read_parquet(frame: Frame, path: Path) -> pd.DataFrame:
    """Return the table in a Parquet file that `parquet_bytes` made, checked."""
    try:
        return frame.check(pd.read_parquet(path))
    except FileNotFoundError:
        raise _absent(frame, path) from None
    except ValueError as error:
        raise StoreError(f"{path} is not a table of {frame.name}", [str(error)]) from None


def _absent(frame: Frame, path: Path) -> StoreError:
    return StoreError(f"there is no table {frame.name}", [f"{path}: no such file"])


def save_assessment(tables: Mapping[str, pd.DataFrame], out: Path) -> None:
    """Write every table of an assessment to a folder, as CSV and as Parquet: all or none.

    `tables` are named after their frames. One that is missing, or is no table of an assessment,
    is refused with `StoreError`, and so is one that breaks its contract.
    """
    _save(ASSESSMENT, tables, out, "an assessment")


def save_systems(tables: Mapping[str, pd.DataFrame], out: Path) -> None:
    """Write the tables about systems to a folder, as `save_assessment` does those of a quarter."""
    _save(SYSTEMS, tables, out, "systems")


def _save(
    wanted: Sequence[Frame], tables: Mapping[str, pd.DataFrame], out: Path, what: str
) -> None:
    frames = {frame.name: frame for frame in wanted}
    if problems := [
        *(f"{name}: missing" for name in sorted(frames.keys() - tables.keys())),
        *(f"{name}: not a table of {what}" for name in sorted(tables.keys() - frames.keys())),
    ]:
        raise StoreError(f"these are not the tables of {what}", problems)
    contents = {out / f"{name}.csv": csv_bytes(frames[name], tables[name]) for name in frames}
    contents |= {
        out / f"{name}.parquet": parquet_bytes(frames[name], tables[name]) for name in frames
    }
    write_all(contents)


def load_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of an assessment by name, from the folder `save_assessment` wrote to."""
    return _load(ASSESSMENT, folder, "assessment")


def load_systems(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables about systems by name, from the folder `save_systems` wrote to."""
    return _load(SYSTEMS, folder, "set of tables about systems")


def _load(wanted: Sequence[Frame], folder: Path, what: str) -> dict[str, pd.DataFrame]:
    absent = [frame.name for frame in wanted if not (folder / f"{frame.name}.parquet").exists()]
    if absent:
        raise StoreError(
            f"there is no complete {what} in {folder}",
            [f"{name}.parquet: no such file" for name in absent],
            "run `oversight assess` for this quarter first",
        )
    return {frame.name: read_parquet(frame, folder / f"{frame.name}.parquet") for frame in wanted}
