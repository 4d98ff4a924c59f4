"""The paragraphs that open the page of England, a region or an ICB."""

import pandas as pd

from oversight_lib.frames import OVERALL, REGISTER, SEGMENTS
from oversight_lib.method.cells import COUNT, Cell
from oversight_lib.report import formats
from oversight_lib.report.bound import Bound, bound, joined, listed, sentence
from oversight_lib.report.fragments import Fragment, notice, paragraphs
from oversight_lib.report.numbers import cell, count, found, out_of, place, rule, segment, whole
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View


@recorded
def opening(page: View) -> Fragment:
    """Return how many trusts there are, in which segments, what the override does, what lacks."""
    if page.trusts.empty:
        none = say("opening.trusts.none", name=place(page), period=page.period)
        return notice(joined([none, _absent(page)]))
    return paragraphs(
        joined([_loaded(page), _segments(page)]),
        joined([_override(page), _final(page)]),
        _absent(page),
    )


def finder(page: View) -> Fragment:
    """Return what keeps the place of the field that a bound book has here."""
    return Fragment(
        (f"The book has a field here that finds everybody there is in {page.name}.",), "finder"
    )


@recorded
def disputes(page: View) -> Fragment:
    """Return which of the page's trusts are counted in an ICB that sources dispute."""
    names = [formats.text(name) for name in page.trusts.loc[page.trusts["icb_disputed"], "name"]]
    if not names:
        return paragraphs(say("opening.disputes.none", name=place(page)))
    at = cell(page, REGISTER, icb_disputed="Yes", loaded="Yes")
    return paragraphs(
        say(
            "opening.disputes.some",
            number=count(len(names), "trust", at),
            name=place(page),
            names=formats.listed(names),
        )
    )


@recorded
def order(page: View) -> Fragment:
    """Return how league tables are ordered, in words."""
    override = page.framework.adjustment[0].name.lower()
    return paragraphs(say("opening.order.is", override=override))


def _trusts(page: View, **key: object) -> Cell:
    return cell(page, SEGMENTS, COUNT, scope=OVERALL, **key)


def _loaded(page: View) -> Bound:
    kinds = page.trusts["trust_type"].value_counts()
    counts = [
        say(
            "opening.trusts.kind",
            number=whole(int(kinds[kind]), _trusts(page, trust_type=kind)),
            kind=name.lower(),
        )
        for kind, name in page.type_names.items()
        if kind in kinds
    ]
    single = len(counts) == 1
    where = {} if page.kind == "england" else {"name": place(page)}
    return say(
        "opening.trusts.some",
        number=whole(len(page.trusts), _trusts(page)),
        kind=f" {counts[0].split(' ', 1)[1]}" if single else "",
        noun="trust" if len(page.trusts) == 1 else "trusts",
        where=say(f"opening.trusts.{page.kind}", **where),
        period=page.period,
        kinds="" if single else joined([": ", listed(counts)], by=""),
    )


def _segments(page: View) -> Bound:
    counts = page.trusts["adjusted"].value_counts().sort_index()
    unknown = int(page.trusts["adjusted"].isna().sum())
    if len(counts) == 1 and not unknown:
        return _one_segment(page, int(counts.index[0]))
    told = [
        say(
            "opening.segments.some",
            number=whole(number, _trusts(page, adjusted=name)),
            are=formats.are(number),
            segment=segment(name),
        )
        for name, number in counts.items()
    ]
    if unknown:
        number = whole(unknown, _trusts(page, adjusted="missing"))
        told.append(say("opening.segments.unknown", number=number))
    return sentence(listed(told))


def _one_segment(page: View, only: int) -> Bound:
    how = {1: "one", 2: "two"}.get(len(page.trusts), "all")
    number = {} if how != "all" else {"number": whole(len(page.trusts), _trusts(page))}
    return say(f"opening.segments.{how}", segment=segment(only), **number)


def _override(page: View) -> Bound:
    adjustment, moved = page.framework.adjustment[0], page.overridden
    name = adjustment.name.lower()
    if moved.empty:
        return say("opening.override.none", override=name)
    at = found(page, "override_bites"), _trusts(page)
    told = {
        "override": name,
        "of": out_of(len(moved), len(page.trusts), "trust", at),
        "cap": bound(str(adjustment.cap), rule("cap", adjustment.id)),
    }
    alone = moved["unadjusted"].value_counts().sort_index()
    if len(moved) == 1:
        return say("opening.override.one", alone=segment(alone.index[0]), **told)
    split = [
        say(
            "opening.override.alone",
            number=whole(number, found(page, "by_score_alone", str(name))),
            segment=segment(name),
        )
        for name, number in alone.items()
    ]
    return say("opening.override.many", alone=listed(split), **told)


def _final(page: View) -> Bound:
    final, published = page.framework.final, page.trusts["final"].dropna()
    if final.segment is None:
        return Bound(final.apart)
    last = {"last": segment(final.segment), "last_again": segment(final.segment)}
    if published.empty:
        return say("opening.final.unpublished", means=final.when, **last)
    inside = int(published.eq(final.segment).sum())
    at = found(page, "in_final_segment"), found(page, "in_final_segment", column="n")
    return say(
        "opening.final.published",
        of=out_of(inside, len(published), "trust", at),
        means=final.when,
        **last,
    )


def _absent(page: View) -> Bound:
    absent = page.absent
    if absent.empty:
        return Bound()
    kinds = absent["trust_type"].value_counts()
    counts = [
        joined([_lacking(page, kind, name, kinds), _of_all(page, kind, kinds)], by="")
        for kind, name in page.type_names.items()
        if kind in kinds
    ]
    return say("opening.absent.some", period=page.period, counts=listed(counts))


def _lacking(page: View, kind: str, name: str, absent: pd.Series) -> Bound:
    at = cell(page, REGISTER, trust_type=kind, loaded="No")
    return count(int(absent[kind]), f"{name.lower()} trust", at)


def _of_all(page: View, kind: str, absent: pd.Series) -> Bound:
    """Return, in brackets, how many of a type there are where only some are missing."""
    every = int(page.register["trust_type"].eq(kind).sum())
    if every == absent[kind]:
        return Bound()
    return say("opening.absent.of", every=whole(every, cell(page, REGISTER, trust_type=kind)))
