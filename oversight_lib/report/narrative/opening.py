"""The paragraphs that open the page of England, a region or an ICB."""

import pandas as pd

from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, notice, paragraphs
from oversight_lib.report.views import View


def opening(page: View) -> Fragment:
    """Return how many trusts there are, in which segments, what the override does, what lacks."""
    if page.trusts.empty:
        return notice(f"No trust of {page.name} is loaded for {page.period}. {_absent(page)}")
    return paragraphs(
        f"{_loaded(page)} {_segments(page)}",
        f"{_override(page)} {_final(page)}",
        _absent(page),
    )


def finder(page: View) -> Fragment:
    """Return what keeps the place of the field that a bound book has here."""
    return Fragment(
        (f"The book has a field here that finds everybody there is in {page.name}.",), "finder"
    )


def disputes(page: View) -> Fragment:
    """Return which of the page's trusts are counted in an ICB that sources dispute."""
    names = [formats.text(name) for name in page.trusts.loc[page.trusts["icb_disputed"], "name"]]
    if not names:
        return paragraphs(f"No source disputes the ICB of a trust counted in {page.name}.")
    return paragraphs(
        f"Sources dispute the ICB of {formats.count(len(names), 'trust')} counted in {page.name}: "
        f"{formats.listed(names)}. The ICB given here is that of the head office; a trust may "
        "serve people of several ICBs."
    )


def order(page: View) -> Fragment:
    """Return how league tables are ordered, in words."""
    override = page.framework.adjustment[0].name.lower()
    return paragraphs(
        "A league table has one trust type. It is ordered by segment, after the "
        f"{override}, and then by average score; so a trust with an average nearer 1 can stand "
        "below one whose segment has a smaller number. Ties share a place."
    )


def _loaded(page: View) -> str:
    kinds = page.trusts["trust_type"].value_counts()
    counts = [
        f"{kinds[kind]:,} {name.lower()}" for kind, name in page.type_names.items() if kind in kinds
    ]
    total = formats.count(len(page.trusts), "trust")
    places = {
        "england": "in England",
        "region": f"in {page.name}",
        "icb": f"counted in {page.name}",
    }
    what = f": {formats.listed(counts)}" if len(counts) > 1 else ""
    only = f" {counts[0].split(' ', 1)[1]}" if len(counts) == 1 else ""
    number, _, noun = total.partition(" ")
    return f"This page is about {number}{only} {noun} {places[page.kind]} in {page.period}{what}."


def _segments(page: View) -> str:
    counts = page.trusts["adjusted"].value_counts().sort_index()
    unknown = int(page.trusts["adjusted"].isna().sum())
    if len(counts) == 1 and not unknown:
        everyone = {1: "It is", 2: "Both are"}.get(
            len(page.trusts), f"All {len(page.trusts):,} are"
        )
        return f"{everyone} in segment {counts.index[0]}."
    known = [f"{number:,} {formats.are(number)} in segment {at}" for at, number in counts.items()]
    more = [f"the segment of {unknown:,} is not known"] if unknown else []
    return f"{formats.listed([*known, *more])}."


def _override(page: View) -> str:
    rule, moved = page.framework.adjustment[0], page.overridden
    if moved.empty:
        return f"The {rule.name.lower()} changes no segment here."
    of = formats.out_of(len(moved), len(page.trusts), "trust")
    sets = f"The {rule.name.lower()} sets the segment of {of}"
    alone = moved["unadjusted"].value_counts().sort_index()
    here, would = f"in segment {rule.cap} because of it", "its score alone would give"
    if len(moved) == 1:
        return f"{sets}: it is {here}; {would} {alone.index[0]}."
    split = [f"{number:,} in segment {segment}" for segment, number in alone.items()]
    return f"{sets}: they are {here}; by score alone there would be {formats.listed(split)}."


def _final(page: View) -> str:
    final, published = page.framework.final, page.trusts["final"].dropna()
    if final.segment is None:
        return final.apart
    means = f"segment {final.segment} means that {final.when}"
    if published.empty:
        return (
            f"Which trusts are in segment {final.segment} is not published this quarter; {means}."
        )
    inside = int(published.eq(final.segment).sum())
    of = formats.out_of(inside, len(published), "trust")
    return formats.sentence(
        f"{of} {formats.are(inside)} in segment {final.segment} in the end; {means}"
    )


def _absent(page: View) -> str:
    absent = page.absent
    if absent.empty:
        return ""
    kinds = absent["trust_type"].value_counts()
    counts = [
        f"{formats.count(int(kinds[kind]), f'{name.lower()} trust')}{_of_all(page, kind, kinds)}"
        for kind, name in page.type_names.items()
        if kind in kinds
    ]
    return f"Not loaded for {page.period}, and so on no chart or table: {formats.listed(counts)}."


def _of_all(page: View, kind: str, absent: pd.Series) -> str:
    """Return, in brackets, how many of a type there are where only some are missing."""
    every = int(page.register["trust_type"].eq(kind).sum())
    return "" if every == absent[kind] else f" of {every:,}"
