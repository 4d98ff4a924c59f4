"""Gathering editions into the site: copied to stable addresses, indexed, with the newest named."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from oversight_lib.errors import Problem, ReleaseError
from oversight_lib.press import quarters
from oversight_lib.press.downloads.markup import Link
from oversight_lib.press.editions import Built, difference, read
from oversight_lib.press.folders import clear, fresh
from oversight_lib.press.imprint.model import Imprint
from oversight_lib.press.pages import FRONT
from oversight_lib.press.site import feed
from oversight_lib.press.site.changes import changes
from oversight_lib.press.site.plain_page import link, page, paragraph, rows

LATEST, CHANGES, EDITIONS = "latest", "changes", "editions.json"
DRAFT = "not released"
_STATUS = "Independent; not official statistics."


@dataclass(frozen=True, slots=True)
class Release:
    """What a site was gathered from and where it begins: its index, and its newest edition."""

    index: Path
    editions: tuple[Built, ...]
    newest: Built


def gather(built: Sequence[Built], site: Path, imprint: Imprint) -> Release:
    """Copy editions into the site at `<quarter>/`, and write what leads to all that are there.

    An edition that is there already is replaced as a whole; the others stay. A draft does not
    replace an edition that was released: `ReleaseError`.
    """
    _keep_released(built, site)
    for one in built:
        clear(site / str(one.quarter))
        shutil.copytree(one.html, site / str(one.quarter))
    editions = there(site)
    quarters.link(site, [one.quarter for one in editions])
    newest = ([one for one in editions if one.released] or list(editions))[0]
    status = " ".join(imprint.status.split()) or _STATUS
    pairs = _changes(editions, fresh(site / CHANGES), status)
    _write(site / "index.html", _index(editions, newest, pairs, status))
    _write(fresh(site / LATEST) / "index.html", _latest(newest, status))
    _write(site / feed.NAME, feed.feed([one for one in editions if one.released], imprint))
    _write(site / EDITIONS, _machines(editions, newest))
    return Release(site / "index.html", editions, newest)


def there(site: Path) -> tuple[Built, ...]:
    """Return the editions of a site, the newest quarter first."""
    folders = [path.parents[1] for path in site.glob("*/downloads/edition.json")]
    return tuple(sorted(map(read, folders), key=lambda one: one.quarter, reverse=True))


def _keep_released(built: Sequence[Built], site: Path) -> None:
    released = {one.quarter for one in there(site) if one.released}
    faults = [
        Problem(one.quarter.label, "a draft, and what is published was released")
        for one in built
        if one.quarter in released and not one.released
    ]
    if faults:
        raise ReleaseError("drafts replace no releases", faults, "build them with --release")


def _changes(editions: Sequence[Built], to: Path, status: str) -> dict[str, str]:
    """Write what changed from each edition to the next; return the pages by the later quarter."""
    made = {}
    for after, before in pairwise(editions):
        name = f"{before.quarter}--{after.quarter}.html"
        told = changes(difference(before, after), status=status, back="../index.html")
        _write(to / name, told)
        made[str(after.quarter)] = f"{CHANGES}/{name}"
    return made


def _index(editions: Sequence[Built], newest: Built, pairs: dict[str, str], status: str) -> str:
    cells = [_row(one, pairs.get(str(one.quarter))) for one in editions]
    headings = ("Edition", "Released", "Pages", "Downloads", "What changed since the one before")
    body = [
        link(f"The newest edition: {newest.quarter.label}", f"{newest.quarter}/{FRONT}.html"),
        paragraph("Each edition keeps its address. A new quarter is a new edition; a revision of "
                  "an edition replaces it at its address and is named in its log of revisions."),
        rows("All editions, the newest first", headings, cells),
        link("Feed of editions (Atom)", feed.NAME),
        link("List of editions for machines (JSON)", EDITIONS),
    ]  # fmt: skip
    head = f'<link rel="alternate" type="application/atom+xml" href="{feed.NAME}">\n'
    return page("NHS Oversight Framework: editions", body, status=status, head=head)


def _row(one: Built, changed: str | None) -> tuple[str | Link, ...]:
    label, quarter = one.quarter.label, str(one.quarter)
    return (
        Link(label, f"{quarter}/{FRONT}.html"),
        one.released or DRAFT,
        f"{len(one.pages):,}",
        Link(f"Downloads of {label}", f"{quarter}/downloads.html"),
        Link(f"What changed in {label}", changed) if changed else "no edition before it",
    )


def _latest(newest: Built, status: str) -> str:
    """Return a page that leads on without a server or a script, and says where to."""
    to = f"../{newest.quarter}/{FRONT}.html"
    head = (
        f'<meta http-equiv="refresh" content="0; url={to}">\n<link rel="canonical" href="{to}">\n'
    )
    body = [link(f"Go to {newest.quarter.label}", to)]
    return page("The newest edition", body, status=status, head=head)


def _machines(editions: Sequence[Built], newest: Built) -> str:
    told = {
        "latest": str(newest.quarter),
        "editions": [
            {
                "quarter": str(one.quarter),
                "title": f"NHS Oversight Framework, {one.quarter.label}",
                "path": f"{one.quarter}/index.html",
                "edition": f"{one.quarter}/downloads/edition.json",
                "released": one.released or None,
                "commit": one.commit,
                "tables": one.digest,
            }
            for one in editions
        ],
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
