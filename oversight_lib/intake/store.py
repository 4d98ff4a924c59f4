"""Tidy tables to and from disk, checked both ways.

The same table gives the same bytes: columns in the frame's order, rows sorted by its key, numbers
written so that they read back exactly, missing as nothing between two commas.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pandas as pd

from oversight_lib.errors import StoreError
from oversight_lib.frames import ASSESSMENT, FRAMES, Frame
from oversight_lib.intake.files import write_all


def csv_bytes(frame: Frame, table: pd.DataFrame) -> bytes:
    """Return the table as CSV: UTF-8, comma, one line feed a row."""
    return _as_csv(frame.arrange(table))


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
    return _as_parquet(frame.arrange(table))


def _as_csv(arranged: pd.DataFrame) -> bytes:
    return arranged.to_csv(index=False, lineterminator="\n").encode()


def _as_parquet(arranged: pd.DataFrame) -> bytes:
    buffer = BytesIO()
    arranged.to_parquet(buffer, index=False)
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


def save_assessment(
    tables: Mapping[str, pd.DataFrame], out: Path, *, saved: Mapping[str, Path] | None = None
) -> None:
    """Write every table of an assessment to a folder, as CSV and as Parquet: all or none.

    `tables` are named after their frames. One that every assessment has and that is missing, or
    one without a frame, is refused with `StoreError`, and so is one that breaks its contract.
    `saved` are the folders in which these very tables were written before; they are copied.
    """
    needed = {frame.name for frame in ASSESSMENT}
    if problems := [
        *(f"{name}: missing" for name in sorted(needed - tables.keys())),
        *(
            f"{name}: not a table of an assessment"
            for name in sorted(tables.keys() - FRAMES.keys())
        ),
    ]:
        raise StoreError("these are not the tables of an assessment", problems)
    saved = saved or {}
    contents: dict[Path, bytes] = {}
    for name, table in tables.items():
        forms = _copied(name, saved[name]) if name in saved else _written(name, table)
        contents |= {out / form: content for form, content in forms.items()}
    write_all(contents)
    # A table of an earlier assessment that this one has not would be taken for one of its own.
    for name in FRAMES.keys() - tables.keys():
        for form in ("csv", "parquet"):
            (out / f"{name}.{form}").unlink(missing_ok=True)


def _copied(name: str, folder: Path) -> dict[str, bytes]:
    return {form: (folder / form).read_bytes() for form in (f"{name}.csv", f"{name}.parquet")}


def _written(name: str, table: pd.DataFrame) -> dict[str, bytes]:
    arranged = FRAMES[name].arrange(table)
    return {f"{name}.csv": _as_csv(arranged), f"{name}.parquet": _as_parquet(arranged)}


def load_tables(folder: Path, *, known: bool = False) -> dict[str, pd.DataFrame]:
    """Return the tables of an assessment by name, from the folder `save_assessment` wrote to.

    `known` are the very bytes it wrote: tables that were checked, and are not checked again.
    """
    absent = [frame.name for frame in ASSESSMENT if not (folder / f"{frame.name}.parquet").exists()]
    if absent:
        raise StoreError(
            f"there is no complete assessment in {folder}",
            [f"{name}.parquet: no such file" for name in absent],
            "run `oversight assess` for this quarter first",
        )
    there = [name for name in FRAMES if (folder / f"{name}.parquet").exists()]
    if known:
        return {name: pd.read_parquet(folder / f"{name}.parquet") for name in there}
    return {name: read_parquet(FRAMES[name], folder / f"{name}.parquet") for name in there}
