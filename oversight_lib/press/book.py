"""Binds pages into a book: has Jupyter Book build the staged sources, and checks what came."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from oversight_lib.press import binding, directory, links, sources
from oversight_lib.press.bindery import Bindery, waiting
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.folders import CACHE, fresh, make_alike, mark, set_aside
from oversight_lib.press.pages import FRONT
from oversight_lib.press.prose import parts_of
from oversight_lib.press.results import PageResult

HTML = "html"
SOURCE = "source"
BINDING = "binding"
_BOOK = "book"
_IMAGES = "_images"
_SETUP = ".buildinfo"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in a book beside the pages of templates and prose.

    Further pages in Markdown by their names, which the prose's contents have to name; a folder
    of files, which is moved into the book under its own name; and who can be looked for.
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    files: Path | None = None
    entries: Sequence[directory.Entry] = ()


def bind(  # noqa: PLR0913 - what a book is made of, each by its name
    results: Sequence[PageResult],
    *,
    out: Path,
    prose: Path,
    config: Path,
    edition: EditionFacts,
    beside: Beside = Beside(),
    reading: Callable[[Path], None] = lambda _: None,
    bindery: Bindery | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Path:
    """Bind executed pages and hand-written ones into `out/html`; return its index.

    A page that failed is replaced by one that says so. What stood in `out/html` is gone from
    the start, and the new book appears there whole or not at all. Raises `BindingError` with
    the warnings if the book does not build without one, or lacks a page, or a link leads nowhere.
    `reading` is given the folder of the bound book before it is published, and may object.
    `bindery` is where it is built, if one waits already; `meanwhile` is done while it is.
    """
    out = out.resolve()
    take_away(out)
    apart = {result.page.slug for result in results if result.page.above is None}
    parts = parts_of(prose, {*(apart - {FRONT}), *beside.pages})
    staged = fresh(out / SOURCE)
    sources.stage(results, staged, prose, edition)
    for name, text in beside.pages.items():
        (staged / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
    directory.write(beside.entries, staged)
    title = sources.describe([result.page for result in results], parts, staged, config, edition)
    with nullcontext(bindery) if bindery else waiting(edition.epoch) as at:
        built = binding.build(staged, mark(out / BINDING), edition.epoch, at, meanwhile)
    copied = _copied(built, mark(out / BINDING / _BOOK), beside.files)
    _index(copied, title)
    written = [page for part in parts for page in part.pages]
    _check(copied, [*(result.page.slug for result in results), *written], out)
    reading(copied)
    copied.rename(out / HTML)
    return out / HTML / "index.html"


def take_away(out: Path) -> None:
    """Take an older book away from where readers find it; what of it stays the same is used again.

    Raises `PageError` for a folder in its place that the press did not make.
    """
    set_aside(out / HTML, out / BINDING / _BOOK)


def _copied(built: Path, to: Path, files: Path | None) -> Path:
    """Return a copy of what was built, which stays as it is, with the files beside it moved in.

    An older copy is made the same, which leaves most of it as it is: on a disk, taking files away
    takes longer than reading them.
    """
    make_alike(built, to, but=[files.name] if files else [])
    # How Sphinx was set up: for its next run alone, and another sum for another folder.
    (to / _SETUP).unlink(missing_ok=True)
    if files and (to / files.name).is_dir():
        make_alike(files, to / files.name)
        shutil.rmtree(files)
    elif files:
        files.rename(to / files.name)
    return to


def _check(html: Path, expected: Sequence[str], out: Path) -> None:
    """Leave nothing in the book that no page shows; raise `BindingError` if something is amiss."""
    documents = links.read(html, Entries(mark(out / CACHE)))
    _sweep(html, documents)
    links.check(html, expected, documents)


def _sweep(html: Path, documents: Mapping[str, links.Document]) -> None:
    """Remove the images of earlier builds, which no page shows any more."""
    shown = {name for page, document in documents.items() for name in links.targets(page, document)}
    for image in (html / _IMAGES).rglob("*"):
        if image.is_file() and image.relative_to(html).as_posix() not in shown:
            image.unlink()


def _index(built: Path, title: str) -> None:
    """Write the page that leads from the folder to its front, for those without a script too."""
    name = escape(title)
    text = (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        f'<title>{name}</title>\n<meta http-equiv="refresh" content="0; url={FRONT}.html">\n'
        "</head>\n<body>\n"
        f'<main><h1><a href="{FRONT}.html">{name}</a></h1></main>\n</body>\n</html>\n'
    )
    (built / "index.html").write_text(text, encoding="utf-8", newline="\n")
