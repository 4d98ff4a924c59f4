"""What a page of the book may load: files beside it, and nothing else from anywhere."""

from collections.abc import Iterable
from typing import Any

# A book opened from disk has no origin, so that its own files are named by their scheme.
_OWN = "'self' file:"
POLICY = "; ".join((
    "default-src 'none'",
    f"script-src {_OWN}",
    f"style-src {_OWN}",
    f"img-src {_OWN} data:",
    "form-action 'self' file:",
    "base-uri 'none'",
))  # fmt: skip
"""The content security policy of every page: no script or style within a page, no request out."""


_SEARCHING = ("documentation_options.js", "doctools.js", "sphinx_highlight.js")
# The translations are into English, and evaluate a text, which the policy forbids.
_UNUSED = ("scripts/sphinx-book-theme.js", "translations.js")


def needed(scripts: Iterable[Any], *, searching: bool) -> list[Any]:
    """Return the scripts a page needs, all of them files.

    The theme's serve what this book has not, and Sphinx's only the search page.
    """
    unused = _UNUSED if searching else (*_UNUSED, *_SEARCHING)
    return [script for script in scripts if _is_file(script) and not _name(script).endswith(unused)]


def _is_file(script: Any) -> bool:
    return not getattr(script, "attributes", {}).get("body")


def _name(script: Any) -> str:
    return str(getattr(script, "filename", script))
