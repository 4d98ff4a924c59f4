"""Where files come in: published layouts, the data directory, organisations, corrections, store."""

from pathlib import Path

DATA: Path = Path(__file__).resolve().parents[2] / "data"
"""The data the project carries."""

# After DATA, which the rooms behind these two names ask for.
from oversight_lib.intake.assessments import open_assessment, open_register  # noqa: E402

__all__ = ["DATA", "open_assessment", "open_register"]
