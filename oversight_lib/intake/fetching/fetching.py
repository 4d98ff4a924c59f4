"""Every listed file of a quarter, fetched one after another; what cannot be is said at once."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import requests

import oversight_lib
from oversight_lib.errors import FetchError, Problem
from oversight_lib.intake import DATA
from oversight_lib.intake.fetching.answers import AbsentError
from oversight_lib.intake.fetching.contents import fault
from oversight_lib.intake.fetching.download import Fetched, Wanted, download
from oversight_lib.intake.fetching.listed import PublishedFile, published_files
from oversight_lib.intake.fetching.patience import Patience
from oversight_lib.periods import Quarter


@dataclass(frozen=True, slots=True)
class Fetching:
    """What was fetched, and which files of the quarter were not, with the reason."""

    fetched: tuple[Fetched, ...]
    left_out: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([*map(str, self.fetched), *(f"Not fetched: {x}" for x in self.left_out)])


def fetch(
    quarter: Quarter,
    folder: Path,
    *,
    data: Path = DATA,
    base_url: str | None = None,
    patience: Patience | None = None,
) -> Fetching:
    """Fetch a quarter's published files into a folder, each with a record of where it is from.

    From the publisher those whose address is known; with `base_url` from a mirror, which has them
    all in one folder by their published names, if it has them. Of several names the newest that
    is there. `FetchError` names every file that should be there and could not be had; what was
    fetched stays, and is not fetched again unless the publisher has changed it.
    """
    listed = published_files(data)
    limits = patience or Patience()
    files = listed.of(quarter)
    base, mirror = base_url or listed.base, base_url is not None
    addressed = [(file, file.addresses(base, mirror=mirror)) for file in files]
    known = [(file, addresses) for file, addresses in addressed if addresses]
    left_out = [_no_address(file, listed.page) for file, addresses in addressed if not addresses]
    if not known:
        raise _nothing(quarter, left_out, listed.page)
    with _session() as session:
        found = list(_each(session, known, folder, limits))
    fetched = tuple(one for one in found if isinstance(one, Fetched))
    absent = [one for one in found if isinstance(one, Problem)]
    if absent and not (mirror and fetched):
        raise FetchError(_summary(quarter, absent), absent, _do_this(listed.page))
    return Fetching(fetched, (*left_out, *map(str, absent)))


def _each(
    session: requests.Session,
    known: Sequence[tuple[PublishedFile, list[str]]],
    folder: Path,
    patience: Patience,
) -> Iterator[Fetched | Problem]:
    """Yield each file, or that it is not there; raise at the end if any other thing was wrong."""
    problems: list[Problem | str] = []
    for number, (file, addresses) in enumerate(known):
        time.sleep(patience.pause if number else 0)
        try:
            yield _newest(session, file, addresses, folder, patience)
        except FetchError as error:
            problems += error.problems
    if problems:
        raise FetchError("not every file could be fetched", problems, "try again later")


def _newest(
    session: requests.Session,
    file: PublishedFile,
    addresses: Sequence[str],
    folder: Path,
    patience: Patience,
) -> Fetched | Problem:
    for address in addresses:
        path = folder / address.rpartition("/")[2]
        wanted = Wanted(address, path, partial(fault, kind=file.kind))
        try:
            return download(session, wanted, patience)
        except AbsentError:
            continue
    return Problem(file.title, f"there is no {' and no '.join(addresses)}", "one of them")


def _session() -> requests.Session:
    session = requests.Session()
    session.headers.update(
        {
            "User-Agent": f"oversight/{oversight_lib.__version__}",
            "Accept": "text/csv, */*;q=0.5",
            "Accept-Encoding": "identity",
        }
    )
    # What a .netrc file holds is nobody's business here.
    session.auth = lambda request: request
    return session


def _no_address(file: PublishedFile, page: str) -> str:
    names = " or ".join(one.name for one in file.variant)
    return f"{file.title}: the address of {names} is not known; it is linked from {page}"


def _nothing(quarter: Quarter, left_out: Sequence[str], page: str) -> FetchError:
    why = left_out or [f"no file of {quarter.label} is listed in published-files.toml"]
    return FetchError(f"no address of a file of {quarter.label} is known", why, _do_this(page))


def _summary(quarter: Quarter, absent: Sequence[Problem]) -> str:
    return f"{len(absent)} of the files of {quarter.label} are not where they were published"


def _do_this(page: str) -> str:
    return (
        f"download the files from {page} and take them in with `oversight intake`; or add their "
        "addresses to published-files.toml, or name a mirror with --base-url"
    )
