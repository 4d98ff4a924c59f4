"""Disclosure policies as data, each with where it is written down."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field

from oversight_lib.rules.base import Evidence, Rule

_FILE = "inequality/disclosure.toml"


class PolicyReference(Rule):
    """Where a policy is written down."""

    publisher: str
    title: str
    page: str


class DisclosureRule(Rule):
    """One policy; its numbers are explained in the TOML."""

    id: str
    name: str
    protected: bool
    threshold: Annotated[int, Field(ge=0)]
    rounding_base: Annotated[int, Field(ge=1)]
    possible_values: Annotated[int, Field(ge=1)]
    applies_to: str
    evidence: Evidence
    reference: PolicyReference


@cache
def policies() -> dict[str, DisclosureRule]:
    """Return every disclosure policy by identifier."""
    read = tomllib.loads((files("oversight_lib.rules") / _FILE).read_text("utf-8"))
    rules = [DisclosureRule.model_validate(policy) for policy in read["policy"]]
    return {rule.id: rule for rule in rules}
