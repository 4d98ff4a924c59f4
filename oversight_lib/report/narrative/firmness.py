"""How firm a segment is, in sentences: no chance without the model of noise behind it."""

import pandas as pd

from oversight_lib.frames import LEAVE_OUT
from oversight_lib.method.firmness import QUARTERLY, RESAMPLED
from oversight_lib.report import formats
from oversight_lib.report.firmness import LIKELY, chances, models, watched
from oversight_lib.report.fragments import Fragment, notice, paragraphs
from oversight_lib.report.views import View

_NEEDS = 3
"""Quarters that quarter-to-quarter variation is estimated from, at least."""


def firmness(page: View) -> Fragment:
    """Return the chances of each segment of a trust, under each model that can be had."""
    rows = models(page)
    if rows.empty:
        return notice(f"Chances of each segment: {formats.Absent.NOT_LOADED}.")
    told = [_model(page, row) for _, row in rows.iterrows()]
    have = set(rows["noise_model"])
    final = page.framework.final.segment
    return paragraphs(
        *told,
        "" if QUARTERLY in have else _without_quarters(page),
        f"Sampling error is in none of these: no denominator and no published limit is loaded. "
        f"Segment {final} is a judgement and has no chance; these are of the segment before it"
        f"{', with the override as it stands' if page.trusts['override'].any() else ''}.",
    )


def leave_out(page: View) -> Fragment:
    """Return how many metrics and domains, each left out, would change the segment."""
    rows = page.further(LEAVE_OUT)
    if rows.empty:
        return notice(f"What leaving out a metric would do: {formats.Absent.NOT_LOADED}.")
    own = rows[rows["reading"].eq("this trust")]
    domains = own["removed"].isin(list(page.domain_names))
    return paragraphs(
        "Left out of this trust’s average, one at a time: "
        f"{_changing(own[~domains], 'metric')}; {_changing(own[domains], 'domain')}."
    )


def watch_list(page: View) -> Fragment:
    """Return who is near a cut, and by which measure."""
    every, rows = models(page), watched(page)
    if every.empty:
        return notice(f"Trusts near a cut: {formats.Absent.NOT_LOADED}.")
    of = formats.out_of(len(rows), every["org"].nunique(), "trust")
    return paragraphs(
        f"For {of} of {page.name} the segment after the override has a chance below "
        f"{formats.chance(LIKELY)}. The model of noise is quarter-to-quarter variation where "
        f"{_NEEDS} quarters of a trust type are loaded, and otherwise its own metrics resampled, "
        "which is the wider of the two; chances under different models are not comparable."
    )


def _model(page: View, row: pd.Series) -> str:
    lead = {
        RESAMPLED: "With its own metrics resampled, as for the range",
        QUARTERLY: f"With quarter-to-quarter variation, from {formats.whole(row['quarters'])} "
        f"quarters of {_kind(page)} trusts",
    }[str(row["noise_model"])]
    if formats.is_missing(row["label"]):
        return f"{lead}: its segment is not known, so no chance is given."
    note = "" if formats.is_missing(row["note"]) else f" {formats.sentence(str(row['note']))}"
    return f"{lead}: {chances(row)}. {_label(row)}{note}"


def _label(row: pd.Series) -> str:
    if row["label"] == "another segment is as likely":
        return f"Another segment is as likely as segment {formats.whole(row['segment'])}."
    return f"Segment {formats.whole(row['segment'])} is {row['label']}."


def _without_quarters(page: View) -> str:
    return (
        f"Quarter-to-quarter variation needs {_NEEDS} quarters of {_kind(page)} trusts up to this "
        f"one; they are {formats.Absent.NOT_LOADED}, so it has no figure."
    )


def _changing(rows: pd.DataFrame, noun: str) -> str:
    changing = int(rows["changes"].fillna(False).astype(bool).sum())
    unknown = int(rows["changes"].isna().sum())
    of = formats.out_of(changing, len(rows), noun)
    more = f" ({formats.count(unknown, noun)} cannot be told)" if unknown else ""
    return f"{of} would change the segment{more}"


def _kind(page: View) -> str:
    return page.type_names[str(page.trusts["trust_type"].iloc[0])].lower()
