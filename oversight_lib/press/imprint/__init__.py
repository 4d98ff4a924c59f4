"""Who stands behind an edition and by which policies: one file, and the pages made from it."""

from oversight_lib.press.imprint.model import NAME, Imprint, gaps, read
from oversight_lib.press.imprint.policies import PAGES, pages

__all__ = ["NAME", "PAGES", "Imprint", "gaps", "pages", "read"]
