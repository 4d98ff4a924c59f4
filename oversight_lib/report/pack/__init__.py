"""The board pack of a page: the same sentences, tables and charts, in the order a board asks."""

from oversight_lib.report.pack.content import Pack
from oversight_lib.report.pack.cover import STATUS, cover
from oversight_lib.report.pack.sections import sections
from oversight_lib.report.views import View

__all__ = ["Pack", "pack"]


def pack(page: View) -> Pack:
    """Return the board pack of a page."""
    return Pack(
        title=page.name,
        subtitle=f"{page.framework.title.split(' 20')[0]}, {page.period}: board paper",
        status=STATUS,
        cover=cover(page),
        sections=sections(page),
    )
