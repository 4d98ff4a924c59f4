"""Binds pages into a book: has Jupyter Book build the staged sources, and checks what came."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from oversight_lib.errors import BindingError
from oversight_lib.press import finder, links, sources
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.folders import MARK, clear, fresh
from oversight_lib.press.kernels import same_bytes
from oversight_lib.press.pages import FRONT
from oversight_lib.press.prose import parts_of
from oversight_lib.press.results import PageResult

HTML = "html"
SOURCE = "source"
BINDING = "binding"
_COMMAND = ("-c", "from jupyter_book.cli.main import main; main()", "build")
_STRICT = ("-W", "-n", "--keep-going", "-q")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(r"^.*\b(?:WARNING|ERROR|CRITICAL): .*$|^.*Error: .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in a book beside the pages of templates and prose.

    Further pages in Markdown by their names, which the prose's contents have to name; a folder
    of files, which is moved into the book under its own name; and who can be looked for.
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    files: Path | None = None
    entries: Sequence[finder.Entry] = ()


def bind(  # noqa: PLR0913 - what a book is made of, each by its name
    results: Sequence[PageResult],
    *,
    out: Path,
    prose: Path,
    config: Path,
    edition: EditionFacts,
    beside: Beside = Beside(),
    reading: Callable[[Path], None] = lambda _: None,
) -> Path:
    """Bind executed pages and hand-written ones into `out/html`; return its index.

    A page that failed is replaced by one that says so. What stood in `out/html` is gone from
    the start, and the new book appears there whole or not at all. Raises `BindingError` with
    the warnings if the book does not build without one, or lacks a page, or a link leads nowhere.
    `reading` is given the folder of the bound book before it is published, and may object.
    """
    out = out.resolve()
    clear(out / HTML)
    apart = {result.page.slug for result in results if result.page.above is None}
    parts = parts_of(prose, {*(apart - {FRONT}), *beside.pages})
    staged = fresh(out / SOURCE)
    sources.stage(results, staged, prose, edition)
    for name, text in beside.pages.items():
        (staged / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
    finder.write(beside.entries, staged)
    title = sources.describe([result.page for result in results], parts, staged, config, edition)
    built = _build(staged, fresh(out / BINDING), edition.epoch)
    _index(built, title)
    if beside.files:
        beside.files.rename(built / beside.files.name)
    expected = [result.page.slug for result in results]
    links.check(built, [*expected, *(page for part in parts for page in part.pages)])
    reading(built)
    (built / MARK).touch()
    built.rename(out / HTML)
    clear(out / BINDING)
    return out / HTML / "index.html"


def _build(staged: Path, binding: Path, epoch: int) -> Path:
    """Have Jupyter Book build the sources; return the folder of HTML."""
    command = [sys.executable, *_COMMAND, str(staged), "--path-output", str(binding), *_STRICT]
    surroundings = {**os.environ, **same_bytes(epoch)}
    done = subprocess.run(
        command, env=surroundings, cwd=binding, capture_output=True, text=True, check=False
    )
    built = binding / "_build" / "html"
    # Jupyter Book 2 reads other sources, makes no HTML of ours and ends well.
    if done.returncode or not built.is_dir():
        raise BindingError("the book could not be bound", _said(done, staged))
    return built


def _said(done: subprocess.CompletedProcess[str], staged: Path) -> Sequence[str]:
    """Return the warnings a build ended with, or its last lines if it gave none."""
    said = _COLOUR.sub("", f"{done.stdout}\n{done.stderr}").replace(f"{staged}{os.sep}", "")
    warnings = [warning.strip() for warning in _WARNING.findall(said)]
    return warnings or said.strip().splitlines()[-20:]


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
