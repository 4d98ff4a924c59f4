"""The recipes of CONTRIBUTING.md, each followed step by step in a copy of the project.

A recipe that names a file that is gone, leaves out a step, or asks for code where it says that none
is needed, fails here.
"""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

from oversight_lib.cli import app
from oversight_lib.errors import BindingError, CorrectionError, RulesError
from oversight_lib.frames import FINDINGS, ICBS, REGIONS
from oversight_lib.intake import DATA
from oversight_lib.intake.publication import load_publication
from oversight_lib.method.findings import findings, kinds, sure
from oversight_lib.method.scoring import score
from oversight_lib.periods import FrameworkYear, Quarter
from oversight_lib.press import pages, templates
from oversight_lib.press.editions import figures, revisions
from oversight_lib.press.prose import parts_of
from oversight_lib.press.theme import HERE as THEME
from oversight_lib.press.theme.policy import POLICY
from oversight_lib.report import tables as tables_of_a_page
from oversight_lib.report.sentences import say
from oversight_lib.rules import load_framework, read_framework
from tests.conftest import ROOT
from tests.intake.published import MENTAL_HEALTH, Q2, as_published, snapshot, write
from tests.intake.series.files import tidy_file
from tests.press.editions.shelf import tables, with_average
from tests.report.pages import opened, page

YEAR = FrameworkYear(2025)
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
SECTION = TEXT.split("\n## Recipes\n")[1].split("\n## ")[0]
RECIPES = {
    match[1]: " ".join(match[2].split())
    for match in re.finditer(r"\*\*To (.+?)\*\*(.+?)(?=\n\*\*To |\Z)", SECTION, re.DOTALL)
}
FOLLOWED = {}


def follows(name):
    """Mark the test that follows a recipe."""

    def mark(test):
        FOLLOWED[name] = test.__name__
        return test

    return mark


@pytest.fixture
def project(tmp_path):
    """A copy of what the recipes edit."""
    for name in ("oversight_lib", "notebooks", "book"):
        left = shutil.ignore_patterns("__pycache__", ".ipynb_*")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=left)
    return tmp_path


def edit(path, *pairs):
    """Replace each text, which has to stand there once, by another."""
    text = path.read_text("utf-8")
    for before, after in pairs:
        assert text.count(before) == 1, f"{path.name}: {before}"
        text = text.replace(before, after)
    path.write_text(text, "utf-8")


def python(project, *words):
    """Run Python in the copy; return what it prints, or fail with what went wrong."""
    told = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=project, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return told.stdout


# The recipes as a whole


def test_every_recipe_is_followed():
    assert set(RECIPES) == set(FOLLOWED)


@pytest.mark.parametrize("name", RECIPES)
def test_every_file_a_recipe_names_is_there(name):
    homes = [ROOT, *(ROOT / "oversight_lib" / part for part in (".", "press", "rules/2025-26"))]
    for quoted in re.findall(r"`([^`]+)`", RECIPES[name]):
        if re.fullmatch(r"[\w./*-]+(?:/|\.(?:py|toml|yml|md))", quoted):
            found = [path for home in homes for path in home.glob(quoted.rstrip("/"))]
            assert found, quoted


@pytest.mark.parametrize("name", RECIPES)
def test_every_command_a_recipe_names_is_there(name):
    make = (ROOT / "Makefile").read_text("utf-8")
    known = {one.name or one.callback.__name__ for one in app.registered_commands}
    groups = {one.name for one in app.registered_groups}
    for verb in re.findall(r"`oversight (\w+)", RECIPES[name]):
        assert verb in known | groups, verb
    for target in re.findall(r"`make (\S+?)`", RECIPES[name]):
        assert re.search(rf"^{target}:", make, re.MULTILINE), target


# Data


