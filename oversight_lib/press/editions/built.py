"""An edition read back from its folder: what it says of itself, its tables and its words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from oversight_lib.errors import StoreError
from oversight_lib.frames import FRAMES
from oversight_lib.periods import Quarter
from oversight_lib.press import book, downloads
from oversight_lib.press.downloads import package
from oversight_lib.press.lint.blocks import blocks


@dataclass(frozen=True)
class Built:
    """An edition as it was built: `html` is the folder of its book, with the downloads in it."""

    html: Path
    quarter: Quarter
    rules: str
    commit: str
    version: str
    released: str
    """When it was released, as ISO time; empty if it never was."""

    pages: Mapping[str, str]
    """Titles of the pages by their addresses, as `trusts/r0a`."""

    @property
    def data(self) -> Path:
        """The folder of the tables that the edition hands out."""
        return self.html / downloads.FOLDER / downloads.DATA

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The tables by the names of their frames."""
        there = {name: self.data / f"{name}.parquet" for name in FRAMES}
        return {name: pd.read_parquet(path) for name, path in there.items() if path.exists()}

    @property
    def digest(self) -> str:
        """The SHA-256 of all tables, as the data package sums them: what a revision replaces."""
        told = json.loads((self.data / package.NAME).read_text("utf-8"))
        return package.digest({one["path"]: one["hash"] for one in told["resources"]})

    def words(self, page: str) -> tuple[str, ...]:
        """The paragraphs, cells and captions of a page; nobody's commentary is among them."""
        text = (self.html / f"{page}.html").read_text("utf-8")
        return tuple(block.text for block in blocks(text))

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of all pages that are there, in order."""
        found = (path.relative_to(self.html) for path in self.html.rglob("*.html"))
        names = {path.with_suffix("").as_posix() for path in found}
        return tuple(sorted(names - {"index", "search", "genindex"}))


def read(folder: Path) -> Built:
    """Return the edition in a folder: where it was built, or where it was published.

    Raises `StoreError` if there is none.
    """
    for html in (folder / book.HTML, folder):
        told = html / downloads.FOLDER / downloads.EDITION
        if told.exists():
            return _read(html, json.loads(told.read_text("utf-8")))
    raise StoreError(
        f"there is no edition in {folder}",
        [f"no {downloads.FOLDER}/{downloads.EDITION} in it"],
        "build it first, or name the folder of one",
    )


def _read(html: Path, told: Mapping[str, object]) -> Built:
    pages = told["pages"]
    assert isinstance(pages, list)
    return Built(
        html=html,
        quarter=Quarter.parse(str(told["quarter"])),
        rules=str(told["rules"]),
        commit=str(told["commit"]),
        version=str(told["oversight"]),
        released=str(told.get("released") or ""),
        pages={str(page["path"]).removesuffix(".html"): str(page["title"]) for page in pages},
    )
