"""Editions through time: one read back, what differs between two, and the log of revisions."""

from oversight_lib.press.editions.built import Built, read
from oversight_lib.press.editions.difference import Difference, difference

__all__ = ["Built", "Difference", "difference", "read"]
