"""Everything published, in one folder: editions at their addresses, an index, the newest, a feed."""

from oversight_lib.press.site.gathering import Release, gather

__all__ = ["Release", "gather"]
