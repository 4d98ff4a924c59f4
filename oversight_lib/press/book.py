"""Binds pages into a book: has Jupyter Book build the staged sources, and checks what came."""

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from oversight_lib.press import binding, links, sources
from oversight_lib.press.cache import digests
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.folders import CACHE, clear, fresh, mark
from oversight_lib.press.pages import FRONT
from oversight_lib.press.prose import parts_of
from oversight_lib.press.results import PageResult

HTML = "html"
SOURCE = "source"
BINDING = "binding"
_IMAGES = "_images"
_READ = "read"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in a book beside the pages of templates and prose.

    Further pages in Markdown by their names, which the prose's contents have to name; and a
    folder of files, which is moved into the book under its own name.
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    files: Path | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody who reads each page by itself before it is published, and may object by an error.

    `judge` is given a folder of pages. It is not given a page again that it passed already, as
    long as `by`, the digest of what it judges by, is the same; without one it is given all.
    """

    judge: Callable[[Path], None] = lambda _: None
    by: str = ""

    def of(self, html: Path, entries: Entries) -> None:
        """Have the pages of a book judged, those that were not yet."""
        if not self.by:
            return self.judge(html)
        pages = {path.relative_to(html).as_posix(): path for path in html.rglob("*.html")}
        sums = {name: digests.file(path) for name, path in pages.items()}
        passed = entries.get(_READ) or {}
        known = passed["pages"] if passed.get("by") == self.by else {}
        with tempfile.TemporaryDirectory(dir=html.parent) as folder:
            for name, path in pages.items():
                if known.get(name) != sums[name]:
                    place = Path(folder, name)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, place)
            self.judge(Path(folder))
        return entries.put(_READ, {"by": self.by, "pages": sums})


def bind(  # noqa: PLR0913 - what a book is made of, each by its name
    results: Sequence[PageResult],
    *,
    out: Path,
    prose: Path,
    config: Path,
    edition: EditionFacts,
    beside: Beside = Beside(),
    reading: Reading = Reading(),
) -> Path:
    """Bind executed pages and hand-written ones into `out/html`; return its index.

    A page that failed is replaced by one that says so. What stood in `out/html` is gone from
    the start, and the new book appears there whole or not at all. Raises `BindingError` with
    the warnings if the book does not build without one, or lacks a page, or a link leads nowhere.
    The pages are given to `reading` before they are published, and it may object.
    """
    out = out.resolve()
    clear(out / HTML)
    apart = {result.page.slug for result in results if result.page.above is None}
    parts = parts_of(prose, {*(apart - {FRONT}), *beside.pages})
    staged = fresh(out / SOURCE)
    sources.stage(results, staged, prose, edition)
    for name, text in beside.pages.items():
        (staged / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
    title = sources.describe([result.page for result in results], parts, staged, config, edition)
    built = binding.build(staged, mark(out / BINDING), edition.epoch)
    copied = _copied(built, fresh(out / BINDING / "book"))
    _index(copied, title)
    if beside.files:
        beside.files.rename(copied / beside.files.name)
    expected = [result.page.slug for result in results]
    documents = links.read(copied, Entries(mark(out / CACHE)))
    _sweep(copied, documents)
    links.check(copied, [*expected, *(page for part in parts for page in part.pages)], documents)
    reading.of(copied, Entries(out / CACHE))
    copied.rename(out / HTML)
    return out / HTML / "index.html"


def _copied(built: Path, to: Path) -> Path:
    """Return a copy of what was built, which stays as it is for the next time."""
    shutil.copytree(built, to, dirs_exist_ok=True)
    return to


def _sweep(html: Path, documents: Mapping[str, links.Document]) -> None:
    """Remove the images of earlier builds, which no page shows any more."""
    shown = {
        html / name
        for page, document in documents.items()
        for name in links.targets(page, document)
    }
    for image in (html / _IMAGES).rglob("*"):
        if image.is_file() and image not in shown:
            image.unlink()


def _index(built: Path, title: str) -> None:
    """Write the page that leads from the folder to its front, for those without a script too."""
    name = escape(title)
    text = (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{name}</title>\n<meta http-equiv="refresh" content="0; url={FRONT}.html">\n'
        "</head>\n<body>\n"
        f'<main><h1><a href="{FRONT}.html">{name}</a></h1></main>\n</body>\n</html>\n'
    )
    (built / "index.html").write_text(text, encoding="utf-8", newline="\n")
