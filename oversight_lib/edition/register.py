"""Whom an edition is about: the trusts, boards and regions of its quarter, as its pages."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from oversight_lib.edition import places
from oversight_lib.intake import organisations
from oversight_lib.intake.head_offices import head_offices
from oversight_lib.method.assessment import Assessment
from oversight_lib.periods import Quarter
from oversight_lib.press import directory, finder, pages


def planned(
    quarter: Quarter, assessed: Assessment, data: Path, selection: pages.Selection
) -> list[pages.Page]:
    """Return the pages an edition of the quarter has."""
    return pages.plan(
        quarter,
        assessed.organisations,
        organisations.icbs(data, quarter),
        organisations.regions(data),
        templates=places.HOME / "notebooks",
        selection=selection,
    )


def trusts(data: Path, quarter: Quarter) -> pd.DataFrame:
    """Return every trust that was open in the quarter, loaded or not."""
    return organisations.open_in(organisations.organisations(data), quarter)


def entries(plan: Sequence[pages.Page], data: Path, quarter: Quarter) -> list[directory.Entry]:
    """Return everybody a reader of the edition may look for, whether loaded or not."""
    who = finder.Register(
        trusts(data, quarter),
        organisations.icbs(data, quarter),
        organisations.regions(data),
        head_offices(data),
    )
    return finder.entries(plan, who)


def names(data: Path) -> set[str]:
    """Return the names of all trusts and boards of the reference."""
    return {*organisations.trusts(data)["name"], *organisations.icbs(data)["name"]}
