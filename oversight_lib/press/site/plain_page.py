"""A page of the site that belongs to no edition: HTML that needs no theme, script or network."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape

from oversight_lib.press.downloads.markup import Link, table

_STYLE = (
    "body{font:1rem/1.5 Arial,sans-serif;color:#0b0c0c;background:#fff;margin:0}"
    "main,footer{max-width:60rem;margin:0 auto;padding:1rem}"
    "h1,h2{color:#12436d;line-height:1.25}a{color:#12436d}a:focus{outline:3px solid #f46a25}"
    ".table-scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}"
    "caption{text-align:left;font-weight:bold;padding:.5rem 0}"
    "th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid #767676}"
    "footer{border-top:1px solid #767676;font-size:.9rem}"
)

# Nothing but the style above is allowed, known by its digest.
_DIGEST = b64encode(sha256(_STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"


def page(title: str, body: Sequence[str], *, status: str, head: str = "") -> str:
    """Return a whole page: its title, its pieces of HTML in order, and the status at its foot."""
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n{head}</head>\n<body>\n"
        f"<main>\n<h1>{escape(title)}</h1>\n" + "\n".join(body) + "\n</main>\n"
        f"<footer><p>{escape(status)}</p></footer>\n</body>\n</html>\n"
    )


def paragraph(words: str) -> str:
    """Return a paragraph; nothing in it is markup."""
    return f"<p>{escape(words)}</p>"


def heading(words: str) -> str:
    """Return a heading of the second level."""
    return f"<h2>{escape(words)}</h2>"


def link(words: str, to: str) -> str:
    """Return a paragraph that is a link."""
    return f'<p><a href="{escape(to)}">{escape(words)}</a></p>'


def rows(caption: str, headings: Sequence[str], cells: Sequence[Sequence[str | Link]]) -> str:
    """Return a table; a column without a heading is named for readers who hear it."""
    return table(caption, [name or "When" for name in headings], cells)
