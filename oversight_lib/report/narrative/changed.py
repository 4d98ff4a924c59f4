"""What changed in one trust since the quarter before, how clearly, and what accounts for it."""

from oversight_lib.frames import MOVEMENT
from oversight_lib.report import formats, movement
from oversight_lib.report.bound import Bound, bound, capital, joined, tied
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.numbers import cell, count, ends, found, noted
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View
from oversight_lib.rules import years


def previous(page: View) -> str:
    """Return the quarter before as it is printed, on one line."""
    return page.quarter.previous.label.replace(" ", "\N{NO-BREAK SPACE}")


def before_rules(page: View) -> Bound:
    """Return that no rules at hand reach the quarter before; empty where some do."""
    if page.quarter.previous.year >= min(years()):
        return Bound()
    first = page.period.replace(" ", "\N{NO-BREAK SPACE}")
    return say("changes.not_loaded.before_rules", before=previous(page), first=first)


def of_trust(page: View) -> Fragment:
    """Return what changed in the page's trust, or why that cannot be said."""
    rows = page.records(MOVEMENT)
    if rows:
        row = rows[0]
        return paragraphs(change(page, row), segment(page, row), _parts(page))
    kind = str(page.trust["trust_type"])
    before = previous(page)
    if kind in movement.types_compared(page):
        return paragraphs(say("changes.not_loaded.trust", before=before))
    if before_rules(page):
        return paragraphs(before_rules(page))
    return paragraphs(
        say(
            "changes.not_loaded.type",
            before=before,
            absent=formats.Absent.NOT_LOADED,
            kind=page.type_names[kind].lower(),
        )
    )


def change(page: View, row: movement.Row) -> Bound:
    """Return a trust's averages before and now, the change, and whether it is a clear one."""
    start, end = movement.ends(page)
    before, after = movement.quarters_of(row)
    first, last = (
        bound(formats.number(point, movement.DECIMALS), cell(page, MOVEMENT, f"average_{time}"))
        for point, time in ((start, "before"), (end, "after"))
    )
    by = formats.signed(end - start, movement.DECIMALS)
    direction = "same" if end == start else "nearer" if end < start else "further"
    told = say(
        f"changes.trust.{direction}",
        first=first,
        before=before,
        last=last,
        after=after,
        change=bound(by, found(page, "change_in_average")),
    )
    about = joined([told, parted(page), _how_clear(page, row)])
    return tied(about, "finding", noted(page, "change_in_average"))


def parted(page: View) -> Bound:
    """Return how much of a change is that of the metrics in both quarters; empty if all of it."""
    parts = two_parts(page)
    return say("changes.trust.parted", **parts) if parts else Bound()


def two_parts(page: View) -> dict[str, Bound]:
    """Return the parts of a change by metrics in both quarters and by others; none if one part."""
    return {
        name: bound(formats.signed(row["value"], movement.DECIMALS), found(page, f"change_{kind}"))
        for name, kind in _PARTS.items()
        if (row := page.finding(f"change_{kind}")) is not None
    }


_PARTS = {"common": "common", "other": "composition"}
"""The parts of a change, by the name of the fact in its sentence: the end of its finding's kind."""


def _how_clear(page: View, row: movement.Row) -> Bound:
    if formats.is_missing(row["low"]):
        return say("changes.trust.untold")
    limits = formats.changes_between(row["low"], row["high"])
    return say(
        f"changes.trust.{'clear' if row['clear'] else 'not_clear'}",
        ends=ends(limits, (cell(page, MOVEMENT, "low"), cell(page, MOVEMENT, "high"))),
        nearer=count(
            int(row["metrics_better"]), "metric score", cell(page, MOVEMENT, "metrics_better")
        ),
        further=bound(formats.whole(row["metrics_worse"]), cell(page, MOVEMENT, "metrics_worse")),
    )


def segment(page: View, row: movement.Row) -> Bound:
    """Return whether a trust's segment is another, and what accounts for that."""
    before, after = row["adjusted_before"], row["adjusted_after"]
    if formats.is_missing(before) or formats.is_missing(after):
        return say("changes.segment.untold")
    now = bound(formats.whole(after), cell(page, MOVEMENT, "adjusted_after"))
    if before == after:
        return say("changes.segment.same", after=now)
    was = bound(formats.whole(before), cell(page, MOVEMENT, "adjusted_before"))
    why = movement.CAUSES[str(row["why"])]
    return joined(
        [say("changes.segment.moved", before=was, after=now), say(f"changes.accounts.{why}")]
    )


def _parts(page: View) -> Bound:
    same = movement.unchanged(page)
    how = {0: "none", 1: "one"}.get(same, "many")
    number = {"number": count(same, "metric", found(page, "metrics_unchanged"))} if same else {}
    still = capital(say(f"changes.trust.{how}_unchanged", **number))
    return say("changes.trust.parts", unchanged=still)
