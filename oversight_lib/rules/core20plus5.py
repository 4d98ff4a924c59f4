"""Core20PLUS5 as data: its parts, what of each can be shown here, and why the rest cannot."""

import tomllib
from functools import cache
from importlib.resources import files

from oversight_lib.rules.base import Rule, Source

_FILE = "inequality/core20plus5.toml"


class Part(Rule):
    """One part: what it is; `shown` says what stands on the pages, else `why_not` why nothing."""

    id: str
    group: str
    name: str
    what: str
    source: str
    shown: str = ""
    measures: tuple[str, ...] = ()
    why_not: str = ""


class Core20Plus5(Rule):
    """The approach: who it is for, its parts in order, and the texts it is taken from."""

    caveat: str
    source: tuple[Source, ...]
    part: tuple[Part, ...]

    def source_of(self, part: Part) -> Source:
        """Return the text a part is taken from."""
        return next(source for source in self.source if source.id == part.source)


@cache
def core20plus5() -> Core20Plus5:
    """Return the approach, checked."""
    read = tomllib.loads((files("oversight_lib.rules") / _FILE).read_text("utf-8"))
    return Core20Plus5.model_validate(read)
