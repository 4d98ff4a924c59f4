"""Criteria that the files of the checkout answer: README, layout, lock, workflow, changes."""

import re
from importlib import metadata

import yaml

import oversight_lib
from oversight_lib.press.rap.subject import Subject, Verdict

CHECKS, PUBLISH = ".github/workflows/checks.yml", ".github/workflows/publish.yml"
_LAYOUT = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", "data",
           "notebooks", "book", "oversight_lib", "tests")  # fmt: skip
_TAUGHT = re.compile(r"^ {4}make ([\w-]+)", re.MULTILINE)
_TARGET = re.compile(r"^([\w-]+):", re.MULTILINE)
_PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", re.MULTILINE)


def taught(subject: Subject) -> Verdict:
    """Say whether the commands that the README teaches are there."""
    asked = _TAUGHT.findall(subject.text("README.md"))
    there = set(_TARGET.findall(subject.text("Makefile")))
    gone = sorted(set(asked) - there)
    told = f"make {', make '.join(asked)}" if asked else "it teaches no command"
    return bool(asked) and not gone, told + (f"; not there: {', '.join(gone)}" if gone else "")


def one_command(subject: Subject) -> Verdict:
    """Say whether one target makes the book, and no module asks anybody anything."""
    asking = re.compile(r"(?<![\w.])input\(|\btyper\.(?:prompt|confirm)\(")
    package = sorted((subject.home / "oversight_lib").rglob("*.py"))
    askers = [path.name for path in package if asking.search(path.read_text("utf-8"))]
    book = "book" in _TARGET.findall(subject.text("Makefile"))
    told = "make book; no module waits for an answer"
    return book and not askers, told if book and not askers else f"asks: {', '.join(askers)}"


def laid_out(subject: Subject) -> Verdict:
    """Say whether every folder and file of the layout is there."""
    absent = [name for name in _LAYOUT if not (subject.home / name).exists()]
    told = f"{len(_LAYOUT) - len(absent)} of {len(_LAYOUT)} parts of the layout"
    return not absent, told + (f"; not there: {', '.join(absent)}" if absent else "")


def locked(subject: Subject) -> Verdict:
    """Say whether what is installed is what the lock names."""
    pinned = dict(_PINNED.findall(subject.text("requirements.lock")))
    installed = {name: _version(name) for name in pinned}
    there = {name: version for name, version in installed.items() if version}
    other = sorted(name for name, version in there.items() if version != pinned[name])
    told = f"{len(there) - len(other)} of {len(there)} installed packages are as the lock says"
    return bool(there) and not other, told + (f"; not {', '.join(other[:5])}" if other else "")


def packaged(subject: Subject) -> Verdict:
    """Say whether the package can be built and is installed under its version."""
    version = _version("oversight")
    build = "[build-system]" in subject.text("pyproject.toml")
    if not version:
        return False, "it runs from the checkout and is not installed"
    return build and version == oversight_lib.__version__, f"installed as oversight {version}"


def tested_on_change(subject: Subject) -> Verdict:
    """Say whether a workflow runs the tests on changes."""
    runs = ".ci/run" in subject.text(CHECKS) and "make test" in subject.text(".ci/run")
    ready = runs and "pull_request" in _triggers(subject, CHECKS)
    return ready, f"{CHECKS} runs .ci/run, which tests" if ready else "no workflow does"


def scheduled(subject: Subject) -> Verdict:
    """Say whether a workflow makes an edition on a trigger or a schedule."""
    told = sorted({"push", "schedule", "workflow_dispatch"} & _triggers(subject, PUBLISH))
    return "schedule" in told, f"{PUBLISH}: {', '.join(told)}" if told else "no workflow does"


def signposted(subject: Subject) -> Verdict:
    """Say whether the log of changes has a place for this version."""
    headings = re.findall(r"^## (.+)$", subject.text("CHANGELOG.md"), re.MULTILINE)
    version = oversight_lib.__version__
    named = any(version in heading or heading == "Unreleased" for heading in headings)
    return named, f"CHANGELOG.md: {headings[0]}; version {version}" if headings else "no log"


def _triggers(subject: Subject, workflow: str) -> set[str]:
    told = yaml.safe_load(subject.text(workflow) or "{}")
    # YAML 1.1 reads the word `on` as true.
    return set(told.get("on") or told.get(True) or ())


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
