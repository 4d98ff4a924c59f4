"""The command line as tests run it."""

import pytest

from oversight_lib import cli


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command with these words; return its exit code, output and errors."""

    def run(*words):
        monkeypatch.setattr("sys.argv", ["oversight", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return run
