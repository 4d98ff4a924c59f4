"""Printing the packs of a quarter by themselves, without pages or a book."""

from pathlib import Path

from oversight_lib.edition.facts import facts
from oversight_lib.edition.figures import assessment, with_words
from oversight_lib.edition.papers import Papers
from oversight_lib.edition.places import WORDS
from oversight_lib.edition.register import planned, trusts
from oversight_lib.intake import DATA
from oversight_lib.periods import Quarter
from oversight_lib.press import packs, pages
from oversight_lib.press.packs import PackResult


def print_packs(  # noqa: PLR0913 - what a run is told, each by its name
    quarter: Quarter,
    *,
    data: Path = DATA,
    words: Path = WORDS,
    out: Path,
    selection: pages.Selection,
    england: bool = True,
    jobs: int = 1,
) -> list[PackResult]:
    """Print the packs of a quarter into the folder `out`, without pages or a book."""
    assessed = with_words(assessment(quarter, data=data), quarter, data=data, words=words)
    plan = planned(quarter, assessed, data, selection)
    wanted = [page for page in plan if england or page.kind != "england"]
    papers = Papers(assessed, trusts(data, quarter))
    return packs.run(wanted, papers, to=out, edition=facts(data, quarter), jobs=jobs)