@follows("add a quarter of data")
def test_a_quarter_is_added_without_code(oversight, capsys, tmp_path):
    data = shutil.copytree(DATA, tmp_path / "data")
    shutil.rmtree(data / "oversight" / "2025-26-q2")
    before = snapshot(data)
    file = write(tmp_path / "q2.csv", as_published(Q2, MENTAL_HEALTH, "Q2 2025/26"))
    assert oversight("intake", file, "--data", data) == 0
    came = {name for name, held in snapshot(data).items() if before.get(name) != held}
    assert came
    assert all(name.startswith("oversight/2025-26-q2/") for name in came)
    assert oversight("check", "2025-26-q2", "--data", data) == 0
    assert "league rank" in capsys.readouterr().out
    assert (data / "oversight" / "published-files.toml").exists()


@follows("add a series or a breakdown")
def test_a_table_of_no_known_layout_goes_into_the_tidy_one(oversight, capsys, tmp_path):
    rows = [("rtt-18-week", "QE1", "2025-04", 600, 1000, "")]
    data = shutil.copytree(DATA / "organisations", tmp_path / "data" / "organisations").parent
    unknown = tmp_path / "local.csv"
    unknown.write_text("board,month,within\nQE1,April 2025,60\n", "utf-8")
    assert oversight("intake", unknown, "--data", data)
    assert "of no layout that is known" in capsys.readouterr().err
    assert oversight("intake", tidy_file(tmp_path / "t.csv", rows), "--data", data) == 0
    assert "rtt-18-week: 1 row of 1 area" in capsys.readouterr().out
    assert 'id       = "rtt-18-week"' in (
        ROOT / "oversight_lib/rules/2025-26/context.toml"
    ).read_text("utf-8")


CORRECTION = """
[[correction]]
quarter = "2025-26-q1"
org = "RTF"
item = "OF0013"
expect = {expect}
value = 91.5
reason = "Digits were swapped."
author = "A. Analyst"
date = 2026-01-31
"""


@follows("correct a published figure")
def test_a_correction_holds_until_the_publisher_mends_the_error(tmp_path):
    data = shutil.copytree(DATA, tmp_path / "data")
    quarter, framework = Quarter.parse("2025-26-q1"), load_framework(YEAR)
    declared = data / "corrections.toml"
    declared.write_text(CORRECTION.format(expect=90.3), "utf-8")
    rows = load_publication(data, quarter, framework).observations
    mine = rows.set_index(["org", "metric"])["value"]
    assert mine["RTF", "OF0013"] == 91.5
    # The publisher prints another figure: nothing is expected there any more.
    declared.write_text(CORRECTION.format(expect=12.3), "utf-8")
    with pytest.raises(CorrectionError, match="OF0013"):
        load_publication(data, quarter, framework)


@follows("revise a published figure")
def test_a_revision_is_refused_until_its_entry_covers_it():
    before, quarter = "a" * 64, "2025-26-q3"
    changed = figures.changed(tables(), with_average(tables(), "RAT", 1.5))
    (told,) = revisions.unlogged(changed, [], quarter=quarter, replaces=before)
    # The refusal names what an entry has to say.
    assert f"replaces = {before}" in str(told)
    entry = {
        "quarter": quarter, "replaces": before, "table": "segments", "columns": ["average"],
        "where": {"org": "RAT"}, "figures": 1, "kind": "correction", "what": "its average",
        "why": "a typing error", "size": "from 2.08 to 1.50", "pages": "its page",
        "author": "A. B.", "date": "2026-03-12",
    }  # fmt: skip
    logged = [revisions.Entry.model_validate(entry)]
    assert not list(revisions.unlogged(changed, logged, quarter=quarter, replaces=before))


# Rules

METRIC = """
[[metric]]
id        = "OF0999"
score_id  = "OF1999"
name      = "An invented share"
short     = "Invented share"
domain    = "access"
sub_domain = "Cancer care"
unit      = "percent"
better    = "higher"
scoring   = { kind = "standard", threshold = THRESHOLD, meets = "at_least" }
pool      = "acute"
weight    = "1"
basis     = "quarter"
series    = "Invented"
evidence  = "data"
reference = { source = "manual", section = "An invented section" }
"""


