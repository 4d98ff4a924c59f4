"""The headline of a page from its findings: what changed, why, how sure, what next, who is behind.

Findings decide whether a sentence is said; the templates, how.
"""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from oversight_lib.frames import (
    AREA_INEQUALITIES,
    FIRMNESS,
    INDICATORS,
    OVERALL,
    SEGMENTS,
    SENSITIVITY,
)
from oversight_lib.method.cells import Cell
from oversight_lib.method.findings import LIKELY
from oversight_lib.method.findings.sure import trusted
from oversight_lib.report import formats, movement
from oversight_lib.report.bound import Bound, bound, capital, joined, tied
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.narrative.changed import previous, two_parts
from oversight_lib.report.numbers import cell, found, named, noted, out_of, rule, segment
from oversight_lib.report.ranges import bracketed
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.tables.inequalities import signed
from oversight_lib.report.views import View


@recorded
def headline(page: View) -> Fragment:
    """Return one short sentence a finding of the page, in the order of a headline."""
    tell = _TRUST if page.kind == "trust" else _AREA
    return paragraphs(joined(sentence(page) for sentence in tell))


def _change(page: View) -> Bound:
    row = page.finding("change_in_average")
    if row is None or row["strength"] == "cannot be told":
        return Bound()
    if formats.is_missing(row["direction"]):
        told = say("headline.trust.change_none", before=previous(page))
    else:
        told = _changed(page, row)
    return tied(told, "finding", noted(page, "change_in_average"))


def _changed(page: View, row: Mapping[Hashable, Any]) -> Bound:
    """Return the change of an average; clear is only that of the metrics in both quarters."""
    parts, clear = two_parts(page), "clear" if row["strength"] == "clear" else "not_clear"
    told = {
        "before": previous(page),
        "change": bound(
            formats.signed(row["value"], movement.DECIMALS), found(page, "change_in_average")
        ),
        "direction": named(row["direction"]),
    }
    if not parts:
        return say(f"headline.trust.change_{clear}", **told)
    parted = say(f"headline.trust.parted_{clear}")
    return say("headline.trust.change_parted", clear=parted, **told, **parts)


def _why(page: View) -> Bound:
    parts = [row for (kind, _), row in page.findings.items() if kind == "largest_part"]
    if not parts or page.finding("change_in_average") is None:
        return Bound()
    row = parts[0]
    names = {metric.id: metric.short for metric in page.framework.metric}
    part = formats.signed(row["value"], movement.DECIMALS)
    return say(
        "headline.trust.why",
        part=bound(part, found(page, "largest_part", str(row["item"]))),
        metric=named(names[str(row["item"])]),
        how=_counted(page),
    )


def _counted(page: View) -> Bound:
    """Return whether the largest part is that of a metric that came or went."""
    kind = str(movement.parts(page)["kind"].iloc[0])
    return say(f"headline.trust.{kind}") if kind in ("came", "went") else Bound()


def _sure(page: View) -> Bound:
    parts = [row for (kind, _), row in page.findings.items() if kind == "firmness"]
    if not parts:
        return Bound()
    row = parts[0]
    if row["strength"] == "cannot be told":
        return say("headline.trust.sure_unknown")
    mine = segment(formats.whole(page.trust["adjusted"]))
    likely = row["strength"] == "another segment is as likely"
    firm = {} if likely else {"label": row["strength"]}
    at = Cell.of(FIRMNESS.name, f"p{mine}", org=page.code, noise_model=row["item"])
    return say(
        "headline.trust.sure",
        label=say(f"firmness.{'as_likely' if likely else 'label'}", segment=mine, **firm),
        chance=bound(formats.chance(row["value"]), at),
        model=str(row["item"]),
    )


def _next(page: View) -> Bound:
    mine, adjustment = page.trust, page.framework.adjustment[0]
    if _held(mine):
        return say(
            "headline.trust.next_held",
            override=adjustment.name.lower(),
            cap=bound(str(adjustment.cap), rule("cap", adjustment.id)),
            alone=bound(
                formats.whole(mine["unadjusted"]), cell(page, SEGMENTS, "unadjusted", scope=OVERALL)
            ),
        )
    if formats.is_missing(mine["unadjusted"]):
        return Bound()
    return joined([_better(page, mine), _worse(page, mine)])


