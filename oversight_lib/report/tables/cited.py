"""Columns of statements: what is said, and how it is known."""

from collections.abc import Iterable
from dataclasses import replace

from oversight_lib.report import formats
from oversight_lib.report.tables.table import Column, column
from oversight_lib.rules.base import Source
from oversight_lib.rules.cited import Statement

_BASES = {
    "published": "Published text",
    "secondary": "Somebody’s account",
    "judgement": "Our judgement",
}
_UNKNOWN = "Unknown: nothing read."


def said(statements: Iterable[Statement], heading: str) -> Column:
    """Return what is said, or that it is not known."""
    return prose(heading, [s.says or _UNKNOWN for s in statements])


def known(statements: Iterable[Statement], sources: Iterable[Source | None]) -> Column:
    """Return how each statement is known and where it stands; of the unknown, where it may."""
    pairs = list(zip(statements, sources, strict=True))
    return prose(
        "How it is known",
        [_known(statement, source) for statement, source in pairs],
        [source.url if source else "" for _, source in pairs],
    )


def prose(heading: str, texts: Iterable[str], hrefs: Iterable[str] = ()) -> Column:
    """Return a column of sentences, wide enough to read them."""
    return replace(column(heading, texts, hrefs=hrefs), prose=True)


def _known(statement: Statement, source: Source | None) -> str:
    if statement.basis is None:
        return formats.sentence(f"Published in {statement.unknown}")
    if source is None:
        return f"{_BASES[statement.basis]}."
    dated = f", {source.published}" if source.published else ""
    return f"{_BASES[statement.basis]}: {source.title} ({source.publisher}{dated})"
