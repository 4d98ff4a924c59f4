"""What the lock holds: every package with its version, when it is needed, and its hashes."""

import re
from dataclasses import dataclass

from packaging.markers import Marker
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

LOCK = ROOT / "requirements.lock"


@dataclass(frozen=True, order=True)
class Package:
    """One line of the lock."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def is_needed_here(self):
        """Whether this platform and this Python want it."""
        return not self.marker or Marker(self.marker).evaluate({"extra": ""})

    @property
    def purl(self):
        return f"pkg:pypi/{self.name}@{self.version}"


def packages(text=None):
    """Every package of the lock, by name and version."""
    joined = (LOCK.read_text("utf-8") if text is None else text).replace("\\\n", " ")
    found = []
    for line in joined.splitlines():
        match = re.match(
            r"([\w.-]+)(?:\[[\w,-]+\])?==(\S+)\s*(?:;\s*(.*?))?(?=\s+--hash|\s*$)", line
        )
        if match:
            hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
            found.append(
                Package(canonicalize_name(match[1]), match[2], (match[3] or "").strip(), hashes)
            )
    return sorted(found)
