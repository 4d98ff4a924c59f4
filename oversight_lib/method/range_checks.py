"""Our likely ranges against the published ones, where a league table that has them is loaded."""

from collections.abc import Iterable

import pandas as pd

from oversight_lib.frames import BACKTEST, CHECKS, OVERALL
from oversight_lib.method.backtest import Comparison, tabulate
from oversight_lib.method.publication import Publication
from oversight_lib.method.rounding import half_up
from oversight_lib.rules.model import Framework


def check_ranges(
    ranges: pd.DataFrame, publication: Publication, framework: Framework
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the frames CHECKS and BACKTEST of the likely ranges; empty without published ones."""
    comparisons = list(_comparisons(ranges, publication, framework))
    if not comparisons:
        return CHECKS.empty(), BACKTEST.empty()
    return tabulate(comparisons, str(publication.quarter))


def _comparisons(
    ranges: pd.DataFrame, publication: Publication, framework: Framework
) -> Iterable[Comparison]:
    both = publication.league.merge(ranges, on="org", suffixes=("_published", ""))
    rule = framework.tolerance.ranges
    note = ranges["note"].dropna().drop_duplicates()
    for column in ("average_low", "average_high", "rank_low", "rank_high"):
        rows = both[both[f"{column}_published"].notna() & both[column].notna()]
        if rows.empty:
            continue
        pairs = pd.DataFrame({
            "org": rows["org"],
            "published": rows[f"{column}_published"].astype(float),
            "computed": half_up(rows[column].astype(float)),
        })  # fmt: skip
        yield Comparison(
            f"likely range: {column.replace('_', ' ')}", OVERALL, pairs,
            tolerance=rule.average if column.startswith("average") else float(rule.rank),
            share=rule.share,
            note=note.iloc[0] if len(note) else None,
            cause="chance: the publisher's draws and seed are not published",
        )  # fmt: skip
