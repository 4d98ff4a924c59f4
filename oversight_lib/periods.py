"""Quarters, framework years, and the publisher's dozen ways of writing a reporting period."""

import re
from dataclasses import dataclass
from functools import total_ordering

from oversight_lib.errors import UnknownNameError

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*"
_YEARS = r"(?:20)?(?P<start>\d\d)\s*[-/]\s*(?:20)?(?P<end>\d\d)"


@total_ordering
@dataclass(frozen=True, slots=True)
class FrameworkYear:
    """A financial year of the framework, April to March, by the calendar year it starts in."""

    start: int

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02d}"

    def __lt__(self, other: "FrameworkYear") -> bool:
        return self.start < other.start

    @property
    def label(self) -> str:
        """The year as the publisher writes it: 2025/26."""
        return str(self).replace("-", "/")

    @classmethod
    def parse(cls, text: str) -> "FrameworkYear":
        """Read `2025-26` or `2025/26`; the two years must be consecutive."""
        match = re.fullmatch(_YEARS, text.strip())
        if not match or (int(match["start"]) + 1) % 100 != int(match["end"]):
            raise UnknownNameError(
                f'"{text}" is not a framework year', do_this="write it as 2025-26"
            )
        return cls(2000 + int(match["start"]))


@total_ordering
@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a framework year; 1 is April to June."""

    year: FrameworkYear
    number: int

    def __str__(self) -> str:
        return f"{self.year}-q{self.number}"

    def __lt__(self, other: "Quarter") -> bool:
        return (self.year, self.number) < (other.year, other.number)

    @property
    def label(self) -> str:
        """The quarter as the publisher writes it: Q1 2025/26."""
        return f"Q{self.number} {self.year.label}"

    @property
    def previous(self) -> "Quarter":
        """The quarter before this one, across years."""
        if self.number > 1:
            return Quarter(self.year, self.number - 1)
        return Quarter(FrameworkYear(self.year.start - 1), 4)

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """Read `2025-26-q1`, `Q1 2025/26` or `Q1 2025-26`, in any case."""
        for form in (rf"{_YEARS}[\s-]*q(?P<number>[1-4])", rf"q(?P<number>[1-4])\s*{_YEARS}"):
            match = re.fullmatch(form, text.strip(), re.IGNORECASE)
            if match:
                year = FrameworkYear.parse(f"{match['start']}-{match['end']}")
                return cls(year, int(match["number"]))
        raise UnknownNameError(
            f'"{text}" is not a quarter', do_this="write it as 2025-26-q1 or Q1 2025/26"
        )


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    def __lt__(self, other: "Month") -> bool:
        return (self.year, self.month) < (other.year, other.month)

    def plus(self, months: int) -> "Month":
        """The month this many months later; earlier if negative."""
        years, month = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, month + 1)

    @property
    def label(self) -> str:
        """The month in words: June 2025."""
        return f"{_FULL_MONTHS[self.month - 1]} {self.year}"

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `Jun-25`, `Jun 25`, `June 2025`."""
        match = re.fullmatch(rf"({_MONTH})[\s-]*(?:20)?(\d\d)", text.strip(), re.IGNORECASE)
        if not match:
            raise UnknownNameError(f'"{text}" is not a month', do_this="write it as Jun-25")
        return cls(2000 + int(match[2]), _MONTHS.index(match[1][:3].title()) + 1)


_FULL_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """The months behind one published figure, as far as its free text says.

    `first` and `last` are None where the text names no months (an inspection window, or nothing).
    """

    text: str
    first: Month | None = None
    last: Month | None = None

    @classmethod
    def parse(cls, text: str) -> "ReportingPeriod":
        """Read any of the publisher's forms; a form not known keeps its words and no months."""
        words = " ".join(text.replace("\xa0", " ").split())
        for form, months in _FORMS:
            match = re.fullmatch(form, words, re.IGNORECASE)
            if match:
                first, last = months(match)
                return cls(words, first, last)
        return cls(words)


def _one_month(match: re.Match[str]) -> tuple[Month, Month]:
    return Month.parse(match[0]), Month.parse(match[0])


def _first_to_last(match: re.Match[str]) -> tuple[Month, Month]:
    return Month.parse(match["first"]), Month.parse(match["last"])


def _quarter(match: re.Match[str]) -> tuple[Month, Month]:
    start = Month(2000 + int(match["start"]), 4).plus(3 * (int(match["number"]) - 1))
    return start, start.plus(2)


def _financial_year(match: re.Match[str]) -> tuple[Month, Month]:
    start = Month(2000 + int(match["start"]), 4)
    return start, start.plus(11)


def _calendar_year(match: re.Match[str]) -> tuple[Month, Month]:
    return Month(int(match[0]), 1), Month(int(match[0]), 12)


def _year_to_month(match: re.Match[str]) -> tuple[Month, Month]:
    start = Month(2000 + int(match["start"]), 4)
    return start, start.plus(int(match["month"]) - 1)


def _year_to_date(match: re.Match[str]) -> tuple[Month, None]:
    return Month(2000 + int(match["start"]), 4), None


_RANGE = rf"(?P<first>{_MONTH} \d\d(?:\d\d)?) - (?P<last>{_MONTH} \d\d(?:\d\d)?)"
# "Q1 2025" and "Month 3 2025" mean the financial year that starts in 2025: the rows that carry
# them stand beside others of the same publication that say Q1 2025/26 in full.
_FORMS = (
    (rf"{_MONTH}[\s-]*\d\d(?:\d\d)?", _one_month),
    (rf"{_RANGE}(?: vs .*)?", _first_to_last),
    (rf"Q(?P<number>[1-4]) {_YEARS}", _quarter),
    (r"Q(?P<number>[1-4]) 20(?P<start>\d\d)", _quarter),
    (r"20\d\d", _calendar_year),
    (_YEARS, _financial_year),
    (r"Month (?P<month>\d{1,2}) 20(?P<start>\d\d)", _year_to_month),
    (rf"To M(?P<month>\d{{1,2}}) {_YEARS}(?: vs .*)?", _year_to_month),
    (rf"Year to date {_YEARS}", _year_to_date),
)
