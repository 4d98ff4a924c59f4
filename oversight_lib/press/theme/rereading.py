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


def forget_words(app: Any, exception: Exception | None) -> None:
    """Leave out of the search index what no page says any more, as if none ever had."""
    path = Path(app.outdir) / "searchindex.js"
    if exception or not path.exists():
        return
    told = js_index.loads(path.read_text(encoding="utf-8"))
    for kind in ("terms", "titleterms"):
        told[kind] = {word: pages for word, pages in told[kind].items() if pages != []}
    path.write_text(js_index.dumps(told), encoding="utf-8")
