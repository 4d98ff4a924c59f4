"""Binds pages into a book: stages the sources, has Jupyter Book build, checks what came."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from oversight_lib.errors import BindingError
from oversight_lib.press import kernels, links, prose, provenance
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.folders import MARK, clear, fresh
from oversight_lib.press.notebooks import plain
from oversight_lib.press.pages import FRONT, Page
from oversight_lib.press.prose import Part
from oversight_lib.press.results import Failure, PageResult

HTML = "html"
SOURCE = "source"
_BINDING = "binding"
_COMMAND = ("-c", "from jupyter_book.cli.main import main; main()", "build")
_STRICT = ("-W", "-n", "--keep-going", "-q")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(r"^.*\b(?:WARNING|ERROR|CRITICAL): .*$|^.*Error: .*$", re.MULTILINE)


def bind(
    results: Sequence[PageResult], *, out: Path, prose_in: Path, config: Path, edition: EditionFacts
) -> Path:
    """Bind executed pages and hand-written ones into `out/html`; return its index.

    A page that failed is replaced by one that says so. What stood in `out/html` is gone from
    the start, and the new book appears there whole or not at all. Raises `BindingError` with
    the warnings if the book does not build without one, or lacks a page, or a link leads nowhere.
    """
    out = out.resolve()
    clear(out / HTML)
    parts = prose.parts(prose_in)
    source = _stage(results, fresh(out / SOURCE), prose_in, edition)
    _contents(source, [result.page for result in results], parts, edition, config)
    built = _build(source, fresh(out / _BINDING), edition.epoch)
    _index(built, edition)
    expected = [r.page.slug for r in results] + [page for part in parts for page in part.pages]
    links.check(built, expected)
    (built / MARK).touch()
    built.rename(out / HTML)
    clear(out / _BINDING)
    return out / HTML / "index.html"


def _stage(
    results: Sequence[PageResult], source: Path, prose_in: Path, edition: EditionFacts
) -> Path:
    for result in results:
        place = source / result.page.slug
        place.parent.mkdir(parents=True, exist_ok=True)
        if result.notebook:
            shutil.copyfile(result.notebook, place.with_suffix(".ipynb"))
        else:
            _write(place.with_suffix(".md"), failure_page(result, edition))
    for page in sorted(prose_in.glob("*.md")):
        shutil.copyfile(page, source / page.name)
    if (prose_in / prose.IMAGES).is_dir():
        shutil.copytree(prose_in / prose.IMAGES, source / prose.IMAGES)
    return source


def failure_page(result: PageResult, edition: EditionFacts) -> str:
    """Return the Markdown of the page that stands where one failed: what, where, and no more."""
    failure = result.failure or Failure("nothing is known of the reason")
    begins = f", which begins `{failure.source}`" if failure.source else ""
    where = f"It failed in cell {failure.cell}{begins}.\n\n" if failure.cell else ""
    half_run = f"failed/{result.page.slug}.ipynb"
    kept = (
        f"The half-run notebook is `{half_run}`, beside this book.\n\n" if failure.half_run else ""
    )
    return (
        f"# {plain(result.page.title)}\n\n"
        ":::{container} page-failed\n"
        f"**This page could not be made for {edition.quarter.label}.** "
        "No older page stands in its place.\n:::\n\n"
        f"{where}{_fenced(failure.error)}\n\n{kept}{provenance.block(result.page, edition)}"
    )


def _fenced(text: str) -> str:
    """Return a text as a block that shows it as it is, whatever backticks it holds."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _contents(
    source: Path, pages: Sequence[Page], parts: Sequence[Part], edition: EditionFacts, config: Path
) -> None:
    """Write what Jupyter Book and our theme read beside the sources."""
    settings: dict[str, Any] = yaml.safe_load(config.read_text(encoding="utf-8"))
    title = settings["title"]
    settings["title"] = f"{title}, {edition.quarter.label}"
    settings["copyright"] = str(edition.last_month.year)
    facts = {
        "title": title,
        "quarter": edition.quarter.label,
        "front": FRONT,
        "pages": [_facts(page) for page in pages],
        "parts": [asdict(part) for part in parts],
    }
    # JSON is YAML, written the same way every time.
    _write(source / "_config.yml", _json(settings))
    _write(source / "_toc.yml", _json(contents(pages, parts)))
    _write(source / "_edition.json", _json(facts))


def _facts(page: Page) -> dict[str, Any]:
    return {
        "slug": page.slug,
        "title": page.title,
        "kind": page.kind,
        "above": page.above,
        "listed": page.listed,
    }


def contents(pages: Sequence[Page], parts: Sequence[Part]) -> dict[str, Any]:
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


def _entry(slug: str, below: dict[str | None, list[str]]) -> dict[str, Any]:
    inner = [_entry(name, below) for name in below.get(slug, [])]
    return {"file": slug, **({"sections": inner} if inner else {})}


def _build(source: Path, binding: Path, epoch: int) -> Path:
    """Have Jupyter Book build the sources; return the folder of HTML."""
    surroundings = {**os.environ, **kernels.environment(source, epoch, binding)}
    command = [sys.executable, *_COMMAND, str(source), "--path-output", str(binding), *_STRICT]
    done = subprocess.run(
        command, env=surroundings, cwd=binding, capture_output=True, text=True, check=False
    )
    built = binding / "_build" / "html"
    if done.returncode or not built.is_dir():
        said = _COLOUR.sub("", f"{done.stdout}\n{done.stderr}")
        warnings = [w.replace(f"{source}{os.sep}", "").strip() for w in _WARNING.findall(said)]
        raise BindingError(
            "the book could not be bound", warnings or said.strip().splitlines()[-20:]
        )
    return built


def _index(built: Path, edition: EditionFacts) -> None:
    """Write the page that leads from the folder to its front, for those without a script too."""
    name = f"NHS Oversight Framework, {edition.quarter.label}"
    _write(
        built / "index.html",
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{name}</title>\n<meta http-equiv="refresh" content="0; url={FRONT}.html">\n'
        f'</head>\n<body>\n<main><h1><a href="{FRONT}.html">{name}</a></h1></main>\n</body>\n</html>\n',
    )


def _json(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
