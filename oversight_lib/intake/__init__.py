"""Where files come in: published layouts, the data directory, organisations, corrections, store."""

from pathlib import Path

DATA: Path = Path(__file__).resolve().parents[2] / "data"
"""The data the project carries."""

# After DATA, which the rooms behind these names ask for.
from oversight_lib.intake.assessments import (  # noqa: E402
    open_assessment,
    open_register,
)
from oversight_lib.intake.boundaries import open_boundaries  # noqa: E402

__all__ = ["DATA", "open_assessment", "open_boundaries", "open_register"]
