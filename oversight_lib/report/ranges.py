"""The ranges across metrics of a page's trusts, beside their averages, ranks and the cuts."""

import pandas as pd

from oversight_lib.frames import OVERALL, RANGES
from oversight_lib.method.rounding import half_up
from oversight_lib.report.views import View

_ENDS = ["average_low", "average_high", "rank_low", "rank_high"]


def with_ranges(page: View) -> pd.DataFrame:
    """Return the page's trusts with the ends of their ranges; missing where none was made."""
    ends = page.further(RANGES)[["org", *_ENDS]]
    return page.trusts.merge(ends, on="org", how="left", validate="one_to_one")


def touched(page: View, trust_type: str) -> pd.DataFrame:
    """Return the trusts of a type that have a range, by average, with how many segments it touches.

    `segments` counts those by average alone, with the cuts as they stand and averages as printed.
    """
    rows = with_ranges(page)
    rows = rows[rows["trust_type"].eq(trust_type) & rows["average_low"].notna()]
    low, high = half_up(rows["average_low"]), half_up(rows["average_high"])
    crossed = [low.le(cut) & high.gt(cut) for cut in cuts(page)["cut"]]
    segments = 1 + sum((mask.astype(int) for mask in crossed), pd.Series(0, rows.index))
    order = ["average", "average_low", "org"]
    return rows.assign(segments=segments).sort_values(order, ignore_index=True)


def cuts(page: View) -> pd.DataFrame:
    """Return where the segments of the average end."""
    return page.once("cuts", _cuts)


def _cuts(page: View) -> pd.DataFrame:
    rows = page.assessment.cuts
    return rows[rows["scope"] == OVERALL].sort_values("boundary", ignore_index=True)


def bracketed(page: View) -> bool:
    """Return whether the cuts are only known to lie between published segments.

    Then `cut` is the end of each bracket that is nearer 1, and distances to it are bounds.
    """
    return page.once("bracketed", lambda every: "bracketed" in set(cuts(every)["method"]))


def lacking(page: View) -> list[str]:
    """Return the names of the trust types the cuts' pool lacks, in lower case."""
    return page.once("lacking", _lacking)


def _lacking(page: View) -> list[str]:
    missing = cuts(page)["lacking"].dropna()
    kinds = str(missing.iloc[0]).split(", ") if len(missing) else []
    return [page.type_names[kind].lower() for kind in kinds]
