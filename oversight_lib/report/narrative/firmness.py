"""How firm a segment is, in sentences: no chance without the model of noise behind it."""

from oversight_lib.frames import FIRMNESS
from oversight_lib.method.findings import LIKELY
from oversight_lib.method.firmness import QUARTERLY, RESAMPLED
from oversight_lib.report import formats
from oversight_lib.report.bound import Bound, bound, joined
from oversight_lib.report.firmness import MODELS, Row, chances
from oversight_lib.report.fragments import Fragment, notice, paragraphs
from oversight_lib.report.numbers import cell, found, out_of, place, rule, segment, whole
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View

_NEEDS = 3
"""Quarters that quarter-to-quarter variation is estimated from, at least."""

_HOW = {RESAMPLED: "resampled", QUARTERLY: "quarterly"}


@recorded
def firmness(page: View) -> Fragment:
    """Return the chances of each segment of a trust, under each model that can be had."""
    rows = {str(row["noise_model"]): row for row in page.records(FIRMNESS)}
    if not rows:
        return notice(say("firmness.absent", absent=formats.Absent.NOT_LOADED))
    told = [_model(page, rows[model]) for model in MODELS if model in rows]
    stands = say("firmness.as_it_stands") if page.trusts["override"].any() else ""
    return paragraphs(
        *told,
        "" if QUARTERLY in rows else _without_quarters(page),
        say(
            "firmness.left_out_of_it",
            last=segment(page.framework.final.segment),
            as_it_stands=stands,
        ),
    )


@recorded
def leave_out(page: View) -> Fragment:
    """Return how many metrics and domains, each left out, would change the segment."""
    if page.finding("leave_out", "metrics") is None:
        return notice(say("firmness.leave_out.absent", absent=formats.Absent.NOT_LOADED))
    return paragraphs(
        say(
            "firmness.leave_out.is",
            metrics=_changing(page, "metric"),
            domains=_changing(page, "domain"),
        )
    )


@recorded
def watch_list(page: View) -> Fragment:
    """Return who is near a cut, and by which measure."""
    row = page.finding("watched")
    if row is None:
        return notice(say("firmness.watched.absent", absent=formats.Absent.NOT_LOADED))
    at = found(page, "watched"), found(page, "watched", column="n")
    return paragraphs(
        say(
            "firmness.watched.is",
            of=out_of(int(row["value"]), int(row["n"]), "trust", at),
            name=place(page),
            bound=bound(formats.chance(LIKELY), rule("likely", "firmness")),
            needs=_needs(),
        )
    )


def label(row: Row) -> Bound:
    """Return how firm the segment of a row of FIRMNESS is."""
    mine = segment(formats.whole(row["segment"]))
    if row["label"] == "another segment is as likely":
        return say("firmness.as_likely", segment=mine)
    return say("firmness.label", segment=mine, label=str(row["label"]))


def _model(page: View, row: Row) -> Bound:
    how = _HOW[str(row["noise_model"])]
    at = cell(page, FIRMNESS, "quarters", noise_model=row["noise_model"])
    lead: dict[str, str] = {}
    if how == "quarterly":
        lead = {"quarters": bound(formats.whole(row["quarters"]), at), "kind": _kind(page)}
    if formats.is_missing(row["label"]):
        return say(f"firmness.{how}_unknown", **lead)
    note = "" if formats.is_missing(row["note"]) else formats.sentence(str(row["note"]))
    return joined([say(f"firmness.{how}", chances=chances(row), **lead), label(row), note])


def _without_quarters(page: View) -> Bound:
    return say(
        "firmness.without_quarters",
        needs=_needs(),
        kind=_kind(page),
        absent=formats.Absent.NOT_LOADED,
    )


def _needs() -> Bound:
    return bound(str(_NEEDS), rule("quarters", "firmness"))


def _changing(page: View, noun: str) -> Bound:
    changing, untold = (
        page.finding(kind, f"{noun}s") for kind in ("leave_out", "leave_out_unknown")
    )
    at = found(page, "leave_out", f"{noun}s"), found(page, "leave_out", f"{noun}s", column="n")
    if changing is None or untold is None:
        return out_of(0, 0, noun, at)
    unknown = int(untold["value"])
    of = out_of(int(changing["value"]), int(changing["n"]), noun, at)
    if not unknown:
        return say("firmness.leave_out.would", of=of)
    number = whole(unknown, found(page, "leave_out_unknown", f"{noun}s"))
    more = joined([number, noun if unknown == 1 else f"{noun}s"])
    return say("firmness.leave_out.unknown", of=of, unknown=more)


def _kind(page: View) -> str:
    return page.type_names[str(page.trust["trust_type"])].lower()
