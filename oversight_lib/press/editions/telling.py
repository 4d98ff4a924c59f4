"""The difference between two editions in words and tables, for a terminal and for a page."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from oversight_lib.periods import FrameworkYear
from oversight_lib.press.editions.difference import Difference
from oversight_lib.rules import load_framework

MOST = 200
"""Rows of one table, or lines of one page, that are told; how many more there are is said."""

_NONE = "not published"


@dataclass(frozen=True, slots=True)
class Part:
    """One section: a heading, sentences, and a table if there are `headings`."""

    heading: str
    sentences: tuple[str, ...]
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def title(of: Difference) -> str:
    """Return what is compared, in a line."""
    if of.across:
        return f"What changed from {of.before.quarter.label} to {of.after.quarter.label}"
    return f"What changed between two builds of {of.after.quarter.label}"


def parts(of: Difference) -> tuple[Part, ...]:
    """Return the sections: which editions, segments, metrics, figures, words, rules."""
    return (_editions(of), _segments(of), _metrics(of), _figures(of), _words(of), _rules(of))


def _editions(of: Difference) -> Part:
    rows = tuple(
        (one.quarter.label, one.rules.replace("-", "/"), one.version, one.commit, f"{pages:,}")
        for one, pages in (
            (of.before, len(of.before.addresses)),
            (of.after, len(of.after.addresses)),
        )
    )
    return Part("Editions", (), ("Quarter", "Rules of", "Oversight", "Code", "Pages"), rows)


def _segments(of: Difference) -> Part:
    moved = of.moved
    lower = int(moved["adjusted_after"].lt(moved["adjusted_before"]).sum())
    told = [
        f"{_are(len(of.trusts), 'trust')} in both; {_are(len(moved), 'of them', '')} in another "
        f"segment after the override: {lower} in one with a smaller number (1 is best), "
        f"{len(moved) - lower} in one with a larger.",
        *_absent(of.only_before, f"only in {_name(of, 'before')}"),
        *_absent(of.only_after, f"only in {_name(of, 'after')}"),
    ]
    headings = ("Trust", "Segment before", "Segment now", "Average before", "Average now",
                "Rank before", "Rank now")  # fmt: skip
    rows = tuple(_moved(row) for row in moved.to_dict("records"))
    return Part("Segments", tuple(told), headings, rows)


def _moved(row: Mapping[Hashable, object]) -> tuple[str, ...]:
    pairs = (("adjusted", "{:.0f}"), ("average", "{:.2f}"), ("rank", "{:.0f}"))
    return (
        str(row["name"]),
        *(
            _number(row[f"{name}_{side}"], form)
            for name, form in pairs
            for side in ("before", "after")
        ),
    )


def _metrics(of: Difference) -> Part:
    rules = load_framework(FrameworkYear.parse(of.after.rules))
    names = {metric.id: metric.short for metric in rules.metric}
    told = "Scores by metric: nearer 1 is better. A score by rank moves when anybody’s value does."
    headings = ("Metric", "Better", "Worse", "The same", "No longer scored", "Newly scored")
    rows = tuple(
        (names.get(str(row["metric"]), str(row["metric"])),
         *(f"{row[kind]:,}" for kind in ("better", "worse", "same", "gone", "new")))
        for row in of.metrics.to_dict("records")
    )  # fmt: skip
    return Part("Metrics", (told,), headings, rows)


def _figures(of: Difference) -> Part:
    count = len(of.figures)
    if not count:
        return Part("Figures", (f"None of {of.compared:,} figures differs.",))
    if of.across:
        rows = tuple(
            (str(name), f"{n:,}") for name, n in of.figures.groupby("table").size().items()
        )
        told = f"{count:,} figures differ or are in one edition only, of {of.compared:,}. By table:"
        return Part("Figures", (told,), ("Table", "Figures that differ"), rows)
    shown = of.figures.head(MOST)
    told = f"{count:,} of {of.compared:,} figures differ between two builds of the same edition."
    more = (f"The first {MOST} stand here.",) if count > MOST else ()
    each = tuple(tuple(map(str, row)) for row in shown.itertuples(index=False))
    headings = ("Table", "Row", "Column", "Before", "Now")
    return Part("Figures", (told, *more), headings, each)


def _words(of: Difference) -> Part:
    told = [
        f"Pages compared: {'those that are not about an organisation' if of.across else 'all'}, "
        "by their sentences; the names of quarters and commits are no difference.",
        *_absent(of.pages_gone, "gone"),
        *_absent(of.pages_new, "new"),
    ]
    rows = tuple(
        (one.page, sign, words)
        for one in of.words
        for sign, lines in (("no longer", one.gone), ("now", one.new))
        for words in lines
    )
    more = f"The first {MOST} of {len(rows):,} lines stand here." if len(rows) > MOST else ""
    return Part("Words", tuple(t for t in (*told, more) if t), ("Page", "", "Words"), rows[:MOST])


def _rules(of: Difference) -> Part:
    if of.before.rules == of.after.rules:
        year = of.after.rules.replace("-", "/")
        same = "the same code" if of.before.commit == of.after.commit else "other code"
        return Part("Rules", (f"Both apply the rules of {year}, with {same}.",))
    rows = tuple((f"{one.number} {one.subject}", one.old, one.new) for one in of.rules)
    told = f"The rules of {of.before.rules} and {of.after.rules} differ in {len(rows)} subjects."
    return Part("Rules", (told,), ("Subject", of.before.rules, of.after.rules), rows)


def _absent(names: Sequence[str], how: str) -> list[str]:
    if not names:
        return []
    shown = ", ".join(names[:20])
    more = f" and {len(names) - 20} more" if len(names) > 20 else ""
    return [f"{len(names):,} {how}: {shown}{more}."]


def _name(of: Difference, side: str) -> str:
    label = getattr(of, side).quarter.label
    return str(label) if of.across else f"the {'earlier' if side == 'before' else 'later'} build"


def _are(number: int, noun: str, plural: str = "s") -> str:
    return f"{number:,} {noun}{'' if number == 1 else plural} {'is' if number == 1 else 'are'}"


def _number(value: object, form: str) -> str:
    return _NONE if pd.isna(value) else form.format(value)  # type: ignore[call-overload]


def as_data(of: Difference) -> dict[str, object]:
    """Return the difference as plain values, for JSON: everything, however much it is."""
    return {
        "title": title(of),
        "editions": [
            {"quarter": str(one.quarter), "rules": one.rules, "commit": one.commit,
             "oversight": one.version, "tables": one.digest}
            for one in (of.before, of.after)
        ],
        "segments": {
            "trusts": len(of.trusts),
            "only_before": list(of.only_before),
            "only_after": list(of.only_after),
            "moved": _records(of.moved),
        },
        "metrics": _records(of.metrics),
        "figures": {
            "compared": of.compared,
            "differ": len(of.figures),
            "by_table": {str(k): int(n) for k, n in of.figures.groupby("table").size().items()},
            "each": [] if of.across else _records(of.figures),
        },
        "words": {
            "pages_gone": list(of.pages_gone),
            "pages_new": list(of.pages_new),
            "pages": [{"page": w.page, "gone": list(w.gone), "new": list(w.new)} for w in of.words],
        },
        "rules": [
            {"subject": one.subject, "old": one.old, "new": one.new} for one in of.rules
        ],
    }  # fmt: skip


def _records(rows: pd.DataFrame) -> list[dict[str, object]]:
    plain = rows.astype(object).where(rows.notna(), None)
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in plain.to_dict("records")
    ]


def _plain(value: object) -> object:
    return value.item() if hasattr(value, "item") else value
