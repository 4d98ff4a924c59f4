"""Every reader of other people's files: a good file for it, how it reads, and its oracle."""

import csv
import io
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resources
from math import isclose
from pathlib import Path

from openpyxl import Workbook

from oversight_lib.errors import CommentaryError, CorrectionError, PublicationError, RulesError
from oversight_lib.intake import DATA, commentary
from oversight_lib.intake.arrivals import intake
from oversight_lib.intake.breakdowns import Choice
from oversight_lib.intake.corrections import read_corrections
from oversight_lib.intake.series.layouts import TRENDS
from oversight_lib.intake.series.trends import FAILING
from oversight_lib.periods import Quarter
from oversight_lib.rules import read_framework
from oversight_lib.rules import years as _years
from tests.conftest import ROOT, SHARED
from tests.fuzz import mutations, oracles
from tests.intake.breakdowns.published import local_rows, of_deciles
from tests.intake.published import MENTAL_HEALTH, Q1, Q3, as_published, cells, without
from tests.intake.series import files
from tests.intake.test_commentary import GOOD as GOOD_REMARK
from tests.intake.test_corrections import GOOD as GOOD_CORRECTION

CHOICE = Choice("lower", "per 100,000")
QUARTER = Quarter.parse("2025-26-q1")
Differ = Callable[[object, object], str]


def unequal(found, expected):
    """Which of two readings' figures differ first; nothing if none does."""
    for key in sorted(found.keys() | expected.keys(), key=str):
        if not _same(found.get(key), expected.get(key)):
            return f"{key}: {found.get(key)}, not {expected.get(key)}"
    return ""


def _same(ours, theirs):
    """Whether two figures are one; a share may differ in the last place it was worked out to."""
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return len(ours) == len(theirs) and all(map(_same, ours, theirs))
    both = isinstance(ours, float) and isinstance(theirs, float)
    return isclose(ours, theirs, rel_tol=1e-14) if both else ours == theirs


@dataclass(frozen=True)
class Target:
    """One reader. `read` takes a path and an empty folder; `expected` the bytes of the file."""

    name: str
    good: Callable[[], bytes]
    read: Callable[[Path, Path], object]
    expected: Callable[[bytes], object]
    differ: Differ = unequal
    mutate: Callable = mutations.of_table
    errors: tuple = (PublicationError,)
    file: str = "file.csv"
    real: bool = False


def taking(found):
    """Read by taking the file in, and look at what is stored then."""

    def read(path, folder):
        intake([path], folder, choice=CHOICE)
        for card in folder.rglob("*.card.toml"):
            tomllib.loads(card.read_text("utf-8"))
        return found(folder)

    return read


def as_csv(rows):
    return mutations.serialise([list(rows[0]), *(list(row.values()) for row in rows)])


def written(make):
    """The bytes of a file that a maker writes to a path."""
    path = _folder() / "made"
    make(path)
    return path.read_bytes()


@cache
def _folder():
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


# Good files made from bundled figures and by hand.


def mental_health():
    rows = as_published(Q3, MENTAL_HEALTH, "Q3 2025/26")
    return as_csv([row for row in rows if row["Trust_code"] in ("RDY", "RYY")])


def acute():
    rows = without(as_published(Q1, "acute", "Q1 2025/26"), "Quarter")
    return as_csv([row for row in rows if row["Trust_code"] in ("RTF", "RMC")])


def two_quarters():
    rows = [row for quarter, label in ((Q1, "Q1 2025/26"), (Q3, "Q3 2025/26"))
            for row in as_published(quarter, MENTAL_HEALTH, label)
            if row["Trust_code"] == "RDY"]  # fmt: skip
    return as_csv(rows)


def league():
    rows = cells(ROOT / "tests" / "intake" / "good" / "league.csv")
    more = [rows[0] | {"Trust_code": code, "Rank": f"{rank}.0", "Average_score": f"{rank / 10 + 1}"}
            for rank, code in enumerate(("RDY", "RV3", "RPG"), 3) if code not in
            {row["Trust_code"] for row in rows}]  # fmt: skip
    return as_csv([*rows, *more])


def provider_month():
    rows = [files.provider(code, c0=100 + n, c6=20 + n, c12=3, c14=30, c17=n)
            for n, code in enumerate(sorted(oracles.PROVIDERS)[:12])]  # fmt: skip
    return written(lambda path: files.provider_file(path, "JUNE-2025", rows))


