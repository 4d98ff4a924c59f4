"""The data package: every table as CSV, described so that a program can check it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from oversight_lib.frames import Column, Frame, Kind
from oversight_lib.press.downloads import words
from oversight_lib.press.edition_facts import EditionFacts

NAME = "datapackage.json"
LICENCE = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
ATTRIBUTION = "Contains public sector information licensed under the Open Government Licence v3.0."
_TYPES = {Kind.TEXT: "string", Kind.NUMBER: "number", Kind.INTEGER: "integer", Kind.FLAG: "boolean"}


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where figures come from: whose publication, its title and its page."""

    publisher: str
    title: str
    page: str

    @property
    def described(self) -> Mapping[str, str]:
        """The source as a data package names one."""
        return {"title": f"{self.publisher}: {self.title}", "path": self.page}


def descriptor(
    files: Mapping[str, bytes],
    frames: Sequence[Frame],
    *,
    edition: EditionFacts,
    sources: Sequence[Source],
) -> str:
    """Return the descriptor of a data package whose files, by frame name, are these CSV files."""
    package = {
        "name": f"nhs-oversight-framework-{edition.quarter}",
        "title": f"NHS Oversight Framework, {edition.quarter.label}: tables",
        "description": f"Scores and segments of NHS trusts, computed again from published figures. "
        f"Independent; not official statistics. {ATTRIBUTION}",
        "version": edition.commit,
        "created": f"{datetime.fromtimestamp(edition.epoch, tz=UTC):%Y-%m-%dT%H:%M:%SZ}",
        "licenses": [LICENCE],
        "sources": [source.described for source in sorted(set(sources))],
        "resources": [_resource(frame, files[frame.name]) for frame in frames],
    }
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"


def digest(sums: Mapping[str, str]) -> str:
    """Return one SHA-256 for a whole data package: of its files' names and sums, in order."""
    lines = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
    return hashlib.sha256(lines.encode()).hexdigest()


def _resource(frame: Frame, content: bytes) -> Mapping[str, Any]:
    """Return one table with its dialect, its sum and its schema."""
    return {
        "name": frame.name.replace("_", "-"),
        "path": f"{frame.name}.csv",
        "title": words.title(frame),
        "description": frame.description,
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "licenses": [LICENCE],
        "schema": {
            "fields": [_field(frame, column) for column in frame.columns],
            "missingValues": [""],
            "primaryKey": list(frame.key),
        },
    }


def _field(frame: Frame, column: Column) -> Mapping[str, Any]:
    """Return one column: type, description, unit, limits; booleans as pandas writes them."""
    limits = {
        "required": column.required or None,
        "minimum": column.low,
        "maximum": column.high,
    }
    told = {
        "name": column.name,
        "title": words.heading(column.name),
        "type": _TYPES[column.kind],
        "description": column.description,
        "unit": words.unit(frame, column) or None,
        "trueValues": ["True"] if column.kind is Kind.FLAG else None,
        "falseValues": ["False"] if column.kind is Kind.FLAG else None,
        "constraints": {k: v for k, v in limits.items() if v is not None} or None,
    }
    return {name: value for name, value in told.items() if value is not None}
