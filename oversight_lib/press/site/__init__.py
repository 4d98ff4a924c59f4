"""Everything published, in one folder: editions at their addresses, an index, a feed."""

from oversight_lib.press.site.changes import changes
from oversight_lib.press.site.gathering import Release, gather

__all__ = ["Release", "changes", "gather"]
