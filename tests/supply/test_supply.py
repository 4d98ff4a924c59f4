"""What we rest on: every dependency locked with its hashes, under a licence that leaves us free."""

import json
import re
import tomllib
from importlib import metadata
from zipfile import ZipFile

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT, tracked
from tests.supply.audit import advisories, affected
from tests.supply.licences import CHOICES, binds, licence
from tests.supply.locked import Package, packages
from tests.supply.sbom import sbom
from tests.supply.secrets import SECRETS, secrets

LOCKED = packages()
HERE = [package for package in LOCKED if package.is_needed_here]


def test_every_package_of_the_lock_has_hashes_and_a_version_and_the_lock_names_no_index():
    assert len(LOCKED) > 120
    assert [package.name for package in LOCKED if not package.hashes] == []
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert len(re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==", text, re.MULTILINE)) == len(LOCKED)
    assert not re.search(r"--(?:extra-)?index-url|--find-links|https?://", text)


def test_whatever_the_project_asks_for_is_in_the_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project["optional-dependencies"].values()
    asked = [*project["dependencies"], *(line for lines in optional for line in lines)]
    locked = {package.name: package.version for package in HERE}
    for requirement in map(Requirement, asked):
        assert locked[canonicalize_name(requirement.name)] in requirement.specifier


def installed():
    for package in HERE:
        try:
            metadata.metadata(package.name)
        except metadata.PackageNotFoundError:
            continue
        yield package


@pytest.mark.parametrize("package", list(installed()), ids=lambda package: package.name)
def test_no_licence_binds_what_we_write(package):
    if package.name in CHOICES:
        return
    said = licence(package.name)
    assert said, "no licence is stated: read its file, and state it in licences.py"
    assert not binds(said), said


def test_every_exception_is_still_needed():
    assert set(CHOICES) <= {package.name for package in LOCKED}
    assert all(binds(licence(package.name)) for package in installed() if package.name in CHOICES)


@pytest.mark.parametrize(
    ("said", "is_bound"),
    [
        ("MIT", False), ("BSD-3-Clause AND 0BSD", False), ("MPL-2.0", False), ("ISC", False),
        ("GPL-3.0-only", True), ("AGPL-3.0", True), ("GNU General Public License (GPL)", True),
        ("LGPL-2.1", True), ("Proprietary", True), ("", True), ("Commitment", True),
        ("MIT OR GPL-2.0", True), ("Business Source (BUSL-1.1)", True), ("CC-BY-ShareAlike", True),
    ],
)  # fmt: skip
def test_licences_that_bind_are_told_from_those_that_do_not(said, is_bound):
    assert binds(said) == is_bound


def test_the_bill_of_materials_names_every_package_once_and_is_the_same_every_time():
    text = sbom(LOCKED)
    bill = json.loads(text)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    refs = [component["bom-ref"] for component in bill["components"]]
    assert len(refs) == len(set(refs)) == len(LOCKED)
    assert text == sbom(LOCKED)


# The audit, on made-up advisories.


def advisory(*events, name="Demo_Package", **more):
    about = {"package": {"ecosystem": "PyPI", "name": name},
             "ranges": [{"type": "ECOSYSTEM", "events": list(events)}]}  # fmt: skip
    return {"id": "MADE-UP-1", "affected": [about]} | more


def demo(version):
    return [Package("demo-package", version, "", ())]


@pytest.mark.parametrize(
    ("version", "is_affected"),
    [("1.0", False), ("1.1", True), ("1.9.9", True), ("2.0", False), ("2.1", False),
     ("3.0", True), ("3.1", True), ("3.1.1", False)],
)  # fmt: skip
def test_a_version_is_affected_from_where_it_was_introduced_to_where_it_was_fixed(
    version, is_affected
):
    events = ({"introduced": "1.1"}, {"fixed": "2.0"}, {"introduced": "3.0"},
              {"last_affected": "3.1"})  # fmt: skip
    assert bool(affected(demo(version), [advisory(*events)])) == is_affected


def test_versions_that_are_listed_are_affected_and_withdrawn_advisories_are_none():
    listed = {"id": "X", "affected": [{"package": {"ecosystem": "PyPI", "name": "demo-package"},
                                       "versions": ["1.0"]}]}  # fmt: skip
    assert affected(demo("1.0"), [listed])
    assert not affected(demo("1.0.1"), [listed])
    assert not affected(demo("1.0"), [listed | {"withdrawn": "2026-01-01T00:00:00Z"}])
    assert not affected(demo("1.0"), [advisory({"introduced": "0"}, name="another")])


def test_advisories_are_read_from_a_file_a_folder_and_an_archive(tmp_path):
    text = json.dumps(advisory({"introduced": "0"}))
    (tmp_path / "a.json").write_text(text)
    with ZipFile(tmp_path / "all.zip", "w") as packed:
        packed.writestr("a.json", text)
    (tmp_path / "list.json").write_text(f"[{text}]")
    for path in (tmp_path / "a.json", tmp_path / "all.zip", tmp_path / "list.json"):
        assert len(affected(demo("1.0"), advisories(path))) == 1
    assert len(list(advisories(tmp_path))) == 2


# Secrets, hooks, workflow.


def test_no_tracked_file_holds_a_secret():
    found = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        found += [(path.relative_to(ROOT).as_posix(), *secret) for secret in secrets(text)]
    assert found == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("a private key", "-----BEGIN RSA " + "PRIVATE KEY-----"),
        ("a key of Amazon", "AKIA" + "A" * 16),
        ("a token of GitHub", "ghp_" + "a" * 36),
        ("a token of GitLab", "glpat-" + "a" * 20),
        ("a token of PyPI", "pypi-AgE" + "a" * 60),
        ("a token of Slack", "xoxb-" + "1" * 12),
        ("a key of Google", "AIza" + "a" * 35),
        ("a key of a model", "sk-" + "a" * 40),
        ("a web token", ".".join(["eyJ" + "a" * 12, "eyJ" + "b" * 12, "c" * 12])),
        ("a password in an address", "https://ann:" + "hunter2@example.org/"),
        ("a password as a setting", 'password = "' + "correct-horse" + '"'),
    ],
)
def test_each_kind_of_secret_is_seen(kind, text):
    assert secrets(f"first line\n{text}\n") == [(2, kind)]


def test_every_kind_of_secret_has_its_test():
    marks = test_each_kind_of_secret_is_seen.pytestmark[0].args[1]
    assert {kind for kind, _ in marks} == set(SECRETS)


def test_the_hooks_are_the_tools_of_the_lock_and_fetch_nothing():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    hooks = {hook["id"]: hook for hook in config["repos"][0]["hooks"]}
    assert set(hooks) == {"format", "lint", "types", "imports", "secrets"}
    assert all(hook["language"] == "system" for hook in hooks.values())


WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_only_read_and_uses_actions_by_their_commit(path):
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 120
        # Publishing may write to Pages; whoever does so runs no command and reads no repository.
        if "permissions" in job:
            assert path.name == "publish.yml"
            assert job["permissions"] == {"pages": "write", "id-token": "write"}
            assert all("run" not in step for step in job["steps"])
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"])
            # What somebody else writes never becomes part of a command.
            assert "${{" not in step.get("run", "")


def test_there_is_a_workflow():
    assert [path.name for path in WORKFLOWS] == ["checks.yml", "publish.yml"]


def test_the_security_page_names_what_is_there():
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    for named in re.findall(r"`((?:oversight_lib|tests|data|\.ci|\.github)/[\w./-]+)`", text):
        assert (ROOT / named).exists(), named
    for target in re.findall(r"`make (\w+)`", text):
        assert f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8")
