"""A kernel is started again if it died at birth, and never for anything else."""

from pathlib import Path

import pytest

from oversight_lib.press.kernels import STARTS, environment, restarting, same_bytes

STILLBORN = RuntimeError("Kernel died before replying to kernel_info")


def engine(*outcomes):
    """An engine that goes through these outcomes, and the list of its calls."""
    remaining, calls = list(outcomes), []

    def execute(template, output, parameters):
        calls.append((template, output, parameters))
        outcome = remaining.pop(0)
        if outcome is not None:
            raise outcome

    return execute, calls


def start(execute):
    restarting(execute, Path("a.ipynb"), Path("b.ipynb"), {"code": "Y56"})


def test_a_stillborn_kernel_is_started_again():
    execute, calls = engine(STILLBORN, STILLBORN, None)
    start(execute)
    assert len(calls) == 3
    assert calls[0] == calls[2] == (Path("a.ipynb"), Path("b.ipynb"), {"code": "Y56"})


def test_it_is_given_up_after_three_starts():
    execute, calls = engine(*[STILLBORN] * (STARTS + 1))
    with pytest.raises(RuntimeError, match="before replying"):
        start(execute)
    assert len(calls) == STARTS == 3


@pytest.mark.parametrize("error", [RuntimeError("Kernel died"), ValueError("a cell failed")])
def test_a_cell_is_never_run_again(error):
    execute, calls = engine(error, None)
    with pytest.raises(type(error)):
        start(execute)
    assert len(calls) == 1


def test_nothing_of_the_users_settings_reaches_a_page(tmp_path):
    given = environment(tmp_path / "tables", 1_751_241_600, tmp_path / "scratch")
    assert given["OVERSIGHT_TABLES"] == str((tmp_path / "tables").resolve())
    assert given["SOURCE_DATE_EPOCH"] == "1751241600"
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "MATPLOTLIBRC"):
        assert given[name].startswith(str(tmp_path / "scratch"))


def test_our_package_comes_before_the_users_path(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere/else")
    first, second = same_bytes(0)["PYTHONPATH"].split(":")
    assert (Path(first) / "oversight_lib").is_dir()
    assert second == "/somewhere/else"
