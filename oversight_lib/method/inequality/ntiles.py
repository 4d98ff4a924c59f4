"""Which tenth, fifth or quarter a value lies in."""

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from oversight_lib.method.inequality.estimate import floats


def ntiles(values: ArrayLike, groups: int, *,
           first: Literal["highest", "lowest"] = "highest") -> pd.Series:  # fmt: skip
    """Return the group, 1 to `groups`, of each value; group 1 holds the `first` of them.

    Ties share the group of their best rank. Missing stays missing and is not counted; with fewer
    values than groups all are missing. OHID technical guide, "Assigning deprivation categories".
    """
    x = floats(values)
    known = ~np.isnan(x)
    size = int(known.sum())
    if size < groups:
        return pd.Series(pd.NA, index=range(len(x)), dtype="Int64")
    ranks = pd.Series(x[known]).rank(method="min", ascending=first == "lowest")
    rank = ranks.to_numpy().astype(int)
    # In whole numbers: dividing by size / groups rounds, and can push a rank over a boundary.
    place = groups + 1 + (-(size + 1 - rank) * groups) // size
    return pd.Series(place, index=np.flatnonzero(known)).reindex(range(len(x))).astype("Int64")
