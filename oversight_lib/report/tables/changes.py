"""Tables of change: flows of segments, moves with what accounts for them, parts of a change."""

import pandas as pd

from oversight_lib.frames import MOVEMENT
from oversight_lib.report import formats, movement
from oversight_lib.report.fragments import Fragment, nothing
from oversight_lib.report.links import link
from oversight_lib.report.sentences import say
from oversight_lib.report.tables.table import Table, column
from oversight_lib.report.views import View

_NO_SCORE = "not counted"


def flows(page: View) -> Table | Fragment:
    """Return how many trusts went from which segment to which since the quarter before."""
    counts = movement.flows(page)
    if counts.empty:
        return nothing()
    before, after = movement.quarters(movement.moves(page))
    rows = column(f"{before}", [f"Segment {segment}" for segment in counts.index])
    return Table(
        say("captions.changes.flows", name=page.name, before=before, after=after),
        [
            rows,
            *(
                column(f"Segment {new} in {after}", counts[new].map(formats.whole), number=True)
                for new in counts
            ),
        ],
        folded=True,
    )


def moves(page: View) -> Table | Fragment:
    """Return the page's trusts in another segment than before, with what accounts for it."""
    every = movement.moves(page)
    rows = movement.changed(every)
    if rows.empty:
        return nothing()
    before, after = movement.quarters(every)
    hrefs = [link("trust", code, on=page.kind) for code in rows["org"]]
    ranges = map(formats.changes_between, rows["low"], rows["high"])
    return Table(
        say("captions.changes.moves", name=page.name, after=after, before=before),
        [
            column("Trust", rows["name"].map(formats.text), hrefs=hrefs),
            column("Segment before", rows["adjusted_before"].map(formats.whole), number=True),
            column("Segment now", rows["adjusted_after"].map(formats.whole), number=True),
            column("What accounts for it", rows["why"].map(movement.WHY)),
            column("Change in average", [formats.signed(c, 2) for c in rows["change"]],
                   number=True),
            column("95% range of the change", ranges, number=True),
            column("Clear", rows["clear"].map(formats.yes_no)),
        ],
        rows["trust_type"].map(page.type_names),
    )  # fmt: skip


def drivers(page: View) -> Table | Fragment:
    """Return what the change of a trust's average is made of; the parts add up to the change."""
    if page.further(MOVEMENT).empty:
        return nothing()
    rows, (start, end) = movement.parts(page), movement.ends(page)
    before, after = movement.quarters(page.further(MOVEMENT))
    whole = formats.signed(end - start, movement.DECIMALS)
    contributions = [formats.signed(part, movement.DECIMALS) for part in rows["printed"]]
    scores = [_score(rows, time) for time in ("before", "after")]
    return Table(
        say("captions.changes.drivers", name=page.name, before=before, after=after),
        [
            column("Metric", [*rows["short"], "All parts together"], titles=[*rows["name"], ""]),
            column("Part of the change", [*contributions, whole], number=True),
            column("What changed", [*rows["kind"].map(movement.KINDS), "the average"]),
            column("Score before", [*scores[0], formats.number(start, movement.DECIMALS)],
                   number=True),
            column("Score now", [*scores[1], formats.number(end, movement.DECIMALS)],
                   number=True),
        ],
    )  # fmt: skip


def _score(rows: pd.DataFrame, time: str) -> list[str]:
    return [formats.average(score, _NO_SCORE) for score in rows[f"score_{time}"]]
