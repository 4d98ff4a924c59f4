"""What a later publication of the same quarter changed, figure by figure."""

from pathlib import Path

import pandas as pd

from oversight_lib.frames import REVISIONS
from oversight_lib.intake.catalogue import Holding
from oversight_lib.intake.layouts import Kind
from oversight_lib.intake.store import read_csv


def revisions_path(data: Path) -> Path:
    """Where the revisions are logged."""
    return data / "oversight" / "revisions.csv"


def logged(data: Path) -> pd.DataFrame:
    """Return `frames.REVISIONS`: every revision logged so far."""
    path = revisions_path(data)
    return read_csv(REVISIONS, path) if path.exists() else REVISIONS.empty()


def revisions(
    holding: Holding, old: pd.DataFrame, new: pd.DataFrame, old_sha256: str, new_sha256: str
) -> pd.DataFrame:
    """Return `frames.REVISIONS`: every cell that differs between two publications of a table."""
    both = pd.concat(
        [_cells(holding, old).rename("old"), _cells(holding, new).rename("new")], axis=1
    )
    differs = both[both["old"].fillna("") != both["new"].fillna("")].reset_index()
    about = {
        "quarter": str(holding.quarter),
        "trust_type": holding.trust_type,
        "kind": str(holding.kind),
        "old_sha256": old_sha256,
        "new_sha256": new_sha256,
    }
    return REVISIONS.arrange(differs.assign(**about))


def _cells(holding: Holding, table: pd.DataFrame) -> "pd.Series[str]":
    """Return every cell as text, by organisation and by what the cell is."""
    key = ["org", "item"] if holding.kind is Kind.FIGURES else ["org"]
    cells = table.astype("str").melt(key, var_name="column", value_name="text")
    if holding.kind is Kind.FIGURES:
        of_value = cells["column"] == "value"
        cells["item"] = cells["item"].where(of_value, cells["item"] + "." + cells["column"])
    else:
        cells = cells.rename(columns={"column": "item"})
    return cells.set_index(["org", "item"])["text"]
