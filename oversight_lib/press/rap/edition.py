"""Criteria that the edition itself answers: how it was made, reviewed, tested and logged."""

from oversight_lib.errors import StoreError
from oversight_lib.frames import FRAMES
from oversight_lib.press.manifest import LOG
from oversight_lib.press.rap.subject import Subject, Verdict


def by_code(subject: Subject) -> Verdict:
    """Say whether every page came from a template that ran."""
    made = sum(result.notebook is not None for result in subject.results)
    whole = made == len(subject.results) > 0
    return whole, f"{made:,} of {len(subject.results):,} pages made by Python from templates"


def committed(subject: Subject) -> Verdict:
    """Say whether the code is that of a commit, without changes."""
    commit = subject.facts.commit
    if commit == "unknown":
        return False, "no commit is known"
    if commit.endswith("-dirty"):
        return False, f"files differ from commit {commit.removesuffix('-dirty')}"
    return True, f"commit {commit}"


def reviewed(subject: Subject) -> Verdict:
    """Say whether somebody else than the author signed the edition."""
    signed = subject.sign_off
    if signed is None:
        return False, "nobody has signed this edition"
    other = signed.reviewer.casefold().split() != signed.author.casefold().split()
    return other, f"written by {signed.author}, reviewed by {signed.reviewer} on {signed.date}"


def linked(subject: Subject) -> Verdict:
    """Say whether the pages can lead to the code."""
    if not subject.imprint.repository:
        return False, "no address of the code is recorded in book/edition.toml"
    return True, f"{subject.imprint.repository}, on the page Status and contact"


def tested(subject: Subject) -> Verdict:
    """Say whether the back-test of the edition passes, and unit tests are at hand."""
    passes, count = subject.checks["passes"].astype(bool), len(subject.checks)
    files = len(list((subject.home / "tests").rglob("test_*.py")))
    compared = int(subject.checks["compared"].sum())
    told = (
        f"back-test: {int(passes.sum())} of {count} checks pass, {compared:,} figures compared; "
        f"{files} files of tests"
    )
    return bool(passes.all()) and files > 0, told


def logged(subject: Subject) -> Verdict:
    """Say whether the run keeps a log; the manifest is written after the pages."""
    log = subject.out / LOG
    lines = len(log.read_text("utf-8").splitlines()) if log.is_file() else 0
    # How many lines it has differs from run to run, and the page must not.
    return lines > 0, f"{LOG} and manifest.json with every input and output" if lines else "no log"


def tidy(subject: Subject) -> Verdict:
    """Say whether every table keeps its contract: columns, types, key, limits."""
    broken = []
    for name in sorted(subject.tables.keys() - set(subject.sound)):
        try:
            FRAMES[name].arrange(subject.tables[name])
        except StoreError:
            broken.append(name)
    told = (
        f"{len(subject.tables) - len(broken)} of {len(subject.tables)} tables keep their contract"
    )
    return not broken, told + (f"; not {', '.join(broken)}" if broken else "")