@follows("add a metric")
def test_a_metric_is_one_block_and_an_unknown_number_is_refused(tmp_path):
    folder = shutil.copytree(ROOT / "oversight_lib/rules/2025-26", tmp_path / "2025-26")
    file = folder / "metrics.toml"
    text = file.read_text("utf-8")
    file.write_text(text + METRIC.replace("THRESHOLD", "50.0"), "utf-8")
    framework = read_framework(folder)
    publication = load_publication(DATA, Quarter.parse("2025-26-q1"), framework)
    rows = publication.observations
    values = rows[rows["metric"].eq("OF0010")].assign(metric="OF0999")
    ours = replace(publication, observations=values)
    scored = score(ours, framework, recompute=True).set_index(["metric", "org"])
    mine = scored.loc["OF0999", "recomputed_score"]
    reached = values.set_index("org")["value"].ge(50.0)
    assert reached.any()
    assert mine[reached[reached].index].eq(1.0).all()
    unknown = '{ unknown = "the technical specification" }'
    file.write_text(text + METRIC.replace("THRESHOLD", unknown), "utf-8")
    with pytest.raises(RulesError, match="the standard of OF0999 is not known"):
        score(ours, read_framework(folder), recompute=True)


NEXT_YEAR = """
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules import load_framework, years
assert FrameworkYear(2027) in years()
print(load_framework(FrameworkYear(2027)).title)
"""


@follows("add a framework year")
def test_a_framework_year_is_a_folder(project):
    rules = project / "oversight_lib" / "rules"
    folder = shutil.copytree(rules / "2026-27", rules / "2027-28")
    edit(
        folder / "framework.toml",
        ('year  = "2026-27"', 'year  = "2027-28"'),
        ('title = "NHS Oversight Framework 2026/27"', 'title = "An invented framework 2027/28"'),
    )
    assert python(project, "-c", NEXT_YEAR).strip() == "An invented framework 2027/28"
    compared = python(project, "-m", "oversight_lib.cli", "rules", "compare", "2025-26", "2027-28")
    assert "2027/28" in compared


def test_no_code_asks_which_year_it_is():
    for path in sorted((ROOT / "oversight_lib").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Compare):
                asked = [
                    one.value
                    for one in ast.walk(node)
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                ]
                assert not [one for one in asked if re.search(r"20\d\d[-/]\d\d", one)], path


HALVES = """
from tests.oracle.by_hand import ByHand
from tests.oracle.publications import publication_of
from oversight_lib.method.assessment import assess
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules import load_framework
from pathlib import Path

framework = load_framework(FrameworkYear(2025), Path("own.toml"))
kinds = ("acute", "acute", "mental-health-community", "ambulance")
orgs = {f"R0{n}": kind for n, kind in enumerate(kinds)}
values = [
    {"org": org, "metric": "OF0023", "value": value, "unit": "percent"}
    for org, value in zip(orgs, (40.0, 50.0, 60.0, 70.0))
]
counts = {"acute": 2, "mental-health-community": 1, "ambulance": 1}
publication = publication_of("2025-26-q1", orgs, values, [], [], counts)
ours = assess(publication, framework).scores.set_index(["org", "metric"])
theirs = ByHand(publication, framework).from_values
assert ours["recomputed_score"].to_dict() == theirs, (ours["recomputed_score"], theirs)
print(ours["recomputed_score"].tolist(), ours["reason"].unique().tolist())
"""


