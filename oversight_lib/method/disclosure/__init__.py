"""Disclosure gate: counts of people are a type with a policy, and only `publish` shows them.

Small counts are hidden, then the table is attacked with all its margins and earlier editions; what
gives way is rounded, merged, hidden further or dropped, and the log says which. A hidden count
never becomes zero or missing: its symbol goes wherever its percentage, rate, limits or rank goes.
"""

from oversight_lib.method.disclosure.audit import Target, attack
from oversight_lib.method.disclosure.claims import Claims, percentage, possible_counts, together
from oversight_lib.method.disclosure.figures import ALL, Merge
from oversight_lib.method.disclosure.gate import (
    Layout,
    Publication,
    follow,
    numbers,
    publish,
    ranks,
    symbols,
)
from oversight_lib.method.disclosure.guarded import Count, CountArray, CountDtype, counts
from oversight_lib.method.disclosure.policy import DisclosureError, Policy
from oversight_lib.method.disclosure.symbol import Symbol

__all__ = [
    "ALL",
    "Claims",
    "Count",
    "CountArray",
    "CountDtype",
    "DisclosureError",
    "Layout",
    "Merge",
    "Policy",
    "Publication",
    "Symbol",
    "Target",
    "attack",
    "counts",
    "follow",
    "numbers",
    "percentage",
    "possible_counts",
    "publish",
    "ranks",
    "symbols",
    "together",
]
