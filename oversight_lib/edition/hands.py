"""Who makes the pages of an edition and who prints its packs: this machine, or a cluster."""

from dataclasses import dataclass

from oversight_lib.press import packs as board_packs
from oversight_lib.press.crew import Crew, local


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does what takes long; processes of this machine where nothing else is said."""

    pages: Crew = local
    packs: board_packs.Printers = board_packs.local


OWN = Hands()