def derived():
    ons = [row["ons_code"] for row in oracles.stored(DATA / "organisations" / "icbs.csv")][:5]
    rows = [(code, 1000 + 10 * n + m, 200 + n, words) for n, code in enumerate(ons)
            for m, words in enumerate(("April 2024", "May 2024", "June 2024"))]  # fmt: skip
    return written(lambda path: files.derived_file(path, rows))


def quality():
    rows = [(board, indicator, 100 + n, 200 + n, 10)
            for n, board in enumerate(("QMF", "QE1", "QHG"))
            for indicator in ("MH021", "CS005", "VI001")]  # fmt: skip
    return written(lambda path: files.qof_file(path, rows))


def survey():
    rows = [(board, name, 70 + n, 68, 72 + n, 1000 + n)
            for n, board in enumerate(("QMF", "QE1", "ENG"))
            for name in ("gpps-contact-experience", "gpps-listened")]  # fmt: skip
    return written(lambda path: files.survey_file(path, rows))


def tidy():
    rows = [("rtt-18-week", board, f"2025-{4 + n:02d}", 600 + n, 1000, "")
            for board in ("QE1", "QMF", "ENG") for n in range(3)]  # fmt: skip
    return written(lambda path: files.tidy_file(path, [*rows, ("rtt-18-week", "QHG", "2025-04",
                                                                "", "", "61.5")]))  # fmt: skip


def trends():
    rows = [[str(2020 + n), board, metric, f"{20 + n}.5", "access"] for metric in FAILING
            for board in ("QE1", "QMF") for n in range(2)]  # fmt: skip
    return mutations.serialise([list(TRENDS.columns), *rows, ["2020", "QE1", "Another", "1", "x"]])


def health_checks_rows():
    places = sorted(oracles.LOCATIONS)[:4]
    rows = [[f"SMI-Q{q}-2023-2024", place, question, count + n] for q in (3, 4)
            for n, place in enumerate(places)
            for question, count in (("All6PHC", 60), ("SMIRegister", 100))]  # fmt: skip
    return mutations.serialise([["Period", "CCG Code", "Question", "Answer"], *rows])


def fingertips():
    return as_csv(
        of_deciles(Sex="Persons") + of_deciles(range(90, -10, -10), Area_Code="E54000030")
    )


def template():
    return as_csv(local_rows() + local_rows(area="QE1"))


def workbook(content):
    """A table as a workbook with a title above it, numbers as numbers."""
    book = Workbook()
    book.active.append(["Physical health checks"])
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        book.active.append(
            [int(c) if c.isascii() and c.isdigit() and len(c) < 15 else c for c in row]
        )
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def of_workbook(content, other, r):
    """A mutant of the table in a workbook, or of the workbook's bytes."""
    if r.random() < 0.3:
        how = r.choice([mutations.truncate, mutations.flip_byte, mutations.insert_bytes])
        return how(workbook(content), r), f"{how.__name__} of the workbook"
    how = r.choice(mutations.OF_ROWS)
    rows = how(mutations.parse(content), r)
    try:
        return workbook(mutations.serialise(rows)), how.__name__
    except ValueError:
        # Excel itself has no cell for control characters.
        return workbook(content)[:-30], "truncate of the workbook"


# Texts that people type.


def read_remark(path, _):
    target = path.parent / "2025-26-q1" / "trust" / "RTF" / "opening.md"
    target.parent.mkdir(parents=True)
    path.rename(target)
    found = commentary.read(path.parent, QUARTER, {"trust": {"RTF"}, "england": {"england"}})
    ((_, remark),) = found.items()
    recorded = {figure.recorded for figure in remark.figures}
    return {"author": remark.author, "date": remark.date, "text": remark.text, "figures": recorded}


def remarks_differ(found, expected):
    minus = {value.replace("-", "\N{MINUS SIGN}") for value in expected["figures"]}
    return unequal(
        {
            **found,
            "figures": {
                " ".join(v.replace("-", "\N{MINUS SIGN}").split()) for v in found["figures"]
            },
        },
        {**expected, "figures": {" ".join(v.split()) for v in minus}},
    )


def read_declared(path, _):
    path.rename(path.parent / "corrections.toml")
    return read_corrections(path.parent)


def corrections_differ(found, expected):
    if len(found) != len(expected):
        return f"{len(found)} corrections, not {len(expected)}"
    for ours, theirs in zip(found, expected, strict=True):
        for name, value in theirs.items():
            same = ours.quarter if name == "quarter" else getattr(ours, name)
            written = oracles.quarter(value) if name == "quarter" else value
            if str(same) != str(written) and same != float(written):
                return f"{name}: {same}, not {written}"
    return ""


