"""What an edition hands out beside its pages: tables, a workbook, a data package, packs."""

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd

import oversight_lib
from oversight_lib.frames import FRAMES, Frame
from oversight_lib.press.citation import cite
from oversight_lib.press.downloads import dictionary, listing, package, words
from oversight_lib.press.downloads.front import Front
from oversight_lib.press.downloads.guard import guarded_table
from oversight_lib.press.downloads.handout import Handout, handout
from oversight_lib.press.downloads.package import Source
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.packs import PackResult
from oversight_lib.press.pages import Page

FOLDER = "downloads"
"""Where an edition's handouts stand, in the book."""

DATA, PACKS = "data", "packs"
EDITION = "edition.json"
PAGES = (listing.PAGE, dictionary.PAGE)
"""The pages about downloads; `book/_toc.yml` says where they stand."""


def make(
    tables: Mapping[str, pd.DataFrame],
    edition: EditionFacts,
    sources: Sequence[Source],
    *,
    to: Path,
) -> list[Handout]:
    """Write the tables, by the names of their frames, to a folder, in every form they come in."""
    frames = frames_of(tables)
    return [
        *make_workbook(tables, edition, sources, to=to),
        *(made for frame in frames for made in make_table(frame, tables[frame.name], to=to)),
        make_package(frames, edition, sources, to=to),
    ]


def make_workbook(
    tables: Mapping[str, pd.DataFrame],
    edition: EditionFacts,
    sources: Sequence[Source],
    *,
    to: Path,
) -> list[Handout]:
    """Write the workbook to a folder: of the tables, `in_workbook`. Same tables, same bytes."""
    # Its library takes a while to import, and most verbs write no workbook.
    from oversight_lib.press.downloads.workbook import write_workbook  # noqa: PLC0415

    book = to / f"nhs-oversight-framework-{edition.quarter}.xlsx"
    write_workbook(tables, _front(edition, sources), book, edition)
    return [handout("workbook", "The tables", book, to)]


def in_workbook(tables: Collection[str]) -> list[str]:
    """Return the names of the tables whose rows are in the workbook."""
    return sorted({*tables} - words.LEFT_OUT)


def make_table(frame: Frame, table: pd.DataFrame, *, to: Path) -> list[Handout]:
    """Write a table as CSV and as Parquet into `data` of a folder. Same tables, same bytes.

    Text is guarded in all forms a spreadsheet opens.
    """
    data, arranged = to / DATA, frame.arrange(table)
    data.mkdir(parents=True, exist_ok=True)
    csv, parquet = data / f"{frame.name}.csv", data / f"{frame.name}.parquet"
    csv.write_bytes(_csv(frame, arranged))
    arranged.to_parquet(parquet, index=False)
    return [handout("table", words.title(frame), path, to) for path in (csv, parquet)]


def make_package(
    frames: Sequence[Frame], edition: EditionFacts, sources: Sequence[Source], *, to: Path
) -> Handout:
    """Write the description of the tables that stand in `data` of a folder: a data package."""
    data = to / DATA
    files = {frame.name: (data / f"{frame.name}.csv").read_bytes() for frame in frames}
    text = package.descriptor(files, frames, edition=edition, sources=sources)
    (data / package.NAME).write_text(text, encoding="utf-8", newline="\n")
    return handout("machine", "Data package", data / package.NAME, to)


def frames_of(tables: Mapping[str, pd.DataFrame]) -> list[Frame]:
    """Return the frames of these tables, in the order of the house."""
    return [FRAMES[name] for name in FRAMES if name in tables]


def of_packs(results: Sequence[PackResult], folder: Path) -> list[Handout]:
    """Return the packs that were made as handouts, in order."""
    return [
        handout(result.page.kind, result.page.title, result.path, folder)
        for result in results
        if result.path
    ]


def tell_machines(
    handouts: Sequence[Handout], pages: Sequence[Page], to: Path, edition: EditionFacts
) -> Handout:
    """Write `edition.json`: what the edition is, its pages, and its files with their sums."""
    told = {
        "title": f"NHS Oversight Framework, {edition.quarter.label}",
        "quarter": str(edition.quarter),
        "rules": edition.rules,
        "released": edition.released or None,
        "contact": edition.contact or None,
        "status": "independent; not official statistics",
        "licence": package.LICENCE,
        "oversight": oversight_lib.__version__,
        "commit": edition.commit,
        "cite": cite("The whole edition", edition),
        "pages": [
            {"kind": page.kind, "code": page.code, "title": page.title, "path": f"{page.slug}.html"}
            for page in pages
        ],
        "files": [
            {
                "kind": "pack" if one.path.startswith(f"{PACKS}/") else one.kind,
                "title": one.title,
                "path": f"{FOLDER}/{one.path}",
                "bytes": one.bytes,
                "sha256": one.sha256,
            }
            for one in handouts
        ],
    }
    path = to / EDITION
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return handout("machine", "Edition", path, to)


def pages_about(
    handouts: Sequence[Handout], tables: Mapping[str, pd.DataFrame], edition: EditionFacts
) -> Mapping[str, str]:
    """Return the Markdown of the pages about downloads, by their names."""
    return {
        listing.PAGE: listing.listing(handouts, edition),
        dictionary.PAGE: dictionary.dictionary(frames_of(tables)),
    }


def _csv(frame: Frame, arranged: pd.DataFrame) -> bytes:
    return guarded_table(frame, arranged).to_csv(index=False, lineterminator="\n").encode()


def _front(edition: EditionFacts, sources: Sequence[Source]) -> Front:
    """Return what the first sheet of the workbook says."""
    return Front(
        title=f"NHS Oversight Framework, {edition.quarter.label}: the tables",
        intro=(
            "Scores and segments of NHS trusts, computed again from the published figures. "
            "Independent; not a publication of NHS England; not official statistics.",
            cite("The tables", edition),
        ),
        about=(
            *(f"Source: {source.publisher}, {source.title}." for source in sorted(set(sources))),
            package.ATTRIBUTION,
            "Next update: when NHS England publishes the figures of the next quarter.",
        ),
        contact=(edition.contact or "No contact is recorded for this edition.",),
    )
