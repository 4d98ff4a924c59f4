"""What an edition says of itself: its quarter, its rules, its publishers' files, its commit."""

import hashlib
import os
from pathlib import Path

from oversight_lib.intake import catalogue
from oversight_lib.intake.cards import files_read, publications_read
from oversight_lib.periods import Quarter
from oversight_lib.press import checkout
from oversight_lib.press.downloads.package import Source
from oversight_lib.press.edition_facts import DataFile, EditionFacts
from oversight_lib.rules import OWN, load_framework


def facts(data: Path, quarter: Quarter) -> EditionFacts:
    """Return the facts of an edition that nobody has signed."""
    rules = load_framework(quarter.year).year
    return EditionFacts(quarter, rules, files(data, quarter), checkout.commit())


def files(data: Path, quarter: Quarter) -> tuple[DataFile, ...]:
    """Return the publishers' files behind an edition, as their source cards name them."""
    read = {DataFile(*found) for card in _cards(data, quarter) for found in files_read(card)}
    return tuple(sorted(read | _own_rules()))


def _own_rules() -> set[DataFile]:
    """Return the file of one's own that is laid over the rules, if there is one."""
    own = Path(os.environ[OWN]) if os.environ.get(OWN) else None
    return {DataFile(own.name, hashlib.sha256(own.read_bytes()).hexdigest())} if own else set()


def sources(data: Path, quarter: Quarter) -> list[Source]:
    """Return the publications behind an edition, as their source cards name them."""
    cards = _cards(data, quarter)
    return sorted({Source(*read) for card in cards for read in publications_read(card)})


def _cards(data: Path, quarter: Quarter) -> list[Path]:
    """Return the source cards of an edition; figures of later quarters are no part of it."""
    later = {found.card_path(data) for found in catalogue.holdings(data) if found.quarter > quarter}
    return [card for card in sorted(data.rglob("*.card.toml")) if card not in later]