@follows("add a way of scoring")
def test_a_way_of_scoring_is_a_shape_its_arithmetic_its_words_and_its_oracle(project):
    for part in ("tests/__init__.py", "tests/oracle"):
        (shutil.copytree if (ROOT / part).is_dir() else copied)(ROOT / part, project / part)
    library = project / "oversight_lib"
    edit(
        library / "rules" / "model.py",
        (
            "Scoring = Annotated[\n    Rank | ",
            'class Halves(Rule):\n    """Half of them."""\n\n    kind: Literal["halves"]\n'
            "    edge: float\n\n\nScoring = Annotated[\n    Halves | Rank | ",
        ),
    )
    edit(
        library / "method" / "scoring" / "values.py",
        ("    Floor,\n", "    Floor,\n    Halves,\n"),
        (
            "    return pd.Series(np.nan, index=rows.index)\n",
            "    if isinstance(scoring, Halves):\n"
            '        return rows["value"].lt(scoring.edge).map({True: 4.0, False: 1.0})\n'
            "    return pd.Series(np.nan, index=rows.index)\n",
        ),
    )
    edit(
        library / "method" / "scoring" / "reasons.py",
        ("    Floor,\n", "    Floor,\n    Halves,\n"),
        (
            "    return _ranked(rows, metric, scoring)\n",
            "    if isinstance(scoring, Halves):\n"
            '        return pd.Series("by halves", rows.index, dtype="string")\n'
            "    return _ranked(rows, metric, scoring)\n",
        ),
    )
    edit(
        project / "tests" / "oracle" / "by_hand.py",
        (
            "    def _from_table(self, metric, org):\n",
            "    def _from_table(self, metric, org):\n"
            '        if metric.scoring.kind == "halves" and (org, metric.id) in self.values:\n'
            "            low = self.values[org, metric.id][0] < metric.scoring.edge\n"
            "            self.from_values[org, metric.id] = 4.0 if low else 1.0\n",
        ),
    )
    own = '[[metric]]\nid = "OF0023"\nscoring = { kind = "halves", edge = 55.0 }\n'
    (project / "own.toml").write_text(own, "utf-8")
    assert python(project, "-c", HALVES).strip() == "[4.0, 4.0, 1.0, 1.0] ['by halves']"


def copied(source, to):
    to.parent.mkdir(parents=True, exist_ok=True)
    return shutil.copyfile(source, to)


# Files

READER = '''"""Published ratings: their problems, and the tidy table."""


def problems(table):
    return iter(())


def tidy(table):
    return table[["Trust_code", "Rating"]].rename(columns={"Trust_code": "org"})
'''
READ = """
from pathlib import Path
from oversight_lib.errors import PublicationError
from oversight_lib.intake.organisations import trusts
from oversight_lib.intake.reader import read_publication
from oversight_lib.intake import organisations
from oversight_lib.intake import DATA
import pandas as pd
known = pd.read_csv(DATA / "organisations" / "trusts.csv", dtype=str)
(read,) = read_publication(Path("ratings.csv"), known)
print(read.kind, read.table["Rating"].tolist())
try:
    read_publication(Path("missing-column.csv"), known)
except PublicationError as error:
    print(error)
"""


@follows("add a published layout")
def test_a_layout_is_its_columns_and_a_small_reader(project):
    copied_data = shutil.copytree(DATA, project / "data")
    assert copied_data.exists()
    intake = project / "oversight_lib" / "intake"
    edit(
        intake / "layouts.py",
        ('    LEAGUE = "league"\n', '    LEAGUE = "league"\n    RATINGS = "ratings"\n'),
        (
            "LAYOUTS = (FIGURES, LEAGUE)",
            'RATINGS = Layout(\n    kind=Kind.RATINGS,\n    title="ratings",\n'
            '    columns=("Quarter", "Region", "Trust_type", "Trust_code", "Trust_name",\n'
            '             "Rating"),\n'
            '    quarter_in=("Quarter",),\n    numbers=("Rating",),\n)\n\n'
            "LAYOUTS = (FIGURES, LEAGUE, RATINGS)",
        ),
    )
    (intake / "ratings.py").write_text(READER, "utf-8")
    edit(
        intake / "reader.py",
        ("checks, figures, league\n", "checks, figures, league, ratings\n"),
        (
            "    Kind.LEAGUE: league.problems,\n",
            "    Kind.LEAGUE: league.problems,\n    Kind.RATINGS: ratings.problems,\n",
        ),
        (
            "    Kind.LEAGUE: league.tidy,\n",
            "    Kind.LEAGUE: league.tidy,\n    Kind.RATINGS: ratings.tidy,\n",
        ),
    )
    header = "Quarter,Region,Trust_type,Trust_code,Trust_name,Rating\n"
    row = "Q1 2025/26,London,Acute trust,RJ1,Guy's,3\n"
    (project / "ratings.csv").write_text(header + row, "utf-8")
    bad = (header + row).replace(",Rating\n", "\n").replace(",3\n", "\n")
    (project / "missing-column.csv").write_text(bad, "utf-8")
    told = python(project, "-c", READ)
    assert told.startswith("ratings ['3']")
    assert "there is no column Rating" in told
    assert (ROOT / "tests/intake/bad/missing-column.csv").exists()


