"""The crew of an edition, hired before anything is known of it but its quarter and its place.

Little is imported here, so that kernels are made ready beside whatever else is.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from oversight_lib.periods import Quarter
from oversight_lib.press.cache import digests
from oversight_lib.press.crew import Crew, Site, Work
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.kernels import Kernels
from oversight_lib.press.templates import imports


def using(quarter: Quarter, jobs: int) -> Kernels:
    """Return the kernels of an edition: forked after what every page would do again."""
    return Kernels(jobs, rehearsal=(
        "from oversight_lib import intake, report",
        f'intake.open_assessment("{quarter}")',
        f'intake.open_register("{quarter}")',
        "report.rehearse()",
    ))  # fmt: skip


def site(quarter: Quarter, *, tables: Path, templates: Path, jobs: int) -> Site:
    """Return where the pages of an edition are made, from the folder of all its templates."""
    every = tuple(imports(sorted(templates.glob("*.ipynb"))))
    return Site(tables, EditionFacts(quarter, "").epoch, using(quarter, jobs), every)


@contextmanager
def begun(crew: Crew, ours: Site) -> Iterator[Crew]:
    """Give the crew of a site that prepares from now on, until somebody has work for it.

    It goes when the work is done, or at the end of the block. Another is hired where the work turns
    out to be at another site, or our code was changed meanwhile, of which it knows what it was.
    """
    known = digests.code()
    with ExitStack() as stack:
        work = stack.enter_context(crew(ours))

        @contextmanager
        def hired(asked: Site) -> Iterator[Work]:
            if replace(asked, imports=ours.imports) == ours and digests.code() == known:
                with stack:
                    yield work
                return
            stack.close()
            with crew(asked) as other:
                yield other

        yield hired
