"""Where files come in: published layouts, the data directory, organisations, corrections, store."""

from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
"""The data the project carries."""
