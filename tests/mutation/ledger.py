"""What became of each mutant: kept while it is found, and told as a table."""

import json
import tomllib
from pathlib import Path

EXPLAINED = Path(__file__).with_name("survivors.toml")
_HEAD = [
    "| module | mutants | tried | killed | timed out | explained | survived |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
]


class Ledger:
    """The outcome of each mutant that was tried, by module and name, in a folder."""

    def __init__(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        self.state, self.table = folder / "mutation.json", folder / "mutation.md"
        there = self.state.exists()
        self.modules = json.loads(self.state.read_text("utf-8")) if there else {}

    def open(self, module, names):
        """Begin a module: what was kept of mutants that are no more is dropped."""
        was = self.modules.get(module, {"outcomes": {}})["outcomes"]
        kept = {name: one for name, one in was.items() if name in names}
        self.modules[module] = {"mutants": len(names), "outcomes": kept}

    def is_known(self, module, name, stamp):
        """Say whether a mutant need not run: it was noticed, or these same tests did not notice."""
        was = self.modules[module]["outcomes"].get(name)
        return bool(was) and (was["found"] != "survived" or was["stamp"] == stamp)

    def enter(self, module, name, **outcome):
        """Keep what became of a mutant, at once."""
        self.modules[module]["outcomes"][name] = outcome
        self.write()

    def write(self):
        """Write the state and the table."""
        self.state.write_text(json.dumps(self.modules, indent=1, sort_keys=True), "utf-8")
        self.table.write_text(told(self.modules, explained()), "utf-8")


def explained(path=EXPLAINED):
    """Return the reason for each mutant that no test can notice, by module and name."""
    entries = tomllib.loads(path.read_text("utf-8")).get("survivor", [])
    return {(one["module"], f"{one['line']} | {one['mutation']}"): one["reason"] for one in entries}


def told(modules, reasons):
    """Return the figures of each module and the mutants nobody noticed, as Markdown."""
    figures = {name: _figures(name, entry, reasons) for name, entry in sorted(modules.items())}
    total = [sum(column) for column in zip(*figures.values(), strict=True)]
    left = [
        f"- {module}, line {one['line']}: `{name}`"
        for module, entry in sorted(modules.items())
        for name, one in entry["outcomes"].items()
        if one["found"] == "survived" and (module, name) not in reasons
    ]
    rows = [_row(name.removeprefix("oversight_lib."), of) for name, of in figures.items()]
    parts = [
        *_part("Survived, unexplained:", left),
        *_part("Explained, but no longer a survivor:", _needless(modules, reasons)),
    ]
    return "\n".join([*_HEAD, *rows, _row("**all**", total), "", *parts])


def _figures(module, entry, reasons):
    found = {name: one["found"] for name, one in entry["outcomes"].items()}
    left = [name for name, what in found.items() if what == "survived"]
    excused = [name for name in left if (module, name) in reasons]
    counts = [list(found.values()).count(what) for what in ("killed", "timed out")]
    return [entry["mutants"], len(found), *counts, len(excused), len(left) - len(excused)]


def _needless(modules, reasons):
    """Return what is explained without need: noticed after all, or no mutant of its module."""
    for module, name in reasons:
        known = modules.get(module, {"outcomes": {}})["outcomes"]
        if name in known and known[name]["found"] != "survived":
            yield f"- {module}: `{name}`"


def _part(title, lines):
    lines = list(lines)
    return [title, "", *lines, ""] if lines else []


def _row(name, figures):
    return f"| {name} | " + " | ".join(map(str, figures)) + " |"
