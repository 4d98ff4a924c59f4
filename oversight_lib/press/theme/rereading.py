"""Which pages Sphinx reads again, whatever the clock says of their sources."""

import json
from pathlib import Path
from typing import Any

AGAIN = "_again.json"
"""The file beside the sources that lists them; without it, Sphinx judges for itself."""


def read_again(app: Any, *_: object) -> list[str]:
    """Return the pages to be read again."""
    path = Path(app.srcdir) / AGAIN
    listed: list[str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return listed
