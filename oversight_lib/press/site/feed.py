"""The Atom feed of editions: one entry a release, the newest first."""

from collections.abc import Sequence
from html import escape
from uuid import NAMESPACE_URL, uuid5

from oversight_lib.press.editions.built import Built
from oversight_lib.press.imprint.model import Imprint

NAME = "feed.xml"
_TITLE = "NHS Oversight Framework: editions"


def feed(released: Sequence[Built], imprint: Imprint) -> str:
    """Return the feed of these editions, the newest first; each was released.

    Links are relative to the feed where no address is recorded. Reads no clock: the feed was
    updated when the newest edition was released.
    """
    base = imprint.address.rstrip("/")
    updated = max((one.released for one in released), default="1970-01-01T00:00:00+00:00")
    entries = "".join(_entry(one, base) for one in released)
    author = escape(imprint.publisher or "The oversight authors")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">\n'
        f"<title>{_TITLE}</title>\n<id>{_identifier(base, '')}</id>\n"
        f"<updated>{updated}</updated>\n<author><name>{author}</name></author>\n"
        f"<subtitle>{escape(imprint.status.split(chr(10))[0])}</subtitle>\n"
        f'<link rel="self" href="{_at(base, NAME)}"/>\n'
        f'<link rel="alternate" href="{_at(base, "index.html")}"/>\n{entries}</feed>\n'
    )


def _entry(one: Built, base: str) -> str:
    quarter = str(one.quarter)
    label = escape(one.quarter.label)
    return (
        f"<entry><title>NHS Oversight Framework, {label}</title>"
        f"<id>{_identifier(base, quarter)}</id><updated>{one.released}</updated>"
        f'<link rel="alternate" href="{_at(base, f"{quarter}/index.html")}"/>'
        f"<summary>{label}: {len(one.pages):,} pages; tables, workbook, data package and board "
        "packs.</summary></entry>\n"
    )


def _at(base: str, path: str) -> str:
    return escape(f"{base}/{path}" if base else path)


def _identifier(base: str, quarter: str) -> str:
    """Return a name that stays the same for ever, as Atom asks."""
    name = "/".join((base or "oversight", quarter))
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"
