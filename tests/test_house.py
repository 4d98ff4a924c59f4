"""The house is as it says it is: its size, its words, its mirror, and the commands it teaches."""

import ast
import re
from pathlib import Path

import pytest
import typer

from oversight_lib import cli
from oversight_lib.errors import OversightError, exit_codes
from tests.conftest import ROOT, tracked

PACKAGE = ROOT / "oversight_lib"
TESTS = ROOT / "tests"
MODULES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
LONGEST = 40
"""Lines of a function, its signature and docstring too: the wall of the code card."""

TESTED_ELSEWHERE = {
    # module or folder of oversight_lib: (where its tests are, why not under its own name)
    "intake/cards.py": ("intake/test_arrivals.py", "seen in what an intake writes"),
    "intake/catalogue.py": ("intake/test_arrivals.py", "seen in what an intake writes"),
    "intake/cells.py": ("intake/test_bad_files.py", "a bad file for each problem"),
    "intake/checks.py": ("intake/test_bad_files.py", "a bad file for each problem"),
    "intake/comparison.py": ("intake/test_arrivals.py", "seen in what an intake says"),
    "intake/figures.py": ("intake/test_bad_files.py", "a bad file for each problem"),
    "intake/files.py": ("intake/test_arrivals.py", "all files of an intake are written or none"),
    "intake/layouts.py": ("intake/test_bad_files.py", "a bad file for each problem"),
    "intake/league.py": ("intake/test_bad_files.py", "a bad file for each problem"),
    "intake/reader.py": ("intake/test_arrivals.py", "reads the files the intake is given"),
    "intake/revisions.py": ("intake/test_arrivals.py", "an intake logs them"),
    "intake/taking.py": ("intake/test_arrivals.py", "takes in the publications of an intake"),
    "method/disclosure/policies.py": (
        "method/breakdowns/test_protected.py",
        "the policies figures are under",
    ),
    "method/disclosure/secret.py": ("press/scan/test_scan.py", "what the scan looks for"),
    "report/movement.py": ("report/test_changes.py", "the tables of a change"),
    "report/ranges.py": ("report/test_changes.py", "the ranges beside a rank"),
    "method/disclosure/claims.py": ("method/disclosure/test_audit.py", "what the audit attacks"),
    "method/disclosure/complement.py": (
        "method/disclosure/test_gate.py",
        "a rung of its ladder",
    ),
    "method/disclosure/figures.py": ("method/disclosure/test_gate.py", "what it publishes"),
    "method/disclosure/policy.py": ("method/disclosure/test_gate.py", "what it publishes under"),
    "method/disclosure/protection.py": (
        "method/disclosure/test_gate.py",
        "a rung of its ladder",
    ),
    "method/disclosure/sheet.py": ("method/disclosure/test_audit.py", "what the audit attacks"),
    "method/disclosure/symbol.py": ("method/disclosure/test_gate.py", "what it publishes"),
    "method/cuts.py": ("method/test_segmentation.py", "the first half of segmenting"),
    "method/drivers.py": ("method/test_movement.py", "the rows a movement adds up from"),
    "method/inequality/estimate.py": ("method/inequality/test_proportions.py", "what each returns"),
    "method/inequality/gradient.py": (
        "method/inequality/test_slope.py",
        "the line behind the index",
    ),
    "method/inequality/table.py": ("method/inequality/test_slope.py", "the rows of every measure"),
    "method/disclosure/reader.py": ("method/disclosure/test_audit.py", "who reads in an audit"),
    "method/kinds_of_change.py": ("method/test_movement.py", "the rows a movement adds up from"),
    "method/range_checks.py": ("method/test_uncertainty.py", "compares likely ranges"),
    "method/resampling.py": ("method/test_uncertainty.py", "the draws behind likely ranges"),
    "method/tables.py": ("method/test_uncertainty.py", "the tables drawn again"),
    "method/assessment.py": ("oracle/test_oracle.py", "the oracle assesses the same, in loops"),
    "method/backtest.py": ("published/test_publication.py", "the publication is what it tests"),
    "method/shapes.py": ("intake/test_boundaries.py", "a shape that intake fills"),
    "method/publication.py": ("intake/test_publication.py", "a shape that intake fills"),
    "method/rounding.py": ("published/test_publication.py", "the publication proves its rule"),
    "press/citation.py": ("press/downloads/test_downloads.py", "what a package says of itself"),
    "press/cache/asked.py": ("press/cache/test_pages.py", "what a page asked for"),
    "press/cache/papers.py": ("press/packs/test_packs.py", "the packs that are kept"),
    "press/page.py": ("press/test_pages.py", "the pages of a plan"),
    "press/crew.py": ("press/test_runner.py", "who makes the pages of a run"),
    "press/directory.py": ("press/test_finder.py", "whom a reader can find, written and read"),
    "press/making.py": ("press/test_runner.py", "how a run makes one page"),
    "press/theme/rereading.py": ("press/test_binding.py", "what a second binding reads"),
    "press/workers.py": ("press/test_runner.py", "the processes of a run, and their end"),
    "press/results.py": ("press/test_runner.py", "made by the runner alone"),
    "press/theme/__init__.py": ("press/test_book.py", "Sphinx calls it, so a bound book shows it"),
    "report/recorded.py": ("report/test_approved.py", "what twenty pages take note of"),
    "report/metrics.py": ("report/test_views.py", "a table the views of a page are made from"),
    "report/maps.py": ("report/test_systems.py", "pictures are tested together"),
    "report/survey.py": ("report/test_systems.py", "a table the views of a page are made from"),
    "report/profiles.py": ("report/test_views.py", "a table the views of a page are made from"),
}


