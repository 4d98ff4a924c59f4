"""The log of a run, kept with its edition: a line for each page, anew for each run."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from oversight_lib.errors import visible
from oversight_lib.press import manifest
from oversight_lib.press.results import PageResult

_LOG = logging.getLogger("oversight")


def logged(done: Callable[[PageResult], None]) -> Callable[[PageResult], None]:
    """Return the callback, with a line in the run log for each page."""

    def tell(result: PageResult) -> None:
        outcome = str(result.failure) if result.failure else "made" if result.why else "kept, made"
        _LOG.info("%s: %s in %.1f s; %s", result.page.slug, outcome, result.seconds, result.why)
        if result.stderr:
            _LOG.warning("%s said: %s", result.page.slug, result.stderr.strip())
        done(result)

    return tell


class OneEntry(logging.Formatter):
    """Writes a message so that no line of it can be taken for another entry, and all is seen."""

    def format(self, record: logging.LogRecord) -> str:
        """Return an entry: its first line, and the others set in."""
        first, *more = super().format(record).splitlines()
        return "\n".join([visible(first), *(f"    {visible(line)}" for line in more)])


@contextmanager
def kept_log(out: Path) -> Iterator[None]:
    """Keep a run log with the edition, anew for each run."""
    out.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(out / manifest.LOG, mode="w", encoding="utf-8")
    handler.setFormatter(OneEntry("%(asctime)s %(levelname)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    try:
        yield
    except Exception:
        _LOG.exception("the run ended here")
        raise
    finally:
        _LOG.removeHandler(handler)
        handler.close()
