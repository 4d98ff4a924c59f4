"""Making a table safe: hide, attack, and if it gives way round, merge, hide more, drop."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from oversight_lib.method.disclosure.audit import attack
from oversight_lib.method.disclosure.claims import Claims, together
from oversight_lib.method.disclosure.complement import closing, widening
from oversight_lib.method.disclosure.figures import Merge
from oversight_lib.method.disclosure.policy import Policy
from oversight_lib.method.disclosure.sheet import People, Plan, Sheet, lay_out


@dataclass(frozen=True, slots=True)
class Protection:
    """A sheet that withstood the attack, the attack's findings, and what was tried on the way.

    `audit`: target, least, most, possible. `log`: step, fewest (possible values of any hidden
    count), passes.
    """

    sheet: Sheet
    audit: pd.DataFrame
    log: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Attacker:
    """What every trial of a table has in common."""

    people: People
    policy: Policy
    margins: bool
    earlier: Sequence[Claims]

    def lay_out(self, plan: Plan) -> Sheet:
        """Return the sheet of a plan."""
        return lay_out(self.people, self.policy, plan, margins=self.margins)

    def audit(self, sheet: Sheet) -> pd.DataFrame:
        """Attack the sheet with all its margins and the earlier editions."""
        known = together(sheet.claims, *self.earlier)
        place = {cell: i for i, cell in enumerate(known.cells)}
        order = [place[cell] for cell in sheet.claims.cells]
        moved = []
        for target in sheet.targets:
            cells = np.zeros(len(known.cells))
            cells[order] = target.cells
            moved.append(replace(target, cells=cells))
        return attack(known, moved, enough=self.policy.possible_values)

    def widening(self, sheet: Sheet) -> frozenset[int]:
        """Return what else to hide so that the counts too well known have more room."""
        return widening(sheet, self.audit(sheet), enough=self.policy.possible_values)


def protect(people: People, policy: Policy, *, margins: bool, earlier: Sequence[Claims] = (),
            merges: Sequence[Merge] = ()) -> Protection:  # fmt: skip
    """Return the first way of showing the table that leaves every hidden count enough values.

    In this order: as it is (unless the policy always rounds), rounded, merged as offered, with
    complementary counts hidden one by one, the breakdown dropped, nothing shown at all.
    """
    attacker = Attacker(people, policy, margins, earlier)
    steps: list[tuple[str, float, bool]] = []
    for words, plan in _ways(attacker, merges):
        sheet = attacker.lay_out(plan)
        audit = attacker.audit(sheet)
        fewest = float(audit["possible"].min()) if len(audit) else np.inf
        steps.append((words, fewest, fewest >= policy.possible_values))
        if fewest >= policy.possible_values:
            break
    log = pd.DataFrame(steps, columns=["step", "fewest", "passes"])
    return Protection(sheet, audit, log)


def _ways(attacker: Attacker, merges: Sequence[Merge]) -> Iterable[tuple[str, Plan]]:
    if attacker.policy.open:
        return [("shown as it is: national or already protected", Plan())]
    return _hiding(attacker, merges)


def _hiding(attacker: Attacker, merges: Sequence[Merge]) -> Iterator[tuple[str, Plan]]:
    policy, plan = attacker.policy, Plan()
    if policy.rounding_base == 1 or not policy.always_rounds:
        yield "small counts hidden", plan
    if policy.rounding_base > 1:
        plan = replace(plan, base=policy.rounding_base)
        yield f"small counts hidden, all others rounded to {plan.base}", plan
    for merge in merges:
        plan = replace(plan, merges=(*plan.merges, merge))
        yield f"{merge.dimension}: {', '.join(merge.labels)} merged into {merge.into}", plan
    yield from _hiding_more(attacker, plan)


def _hiding_more(attacker: Attacker, plan: Plan) -> Iterator[tuple[str, Plan]]:
    """Give every hidden count company under its margins, then more until it has room."""
    sheet = attacker.lay_out(plan)
    names = sheet.figures.names()
    more = closing(sheet, attacker.policy)
    while more or (more := attacker.widening(sheet)):
        plan = replace(plan, hidden=plan.hidden | more)
        more = closing(attacker.lay_out(plan), attacker.policy) | more
        plan = replace(plan, hidden=plan.hidden | more)
        sheet = attacker.lay_out(plan)
        words = sorted({names[place % len(names)] for place in more})
        yield f"hidden as well: {'; '.join(words)}", plan
        more = frozenset()
    everything = frozenset(range(len(sheet.number)))
    if attacker.margins:
        last = {place for place in everything if place % len(names) == len(names) - 1}
        yield (
            "breakdown dropped, only the overall total shown",
            replace(plan, hidden=everything - last),
        )
    yield "nothing shown", replace(plan, hidden=everything)
