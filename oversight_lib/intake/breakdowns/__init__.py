"""Indicators by groups of people: bundled ones, Fingertips downloads, local tables, and the store.

Everything here stands in `data/inequality/`, each table beside a card that says where it is from.
"""

from oversight_lib.intake.breakdowns.holdings import cards, inequality_tables, secrets
from oversight_lib.intake.breakdowns.taking import Choice, take

__all__ = ["Choice", "cards", "inequality_tables", "secrets", "take"]