# Pages, findings, sentences, charts


@follows("add a page")
def test_a_page_is_a_template_and_an_entry(project, monkeypatch):
    folder = project / "notebooks"
    shutil.copyfile(folder / "back-test.ipynb", folder / "glance.ipynb")
    kind = pages.Kind("glance.ipynb", "", lambda _: [pages.Subject("", "At a glance")])
    monkeypatch.setattr(pages, "KINDS", {**pages.KINDS, "glance": kind})
    assessment, quarter = opened("2025-26-q1"), Quarter.parse("2025-26-q1")
    planned = pages.plan(
        quarter, assessment.organisations, assessment.table(ICBS), assessment.table(REGIONS),
        templates=folder,
    )  # fmt: skip
    assert [page.title for page in planned if page.slug == "glance"] == ["At a glance"]
    templates.check(planned)
    # It stands below no other page, so the table of contents has to name it.
    made = {page.slug for page in planned if page.above is None} - {pages.FRONT}
    with pytest.raises(BindingError, match="stands in no part"):
        parts_of(project / "book", made | STANDING)
    name_in_contents(project, "glance")
    assert any("glance" in part.pages for part in parts_of(project / "book", made | STANDING))


STANDING = {
    "downloads", "data-dictionary", "status", "revisions", "confidentiality", "accessibility",
    "rap-levels",
}  # fmt: skip
"""Pages that every edition makes besides those of the plan."""


def name_in_contents(project, name):
    edit(
        project / "book" / "_toc.yml",
        ("      - file: glossary\n", f"      - file: glossary\n      - file: {name}\n"),
    )


@follows("add a prose page")
def test_a_prose_page_is_a_file_that_the_contents_name(project):
    made = STANDING | {"inequalities", "rules", "back-test"}
    (project / "book" / "history.md").write_text("# How it began\n", "utf-8")
    with pytest.raises(BindingError, match="stands in no part"):
        parts_of(project / "book", made)
    name_in_contents(project, "history")
    assert any("history" in part.pages for part in parts_of(project / "book", made))


