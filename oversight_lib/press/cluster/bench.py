"""The bench of a worker: where it makes pages of one site, and prints and writes what else it is.

Everything here is called on a worker, by dask, and takes what was sent there.
"""

import atexit
import os
import tempfile
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from oversight_lib.press import making
from oversight_lib.press.cache import digests
from oversight_lib.press.checkout import HOME
from oversight_lib.press.cluster.parcel import Installed, Parcel, leaving, refuse_others
from oversight_lib.press.crew import Site, executing, surround
from oversight_lib.press.downloads.handout import Handout, Write
from oversight_lib.press.making import Outcome
from oversight_lib.press.packs import Press, Printed
from oversight_lib.press.page import Page
from oversight_lib.press.warm.ready import Ready


@dataclass(slots=True)
class _Bench:
    """A folder for the tables of a site, and kernels; `told` is the parcel they know of."""

    site: Site
    scratch: Path
    ready: Ready
    stack: ExitStack
    told: str = ""

    @property
    def tables(self) -> Path:
        return _tables(self.scratch)

    def tell(self, parcel: Parcel) -> None:
        """Unpack a parcel, and have a few of its pages rehearsed."""
        parcel.unpack(self.tables)
        self.ready.rehearse(parcel.rehearsal)
        self.told = parcel.digest


_LOCK = threading.Lock()
"""Pages of one process share a folder and environment variables, so they are made in turn."""
_BENCHES: list[_Bench] = []
"""The bench of this process: the last site's, until another comes or the process ends."""


def prepare(site: Site) -> None:
    """Start the kernels of a site, which need no tables yet."""
    with _LOCK:
        if not _BENCHES or _BENCHES[0].site != site:
            _set_up(site)


def make(parcel: Parcel, page: Page, template: bytes) -> Outcome:
    """Make a page. Raises `PageError` where code or data here are not those of the parcel."""
    refuse_others(parcel.installed)
    with _LOCK:
        bench = _bench(parcel)
        place = bench.scratch / f"{digests.of(template)}.ipynb"
        place.write_bytes(template)
        outcome = making.make(replace(page, template=place), bench.ready.execute, bench.scratch)
        tables = bench.tables.resolve()
    if outcome.executed is None or outcome.executed.asked is None:
        return outcome
    asked = leaving(outcome.executed.asked, tables)
    return replace(outcome, executed=replace(outcome.executed, asked=asked))


def printed(told: tuple[Press, Installed], page: Page) -> Printed:
    """Print a pack. Raises `PageError` where code or data here are not those it was sent with."""
    press, installed = told
    refuse_others(installed)
    with _LOCK:
        _clear()
        return press.print(page)


def written(told: tuple[Write, Installed]) -> tuple[list[Handout], list[bytes]]:
    """Return handouts and what is in them. Raises `PageError` as `printed` does."""
    write, installed = told
    refuse_others(installed)
    with tempfile.TemporaryDirectory(prefix="oversight-") as folder:
        handouts = write(to=Path(folder))
        return handouts, [Path(folder, one.path).read_bytes() for one in handouts]


def _bench(parcel: Parcel) -> _Bench:
    """Return the bench of a parcel, which it was told of."""
    found = _BENCHES[0] if _BENCHES else None
    if found is None or found.site != parcel.site or found.told not in {"", parcel.digest}:
        found = _set_up(parcel.site)
    if not found.told:
        found.tell(parcel)
    return found


def _set_up(site: Site) -> _Bench:
    """Start the kernels of a site, instead of any there are; they last as long as the bench."""
    _clear()
    stack = ExitStack()
    scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="oversight-")))
    here = replace(site, tables=_tables(scratch))
    surroundings = surround(here, scratch)
    stack.callback(_resettle, dict(os.environ))
    os.environ.update(surroundings)
    os.chdir(scratch)
    ready = stack.enter_context(executing(here, surroundings, scratch))
    bench = _Bench(site, scratch, ready, stack)
    _BENCHES.append(bench)
    atexit.register(_clear)
    return bench


def _tables(scratch: Path) -> Path:
    return scratch / "tables"


def _clear() -> None:
    while _BENCHES:
        os.chdir(HOME)
        _BENCHES.pop().stack.close()


def _resettle(surroundings: Mapping[str, str]) -> None:
    """Put this process back under the environment variables it had."""
    os.environ.clear()
    os.environ.update(surroundings)
