"""PDF papers as pieces: one a line, under the page's words that hold no figures; and what they are.

A PDF keeps no rows. A line is read under every line above it on its page that is not itself a row
of figures, so that a title and a table's heading count; words of another table may count too, and
then the paper is refused once too often rather than once too little.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from oversight_lib.press.scan.pieces import Piece, numbers

_DATES = re.compile(r"\b(?:Q[1-4]|(?:19|20)\d\d(?:/\d\d)?)\b")


def paper(path: Path) -> Iterator[Piece]:
    """Yield a piece a line of each page, and one of what the paper says of itself."""
    # Its library takes a while to import, and most runs have nothing to look for.
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        read = PdfReader(path)
        pages = [page.extract_text() for page in read.pages]
        about = " ".join(str(said) for said in (read.metadata or {}).values())
    except PyPdfError as error:
        raise ValueError(f"not a paper: {error}") from None
    yield Piece(about, "its properties")
    for number, text in enumerate(pages, 1):
        yield from _lines(text, f"page {number}", about)


def _lines(text: str, where: str, about: str) -> Iterator[Piece]:
    under = [about]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        yield Piece(line, where, " ".join(under))
        if not numbers(_DATES.sub("", line)):
            under.append(line)
