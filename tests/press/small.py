"""A small edition that is edited at random and built again: on from the last time, and afresh."""

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

from oversight_lib.press import book, folders, manifest, runner
from oversight_lib.press.cache.asked import Answers
from oversight_lib.press.cache.entries import Entries
from oversight_lib.press.cache.pages import Pages
from oversight_lib.press.cache.tables import Tables
from oversight_lib.press.kernels import Kernels
from tests.press.conftest import CONFIG, PROSE, TEMPLATES

LEFT_OUT = {"cache", "source", "binding", "failed"}
SLUGS = (
    "england", "regions/y56", "icbs/qmf", "trusts/r1h", "trusts/rqx", "inequalities", "rules",
    "back-test",
)  # fmt: skip


class Small:
    """England, a region, a board, two trusts and the pages apart, in a folder of their own."""

    def __init__(self, plan, edition, folder, crew=runner.local):
        self.folder, self.edition, self.crew = folder, edition, crew
        self.templates = shutil.copytree(TEMPLATES, folder / "templates")
        self.prose = shutil.copytree(PROSE, folder / "prose")
        self.tables = folder / "tables"
        self.tables.mkdir()
        self.remarks = {"R1H": "Well done", "RQX": "Not so well"}
        self.plan = [
            replace(page, template=self.templates / page.template.name)
            for page in plan
            if page.slug in SLUGS
        ]
        self.made, self.afreshes, self.common = {}, 0, "1"
        (self.tables / "note.txt").write_text("a note")
        self.add_cell("trust.ipynb", "pictures.remarks(code)")
        self.say()

    def say(self):
        rows = "".join(f"{code},{words}\n" for code, words in sorted(self.remarks.items()))
        for ending in ("csv", "parquet"):
            (self.tables / f"remarks.{ending}").write_text(f"code,text\n{rows}")

    def add_cell(self, name, source):
        path = self.templates / name
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(new_code_cell(source))
        nbformat.write(notebook, path)

    def build(self, out="on", on_done=lambda _: None):
        """Build on in a folder; return every file of the edition, and the pages made again."""
        place = self.folder / out
        folders.mark(place / "cache")
        kept = Pages(
            Entries(place / "cache" / "pages"),
            Answers(Tables(self.tables)),
            {"our code": self.common},
            {"the data": "1"},
        )
        results = runner.run(
            self.plan, out=place, tables=self.tables, edition=self.edition, using=Kernels(2),
            kept=kept, crew=self.crew, on_done=on_done,
        )  # fmt: skip
        book.bind(results, out=place, prose=self.prose, config=CONFIG, edition=self.edition)
        manifest.write(results, out=place, edition=self.edition)
        self.made = {result.page.slug: result.why for result in results if result.why}
        return contents(place)

    def afresh(self):
        """Build in a folder where nothing was."""
        self.afreshes += 1
        return self.build(f"afresh-{self.afreshes}")


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] not in LEFT_OUT
    }


def word(chance):
    return "".join(chance.choice("abcdefghij") for _ in range(9))


def remark(small, chance):
    small.remarks[chance.choice(["R1H", "RQX", "R0A"])] = word(chance)
    small.say()


def unsay(small, chance):
    small.remarks.pop(chance.choice(sorted(small.remarks)), None)
    small.remarks.setdefault("ZZZ", "of nobody")
    small.say()


def note(small, chance):
    (small.tables / "note.txt").write_text(word(chance))


def template(small, chance):
    small.add_cell(f"{chance.choice(['england', 'trust', 'rules'])}.ipynb", f"'{word(chance)}'")


def prose(small, chance):
    path = small.prose / "how-to-read.md"
    path.write_text(f"{path.read_text()}\n{word(chance)}\n")


def heading(small, chance):
    path = small.prose / "how-to-read.md"
    first, *rest = path.read_text().splitlines()
    path.write_text("\n".join([f"{first} {word(chance)}", *rest, ""]))


def title(small, chance):
    place = chance.randrange(len(small.plan))
    small.plan[place] = replace(small.plan[place], title=word(chance).title())


def leave_out(small, _chance):
    """Leave the second trust out; or, if it is out, nobody."""
    without = [page for page in small.plan if page.slug != "trusts/rqx"]
    if len(without) < len(small.plan):
        small.left_out = next(page for page in small.plan if page.slug == "trusts/rqx")
        small.plan = without
    else:
        small.plan = [*small.plan[:4], small.left_out, *small.plan[4:]]


def code(small, chance):
    small.common = word(chance)


def flip(small, chance):
    """Flip a byte of some file that is kept."""
    kept = [
        path
        for part in ("cache", "binding")
        for path in sorted((small.folder / "on" / part).rglob("*"))
        if path.is_file() and path.stat().st_size
    ]
    if kept:
        path = chance.choice(kept)
        content = bytearray(path.read_bytes())
        content[chance.randrange(len(content))] ^= 255
        path.write_bytes(content)


def forget(small, chance):
    shutil.rmtree(small.folder / "on" / chance.choice(["cache", "binding"]), ignore_errors=True)


EDITS = (
    remark, prose, template, flip, unsay, note, title, leave_out, heading, code, forget,
)  # fmt: skip
"""Every kind of edit; the names say what each does."""


def check_edits(small, count, seed=2025):
    """Make edits one after the other, every kind in turn; raise unless each is built on right."""
    chance = random.Random(seed)
    small.build()
    order = []
    while len(order) < count:
        order += [remark, prose] if not order else chance.sample(EDITS, len(EDITS))
    for number, edit in enumerate(order[:count], start=1):
        edit(small, chance)
        on, afresh = small.build(), small.afresh()
        where = f"edit {number}, {edit.__name__}"
        assert sorted(on) == sorted(afresh), where
        differing = [name for name in on if on[name] != afresh[name]]
        assert differing == [], f"{where}: {differing}"
        shutil.rmtree(small.folder / f"afresh-{small.afreshes}")


def pages_of(manifest_bytes):
    return json.loads(manifest_bytes)["pages"]["built"]


def size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