def name_of(module):
    """The module's name, a package's being that of its folder."""
    path = Path(module)
    return path.parent.name if path.stem == "__init__" else path.stem


def functions(tree):
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def public(tree, within=""):
    """The public functions, classes and methods of a module, by name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield f"{within}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node, f"{node.name}.")


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_in_one_sentence_what_it_knows(module):
    first, *rest = (ast.get_docstring(MODULES[module]) or "").splitlines() or [""]
    assert re.fullmatch(r"\S.*\.", first), "the docstring's first line is no sentence"
    assert not re.search(r"[.?!] [A-Z]", first), "the first line is more than one sentence"
    assert rest[:1] in ([], [""]), "the sentence does not end in its line"


def test_no_function_is_longer_than_the_wall():
    lengths = {
        f"{module}: {f.name}": f.end_lineno - f.lineno + 1
        for module, tree in MODULES.items()
        for f in functions(tree)
    }
    assert len(lengths) > 300
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_no_module_is_named_for_nothing():
    names = {part.removesuffix(".py") for module in MODULES for part in module.split("/")}
    assert names & {"utils", "util", "helpers", "helper", "common", "misc", "manager"} == set()


def test_whatever_is_public_says_what_it_is():
    found = {
        f"{module}: {name}": ast.get_docstring(node)
        for module, tree in MODULES.items()
        for name, node in public(tree)
    }
    assert len(found) > 200
    assert [name for name, words in found.items() if not words] == []


def holds_code(module):
    return module.split("/")[-1] != "__init__.py" or bool(functions(MODULES[module]))


def mirrors(module):
    """Where the tests of a module may be: under its name, or under that of a package it is in."""
    rooms = Path(module).parts[:-1]
    names = dict.fromkeys([name_of(module), *rooms[::-1]])
    folders = [TESTS.joinpath(*rooms[:depth]) for depth in range(len(rooms), -1, -1)]
    return [folder / f"test_{name}.py" for folder in folders for name in names]


def mirrored(module):
    return any(path.is_file() for path in mirrors(module))


def within(folder):
    return [m for m in MODULES if (m == folder or m.startswith(f"{folder}/")) and holds_code(m)]


def test_the_mirror_looks_where_a_reader_would():
    assert [path.relative_to(TESTS).as_posix() for path in mirrors("method/spc/limits.py")] == [
        "method/spc/test_limits.py",
        "method/spc/test_spc.py",
        "method/spc/test_method.py",
        "method/test_limits.py",
        "method/test_spc.py",
        "method/test_method.py",
        "test_limits.py",
        "test_spc.py",
        "test_method.py",
    ]


def test_tests_mirror_the_package():
    excepted = {module for folder in TESTED_ELSEWHERE for module in within(folder)}
    alone = [m for m in MODULES if holds_code(m) and not mirrored(m) and m not in excepted]
    assert alone == [], "neither tested under its name nor in TESTED_ELSEWHERE"


@pytest.mark.parametrize("folder", TESTED_ELSEWHERE)
def test_every_exception_from_the_mirror_is_needed_and_leads_to_tests(folder):
    where, _ = TESTED_ELSEWHERE[folder]
    assert (TESTS / where).is_file()
    assert [module for module in within(folder) if not mirrored(module)], "it is needed no more"


TEACHING = ("README.md", "CONTRIBUTING.md", ".ci/run")


def commands(text):
    """The commands a text teaches: those in its blocks of code and between backticks."""
    blocks = re.findall(r"^(?: {4}|  )(\S.*)$", text, re.MULTILINE)
    return [
        found.split("  ")[0].split(" #")[0] for found in [*blocks, *re.findall("`([^`]+)`", text)]
    ]


def taught(name):
    """The commands a file teaches; all lines of a script are some."""
    text = (ROOT / name).read_text("utf-8")
    return commands(text) if name.endswith(".md") else [line.strip() for line in text.splitlines()]


def targets():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([.\w-]+):", makefile, re.MULTILINE)) - {".PHONY", ".DEFAULT_GOAL"}


def test_every_make_target_that_is_taught_is_there():
    asked = {
        (name, target)
        for name in TEACHING
        for command in taught(name)
        for target in re.findall(r"^make ([.\w-]+)$", command)
    }
    assert {target for _, target in asked} >= {".venv", "book", "check", "test"}
    assert {(name, target) for name, target in asked if target not in targets()} == set()


def verbs():
    """Every command that is taught, as (file, words after `oversight`)."""
    return sorted(
        {
            (name, found[1])
            for name in TEACHING
            for command in taught(name)
            if (found := re.match(r"(?:\.venv/bin/)?oversight (.+)$", command))
        }
    )


@pytest.mark.parametrize(("name", "words"), verbs())
def test_every_verb_that_is_taught_is_there_with_its_options(name, words):
    command = typer.main.get_command(cli.app)
    for word in words.split():
        if hasattr(command, "commands") and not word.startswith("-"):
            assert word in command.commands, f"{name}: there is no verb {word}"
            command = command.commands[word]
    options = {option for parameter in command.params for option in parameter.opts}
    given = set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", words))
    assert given <= options | {"--help"}, name


def test_the_verbs_of_the_readme_are_seen_by_this_test():
    readme = {words.split()[0] for name, words in verbs() if name == "README.md"}
    assert readme >= {"intake", "check", "build", "assess", "list", "--help"}


def test_every_exit_code_is_documented_where_it_is_made_and_where_it_is_read():
    for kind in OversightError.__subclasses__():
        assert f"Exit code {kind.exit_code}" in kind.__doc__, kind.__name__
    help_text = cli.app.info.epilog
    for code, meaning in exit_codes().items():
        assert f"{code}: {meaning}" in help_text
    assert "exit codes" in (ROOT / "README.md").read_text("utf-8")


def test_the_changelog_has_a_place_for_what_is_not_released():
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.findall(r"^## (.+)$", changes, re.MULTILINE)[0] == "Unreleased"


OF_A_MACHINE = re.compile(
    r"(?<![\w.:/~-])/(?:home|Users|root|tmp|work|opt|mnt|private|var/folders)/[\w.]"
    r"|\b[A-Z]:\\+(?:Users|Windows|Temp)\b"
)


@pytest.mark.parametrize(
    ("text", "is_path"),
    [
        ("see " + "/home" + "/ann/data", True),
        ('"' + "/tmp" + '/x"', True),
        ("C:" + "\\Users\\ann", True),
        ("https://example.org/home/page", False),
        ("../a/x", False),
        ("~/Downloads", False),
    ],
)
def test_a_path_of_a_machine_is_told_from_an_address(text, is_path):
    assert bool(OF_A_MACHINE.search(text)) == is_path


def test_no_tracked_file_names_a_path_of_a_machine():
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked()
        if path.is_file()
        for match in OF_A_MACHINE.finditer(path.read_text("utf-8", errors="replace"))
    ]
    assert found == []
