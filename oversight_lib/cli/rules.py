"""`oversight rules`: what a framework year says, and how two of them differ."""

from dataclasses import asdict
from typing import Annotated

import pandas as pd
import typer

from oversight_lib.cli.options import AsJson, Own
from oversight_lib.cli.printing import out, print_json, say, show
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules import load_framework
from oversight_lib.rules.compare import Difference, compare
from oversight_lib.rules.unknowns import unknowns
from oversight_lib.rules.words import in_words

rules = typer.Typer(no_args_is_help=True, help="Say what a framework year's rules are, in words.")

AYear = Annotated[str, typer.Argument(help="As 2025-26, or 2025/26.")]


@rules.command("show")
def show_rules(year: AYear, own: Own = None, as_json: AsJson = False) -> None:
    """A framework year's rules in words, with the evidence for each, and what is not known.

    Example: `oversight rules show 2026-27`
    """
    framework = load_framework(FrameworkYear.parse(year), own)
    said = [asdict(subject) for subject in in_words(framework)]
    missing = [str(problem) for problem in unknowns(framework)]
    if as_json:
        print_json({"title": framework.title, "rules": said, "not_known": missing})
        return
    say(framework.title)
    show(pd.DataFrame(said)[["number", "subject", "says", "evidence"]], as_json=False)
    for line in missing:
        say(f"Not known: {line}")


@rules.command("compare")
def compare_rules(old: AYear, new: AYear, own: Own = None, as_json: AsJson = False) -> None:
    """The difference between two framework years, rule by rule; `--rules` goes over the second.

    Example: `oversight rules compare 2025-26 2026-27`
    """
    before, after = FrameworkYear.parse(old), FrameworkYear.parse(new)
    differences = compare(load_framework(before), load_framework(after, own))
    if as_json:
        print_json([asdict(difference) for difference in differences])
        return
    for difference in differences:
        out.print(f"[bold]{difference.number}  {difference.subject}[/]")
        say(_lines(difference, before.label, after.label))


def _lines(difference: Difference, old: str, new: str) -> str:
    return (
        f"   {old}: {difference.old} ({difference.old_evidence})\n"
        f"   {new}: {difference.new} ({difference.new_evidence})"
    )
