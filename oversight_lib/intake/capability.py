"""Capability ratings of trusts, from a file a user has: `capability.csv` in the data directory."""

from pathlib import Path

import pandas as pd

from oversight_lib.errors import StoreError
from oversight_lib.frames import CAPABILITY
from oversight_lib.intake import organisations
from oversight_lib.intake.store import read_csv

FILE = "capability.csv"


def capability(data: Path) -> pd.DataFrame:
    """Return `frames.CAPABILITY` from the data directory; no rows if there is no such file.

    A code that no trust has is refused: a rating must not stand with nobody.
    """
    path = data / FILE
    if not path.exists():
        return CAPABILITY.empty()
    ratings = CAPABILITY.arrange(read_csv(CAPABILITY, path))
    if strange := sorted(set(ratings["org"]) - set(organisations.trusts(data)["org"])):
        raise StoreError(
            f"{path} rates whom we do not know", [f"no trust {org}" for org in strange],
            "give the ODS code of a trust; see `oversight list trusts`",
        )  # fmt: skip
    return ratings