def read_own_rules(path, _):
    year = str(max(_years()))
    framework = read_framework(resources("oversight_lib.rules") / year, path)
    return dict(oracles.leaves(framework.model_dump(mode="python")))


def rules_differ(found, expected):
    """Every number of one's own file is in the rules that were made of it."""
    for path, value in expected.items():
        if path not in found:
            return f"{path} is not in the rules"
        if found[path] != value and str(found[path]) != str(value):
            return f"{path}: {found[path]}, not {value}"
    return ""


def rules():
    return (ROOT / "tests" / "rules" / "own" / "made_up.toml").read_bytes()


def real(place, keep=lambda row: True, rows=150):
    """A slice of one of the publisher's files: its header and the rows that are kept."""
    content = (SHARED / "publications" / place).read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    header, *below = csv.reader(io.StringIO(text, newline=""))
    kept = [row for row in below if keep(dict(zip(header, row, strict=False)))]
    return mutations.serialise([header, *kept[:rows]])


_FIGURES = {"read": taking(oracles.stored_figures), "expected": oracles.figures}
_SERIES = {"read": taking(oracles.stored_series), "differ": oracles.series_differ}
_NOF = "nof/nhs-oversight-framework-"
TARGETS = (
    Target("figures, one quarter", mental_health, **_FIGURES),
    Target("figures, no column Quarter", acute, **_FIGURES),
    Target("figures, two quarters", two_quarters, **_FIGURES),
    Target("league table", league, taking(oracles.stored_league), oracles.league),
    Target("emergency care, providers", provider_month, expected=oracles.providers, **_SERIES),
    Target("emergency care, derived", derived, expected=oracles.derived, **_SERIES),
    Target("Quality and Outcomes Framework", quality, expected=oracles.quality, **_SERIES),
    Target("GP Patient Survey", survey, expected=oracles.survey, **_SERIES),
    Target("tidy series", tidy, expected=oracles.tidy, **_SERIES),
    Target("yearly trends", trends, expected=oracles.trends, **_SERIES),
    Target("health checks, workbook", health_checks_rows, expected=oracles.health_checks,
           mutate=of_workbook, file="file.xlsx", **_SERIES),
    Target("Fingertips", fingertips, taking(oracles.stored_breakdowns), oracles.fingertips),
    Target("tidy breakdown", template, taking(oracles.stored_templates), oracles.template),
    Target("commentary", GOOD_REMARK.encode, read_remark, oracles.remark, remarks_differ,
           mutations.of_text, (CommentaryError,), "opening.md"),
    Target("corrections", GOOD_CORRECTION.encode, read_declared, oracles.corrections,
           corrections_differ, mutations.of_text, (CorrectionError,), "declared.toml"),
    Target("overlay of rules", rules, read_own_rules, oracles.overlay, rules_differ,
           mutations.of_text, (RulesError,), "own.toml"),
)  # fmt: skip
REAL_TARGETS = (
    Target("published acute figures", lambda: real(f"{_NOF}acute-trust-data.csv", lambda r:
           r["Trust_code"] in ("RTF", "RAJ")), real=True, **_FIGURES),
    Target("published non-acute figures", lambda: real(
           f"{_NOF}mental-health-and-community-trust-data-q3-25-26.csv", lambda r:
           r["Trust_code"] in ("RDY", "G6V2S"), 250), real=True, **_FIGURES),
    Target("published emergency care", lambda: real("emergency-care/Monthly-AE-May-2025.csv",
           rows=400), expected=oracles.providers, real=True, **_SERIES),
    Target("derived emergency care", lambda: real(
           "emergency-care/icb_accident_emergency_monthly.csv",
           lambda r: r["date"].endswith("2024") and r["icb22_code"] < "E54000015"),
           expected=oracles.derived, real=True, **_SERIES),
    Target("published Quality and Outcomes Framework", lambda: real(
           "qof/qof2425_icb_indicators_long.csv", lambda r: r["indicator"] in ("MH021", "VI001")),
           expected=oracles.quality, real=True, **_SERIES),
    Target("published GP Patient Survey", lambda: real("gp-patient-survey/gpps2025_icb_long.csv"),
           expected=oracles.survey, real=True, **_SERIES),
    Target("published yearly trends", lambda: real("trends/icb_yearly_metrics_2012_2023.csv",
           lambda r: any(r["metric"] == name for name in FAILING)), expected=oracles.trends,
           real=True, **_SERIES),
)  # fmt: skip
