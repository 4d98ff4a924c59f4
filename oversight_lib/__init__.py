"""Explain the NHS Oversight Framework: how scores are made, what they mean, how sure they are."""

__version__ = "0.1.0"