@follows("add a method by hand")
def test_a_method_by_hand_holds_its_outputs_and_stands_in_the_contents(project):
    made = STANDING | {"inequalities", "rules", "back-test"}
    methods = project / "book" / "methods"
    shutil.copyfile(methods / "ranges.ipynb", methods / "invented.ipynb")
    with pytest.raises(BindingError, match="methods/invented"):
        parts_of(project / "book", made)
    name_in_contents(project, "methods/invented")
    assert any("methods/invented" in part.pages for part in parts_of(project / "book", made))
    for path in sorted(methods.glob("*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        assert any(cell.get("outputs") for cell in cells), path.name
    test = re.search(r"^test:.*?\n\n", (ROOT / "Makefile").read_text("utf-8"), re.M | re.DOTALL)
    assert re.search(r"pytest .*--nbval .*book/methods", test[0])


@follows("add a finding")
def test_a_finding_is_a_line_and_where_it_is_computed(monkeypatch):
    assessment = opened("2025-26-q1")
    line = kinds.Noticed("how sure", "scores", "score")
    monkeypatch.setitem(kinds.KINDS, "scored_4", line)
    others = sure.of_trusts

    def of_trusts(assessment, framework):
        counted = assessment.scores["score"].eq(4).groupby(assessment.scores["org"]).sum()
        mine = pd.DataFrame({"code": counted.index, "kind": "scored_4", "item": "all",
                             "value": counted.to_numpy()})  # fmt: skip
        return pd.concat([others(assessment, framework), mine], ignore_index=True)

    monkeypatch.setattr(sure, "of_trusts", of_trusts)
    found = FINDINGS.check(findings(assessment, load_framework(YEAR)))
    mine = found[found["kind"].eq("scored_4")]
    assert len(mine) == len(assessment.organisations)
    assert set(mine["section"]) == {"how sure"}
    assert mine["row"].str.fullmatch(r"org=\w+").all()
    assert set(mine["licence"]) == {"none"}


SAID = """
from oversight_lib.method.cells import Cell
from oversight_lib.press.lint.bindings import unbound
from oversight_lib.press.lint.blocks import blocks
from oversight_lib.press.lint.rules import rules
from oversight_lib.report.bound import bound
from oversight_lib.report.sentences import say

cell = Cell.of("segments", "average", org="RHM", scope="overall")
for figure in (bound("2.13", cell), "2.13"):
    told = say("position.invented", figure=figure)
    words = f'<div class="narrative"><p>{told.__html__()}</p></div>'
    page = f'<article class="bd-article">{words}</article>'
    (block,) = blocks(page)
    print(block.text, [fault[:19] for fault in unbound(block, rules())])
"""


@follows("add or mend a sentence")
def test_a_sentence_is_a_template_whose_figures_are_bound(project):
    file = project / "oversight_lib" / "report" / "sentences" / "position.toml"
    file.write_text('invented = "Its figure is {figure}."\n' + file.read_text("utf-8"), "utf-8")
    assert python(project, "-c", SAID).splitlines() == [
        "Its figure is 2.13. []",
        "Its figure is 2.13. ['the number 2.13 is ']",
    ]
    make = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"^approve:.*\n\t.*tests\.report\.approved$", make, re.MULTILINE)
    # `say("position.average.is", average=...)`, the call that the recipe shows.
    assert str(say("position.average.is", average="2.13")).startswith("Its average score is 2.13")


DRAWN = """
from oversight_lib import report
chart = report.charts.invented(None)
print(chart.alt)
assert chart.svg.startswith("<?xml") or "<svg" in chart.svg
"""
CHART = '''"""An invented chart."""

from oversight_lib.report.charts.canvas import Chart, Sheet


def invented(page) -> Chart:
    """Return a picture of nothing in particular."""
    sheet = Sheet("One trust is in segment 3", "Segments, Q1 2025/26", 40.0)
    sheet.write(2.0, sheet.top + 10.0, "3")
    return sheet.chart("Drawn as a number.")
'''


@follows("add a chart")
def test_a_chart_is_a_function_with_alt_text_and_a_table_after_it(project):
    charts = project / "oversight_lib" / "report" / "charts"
    (charts / "invented.py").write_text(CHART, "utf-8")
    edit(
        charts / "__init__.py",
        (
            "from oversight_lib.report.charts.multiples",
            "from oversight_lib.report.charts.invented import invented\n"
            "from oversight_lib.report.charts.multiples",
        ),
    )
    assert python(project, "-c", DRAWN).startswith("One trust is in segment 3.")
    # The folded table of figures brings its download.
    assert "download=" in str(tables_of_a_page.segments_by_region(page("england"))._repr_html_())


@follows("change how pages look or behave")
def test_scripts_say_what_they_are_for_and_stand_in_no_page():
    static = THEME / "static"
    scripts = sorted(static.glob("*.js"))
    assert len(scripts) == 5
    for script in scripts:
        assert re.match(r"// \w|/\* \w|/\*\*", script.read_text("utf-8").lstrip()), script.name
    assert len(list(static.glob("*.css"))) == 1
    for part in sorted((THEME / "components").glob("*.html")):
        text = part.read_text("utf-8")
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", text), part.name
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
