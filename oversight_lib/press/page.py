"""A page to be made, for those who need no tables to make it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CODE = r"[A-Za-z0-9]{1,16}"
"""What the code of an organisation is made of, so that no address leads anywhere else."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be made: what it is about, where it stands, and what its template is told.

    `slug` is its address without ending, as `trusts/r0a`; `above` is the address of the page it
    stands below, None for England and for pages that stand among the hand-written ones, where
    `book/_toc.yml` names them. `listed` pages stand in the sidebar of every page.
    """

    kind: str
    code: str
    title: str
    slug: str
    template: Path
    parameters: Mapping[str, str | int]
    above: str | None = None
    listed: bool = False
