"""What a server of warm kernels does before the first page, so that no page does it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preparation:
    """Imports, as statements; and calls, which are sent to the server, so functions of a module.

    A call may fill caches and load fonts. It must leave nothing else behind, for every page
    inherits it. `memory` is what a page may take beyond all this, in bytes; None is no limit.
    """

    imports: tuple[str, ...] = ()
    rehearsal: tuple[Callable[[], object], ...] = ()
    memory: int | None = None
