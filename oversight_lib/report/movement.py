"""What changed since the quarter before: the page's moves, flows and the parts of a change."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from oversight_lib.frames import DRIVERS, FLOWS, MOVEMENT
from oversight_lib.method.rounding import half_up
from oversight_lib.periods import Quarter
from oversight_lib.report import formats
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View

DECIMALS = 3
"""Of averages and their parts where a change is taken apart, so that parts and whole agree."""

CAUSES = {
    "override": "override",
    "cuts moved": "cuts",
    "composition": "composition",
    "score": "score",
    "score or cuts moved": "either",
    "several": "several",
}
"""What accounts for the move of a segment: MOVEMENT's `why`, by the name of its sentence."""

WHY = {why: str(say(f"changes.why.{name}")) for why, name in CAUSES.items()}
"""The same in the words of the page."""

KINDS = {
    "own value": "its own value",
    "other trusts": "other trusts’ values",
    "own value and others": "its own value and others’",
    "new period": "a new survey or collection",
    "came": "metric came",
    "went": "metric went",
    "weight": "its weight in the average",
    "rounding": "rounding by the publisher",
    "unchanged": "unchanged",
}
"""What a part of a change is, in the words of the page."""


Row = Mapping[Hashable, Any] | pd.Series
"""A row of MOVEMENT."""


def moves(page: View) -> pd.DataFrame:
    """Return the page's trusts that are in both quarters, as MOVEMENT with `name` and type."""
    every = page.once("moves", _moves)
    return page.mine(every, "moves")


def _moves(page: View) -> pd.DataFrame:
    who = page.everyone[["org", "name", "trust_type"]]
    rows = page.among(MOVEMENT).merge(who, on="org", validate="one_to_one")
    return rows.sort_values(["trust_type", "name", "org"], ignore_index=True)


def types_compared(page: View) -> set[str]:
    """Return the trust types of which any trust, on this page or not, is in both quarters."""
    return page.once("types compared", lambda every: set(_moves(every)["trust_type"]))


def changed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return those whose segment after the override is known in both quarters and another."""
    before, after = rows["adjusted_before"], rows["adjusted_after"]
    differs = before.ne(after) & before.notna() & after.notna()
    return rows[differs.fillna(False).astype(bool)]


def quarters(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the two quarters of a table of change as they are printed, each on one line."""
    return quarters_of(rows.iloc[0])


def quarters_of(row: Row) -> tuple[str, str]:
    """Return the two quarters of one row of a table of change, likewise."""
    labels = [Quarter.parse(str(row[name])).label for name in ("previous", "quarter")]
    before, after = (label.replace(" ", "\N{NO-BREAK SPACE}") for label in labels)
    return before, after


def flows(page: View) -> pd.DataFrame:
    """Return how many of the page's trusts went from which segment (rows) to which (columns).

    Of England and of regions; no rows where the quarter before is not loaded.
    """
    grouping, group = {"england": ("england", "England"), "region": ("region", page.code)}[
        page.kind
    ]
    table = page.assessment.table(FLOWS)
    rows = table[table["grouping"].eq(grouping) & table["group"].eq(group)]
    if rows.empty:
        return pd.DataFrame()
    segments = list(range(1, page.framework.segments + 1))
    wide = rows.pivot(index="before", columns="after", values="trusts")
    return wide.reindex(index=segments, columns=segments).fillna(0).astype(int)


def parts(page: View) -> pd.DataFrame:
    """Return what the change of a trust's average is made of, the largest part first.

    As DRIVERS without metrics that are unchanged, with `short`, `name`, and `printed`: the
    contributions rounded so that they add up to the difference of the two printed averages.
    """
    names = {metric.id: (metric.short, metric.name) for metric in page.framework.metric}
    rows = page.further(DRIVERS)
    rows = rows[rows["kind"].ne("unchanged")]
    sizes = rows["contribution"].abs()
    ordered = rows.assign(size=sizes).sort_values(
        ["size", "metric", "kind"], ascending=[False, True, True], ignore_index=True
    )
    before, after = ends(page)
    return ordered.assign(
        short=ordered["metric"].map({key: words[0] for key, words in names.items()}),
        name=ordered["metric"].map({key: words[1] for key, words in names.items()}),
        printed=formats.adding_up(ordered["contribution"], after - before, DECIMALS),
    )


def ends(page: View) -> tuple[float, float]:
    """Return the two averages of a trust as they are printed where a change is taken apart."""
    (mine,) = page.records(MOVEMENT)
    both = pd.Series([mine["average_before"], mine["average_after"]], dtype=float)
    before, after = map(float, half_up(both, DECIMALS))
    return before, after


def unchanged(page: View) -> int:
    """Return how many metrics of a trust's average have the same score and weight as before."""
    kinds: dict[str, set[str]] = {}
    for row in page.records(DRIVERS):
        kinds.setdefault(str(row["metric"]), set()).add(str(row["kind"]))
    return sum(of == {"unchanged"} for of in kinds.values())
