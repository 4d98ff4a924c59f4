"""The list of published files: which names and addresses each quarter's are known by."""

import tomllib
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from oversight_lib.errors import StoreError
from oversight_lib.intake import DATA
from oversight_lib.intake.layouts import Kind
from oversight_lib.periods import Quarter

_FILE = Path("oversight") / "published-files.toml"
_STRICT = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class Variant(BaseModel):
    """One name a file is published under; `folder` is missing where its address is not known."""

    model_config = _STRICT

    name: str = Field(pattern=r"^[A-Za-z0-9][\w.-]*\.(csv|xlsx)$")
    folder: str | None = Field(default=None, pattern=r"^[\w./-]+$")


class PublishedFile(BaseModel):
    """One file of a quarter: whom it is about, what it holds, its names with the newest first."""

    model_config = _STRICT

    quarter: str
    trust_type: str
    kind: Kind
    variant: tuple[Variant, ...] = Field(min_length=1)

    @property
    def title(self) -> str:
        """What it is, in words."""
        return f"{Quarter.parse(self.quarter).label}, {self.trust_type}, {self.kind}"

    def addresses(self, base: str, *, mirror: bool) -> list[str]:
        """Return where it may be, the newest first; a mirror has all files in one folder."""
        if mirror:
            return [f"{base.rstrip('/')}/{one.name}" for one in self.variant]
        return [f"{base}/{one.folder}/{one.name}" for one in self.variant if one.folder]


class PublishedFiles(BaseModel):
    """Every file that is known, where the publisher keeps them, and the page that links them."""

    model_config = _STRICT

    base: str
    page: str
    file: tuple[PublishedFile, ...]

    def of(self, quarter: Quarter) -> list[PublishedFile]:
        """Return the files of a quarter in the order of the list."""
        return [found for found in self.file if found.quarter == str(quarter)]


def published_files(data: Path = DATA) -> PublishedFiles:
    """Return the list a data directory brings, or the bundled one."""
    own = data / _FILE
    path = own if own.exists() else DATA / _FILE
    try:
        return PublishedFiles.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise StoreError(f"{path} is not a list of published files", [str(error)]) from None
