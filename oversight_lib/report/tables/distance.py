"""What one metric alone would have to be for a trust to come over the next cut."""

import pandas as pd

from oversight_lib.frames import DISTANCE
from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, nothing
from oversight_lib.report.sentences import say
from oversight_lib.report.tables.table import Column, Table, column
from oversight_lib.report.views import View

_NOT_ALONE = "not by this metric alone"
_NO_VALUE = "cannot be told"
_RELATIONS = {"at_least": "at least", "at_most": "at most", "above": "above", "below": "below"}


def distance(page: View) -> Table | Fragment:
    """Return the score, and where it can be told the value, each metric would need, one a row."""
    rows = _named(page)
    if rows.empty:
        return nothing()
    target = int(rows["target"].iloc[0])
    needed = [formats.average(score, _NOT_ALONE) for score in rows["score_needed"]]
    return Table(
        say("captions.distance.distance", name=page.name, target=target),
        [
            column("Metric", rows["short"], titles=rows["name"]),
            column("Score", rows["score"].map(formats.average), number=True),
            column("Score needed", needed, number=True),
            *_values(rows),
            column(
                "Segment after the override then",
                [formats.whole(s, "unchanged") for s in rows["adjusted_after"]], number=True,
            ),
        ],
        rows["domain_name"],
        folded=True,
    )  # fmt: skip


def _named(page: View) -> pd.DataFrame:
    """Return the page's rows of DISTANCE in the order of the rules, with names and units."""
    rows = page.further(DISTANCE)
    places = {domain: place for place, domain in enumerate(page.domain_names)}
    rules = pd.DataFrame({
        "metric": [metric.id for metric in page.framework.metric],
        "short": [metric.short for metric in page.framework.metric],
        "name": [metric.name for metric in page.framework.metric],
        "unit": [metric.unit for metric in page.framework.metric],
        "domain": [metric.domain for metric in page.framework.metric],
        "order": range(len(page.framework.metric)),
    })  # fmt: skip
    named = rows.merge(rules, on="metric", validate="many_to_one")
    return named.assign(
        place=named["domain"].map(places), domain_name=named["domain"].map(page.domain_names)
    ).sort_values(["place", "order"], ignore_index=True)


def _values(rows: pd.DataFrame) -> list[Column]:
    """Return the value now and the value needed; nothing where no value can be told at all."""
    if rows["value_needed"].isna().all():
        return []
    words = rows["relation"].map(_RELATIONS)
    needed = [
        (_NO_VALUE if reachable else _NOT_ALONE)
        if formats.is_missing(value)
        else f"{relation} {formats.value(value, unit)}"
        for reachable, relation, value, unit in zip(
            rows["reachable"], words, rows["value_needed"], rows["unit"], strict=True
        )
    ]
    return [
        column("Value", map(formats.value, rows["value"], rows["unit"]), number=True),
        column("Value needed", needed, number=True),
    ]
