"""Built editions of a few trusts, written straight to a shelf: tables, pages, and what they are."""

from dataclasses import replace
from functools import cache

from oversight_lib.periods import Quarter
from oversight_lib.press import downloads
from oversight_lib.press.downloads import package
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.editions import read
from oversight_lib.press.folders import fresh
from oversight_lib.press.pages import Page
from tests.report.pages import only, opened

FEW = ["RAT", "RDY", "RX4"]
RELEASED = "2026-03-12T09:30:00+00:00"
PARAGRAPH = "<p>{} is the quarter of this page, made by {}.</p>"


@cache
def tables(quarter="2025-26-q3"):
    """The tables of three trusts that every edition has, as its figures stand."""
    few = only(opened(quarter), FEW).tables
    return {name: few[name] for name in ("organisations", "scores", "segments", "cuts", "ranges")}


def with_average(of, org, average):
    """The tables with another average of one trust."""
    segments = of["segments"].copy()
    mine = segments["org"].eq(org) & segments["scope"].eq("overall")
    segments.loc[mine, "average"] = average
    return {**of, "segments": segments}


def put(folder, of=None, *, quarter="2025-26-q3", pages=(), commit="c0ffee", released=""):
    """Write an edition's book to a folder and return it, read back.

    `pages` are addresses with the HTML of their article beside England's.
    """
    of = tables(quarter) if of is None else of
    facts = EditionFacts(Quarter.parse(quarter), "2025-26", commit=commit, released=released)
    to = fresh(folder) / downloads.FOLDER
    data = to / downloads.DATA
    data.mkdir(parents=True)
    frames = downloads.frames_of(of)
    files = {}
    for frame in frames:
        arranged = frame.arrange(of[frame.name])
        arranged.to_parquet(data / f"{frame.name}.parquet", index=False)
        files[frame.name] = arranged.to_csv(index=False).encode()
    text = package.descriptor(files, frames, edition=facts, sources=[])
    (data / package.NAME).write_text(text, "utf-8")
    england = Page("england", "", "England", "england", folder, {})
    named = {"england": PARAGRAPH.format(facts.quarter.label, commit), **dict(pages)}
    listed = [replace(england, slug=slug, title=slug) for slug in named]
    downloads.tell_machines([], listed, to, facts)
    for slug, html in {**named, "downloads": ""}.items():
        path = folder / f"{slug}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<html><body><article>{html}</article></body></html>", "utf-8")
    (folder / "index.html").write_text("<html></html>", "utf-8")
    return read(folder)