def _better(page: View, mine: pd.Series) -> Bound:
    """Return how far the cut to the segment nearer 1 is, and who could cross it."""
    row, alone = page.finding("next_cut"), page.finding("reachable")
    if row is None or alone is None:
        return Bound()
    at = found(page, "reachable"), found(page, "reachable", column="n")
    gap = Cell.of(SENSITIVITY.name, "above_better_cut", org=page.code)
    return say(
        f"headline.trust.next{'_bracketed' if bracketed(page) else ''}",
        next=segment(int(mine["unadjusted"]) - 1),
        gap=bound(formats.number(row["value"], 3), gap),
        of=out_of(int(alone["value"]), int(alone["n"]), "metric", at),
    )


def _held(mine: "pd.Series[Any]") -> bool:
    """Return whether a trust's segment is known to be another than by its score alone."""
    known = not any(formats.is_missing(mine[name]) for name in ("adjusted", "unadjusted"))
    return known and mine["adjusted"] != mine["unadjusted"]


def _worse(page: View, mine: pd.Series) -> Bound:
    """Return how far the segment further from 1 is; not where only rounding keeps one from it."""
    row = page.finding("worse_cut")
    if row is None or row["value"] < _LEAST:
        return Bound()
    gap = Cell.of(SENSITIVITY.name, "below_worse_cut", org=page.code)
    return say(
        f"headline.trust.worse{'_bracketed' if bracketed(page) else ''}",
        next=segment(int(mine["unadjusted"]) + 1),
        gap=bound(formats.number(row["value"], 3), gap),
    )


def _behind(_: View) -> Bound:
    return say("headline.trust.behind")


def _moved(page: View) -> Bound:
    row = page.finding("segment_changed")
    if row is None:
        return Bound()
    at = found(page, "segment_changed"), found(page, "segment_changed", column="n")
    number = int(row["value"])
    told = say(
        "headline.area.change",
        before=previous(page),
        of=out_of(number, int(row["n"]), "trust", at),
        are=formats.are(number),
    )
    return tied(told, "finding", noted(page, "segment_changed"))


def _clear(page: View) -> Bound:
    alone, together = page.finding("change_clear"), page.finding("change_clear_together")
    if alone is None or together is None:
        return Bound()
    at = found(page, "change_clear"), found(page, "change_clear", column="n")
    if not alone["value"] or alone["n"] < 2:
        told = say(
            "changes.area.clear", of=out_of(int(alone["value"]), int(alone["n"]), "trust", at)
        )
        return tied(told, "finding", noted(page, "change_clear"))
    number = int(together["value"])
    told = say(
        "headline.area.clear_changes",
        of=out_of(int(alone["value"]), int(alone["n"]), "trust", at),
        together=bound(f"{number:,}" if number else "none", found(page, "change_clear_together")),
    )
    return tied(told, "finding", noted(page, "change_clear_together"))


def _watched(page: View) -> Bound:
    row = page.finding("watched")
    if row is None:
        return Bound()
    at = found(page, "watched"), found(page, "watched", column="n")
    models = page.each("model taken", _model_taken, FIRMNESS)
    return say(
        "headline.area.sure",
        of=capital(out_of(int(row["value"]), int(row["n"]), "trust", at)),
        are=formats.are(int(row["value"])),
        bound=bound(formats.chance(LIKELY), rule("likely", "firmness")),
        model=formats.listed(sorted(set(models.values())), "or"),
    )


def _model_taken(page: View) -> dict[str, str]:
    rows = trusted(page.among(FIRMNESS))
    return dict(zip(rows["org"], rows["noise_model"], strict=True))


def _gaps(page: View) -> Bound:
    told = []
    for (kind, item), row in page.findings.items():
        if kind != "gap":
            continue
        (about,) = page.assessment.records(INDICATORS, indicator=item)
        unit = str(about["unit"])
        key = dict(part.split("=") for part in str(row["row"]).split(", "))
        said = say(
            "headline.area.behind",
            indicator=named(about["short"]),
            period=named(formats.period(key["period"])),
            gap=bound(signed(row["value"]), Cell.of(AREA_INEQUALITIES.name, "value", **key)),
            unit="percentage points" if unit == "percent" else unit,
            who=say(f"headline.area.{_WORSE_OFF.get(str(row['direction']), 'neither')}"),
        )
        told.append(tied(said, "finding", noted(page, "gap", item)))
    return joined(told)


_LEAST = 0.0005
"""The least distance that is not printed as none."""

_WORSE_OFF = {"most deprived worse off": "most", "least deprived worse off": "least"}

_TRUST = (_change, _why, _sure, _next, _behind)
_AREA = (_moved, _clear, _watched, _gaps)
"""The sentences of a headline, in order."""
