"""The page of what differs between two editions."""

from oversight_lib.press.editions.difference import Difference
from oversight_lib.press.editions.telling import Part, parts, title
from oversight_lib.press.site.plain_page import heading, link, page, paragraph, rows


def changes(of: Difference, *, status: str, back: str = "") -> str:
    """Return the page; `back` is the address of the index of editions, if there is one."""
    body = [piece for part in parts(of) for piece in _part(part)]
    ending = [link("All editions", back)] if back else []
    return page(title(of), [*body, *ending], status=status)


def _part(part: Part) -> list[str]:
    told = [heading(part.heading), *map(paragraph, part.sentences)]
    if part.rows:
        told.append(rows(f"{part.heading}: row by row", part.headings, part.rows))
    return told
