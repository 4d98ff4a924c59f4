"""What changed since the quarter before: sizes and directions, and what accounts for a move.

A change is not called better or worse, and is called clear only by the paired rule.
"""

import pandas as pd

from oversight_lib.frames import MOVEMENT
from oversight_lib.report import formats, movement
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.views import View

_RULE = (
    "The change in an average from {} to {} is called clear if the 95% range of the changes of its "
    "metrics, resampled, leaves out 0 and at least three metrics moved that way."
)


def changes(page: View) -> Fragment:
    """Return what changed since the quarter before, or why that cannot be said."""
    if page.kind == "trust":
        return _of_trust(page)
    rows = movement.moves(page)
    if rows.empty:
        return paragraphs(_not_loaded(page))
    return paragraphs(f"{_how_many(rows)} {_moved(rows)}", _clear(rows), _not_loaded(page))


def _how_many(rows: pd.DataFrame) -> str:
    before, _ = movement.quarters(rows)
    return (
        f"{formats.count(len(rows), 'trust').capitalize()} of this page can be compared with "
        f"{before}."
    )


def _moved(rows: pd.DataFrame) -> str:
    moved = movement.changed(rows)
    if moved.empty:
        return "No trust is in another segment than before."
    lower = int(moved["adjusted_after"].lt(moved["adjusted_before"]).sum())
    why = moved["why"].map(movement.WHY).value_counts()
    causes = [f"{words} for {many:,}" for words, many in sorted(why.items())]
    if len(causes) == 1:
        causes = [str(why.index[0])]
    of = formats.out_of(len(moved), len(rows), "trust").capitalize()
    return (
        f"{of} {_is(len(moved))} in another segment: {lower:,} in one with a smaller number and "
        f"{len(moved) - lower:,} in one with a larger. What accounts for the move: "
        f"{formats.listed(causes)}."
    )


def _clear(rows: pd.DataFrame) -> str:
    clear = rows[rows["clear"].fillna(False).astype(bool)]
    nearer = int(clear["change"].lt(0).sum())
    said = (
        f"The change in the average is clear for {formats.out_of(len(clear), len(rows), 'trust')}"
    )
    split = (
        f": {nearer:,} nearer 1 and {len(clear) - nearer:,} further from 1" if len(clear) else ""
    )
    return f"{said}{split}. {_RULE.format(*movement.quarters(rows))}"


def _not_loaded(page: View) -> str:
    """Return who of the page cannot be compared, and for want of which quarter."""
    compared, here = movement.types_compared(page), page.trusts
    names = {kind: f"{name.lower()} trusts" for kind, name in page.type_names.items()}
    types = set(here["trust_type"])
    without = [name for kind, name in names.items() if kind in types - compared]
    absent = set(page.register["trust_type"]) - set(page.everyone["trust_type"])
    unloaded = [name for kind, name in names.items() if kind in absent]
    new = here[here["trust_type"].isin(compared) & ~here["org"].isin(movement.moves(page)["org"])]
    return " ".join([
        f"{_previous(page)} is {formats.Absent.NOT_LOADED} for {formats.listed(without)}, so "
        "nothing can be said about their change." if without else "",
        f"{formats.listed(unloaded).capitalize()} are {formats.Absent.NOT_LOADED} for "
        f"{page.period}." if unloaded else "",
        f"There are no figures of {_previous(page)} for {formats.count(len(new), 'trust')} of this "
        "page." if len(new) else "",
    ]).strip()  # fmt: skip


def _previous(page: View) -> str:
    return page.quarter.previous.label.replace(" ", "\N{NO-BREAK SPACE}")


def _of_trust(page: View) -> Fragment:
    rows = page.further(MOVEMENT)
    if not rows.empty:
        row = rows.iloc[0]
        return paragraphs(_change(page, row), _segment(row), _parts(page))
    kind = str(page.trusts["trust_type"].iloc[0])
    if kind in movement.types_compared(page):
        return paragraphs(
            f"There are no figures of {_previous(page)} for this trust, so nothing can be said "
            "about change."
        )
    return paragraphs(
        f"{_previous(page)} is {formats.Absent.NOT_LOADED} for {page.type_names[kind].lower()} "
        "trusts, so nothing can be said about change."
    )


def _change(page: View, row: pd.Series) -> str:
    start, end = movement.ends(page)
    before, after = movement.quarters(page.further(MOVEMENT))
    figures = [formats.number(point, movement.DECIMALS) for point in (start, end)]
    change = formats.signed(end - start, movement.DECIMALS)
    direction = {True: "nearer 1", False: "further from 1"}[bool(end < start)]
    where = f", {direction}" if end != start else ""
    return (
        f"The average was {figures[0]} in {before} and is {figures[1]} in {after}: a change of "
        f"{change}{where}. {_how_clear(row)}"
    )


def _how_clear(row: pd.Series) -> str:
    if formats.is_missing(row["low"]):
        return "No metric is in both quarters, so whether it is clear cannot be said."
    ends = formats.changes_between(row["low"], row["high"])
    told = f"the 95% range of the change of the metrics in both quarters is {ends}"
    better = formats.count(int(row["metrics_better"]), "metric score")
    worse = formats.whole(row["metrics_worse"])
    verdict = "It is a clear change" if row["clear"] else "It is not a clear change"
    return f"{verdict}: {told}, and {better} came nearer 1 and {worse} went further from it."


def _segment(row: pd.Series) -> str:
    before, after = row["adjusted_before"], row["adjusted_after"]
    if formats.is_missing(before) or formats.is_missing(after):
        return "Whether its segment changed cannot be told."
    if before == after:
        return f"Its segment is {formats.whole(after)}, as before."
    return (
        f"Its segment was {formats.whole(before)} and is {formats.whole(after)}. "
        f"{_ACCOUNTS[str(row['why'])]}"
    )


_ACCOUNTS = {
    "override": "The financial override accounts for that: applied as before, it would leave the "
    "segment as it was.",
    "cuts moved": "The cut points account for that: with those of the quarter before, the segment "
    "would be as it was.",
    "composition": "The metrics that are counted account for that: without those that came and "
    "with those that went, the segment would be as it was.",
    "score": "The scores account for that: with those of the quarter before, the segment would be "
    "as it was.",
    "score or cuts moved": "Scores or cut points account for that; the cut points are only "
    "bracketed, so the two cannot be told apart.",
    "several": "More than one thing accounts for that: neither the override, nor the cut points, "
    "nor the metrics that are counted, nor the scores would alone leave the segment as it was.",
}
"""What accounts for the move of one trust's segment, by MOVEMENT's `why`."""


def _parts(page: View) -> str:
    same = movement.unchanged(page)
    rest = formats.count(same, "metric") if same else "No metric"
    has = "has" if same <= 1 else "have"
    return (
        f"The parts below add up to the change; averages are given to three decimals here, so that "
        f"they do. {rest.capitalize()} {has} the same score and weight as before. A score by rank "
        "changes with everybody’s values; where not everybody ranked is loaded, a trust’s own part "
        "cannot be told from the others’."
    )


def _is(how_many: int) -> str:
    return "is" if how_many == 1 else "are"
