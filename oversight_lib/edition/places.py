"""Where templates, prose, words and configuration stand, and the tables in an edition's folder."""

from oversight_lib.press import checkout

HOME = checkout.HOME
"""Where templates, prose and configuration stand."""

PROSE = HOME / "book"
"""Where the pages stand that a person wrote, and who publishes by which policies."""

WORDS = PROSE / "commentary"
"""Where people write for the pages, and sign."""

TABLES = "tables"
"""Where the tables of an edition stand, in its folder."""
