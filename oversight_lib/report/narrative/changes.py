"""What changed since the quarter before: sizes and directions, and what accounts for a move.

A change is not called better or worse, and is called clear only by the paired rule; where several
are compared, it is said how many are clear with that allowed for.
"""

from collections.abc import Sequence

import pandas as pd

from oversight_lib.frames import MOVEMENT
from oversight_lib.report import formats, movement
from oversight_lib.report.bound import Bound, bound, capital, joined, listed, tied
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.narrative.changed import before_rules, of_trust, previous
from oversight_lib.report.numbers import cell, count, found, noted, out_of, whole
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View


@recorded
def changes(page: View) -> Fragment:
    """Return what changed since the quarter before, or why that cannot be said."""
    if page.kind == "trust":
        return of_trust(page)
    rows = movement.moves(page)
    if rows.empty:
        return paragraphs(_not_loaded(page))
    return paragraphs(
        joined([_how_many(page, rows), moved(page, rows)]),
        joined([clear(page, rows), _rule(rows), _together(page, rows)]),
        _not_loaded(page),
    )


def _how_many(page: View, rows: pd.DataFrame) -> Bound:
    before, _ = movement.quarters(rows)
    number = capital(count(len(rows), "trust", cell(page, MOVEMENT)))
    return say("changes.area.compared", number=number, before=before)


def moved(page: View, rows: pd.DataFrame) -> Bound:
    """Return how many of an area's trusts are in another segment, and what accounts for that."""
    others = movement.changed(rows)
    if others.empty:
        return say("changes.area.unmoved")
    smaller = int(others["adjusted_after"].lt(others["adjusted_before"]).sum())
    larger = len(others) - smaller
    of = out_of(
        len(others), len(rows), "trust", (found(page, "segment_changed"), cell(page, MOVEMENT))
    )
    told = {
        "of": capital(of), "are": formats.are(len(others)), "causes": _causes(page, others),
    }  # fmt: skip
    if not smaller or not larger:
        return say(f"changes.area.moved_{'nearer' if smaller else 'further'}", **told)
    return say(
        "changes.area.moved",
        smaller=whole(smaller, found(page, "segment_changed", "smaller number")),
        larger=whole(larger, found(page, "segment_changed", "larger number")),
        **told,
    )


def _causes(page: View, others: pd.DataFrame) -> Bound:
    """Return what accounts for moves of segments, with how many where it is not one thing."""
    many = others["why"].value_counts()
    words = {why: say(f"changes.why.{movement.CAUSES[str(why)]}") for why in many.index}
    if len(many) == 1:
        return words[many.index[0]]
    return listed([
        say("changes.area.cause", words=words[why],
            number=whole(int(many[why]), cell(page, MOVEMENT, why=why)))
        for why in movement.CAUSES if why in words
    ])  # fmt: skip


def clear(page: View, rows: pd.DataFrame) -> Bound:
    """Return for how many of an area's trusts the change is clear by the rule for one trust."""
    mine = rows[rows["clear"].fillna(False).astype(bool)]
    of = out_of(len(mine), len(rows), "trust", (found(page, "change_clear"), cell(page, MOVEMENT)))
    if mine.empty:
        return tied(say("changes.area.clear", of=of), "finding", noted(page, "change_clear"))
    nearer = int(mine["high"].lt(0).sum())
    told = say(
        "changes.area.split",
        of=of,
        nearer=whole(nearer, found(page, "change_clear", "nearer 1")),
        further=whole(len(mine) - nearer, found(page, "change_clear", "further from 1")),
    )
    return tied(told, "finding", noted(page, "change_clear"))


def _rule(rows: pd.DataFrame) -> Bound:
    before, after = movement.quarters(rows)
    return say("changes.area.rule", before=before, after=after)


def _together(page: View, rows: pd.DataFrame) -> Bound:
    """Return how many stay clear when all comparisons of the page are allowed for."""
    together, chance = page.finding("change_clear_together"), page.finding("change_expected")
    if together is None or chance is None or len(rows) < 2:
        return Bound()
    number = int(together["value"])
    return say(
        "changes.area.together",
        expected=bound(formats.number(chance["value"], 1), found(page, "change_expected")),
        compared=whole(len(rows), cell(page, MOVEMENT)),
        clear=bound(f"{number:,}" if number else "none", found(page, "change_clear_together")),
        are=formats.are(number),
    )


def _not_loaded(page: View) -> Bound:
    """Return who of the page cannot be compared, and for want of which quarter."""
    compared, here = movement.types_compared(page), page.trusts
    names = {kind: f"{name.lower()} trusts" for kind, name in page.type_names.items()}
    types, there = set(here["trust_type"]), page.types_loaded
    without = [name for kind, name in names.items() if kind in types - compared]
    absent = set(page.register["trust_type"]).difference(there)
    unloaded = [name for kind, name in names.items() if kind in absent]
    return joined([
        _without(page, without) if without else "",
        say("changes.not_loaded.kinds", kinds=capital(formats.listed(unloaded)),
            absent=formats.Absent.NOT_LOADED, period=page.period) if unloaded else "",
        _new(page, here[here["trust_type"].isin(compared)]),
    ])  # fmt: skip


def _without(page: View, kinds: Sequence[str]) -> Bound:
    """Return that the quarter before lacks: no rules reach it, or it is not at hand."""
    return before_rules(page) or say(
        "changes.not_loaded.previous", before=previous(page),
        absent=formats.Absent.NOT_LOADED, kinds=formats.listed(kinds),
    )  # fmt: skip


def _new(page: View, compared: pd.DataFrame) -> Bound:
    new = set(compared["org"]).difference(movement.moves(page)["org"])
    if not new:
        return Bound()
    number = count(len(new), "trust", found(page, "without_previous"))
    return say("changes.not_loaded.new", before=previous(page), number=number)
