"""What Sphinx reads again, whatever the clock says of it, and what it then forgets."""

import json
from pathlib import Path
from typing import Any

from sphinx.search import js_index

AGAIN = "_again.json"
"""The file beside the sources that lists them; without it, Sphinx judges for itself."""


def read_again(app: Any, *_: object) -> list[str]:
    """Return the pages to be read again."""
    path = Path(app.srcdir) / AGAIN
    listed: list[str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return listed


def tidy_index(app: Any, exception: Exception | None) -> None:
    """Leave out of the search index what no page says any more, and markup in headings.

    Sphinx's script writes headings into the page of results as they are; here they are words only.
    """
    path = Path(app.outdir) / "searchindex.js"
    if exception or not path.exists():
        return
    told = js_index.loads(path.read_text(encoding="utf-8"))
    for kind in ("terms", "titleterms"):
        told[kind] = {word: pages for word, pages in told[kind].items() if pages != []}
    headings = told.get("alltitles", {})
    told["alltitles"] = {_inert(heading): places for heading, places in headings.items()}
    path.write_text(js_index.dumps(told), encoding="utf-8")


def _inert(heading: str) -> str:
    """Return a heading in which no tag begins; the same if that was done before."""
    return heading.replace("<", "&lt;").replace(">", "&gt;")
