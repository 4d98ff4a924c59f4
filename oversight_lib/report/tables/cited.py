"""Tables of statements: what is said, how it is known, and where it stands."""

from collections.abc import Iterable

from oversight_lib.report import formats
from oversight_lib.report.tables.table import Column, column
from oversight_lib.rules.base import Source
from oversight_lib.rules.cited import Statement

_BASES = {
    "published": "published text",
    "secondary": "somebody’s account",
    "judgement": "our judgement",
}
_UNKNOWN = "Unknown: nothing read."


def said(statements: Iterable[Statement], heading: str) -> Column:
    """Return what is said; for what is not known, that, and where it is published."""
    return column(
        heading,
        (s.says or f"{_UNKNOWN} Published in: {formats.sentence(s.unknown)}" for s in statements),
    )


def known(statements: Iterable[Statement]) -> Column:
    """Return how each statement is known."""
    return column(
        "How it is known", (_BASES[s.basis] if s.basis else "unknown" for s in statements)
    )


def source(sources: Iterable[Source | None]) -> Column:
    """Return each statement's source with publisher and date, linked where it has an address."""
    there = list(sources)
    words = [_cited(source) if source else "none" for source in there]
    return column("Source", words, hrefs=[source.url if source else "" for source in there])


def _cited(source: Source) -> str:
    dated = f", {source.published}" if source.published else ""
    return f"{source.title} ({source.publisher}{dated})"
