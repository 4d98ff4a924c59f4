"""The workflow that publishes: least permissions, our own commands, nothing invented."""

import json
import os
import re
import subprocess
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from shutil import which
from threading import Thread

import pytest
import yaml

from oversight_lib.press.editions import figures, read
from tests.conftest import ROOT
from tests.press.editions.shelf import RELEASED, put, tables

PUBLISH = ROOT / ".github" / "workflows" / "publish.yml"


@pytest.fixture
def workflow():
    told = yaml.safe_load(PUBLISH.read_text("utf-8"))
    # YAML 1.1 reads the word `on` as true.
    return {**told, "on": told.get("on") or told.get(True)}


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def commands(workflow):
    return [step["run"] for step in steps(workflow) if "run" in step]


def test_it_publishes_on_tags_and_a_schedule_and_on_nothing_a_stranger_can_do(workflow):
    assert set(workflow["on"]) == {"push", "schedule"}
    assert set(workflow["on"]["push"]) == {"tags"}


def test_only_what_deploys_may_write_and_it_waits_for_what_is_made(workflow):
    rights = {name: job.get("permissions") for name, job in workflow["jobs"].items()}
    assert rights == {"make": None, "deploy": {"pages": "write", "id-token": "write"}}
    assert workflow["jobs"]["deploy"]["needs"] == "make"
    assert not any("run" in step for step in workflow["jobs"]["deploy"]["steps"])


def test_checks_come_first_then_what_stands_is_fetched_then_editions_are_released(workflow):
    lines = commands(workflow)
    order = ["make .venv", "make check", "make test", "fetch-published", "--release",
             "oversight site"]  # fmt: skip
    places = [next(at for at, line in enumerate(lines) if word in line) for word in order]
    assert places == sorted(places)
    makefile = set(re.findall(r"^([.\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([.\w-]+)", "\n".join(lines))) <= makefile


def test_every_bundled_quarter_is_published(workflow):
    held = {path.name for path in (ROOT / "data" / "oversight").iterdir() if path.is_dir()}
    assert set(workflow["env"]["QUARTERS"].split()) == held


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def fetched(tmp_path):
    """A site on this machine alone that serves one edition, and a run of the script against it."""
    put(tmp_path / "served" / "2025-26-q3", released=RELEASED)
    handler = partial(Silent, directory=str(tmp_path / "served"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()

    def run(*quarters, path=""):
        address = f"http://127.0.0.1:{server.server_port}{path}"
        command = [ROOT / ".ci" / "fetch-published", tmp_path / "site", *quarters]
        environment = os.environ | {"OVERSIGHT_ADDRESS": address, "no_proxy": "127.0.0.1"}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    yield run, tmp_path / "site"
    server.shutdown()
    server.server_close()


@pytest.mark.skipif(not (which("curl") and which("jq")), reason="needs curl and jq")
def test_what_is_published_is_fetched_whole_and_what_is_not_is_passed_over(fetched):
    run, site = fetched
    done = run("2025-26-q2", "2025-26-q3")
    assert done.returncode == 0, done.stderr
    assert "2025-26-q2: not published yet" in done.stdout
    assert not (site / "2025-26-q2").exists()
    there = read(site / "2025-26-q3")
    assert there.released == RELEASED
    assert figures.changed(there.tables, tables()).empty


@pytest.mark.skipif(not (which("curl") and which("jq")), reason="needs curl and jq")
def test_what_cannot_be_fetched_stops_the_run(tmp_path):
    command = [ROOT / ".ci" / "fetch-published", tmp_path / "site", "2025-26-q3"]
    # Nobody listens on port 1; and without an address there is nothing to ask.
    for address in ("http://127.0.0.1:1", ""):
        environment = os.environ | {"OVERSIGHT_ADDRESS": address, "no_proxy": "127.0.0.1"}
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        assert done.returncode != 0


def test_a_container_and_binder_install_what_the_lock_names():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    assert container["postCreateCommand"] == "make .venv"
    binder = (ROOT / ".binder" / "postBuild").read_text("utf-8")
    assert "--require-hashes --no-deps -r requirements.lock" in binder
    assert "python-3.11" in (ROOT / ".binder" / "runtime.txt").read_text("utf-8")
