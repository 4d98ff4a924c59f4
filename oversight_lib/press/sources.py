"""What a book is built from: the staged pages, and the files that say how they hang together."""

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

from oversight_lib.press import provenance
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.notebooks import plain
from oversight_lib.press.pages import FRONT, KINDS, Page
from oversight_lib.press.prose import IMAGES, METHODS, Part
from oversight_lib.press.results import Failure, PageResult


def stage(results: Sequence[PageResult], staged: Path, prose: Path, edition: EditionFacts) -> None:
    """Put executed notebooks, failure pages and hand-written pages where the book is built."""
    for result in results:
        place = staged / result.page.slug
        place.parent.mkdir(parents=True, exist_ok=True)
        if result.notebook:
            shutil.copyfile(result.notebook, place.with_suffix(".ipynb"))
        else:
            _write(place.with_suffix(".md"), failure_page(result, edition))
    for page in sorted(prose.glob("*.md")):
        shutil.copyfile(page, staged / page.name)
    for folder in (IMAGES, METHODS):
        if (prose / folder).is_dir():
            shutil.copytree(prose / folder, staged / folder)


def describe(
    pages: Sequence[Page],
    parts: Sequence[Part],
    staged: Path,
    config: Path,
    edition: EditionFacts,
) -> str:
    """Write what Jupyter Book and our theme read beside the sources; return the book's title."""
    settings: dict[str, Any] = yaml.safe_load(config.read_text(encoding="utf-8"))
    name = settings["title"]
    title = f"{name}, {edition.quarter.label}"
    facts = {
        "title": name,
        "quarter": edition.quarter.label,
        "front": FRONT,
        "pages": [_facts(page) for page in pages],
        "parts": [asdict(part) for part in parts],
        "folders": sorted({kind.folder for kind in KINDS.values() if kind.folder}),
    }
    filled = {**settings, "title": title, "copyright": str(edition.last_month.year)}
    # JSON is YAML, and is written the same way every time.
    _write(staged / "_config.yml", _json(filled))
    _write(staged / "_toc.yml", _json(contents(pages, parts)))
    _write(staged / "_edition.json", _json(facts))
    return title


def contents(pages: Sequence[Page], parts: Sequence[Part]) -> Mapping[str, Any]:
    """Return the book's table of contents: the pages as the tree they are, then the prose."""
    below: dict[str | None, list[str]] = {}
    for page in pages:
        below.setdefault(page.above, []).append(page.slug)
    made = [_entry(slug, below) for slug in below.get(FRONT, [])]
    written = [
        {"caption": part.caption, "chapters": [{"file": name} for name in part.pages]}
        for part in parts
    ]
    # An empty list of chapters stops the build.
    ours = [{"caption": "Regions", "chapters": made}] if made else []
    return {"format": "jb-book", "root": FRONT, "parts": [*ours, *written]}


def failure_page(result: PageResult, edition: EditionFacts) -> str:
    """Return the Markdown of the page that stands where one failed: what, where, and no more."""
    failure = result.failure or Failure("nothing is known of the reason")
    begins = f", which begins {_quoted(failure.source)}" if failure.source else ""
    where = f"It failed in cell {failure.cell}{begins}.\n\n" if failure.cell else ""
    half_run = f"`failed/{result.page.slug}.ipynb`"
    kept = f"The half-run notebook is {half_run}, beside this book.\n\n" if failure.half_run else ""
    return (
        f"# {plain(result.page.title)}\n\n"
        ":::{container} page-failed\n"
        f"**This page could not be made for {edition.quarter.label}.** "
        "No older page stands in its place.\n:::\n\n"
        f"{where}{_fenced(failure.error)}\n\n{kept}{provenance.block(result.page, edition)}"
    )


def _facts(page: Page) -> Mapping[str, Any]:
    return {"slug": page.slug, "title": page.title, "above": page.above, "listed": page.listed}


def _entry(slug: str, below: Mapping[str | None, Sequence[str]]) -> Mapping[str, Any]:
    inner = [_entry(name, below) for name in below.get(slug, [])]
    return {"file": slug, **({"sections": inner} if inner else {})}


def _fenced(text: str) -> str:
    """Return a text as a block that shows it as it is, whatever backticks it holds."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}text\n{text}\n{fence}"


def _quoted(text: str) -> str:
    ticks = "`" * (_longest_run(text) + 1)
    return f"{ticks} {text} {ticks}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)


def _json(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
