"""Links to pages that a part of an edition does not have: their words stay, the link goes."""

import re
from collections.abc import Collection
from posixpath import dirname, join, normpath

_LINK = re.compile(
    r'<a\b[^>]*\bhref="(?P<to>[^":?#]+)\.html(?:#[^"]*)?"[^>]*>(?P<words>.*?)</a>', re.DOTALL
)


def without_absent(
    body: str, page: str, *, folders: Collection[str], there: Collection[str]
) -> str:
    """Return a page's HTML in which links lead to pages that are there.

    Only links into `folders`, where the pages of organisations stand, are looked at: an edition
    of one region has not all of them. Any other dead link stays, to be found.
    """

    def kept(match: re.Match[str]) -> str:
        target = normpath(join(dirname(page), match["to"]))
        absent = dirname(target) in folders and target not in there
        return match["words"] if absent else match[0]

    return _LINK.sub(kept, body)
