"""Levels of reproducible analysis: criteria that are checked when an edition is made."""

from oversight_lib.press.rap.levels import PAGE, Finding, findings, of_checkout, page
from oversight_lib.press.rap.subject import Subject

__all__ = ["PAGE", "Finding", "Subject", "findings", "of_checkout", "page"]
