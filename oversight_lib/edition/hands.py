"""Who makes the pages, packs and downloads of an edition: this machine, or a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from oversight_lib.edition import places
from oversight_lib.errors import PageError
from oversight_lib.periods import Quarter
from oversight_lib.press import hiring
from oversight_lib.press import packs as board_packs
from oversight_lib.press.crew import Crew, local
from oversight_lib.press.downloads.handout import Have, here


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does what takes long; processes of this machine where nothing else is said."""

    pages: Crew = local
    packs: board_packs.Printers = board_packs.local
    files: Have = here


OWN = Hands()


@contextmanager
def on_a_cluster(
    scheduler: str | None, quarter: Quarter, *, out: Path, jobs: int
) -> Iterator[Hands]:
    """Give the workers of a scheduler, or `jobs` processes as a cluster, which prepare from now on.

    Raises `PageError` where dask is not installed, or no worker can be reached.
    """
    try:
        from oversight_lib.press import cluster  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise PageError(
            "pages cannot be made on a cluster", [str(error)], "pip install 'oversight[cluster]'"
        ) from None
    tables = (out / places.TABLES).resolve()
    templates = places.HOME / "notebooks"
    site = hiring.site(quarter, tables=tables, templates=templates, jobs=jobs)
    with cluster.opened(scheduler, jobs) as ours, hiring.begun(ours.pages, site) as pages:
        yield Hands(pages, ours.packs, ours.files)
