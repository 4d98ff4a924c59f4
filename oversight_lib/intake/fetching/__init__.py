"""A quarter's published files fetched from the publisher or a mirror, by their published names."""

from oversight_lib.intake.fetching.download import Fetched
from oversight_lib.intake.fetching.fetching import Fetching, fetch
from oversight_lib.intake.fetching.patience import Patience

__all__ = ["Fetched", "Fetching", "Patience", "fetch"]
