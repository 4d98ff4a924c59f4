"""A small country: England, two regions with an ICB each, three trusts; one region's page fails."""

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest

from oversight_lib.frames import ICBS, ORGANISATIONS, REGIONS
from oversight_lib.periods import Quarter
from oversight_lib.press import book, folders, manifest, pages, runner
from oversight_lib.press.edition_facts import DataFile, EditionFacts

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
BAD = TEMPLATES / "bad"
PROSE = HERE / "prose"
CONFIG = HERE.parents[1] / "_config.yml"
QUARTER = Quarter.parse("2025-26-q1")
FAILING = "regions/y60"


@pytest.fixture(scope="session")
def regions():
    rows = [("Y56", "E40000003", "London"), ("Y60", "E40000011", "Midlands")]
    return REGIONS.arrange(pd.DataFrame(rows, columns=REGIONS.names))


@pytest.fixture(scope="session")
def icbs():
    rows = [
        ("QMF", "E54000029", "NHS North East London ICB", "Y56", None, None),
        ("QHL", "E54000055", "NHS Birmingham and Solihull ICB", "Y60", None, None),
    ]
    return ICBS.arrange(pd.DataFrame(rows, columns=ICBS.names))


@pytest.fixture(scope="session")
def organisations():
    rows = [
        ("R1H", "Barts Health NHS Trust", "Y56", "QMF", "London"),
        ("RQX", "Homerton Healthcare NHS Foundation Trust", "Y56", "QMF", "London"),
        ("RRK", "University Hospitals Birmingham NHS Foundation Trust", "Y60", "QHL", "Midlands"),
    ]
    table = pd.DataFrame(rows, columns=["org", "name", "region", "icb", "region_name"])
    named = table.assign(
        trust_type="acute",
        subtype=None,
        valid_from=None,
        valid_to=None,
        icb_source="a test",
        icb_disputed=False,
        icb_name="an ICB",
    )
    return ORGANISATIONS.arrange(named)


@pytest.fixture(scope="session")
def plan(organisations, icbs, regions):
    return pages.plan(QUARTER, organisations, icbs, regions, templates=TEMPLATES)


@pytest.fixture(scope="session")
def edition():
    return EditionFacts(QUARTER, "2025-26", (DataFile("data/b.csv", "b" * 64),), "c0ffee")


def tables(folder):
    """A folder of tables, as far as the test's templates read any."""
    folder.mkdir(parents=True)
    (folder / "note.txt").write_text("read from the tables")
    return folder


def failing(plan):
    """The plan with one page whose template divides by zero."""
    broken = BAD / "fails_in_cell_4.ipynb"
    return [replace(p, template=broken) if p.slug == FAILING else p for p in plan]


@dataclass
class Made:
    """An edition made from end to end."""

    out: Path
    results: list[runner.PageResult]
    index: Path
    done: list[str]

    def html(self, slug):
        return (self.out / "html" / f"{slug}.html").read_text(encoding="utf-8")


def make(folder, plan, edition):
    done: list[str] = []
    results = runner.run(
        failing(plan),
        out=folder / "out",
        tables=tables(folder / "tables"),
        edition=edition,
        on_done=lambda result: done.append(result.page.slug),
    )
    index = book.bind(results, out=folder / "out", prose=PROSE, config=CONFIG, edition=edition)
    manifest.write(results, out=folder / "out", edition=edition)
    return Made(folder / "out", results, index, done)


@pytest.fixture(scope="session")
def made(tmp_path_factory, plan, edition):
    """An edition made over an older one, of which no page may be left standing."""
    folder = tmp_path_factory.mktemp("first")
    for name in ("html", "notebooks", "failed"):
        old = folders.fresh(folder / "out" / name) / f"{FAILING}.old"
        old.parent.mkdir(parents=True)
        old.write_text("from an older edition")
    return make(folder, plan, edition)


@pytest.fixture(scope="session")
def made_again(tmp_path_factory, plan, edition):
    """The same edition made somewhere else, from tables somewhere else."""
    return make(tmp_path_factory.mktemp("a {second} place"), plan, edition)
