"""The page that lists what can be taken away from an edition, with sizes."""

from collections.abc import Sequence
from html import escape

from oversight_lib.press.citation import cite
from oversight_lib.press.downloads.handout import Handout
from oversight_lib.press.downloads.markup import Link, size, table
from oversight_lib.press.downloads.package import ATTRIBUTION
from oversight_lib.press.edition_facts import EditionFacts

PAGE = "downloads"
_GROUPS = {
    "workbook": "The workbook",
    "table": "Tables",
    "machine": "For machines",
    "england": "Board pack of England",
    "region": "Board packs of regions",
    "icb": "Board packs of integrated care boards",
    "trust": "Board packs of trusts",
}
_INTROS = {
    "workbook": "The tables on a sheet each, laid out as the Analysis Function asks of "
    "spreadsheets; the longest, and what people wrote, are among the CSV files only. "
    "Text that a spreadsheet might calculate has an apostrophe before it.",
    "table": "What each column holds is in the [data dictionary](data-dictionary.md). CSV opens "
    "in anything; Parquet keeps the types.",
    "machine": "A data package describes the CSV files so that a program can check them; "
    "`edition.json` lists every page and file with its checksum.",
    "england": "PDF, tagged for screen readers. What a person has to write stands as "
    "“[to be completed]”.",
}


def listing(handouts: Sequence[Handout], edition: EditionFacts) -> str:
    """Return the page that lists these files by kind, each with its size."""
    parts = [f"# Downloads\n\nFiles of {edition.quarter.label}. {ATTRIBUTION}\n"]
    for kind, heading in _GROUPS.items():
        of_kind = [handout for handout in handouts if handout.kind == kind]
        if of_kind:
            parts.append(f"## {heading}\n\n{_INTROS.get(kind, '')}\n\n{_files(heading, of_kind)}")
    parts.append(f"## How to cite\n\n{escape(cite('Downloads', edition))}\n")
    return "\n".join(parts)


def _files(heading: str, handouts: Sequence[Handout]) -> str:
    rows = [
        (Link(_words(handout), f"{PAGE}/{handout.path}"), handout.form, size(handout.bytes))
        for handout in handouts
    ]
    return table(heading, ("File", "Form", "Size"), rows)


def _words(handout: Handout) -> str:
    """Return words for a link that say by themselves what it leads to."""
    return f"{handout.title} ({handout.form})"
