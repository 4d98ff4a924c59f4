"""The built edition read back, every file of it, for numbers of people that may not be seen.

HTML with its scripts and attributes, SVG, JSON, notebooks with their metadata, CSV, Parquet, the
search index, Excel workbooks, PDF papers, and plain text. A kind of file that cannot be looked into
is refused as long as there is anything to hide.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from oversight_lib.errors import LeakError, Problem
from oversight_lib.method.disclosure.secret import Secret
from oversight_lib.press.scan import index, markup, papers, records, texts, workbooks
from oversight_lib.press.scan.pieces import Piece, Seeker

Reader = Callable[[Path], Iterator[Piece]]

READERS: Mapping[str, Reader] = {
    ".html": markup.html,
    ".htm": markup.html,
    ".svg": markup.svg,
    ".xml": markup.svg,
    ".json": records.json_file,
    ".ipynb": records.json_file,
    ".map": records.json_file,
    ".csv": records.csv_file,
    ".parquet": records.parquet,
    ".xlsx": workbooks.workbook,
    ".pdf": papers.paper,
    ".js": index.script,
    ".png": texts.png,
    **dict.fromkeys((".txt", ".md", ".log", ".css", ".yml", ".toml", ".typ"), texts.text),
}
"""How each kind of file is read."""

WITHOUT_FIGURES = frozenset(
    {
        ".woff",
        ".woff2",
        ".ttf",
        ".eot",
        ".ico",
        ".inv",
        ".nojekyll",
        ".py",
        ".mo",
        ".po",
        "",
    }
)
"""Kinds of file that hold no figures: fonts, icons, the theme's words in other languages, and what
the binding leaves of its own.
"""


def scan(folder: Path, secrets: Sequence[Secret]) -> list[Problem]:
    """Return every place in the files of a folder where a secret stands, by file."""
    if not secrets:
        return []
    seeker = Seeker(secrets)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [problem for path in files for problem in _in_file(path, folder, seeker)]


def check(folders: Iterable[Path], secrets: Sequence[Secret]) -> None:
    """Raise `LeakError` with every place where the folders of an edition give a secret away."""
    problems = [problem for folder in folders for problem in scan(folder, secrets)]
    if problems:
        raise LeakError(
            f"the edition gives away {len(problems)} number"
            f"{'s' * (len(problems) > 1)} of people that may not be seen, and was taken away",
            problems[:50],
            "show these figures through the disclosure gate, or leave them out",
        )


def _in_file(path: Path, folder: Path, seeker: Seeker) -> Iterable[Problem]:
    name, kind = path.relative_to(folder).as_posix(), path.suffix.casefold()
    if kind in WITHOUT_FIGURES:
        return
    if kind not in READERS:
        yield Problem(name, f"files of the kind {kind} cannot be looked into", "a kind that can")
        return
    try:
        pieces = list(READERS[kind](path))
    except (ValueError, OSError) as error:
        yield Problem(name, f"cannot be looked into ({error})", "a whole file")
        return
    # The number itself is not said: the message is printed and logged.
    yield from dict.fromkeys(
        Problem(f"{name}, {piece.where}", f"a number of {seeker.name(found)} stands there")
        for piece in pieces
        for found in seeker.found_in(piece)
    )
