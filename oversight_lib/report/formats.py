"""Numbers and names in print: every number on a page is rounded here, once.

Averages and scores have two decimals, halves up, as they are published; so have metric values,
because a standard can be met or missed in the second. Shares that we count have one. A minus is
a minus sign. What is not there is said in words, and the words differ: see `Absent`.
"""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

import numpy as np
import pandas as pd

from oversight_lib.method.rounding import half_up

Figure = float | int | None
"""A number or a missing one (None, NaN or NA)."""


class Absent(StrEnum):
    """Why there is no figure: three things a reader must not confuse."""

    NOT_PUBLISHED = "not published"
    NOT_LOADED = "not loaded"
    NOT_APPLICABLE = "not applicable"


_UNITS = {"percent": "%", "rate": "ratio to threshold"}
_WHOLE = ("count",)


def is_missing(figure: object) -> bool:
    """Say whether a figure is None, NaN or NA."""
    return figure is None or bool(pd.isna(figure))  # type: ignore[call-overload]


def number(figure: Figure, decimals: int, absent: str = Absent.NOT_PUBLISHED) -> str:
    """Return a number with thousands separated, halves rounded up; or why it is absent."""
    if figure is None or is_missing(figure):
        return str(absent)
    rounded = float(half_up(np.array([float(figure)]), decimals)[0]) + 0.0
    return f"{rounded:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def whole(figure: Figure, absent: str = Absent.NOT_PUBLISHED) -> str:
    """Return a whole number, as a segment or a count."""
    return number(figure, 0, absent)


def average(figure: Figure, absent: str = Absent.NOT_PUBLISHED) -> str:
    """Return an average or a score: two decimals, halves up."""
    return number(figure, 2, absent)


def signed(figure: Figure, decimals: int, absent: str = Absent.NOT_PUBLISHED) -> str:
    """Return a difference with its sign, as +0.05; one that rounds to 0 has none."""
    words = number(figure, decimals, absent)
    plain = words == absent or words.startswith("\N{MINUS SIGN}") or not words.strip("0.")
    return words if plain else f"+{words}"


def between(low: Figure, high: Figure, absent: str = Absent.NOT_LOADED) -> str:
    """Return a range of averages, as 1.20 to 1.89."""
    if is_missing(low) or is_missing(high):
        return str(absent)
    return _ends(average(low), average(high))


def ranks_between(low: Figure, high: Figure, absent: str = Absent.NOT_LOADED) -> str:
    """Return a range of ranks, as 6th to 49th."""
    if is_missing(low) or is_missing(high):
        return str(absent)
    return _ends(ordinal(low), ordinal(high))


def changes_between(low: Figure, high: Figure, absent: str = Absent.NOT_APPLICABLE) -> str:
    """Return a range of differences, each with its sign."""
    if is_missing(low) or is_missing(high):
        return str(absent)
    return _ends(signed(low, 2), signed(high, 2))


def chance(share: Figure, absent: str = Absent.NOT_APPLICABLE) -> str:
    """Return a chance in whole percent; the steps of 5% are the frame's."""
    return f"{whole(100 * share)}%" if share is not None and not is_missing(share) else str(absent)


def adding_up(parts: "pd.Series[float]", total: float, decimals: int) -> "pd.Series[float]":
    """Return the parts rounded so that they add up to the rounded total as they are printed.

    Each is rounded down and the largest remainders go up, first comes first; 0 stays 0. No part
    moves by more than one unit of its last place unless the total is not the sum of the parts.
    """
    units: pd.Series[float] = parts[parts != 0] * 10**decimals
    floors = pd.Series(np.floor(units + 1e-9), units.index)
    spare = round(total * 10**decimals - floors.sum()) if len(units) else 0
    everyone, some = divmod(spare, max(len(units), 1))
    order = (floors - units).rank(method="first")
    rounded: pd.Series[float] = (floors + everyone + (order <= some)) / 10**decimals
    return rounded.reindex(parts.index).fillna(0.0)


def weight(share: Figure) -> str:
    """Return a metric's weight in the averages: whole, a fraction, or none."""
    if share is None or is_missing(share):
        return str(Absent.NOT_PUBLISHED)
    return "none" if share == 0 else str(Fraction(share).limit_denominator(12))


