"""Disclosure policies by identifier, from the rules."""

from oversight_lib.errors import UnknownNameError
from oversight_lib.method.disclosure.policy import Level, Policy
from oversight_lib.rules.disclosure import policies


def policy(identifier: str, level: Level = "below national") -> Policy:
    """Return the policy with this identifier, for figures of this level."""
    if identifier not in policies():
        raise UnknownNameError(
            f'there is no disclosure policy "{identifier}"',
            do_this=f"choose one of {', '.join(sorted(policies()))}",
        )
    rule = policies()[identifier]
    return Policy(
        rule.name,
        threshold=rule.threshold,
        rounding_base=rule.rounding_base,
        level=level,
        protected=rule.protected,
        possible_values=rule.possible_values,
        applies_to=rule.applies_to,
    )
