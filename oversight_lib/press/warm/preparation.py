"""What a server of warm kernels does first of all, so that no page does it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preparation:
    """Statements of Python, executed one after the other like the cells of a notebook.

    They import, fill caches and load fonts. They must leave nothing else behind, for every page
    inherits it. `memory` is what a page may take beyond all this, in bytes; None is no limit.
    """

    statements: tuple[str, ...] = ()
    memory: int | None = None