def percentage(part: int, base: int) -> str:
    """Return the share of a base in percent, one decimal; not applicable where the base is 0."""
    return f"{number(100 * part / base, 1)}%" if base else str(Absent.NOT_APPLICABLE)


def value(figure: Figure, unit: str, absent: str = Absent.NOT_PUBLISHED) -> str:
    """Return a metric's value without its unit: counts whole, all else to two decimals."""
    return number(figure, 0 if unit in _WHOLE else 2, absent)


def unit(name: str | None) -> str:
    """Return a unit as it is printed."""
    return (
        str(Absent.NOT_APPLICABLE) if name is None or is_missing(name) else _UNITS.get(name, name)
    )


def yes_no(flag: bool | None, absent: str = Absent.NOT_PUBLISHED) -> str:
    """Return Yes or No; or why the flag is absent."""
    return str(absent) if is_missing(flag) else "Yes" if flag else "No"


def short_icb(name: str) -> str:
    """Return an ICB's name without the words that all of them share."""
    return name.removeprefix("NHS ").removesuffix(" Integrated Care Board")


def text(words: str | None, absent: str = Absent.NOT_PUBLISHED) -> str:
    """Return words with plain spaces; or why they are absent."""
    return str(absent) if words is None or is_missing(words) else " ".join(words.split())


def period(words: str) -> str:
    """Return a publisher’s period as it stands within a sentence: to December 2023."""
    return words[:1].lower() + words[1:] if words.startswith("To ") else words


def day(iso: object, absent: str = Absent.NOT_PUBLISHED) -> str:
    """Return a day as it is spoken: 1 April 2026."""
    if is_missing(iso):
        return str(absent)
    date = pd.Timestamp(str(iso))
    return f"{date.day} {date:%B %Y}"


def ordinal(figure: Figure, absent: str = Absent.NOT_PUBLISHED) -> str:
    """Return 1st, 2nd, 3rd, 4th, 11th."""
    if figure is None or is_missing(figure):
        return str(absent)
    place = int(figure)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place:,}{'th' if place % 100 in (11, 12, 13) else ending}"


def rank(place: Figure, among: Figure) -> str:
    """Return a rank with how many were ranked, as 24th of 61: a rank alone says nothing."""
    if is_missing(place) or is_missing(among):
        return str(Absent.NOT_PUBLISHED)
    return f"{ordinal(place)} of {whole(among)}"


def count(how_many: int, noun: str, plural: str = "") -> str:
    """Return a count with its noun: no trusts, 1 trust, 2 trusts."""
    if how_many == 1:
        return f"1 {noun}"
    return f"{f'{how_many:,}' if how_many else 'no'} {_more(noun, plural)}"


def out_of(part: int, base: int, noun: str, plural: str = "") -> str:
    """Return a count with its base: none of the 5 trusts, 3 of 5, both, all 5 trusts.

    Of one alone: no trust, the only trust.
    """
    if base == 0:
        return f"no {_more(noun, plural)}"
    if part == 0:
        none = {1: "no", 2: "neither of the"}.get(base, "none of the")
        return f"{none} {noun if base == 1 else count(base, noun, plural)}"
    if part < base:
        return f"{part:,} of {count(base, noun, plural)}"
    whole_of = {1: f"the only {noun}", 2: f"both {_more(noun, plural)}"}
    return whole_of.get(base, f"all {count(base, noun, plural)}")


def are(how_many: int) -> str:
    """Return is for one and for none of them, are for more."""
    return "are" if how_many > 1 else "is"


def listed(words: Sequence[str], last_joined_by: str = "and") -> str:
    """Return words as a list: one; one and two; one, two and three."""
    *most, last = words or [""]
    return f"{', '.join(most)} {last_joined_by} {last}" if most else last


def sentence(words: str) -> str:
    """Return words with a capital at their beginning and a full stop at their end."""
    ended = words if words.endswith((".", "?", ":")) else f"{words}."
    return ended[:1].upper() + ended[1:]


def _ends(low: str, high: str) -> str:
    """Return a range in words, kept on one line."""
    return f"{low} to {high}".replace(" ", "\N{NO-BREAK SPACE}")


def _more(noun: str, plural: str) -> str:
    return plural or f"{noun}s"
