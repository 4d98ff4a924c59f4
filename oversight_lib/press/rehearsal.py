"""Which pages are rehearsed before the others are made, where many like them are to be made."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from oversight_lib.press.notebooks import read
from oversight_lib.press.page import Page

A_REHEARSAL_FOR = 24
"""How many pages of a kind are worth one rehearsal, which takes as long as a page."""

_FORGET = "from oversight_lib.method import reading; reading.forget()"
"""What a rehearsed page asked for is not what the pages after it ask for."""


def rehearsals(pages: Sequence[Page], servers: int = 1) -> tuple[str, ...]:
    """Return statements that run a few of these pages, so that no page does again what all do.

    One page in `A_REHEARSAL_FOR` of a kind, evenly spread over them; none where there are fewer.
    Where several servers each make their share of the pages, one in so many of a share; but one.
    """
    by_kind = sorted(pages, key=lambda page: (page.kind, page.slug))
    runs = [
        _run(page)
        for _, of_kind in groupby(by_kind, key=lambda page: page.kind)
        for page in _spread(list(of_kind), servers)
    ]
    return (*runs, _FORGET) if runs else ()


def _spread(pages: Sequence[Page], servers: int) -> Sequence[Page]:
    worth = len(pages) // A_REHEARSAL_FOR
    many = min(worth, max(1, worth // servers))
    return [pages[(2 * place + 1) * len(pages) // (2 * many)] for place in range(many)]


def _run(page: Page) -> str:
    """Return a page's parameters and the cells of its template as one statement."""
    return "\n".join([*(f"{name} = {value!r}" for name, value in page.parameters.items()),
                      *_cells(page)])  # fmt: skip


def _cells(page: Page) -> Iterator[str]:
    for cell in read(page.template).cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            yield cell.source
