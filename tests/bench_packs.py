"""How long a board pack takes after the first: the mean over packs of every kind but England's."""

import time
from itertools import chain

from oversight_lib import edition
from oversight_lib.edition.papers import Papers
from oversight_lib.intake import DATA, organisations
from oversight_lib.periods import Quarter
from oversight_lib.press import pages
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.packs import Press

QUARTER = Quarter.parse("2025-26-q1")
LIMIT = 0.5
MANY = {"trust": 16, "icb": 3, "region": 1}
"""Packs of each kind, near the shares they have in an edition."""


def bench():
    """Return the seconds of processor time a pack takes once a process has printed one."""
    assessed = edition.assessment(QUARTER)
    register = organisations.open_in(organisations.organisations(DATA), QUARTER)
    plan = edition.planned(QUARTER, assessed, DATA, pages.Selection())
    kinds = {kind: [page for page in plan if page.kind == kind] for kind in MANY}
    wanted = list(chain.from_iterable(kinds[kind][1 : 1 + many] for kind, many in MANY.items()))
    press = Press(Papers(assessed, register), EditionFacts(QUARTER, str(QUARTER.year)))
    for first in kinds.values():
        assert press.print(first[0]).pdf
    began = time.process_time()
    printed = [press.print(page) for page in wanted]
    taken = time.process_time() - began
    assert not any(result.failure for result in printed)
    return taken / len(wanted)
