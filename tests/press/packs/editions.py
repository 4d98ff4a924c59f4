"""The facts of an edition, for tests that no fixture can reach."""

from oversight_lib.periods import Quarter
from oversight_lib.press.edition_facts import EditionFacts

EDITION = EditionFacts(Quarter.parse("2025-26-q1"), "2025-26")
