"""The workflow that publishes: least permissions, our own commands, nothing invented."""

import re

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def read(path):
    told = yaml.safe_load(path.read_text("utf-8"))
    return {**told, "on": told.get("on") or told.get(True)}


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.stem)
def workflow(request):
    return read(request.param)


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_it_may_read_and_only_the_job_that_publishes_may_publish(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    given = {name: job.get("permissions", {}) for name, job in workflow["jobs"].items()}
    assert {name for name, rights in given.items() if "write" in rights.values()} <= {"publish"}
    assert all(rights.get("contents", "read") == "read" for rights in given.values())


def test_it_runs_on_changes_tags_and_a_schedule_and_publishes_on_the_last_two_only(workflow):
    assert {"pull_request", "push", "schedule"} <= set(workflow["on"])
    assert workflow["on"]["push"]["tags"]
    condition = workflow["jobs"]["publish"]["if"]
    assert "refs/tags/" in condition
    assert "schedule" in condition
    assert workflow["jobs"]["publish"]["needs"] == "check"


def test_actions_are_named_by_version_and_no_hash_is_invented(workflow):
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", name) for name in used)


def test_what_it_runs_is_there(workflow):
    makefile = set(re.findall(r"^([.\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    runs = " \n".join(step["run"] for step in steps(workflow) if "run" in step)
    assert set(re.findall(r"\bmake ([.\w-]+)", runs)) <= makefile
    assert "--release" in runs
    for script in re.findall(r"(?<!\S)\.ci/[\w-]+", runs):
        assert (ROOT / script).stat().st_mode & 0o111
    # No value of an event is put into a command, where it would be run.
    assert "${{" not in runs


def test_it_checks_out_without_keeping_a_credential(workflow):
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False


def test_every_bundled_quarter_is_published(workflow):
    held = {path.name for path in (ROOT / "data" / "oversight").iterdir() if path.is_dir()}
    assert set(workflow["env"]["QUARTERS"].split()) == held
