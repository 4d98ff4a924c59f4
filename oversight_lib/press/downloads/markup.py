"""Pages that no person wrote and no template makes: their tables, in HTML amid Markdown."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

_UNITS = ("bytes", "kB", "MB", "GB")


class Link(NamedTuple):
    """Words that lead somewhere."""

    words: str
    to: str


def table(
    caption: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str | Link]],
    *,
    classes: str = "figures",
) -> str:
    """Return a table with a caption and headings for columns and rows; nothing in it is markup.

    `classes` are those of our style sheet: `figures words` where cells hold sentences.
    """
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "".join(f"<tr>{_row(row)}</tr>" for row in rows)
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="{classes}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>\n"
    )


def size(length: int) -> str:
    """Return the size of a file as people say it: 512 bytes, 1.2 kB, 3.4 MB."""
    scaled, unit = float(length), 0
    while scaled >= 999.5 and unit < len(_UNITS) - 1:
        scaled, unit = scaled / 1000, unit + 1
    return f"{scaled:.0f} {_UNITS[unit]}" if unit == 0 or scaled >= 99.5 else (
        f"{scaled:.1f} {_UNITS[unit]}"
    )  # fmt: skip


def _row(cells: Sequence[str | Link]) -> str:
    first, *rest = cells
    others = "".join(f"<td>{_cell(cell)}</td>" for cell in rest)
    return f'<th scope="row">{_cell(first)}</th>{others}'


def _cell(cell: str | Link) -> str:
    if isinstance(cell, Link):
        return f'<a href="{escape(cell.to)}">{escape(cell.words)}</a>'
    return escape(cell)
