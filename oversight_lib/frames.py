"""The tidy tables: columns, types, keys, and the check that a table is one.

The columns are a public contract: `oversight assess` writes these tables, other people's
programs read them, and `Frame.check` holds on the way out and on the way in. Missing is missing
(`NA`), never 0 and never an empty string.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import cast

import pandas as pd
import pandera.pandas as pa

from oversight_lib.errors import Problem, StoreError

OVERALL = "overall"
"""The scope of a segment that is about the whole organisation rather than one domain."""


class Kind(StrEnum):
    """What a column holds; the value is its pandas type."""

    TEXT = "str"
    NUMBER = "float64"
    INTEGER = "Int64"
    FLAG = "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a frame: what it holds, in what unit, and whether it may be missing."""

    name: str
    kind: Kind
    description: str
    required: bool = True
    low: float | None = None
    high: float | None = None

    def schema(self) -> pa.Column:
        """Return the column as pandera checks it."""
        between = pa.Check.in_range(
            self.low if self.low is not None else float("-inf"),
            self.high if self.high is not None else float("inf"),
        )
        numeric = self.kind in (Kind.NUMBER, Kind.INTEGER)
        checks = [between] if numeric and (self.low, self.high) != (None, None) else []
        return pa.Column(self.kind.value, checks, nullable=not self.required)


@dataclass(frozen=True)
class Frame:
    """A tidy table: its name (also its file's name), its columns in order, and its key."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]

    @cached_property
    def _schema(self) -> pa.DataFrameSchema:
        columns = {column.name: column.schema() for column in self.columns}
        return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=list(self.key))

    def arrange(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the table with this frame's columns and types, sorted by its key, and checked."""
        missing = [name for name in self.names if name not in table]
        if missing:
            raise StoreError(f"{self.name} lacks the columns {', '.join(missing)}")
        types = {column.name: column.kind.value for column in self.columns}
        typed = table[self.names].astype(types)
        return self.check(typed.sort_values(list(self.key), ignore_index=True))

    def empty(self) -> pd.DataFrame:
        """Return the table with no rows."""
        return self._empty.copy()

    @cached_property
    def _empty(self) -> pd.DataFrame:
        """The table with no rows: checked once, because pages ask for it again and again."""
        return self.arrange(pd.DataFrame({name: [] for name in self.names}))

    def check(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the table if it is one of these; else raise `StoreError` with every problem."""
        try:
            return self._schema.validate(table, lazy=True)
        except pa.errors.SchemaErrors as errors:
            raise StoreError(
                f"the table {self.name} breaks its contract",
                [_problem(failure) for failure in errors.failure_cases.to_dict("records")][:50],
                "see the data dictionary for what each column holds",
            ) from None


def _problem(failure: dict[str, object]) -> Problem:
    row, column = failure["index"], failure["column"] or failure["schema_context"]
    where = f"column {column}" + ("" if pd.isna(cast(float, row)) else f", row {row}")
    return Problem(where, f"{failure['failure_case']!r}", str(failure["check"]))


def _text(name: str, description: str, *, required: bool = True) -> Column:
    return Column(name, Kind.TEXT, description, required)


def _number(name: str, description: str, low: float | None = None, high: float | None = None,
            *, required: bool = False) -> Column:  # fmt: skip
    return Column(name, Kind.NUMBER, description, required, low, high)


def _integer(name: str, description: str, low: float | None = None, high: float | None = None,
             *, required: bool = False) -> Column:  # fmt: skip
    return Column(name, Kind.INTEGER, description, required, low, high)


def _flag(name: str, description: str, *, required: bool = False) -> Column:
    return Column(name, Kind.FLAG, description, required)


_QUARTER = _text("quarter", "Quarter of the framework year, as 2025-26-q1")
_ORG = _text("org", "ODS code of the organisation")
_METRIC = _text("metric", "Metric identifier, as OF0010")
_SCOPE = _text("scope", "'overall', or the domain")

TRUSTS = Frame(
    "trusts",
    "NHS trusts: who they are and which region and ICB they are counted in",
    (
        _ORG,
        _text("name", "Name, as the trust writes it"),
        _text("trust_type", "acute, mental-health-community or ambulance"),
        _text("subtype", "The publisher's subtype, as 'Acute - Teaching'", required=False),
        _text("region", "ODS code of the NHS England region"),
        _text("icb", "ODS code of the integrated care board the trust is counted in"),
        _text("valid_from", "First day under this code (ISO date)", required=False),
        _text("valid_to", "Last day under this code (ISO date); missing if open", required=False),
        _text("icb_source", "How the ICB was decided"),
        _flag("icb_disputed", "True if sources disagree about the ICB", required=True),
    ),
    ("org",),
)

ICBS = Frame(
    "icbs",
    "Integrated care boards",
    (
        _text("icb", "ODS code"),
        _text("ons_code", "ONS code, as E54000008"),
        _text("name", "Name"),
        _text("region", "ODS code of the NHS England region"),
        _text("valid_from", "First day of the board (ISO date)", required=False),
        _text("valid_to", "Last day of the board (ISO date); missing if open", required=False),
    ),
    ("icb",),
)

REGIONS = Frame(
    "regions",
    "NHS England regions",
    (
        _text("region", "ODS code, as Y56"),
        _text("ons_code", "ONS code, as E40000003"),
        _text("name", "Name"),
    ),
    ("region",),
)

ORGANISATIONS = Frame(
    "organisations",
    "The trusts of one assessment with the names of their region and ICB",
    (
        *TRUSTS.columns,
        _text("region_name", "Name of the region"),
        _text("icb_name", "Name of the ICB"),
    ),
    ("org",),
)

PUBLISHED = Frame(
    "published",
    "One trust type's figures for one quarter as the publisher gave them: values, scores, results",
    (
        _ORG,
        _text("item", "The publisher's identifier, as OF0010, OF1010, OF4000 or OF5002"),
        _text("period", "Reporting period, in the publisher's words", required=False),
        _text("unit", "Unit, in our words"),
        _number("value", "The figure", required=True),
        _number("median", "Median of the trust type, as published"),
        _number("lower_quartile", "Lower quartile of the trust type, as published"),
        _number("upper_quartile", "Upper quartile of the trust type, as published"),
        _integer("rank", "Rank within the trust type, as published; 1 is best", low=1),
    ),
    ("org", "item"),
)

LEAGUE = Frame(
    "league",
    "One trust type's league table for one quarter as the publisher gave it",
    (
        _ORG,
        _number("average", "Average metric score", 1, 4, required=True),
        _number("average_low", "Lower end of its published likely range", 1, 4),
        _number("average_high", "Upper end of its published likely range", 1, 4),
        _integer("segment", "Adjusted segment", 1, 4, required=True),
        _flag("in_deficit", "True if the trust is in financial deficit", required=True),
        _integer("rank", "Rank in the table; 1 is best", low=1, required=True),
        _integer("rank_low", "Best end of its published likely range", low=1),
        _integer("rank_high", "Worst end of its published likely range", low=1),
    ),
    ("org",),
)

OBSERVATIONS = Frame(
    "observations",
    "Metric values: one row an organisation, metric and quarter",
    (
        _QUARTER,
        _ORG,
        _METRIC,
        _number("value", "The value, in `unit`", required=True),
        _text("unit", "Unit of the value"),
        _text("period", "Reporting period, in the publisher's words", required=False),
        _number("median", "Median of the trust type, as published"),
        _number("lower_quartile", "Lower quartile of the trust type, as published"),
        _number("upper_quartile", "Upper quartile of the trust type, as published"),
        _integer("rank", "Rank within the trust type, as published; 1 is best", low=1),
    ),
    ("quarter", "org", "metric"),
)

PUBLISHED_SCORES = Frame(
    "published_scores",
    "Metric scores as published, to two decimals",
    (
        _QUARTER,
        _ORG,
        _METRIC,
        _number("published_score", "The score; 1 is best, 4 is lowest", 1, 4, required=True),
        _text("period", "Reporting period, in the publisher's words", required=False),
    ),
    ("quarter", "org", "metric"),
)

PUBLISHED_RESULTS = Frame(
    "published_results",
    "Averages, segments, override and ranks as published, overall and per domain",
    (
        _QUARTER,
        _ORG,
        _SCOPE,
        _number("average", "Average metric score or domain score", 1, 4),
        _integer("unadjusted", "Segment from the average alone", 1, 4),
        _flag("override", "True if the trust reports a deficit or receives deficit support"),
        _integer("adjusted", "Segment after the financial override", 1, 4),
        _integer("final", "Segment including 5", 1, 5),
        _flag("in_recovery", "True if in the recovery programme"),
        _integer("rank", "League rank within the trust type: segment first, then average", low=1),
        _integer("rank_by_average", "Rank of the average alone within the trust type", low=1),
    ),
    ("quarter", "org", "scope"),
)

SCORES = Frame(
    "scores",
    "Metric scores with the reason for each",
    (
        _QUARTER,
        _ORG,
        _METRIC,
        _text("domain", "Domain the metric belongs to"),
        _number("score", "The score carried into averages; 1 is best, 4 is lowest", 1, 4),
        _number("published_score", "The score as published, to two decimals", 1, 4),
        _number("recomputed_score", "The score from values, where the whole pool is loaded", 1, 4),
        _flag("exact", "True if `score` is unrounded (or was published unrounded)", required=True),
        _number("weight", "Weight in the averages; 0 is published but not averaged", 0, 1),
        _text("basis", "'published' or 'recomputed': where `score` comes from"),
        _text("reason", "Why this score, in words"),
        _integer("rank", "Place among those ranked for the score; ties share the best", low=1),
        _text("pool", "Whom the organisation is ranked among", required=False),
        _integer("pool_size", "How many were ranked", low=1),
        _text("period", "Reporting period, in the publisher's words", required=False),
    ),
    ("quarter", "org", "metric"),
)

SEGMENTS = Frame(
    "segments",
    "Averages, segments, override and ranks, overall and per domain",
    (
        _QUARTER,
        _ORG,
        _SCOPE,
        _number("average", "Weighted mean of the metric scores, unrounded", 1, 4, required=True),
        _number("metrics_counted", "Sum of the weights of the metrics behind it", 0),
        _flag("exact", "True if every score behind it is exact", required=True),
        _integer("unadjusted", "Segment from the average alone; missing inside a bracket", 1, 4),
        _flag("override", "True if the trust reports a deficit or receives deficit support"),
        _text("override_basis", "'published' flag, or 'estimated'", required=False),
        _integer("adjusted", "Segment after the override; missing for a domain", 1, 4),
        _integer("final", "Segment including 5; missing if its flag is not published", 1, 5),
        _integer("rank", "League rank within the trust type; by average for a domain", low=1),
        _integer("rank_by_average", "Rank of the average alone within the trust type", low=1),
        _integer("trusts_ranked", "How many trusts of the type are ranked", low=1),
    ),
    ("quarter", "org", "scope"),
)

CUTS = Frame(
    "cuts",
    "Where one segment ends and the next begins",
    (
        _QUARTER,
        _SCOPE,
        _integer("boundary", "1 is the cut between segments 1 and 2", 1, 3, required=True),
        _number("low", "Largest average known to lie in the lower-numbered segment", 1, 4),
        _number("high", "Smallest average known to lie in the next segment", 1, 4),
        _number("cut", "An average at or below this is in the lower-numbered segment", 1, 4),
        _number("at_hand", "The same cut computed from the trusts at hand, complete or not", 1, 4),
        _text(
            "method",
            "'computed' from the whole pool, 'bracketed' from published segments, or "
            "'defined' by the rules",
        ),
        _integer("pool_size", "How many averages were at hand", low=1, required=True),
        _text("lacking", "Trust types missing from the pool", required=False),
    ),
    ("quarter", "scope", "boundary"),
)

CHECKS = Frame(
    "checks",
    "The back-test: per check, how many figures were compared, equal and within tolerance",
    (
        _QUARTER,
        _text("check", "What was compared"),
        _text("subject", "The metric or scope it was compared for"),
        _integer("compared", "Figures compared", 0, required=True),
        _integer("equal", "Figures equal as printed", 0, required=True),
        _integer("within", "Figures within the tolerance", 0, required=True),
        _number("tolerance", "Largest difference the rules allow", 0, required=True),
        _integer("allowed", "How many may lie outside the tolerance", 0, required=True),
        _flag("passes", "True if no more than `allowed` lie outside", required=True),
        _text("note", "What limits the check", required=False),
    ),
    ("quarter", "check", "subject"),
)

BACKTEST = Frame(
    "backtest",
    "Every figure of ours that differs from the published one, with the cause where known",
    (
        _QUARTER,
        _text("check", "What was compared"),
        _text("subject", "The metric or scope it was compared for"),
        _ORG,
        _number("published", "The published figure", required=True),
        _number("computed", "Our figure"),
        _number("difference", "Computed minus published"),
        _flag("within", "True if the difference is within the tolerance", required=True),
        _text("cause", "Why they differ, where known", required=False),
    ),
    ("quarter", "check", "subject", "org"),
)

ASSESSMENT = (OBSERVATIONS, SCORES, SEGMENTS, CUTS, CHECKS, BACKTEST, ORGANISATIONS)
"""The tables every assessment has, in order."""

REVISIONS = Frame(
    "revisions",
    "Published figures that a later publication of the same quarter changed",
    (
        _QUARTER,
        _text("trust_type", "acute, mental-health-community or ambulance"),
        _text("kind", "'figures' or 'league'"),
        _ORG,
        _text("item", "OF0010 for its value, OF0010.rank for its rank; a league table's column"),
        _text("old", "What was published; missing if it was not there", required=False),
        _text("new", "What replaced it; missing if the row or cell is gone", required=False),
        _text("old_sha256", "Checksum of the file that was replaced"),
        _text("new_sha256", "Checksum of the file that replaced it"),
    ),
    ("quarter", "trust_type", "kind", "org", "item", "old_sha256", "new_sha256"),
)

_AREA = _text("area", "Code of the organisation or area")

_PERIOD = _text("period", "Month 2025-04, quarter 2025-26-q1, year 2025, or year 2024-25")
_SERIES_VALUE = _number("value", "The figure; missing if suppressed or not published")

SERIES = Frame(
    "series",
    "Measures over time: one row a measure, area and period; a missing value breaks runs",
    (
        _text("measure", "Identifier of the measure, as ae-4-hour"),
        _text("area_kind", "'england', 'region' or 'icb'"),
        _AREA,
        _PERIOD,
        _number("numerator", "What is counted", 0),
        _number("denominator", "Out of how many", 0),
        _SERIES_VALUE,
        _number("low", "Lower end of the published 95% interval"),
        _number("high", "Upper end of the published 95% interval"),
        _text("unit", "Unit of the value"),
        _text("reason", "Why the value is missing; missing if it is there", required=False),
        _text("source", "Name of the published file the figure is from"),
    ),
    ("measure", "area", "period"),
)

CONTROL_POINTS = Frame(
    "control_points",
    "The points of control charts with limits and labels, gaps included",
    (
        _AREA,
        _PERIOD,
        _SERIES_VALUE,
        _number("target", "Target of the period"),
        _integer("phase", "Phase of the process, from 1; a rebase starts the next", low=1,
                 required=True),
        _number("mean", "Mean of the phase"),
        _number("lower", "Lower process limit, as the rules use it"),
        _number("upper", "Upper process limit, as the rules use it"),
        _number("lower_two_sigma", "Lower two-sigma line"),
        _number("upper_two_sigma", "Upper two-sigma line"),
        _number("drawn_lower", "Lower process limit, stopped at the measure's bound"),
        _number("drawn_upper", "Upper process limit, stopped at the measure's bound"),
        _text("label", "The special cause, 'common cause', or 'not assessed'"),
        _text("direction", "'high' or 'low'; missing for common cause", required=False),
        _text("judgement", "'improvement', 'concern' or 'neutral'; missing for common cause",
              required=False),
    ),
    ("area", "period"),
)  # fmt: skip

CONTROL_VERDICTS = Frame(
    "control_verdicts",
    "What each control chart says of its latest phase",
    (
        _AREA,
        _text("status", "'chart', 'trial limits' or 'table only'"),
        _text("variation", "The variation icon in words"),
        _text("assurance", "The assurance icon in words"),
        _number("autocorrelation", "Lag-1 autocorrelation before the latest six points", 0, 0.9),
        _text("verb", "'improved', 'deteriorated' or 'none': the verb a sentence may use"),
        _text("verb_reason", "Why that verb, or none"),
        _flag("sustained", "True if the shift rule supports the verb", required=True),
        _text("notes", "What else a reader must be told, one after another", required=False),
    ),
    ("area",),
)

_BOARD = _text("icb", "ODS code of the integrated care board")

CONTEXT = Frame(
    "context",
    "The contextual tests of integrated care boards: met, not met, or why it cannot be said",
    (
        _QUARTER,
        _BOARD,
        _text("test", "Identifier of the test, as uec"),
        _text("result", "'met', 'not met' or 'cannot be said'"),
        _text("reason", "Why, in words"),
        _text("periods", "The periods the test looks at, oldest first", required=False),
        _integer("counted", "Boards with a figure, the fewest of any period", 0, required=True),
        _integer("boards", "Boards there were in the quarter", 0, required=True),
        _text("source", "Names of the published files behind it", required=False),
    ),
    ("quarter", "icb", "test"),
)

CONTEXT_FIGURES = Frame(
    "context_figures",
    "The figures behind the contextual tests: one row a board, test, measure and period",
    (
        _QUARTER,
        _BOARD,
        _text("test", "Identifier of the test, as uec"),
        _text("measure", "Identifier of the measure, as ae-4-hour"),
        _PERIOD,
        _number("value", "The board's figure; missing if there is none"),
        _number("quartile", "Lower quartile of the boards that have a figure"),
        _integer("counted", "Boards that have a figure", 0, required=True),
        _flag("in_lowest", "True if the figure is in the lowest quarter; missing if unknown"),
    ),
    ("quarter", "icb", "test", "measure", "period"),
)

SUCCESSIONS = Frame(
    "successions",
    "Which boards succeeded which, and what share of the population went to each",
    (
        _text("predecessor", "ODS code of the board before"),
        _text("successor", "ODS code of the board after"),
        _text("date", "First day of the board after (ISO date)"),
        _flag("split", "True if the board before went to several", required=True),
        _number("share", "Share of its population; missing if not known", 0, 1),
        _text("basis", "Where the share is from, or that none is known"),
    ),
    ("predecessor", "successor", "date"),
)

FORMER_CODES = Frame(
    "former_codes",
    "ONS codes of boards that other files still use",
    (
        _text("ons_code", "The code as it stands in a file"),
        _BOARD,
        _text("note", "When it held"),
    ),
    ("ons_code",),
)

ADMISSIONS = Frame(
    "admissions",
    "Where a trust's admitted patients live: shares of its admissions by board",
    (
        _ORG,
        _BOARD,
        _number("share", "Share of the trust's admissions", 0, 1, required=True),
    ),
    ("org", "icb"),
)

EMERGENCY_PROVIDERS = Frame(
    "emergency_providers",
    "Providers of emergency care and the board each is counted in",
    (
        _ORG,
        _BOARD,
        _text("basis", "How that is known"),
    ),
    ("org",),
)

LOCATIONS = Frame(
    "locations",
    "Sub-ICB locations and the board each is part of",
    (
        _text("location", "ODS code of the sub-ICB location"),
        _BOARD,
    ),
    ("location",),
)

SYSTEMS = (SERIES, CONTEXT, CONTEXT_FIGURES, ICBS, SUCCESSIONS, ADMISSIONS)
"""The tables about systems that an assessment has beside its own, in order."""


RANGES = Frame(
    "ranges",
    "The range across a trust's own metrics: of its average, and of its place in the league table",
    (
        _QUARTER,
        _ORG,
        _number("average_low", "2.5th percentile of the resampled average", 1, 4, required=True),
        _number("average_high", "97.5th percentile of the resampled average", 1, 4, required=True),
        _integer("rank_low", "2.5th percentile of the resampled league rank; 1 is best", low=1),
        _integer("rank_high", "97.5th percentile of the resampled league rank", low=1),
        _integer("draws", "How many times everybody's metrics were drawn", low=1, required=True),
        _integer("seed", "Where the chance started; the same seed gives the same table", low=0,
                 required=True),
        _flag("cuts_redrawn", "True if the cuts were made again in every draw", required=True),
        _text("note", "Why the cuts were held, where they were", required=False),
    ),
    ("quarter", "org"),
)  # fmt: skip

_PREVIOUS = _text("previous", "The quarter it is compared with")

DRIVERS = Frame(
    "drivers",
    "What a change in an average is made of; one trust's contributions add up to its change",
    (
        _QUARTER,
        _PREVIOUS,
        _ORG,
        _METRIC,
        _text(
            "kind",
            "'own value', 'other trusts' (the score changed, the trust's own value did not), "
            "'own value and others' (cannot be told apart), 'new period' (another survey or "
            "collection), 'came', 'went', 'weight', 'rounding' (printed scores agree), 'unchanged'",
        ),
        _number("contribution", "Part of the change in the average; below 0 is better",
                required=True),
        _number("score_before", "Score in the previous quarter", 1, 4),
        _number("score_after", "Score in this quarter", 1, 4),
        _number("value_before", "Value in the previous quarter, where published"),
        _number("value_after", "Value in this quarter, where published"),
        _text("period_before", "Reporting period before, in the publisher's words", required=False),
        _text("period_after", "Reporting period after, in the publisher's words", required=False),
    ),
    ("quarter", "previous", "org", "metric", "kind"),
)  # fmt: skip

MOVEMENT = Frame(
    "movement",
    "From one quarter to another: averages, segments, why a segment changed, and whether clearly",
    (
        _QUARTER,
        _PREVIOUS,
        _ORG,
        _number("average_before", "Average in the previous quarter, unrounded", 1, 4),
        _number("average_after", "Average in this quarter, unrounded", 1, 4),
        _number("change", "Change in the average; below 0 is better", -3, 3, required=True),
        _number("low", "Lower end of the 95% range of the change of metrics in both quarters"),
        _number("high", "Upper end of that range"),
        _integer("metrics_better", "Metrics whose printed score got better", 0, required=True),
        _integer("metrics_worse", "Metrics whose printed score got worse", 0, required=True),
        _flag("clear", "True if the range excludes 0 and at least three metrics moved that way",
              required=True),
        _integer("unadjusted_before", "Segment from the average alone, before", 1, 4),
        _integer("unadjusted_after", "Segment from the average alone, after", 1, 4),
        _flag("override_before", "True if the override applied before"),
        _flag("override_after", "True if the override applies now"),
        _integer("adjusted_before", "Segment after the override, before", 1, 4),
        _integer("adjusted_after", "Segment after the override, now", 1, 4),
        _text("why", "'override', 'cuts moved', 'composition', 'score', 'score or cuts moved' or "
              "'several'; missing if the segment stayed", required=False),
    ),
    ("quarter", "previous", "org"),
)  # fmt: skip

FLOWS = Frame(
    "flows",
    "How many trusts went from which adjusted segment to which",
    (
        _QUARTER,
        _PREVIOUS,
        _text("grouping", "'england', 'region' or 'trust_type'"),
        _text("group", "England, the region's code or the trust type"),
        _integer("before", "Adjusted segment in the previous quarter", 1, 4, required=True),
        _integer("after", "Adjusted segment in this quarter", 1, 4, required=True),
        _integer("trusts", "How many trusts", 1, required=True),
    ),
    ("quarter", "previous", "grouping", "group", "before", "after"),
)

FIRMNESS = Frame(
    "firmness",
    "How firmly a trust sits in its segment, under one named model of noise a row",
    (
        _QUARTER,
        _ORG,
        _text("noise_model", "'its own metrics resampled', or 'quarter-to-quarter variation'"),
        _integer("segment", "Adjusted segment", 1, 4),
        *(
            _number(f"p{segment}", f"Chance of adjusted segment {segment}, in steps of 0.05", 0, 1)
            for segment in (1, 2, 3, 4)
        ),
        _text("label", "'firm' from 0.9 for its segment, 'likely' from 0.7, 'borderline' from 0.5, "
              "else 'another segment is as likely'", required=False),
        _number("spread", "Standard deviation of the average under this model", 0, required=True),
        _integer("quarters", "How many quarters the model rests on", 1, required=True),
        _text("note", "What the figure leaves out", required=False),
    ),
    ("quarter", "org", "noise_model"),
)  # fmt: skip

LEAVE_OUT = Frame(
    "leave_out",
    "Averages and segments without one metric or one domain",
    (
        _QUARTER,
        _ORG,
        _text("removed", "The metric or domain left out"),
        _text("reading", "'this trust': left out of its average only; 'every trust': of all"),
        _number("average", "Average without it, unrounded; missing if nothing is left", 1, 4),
        _integer("unadjusted", "Segment from that average; missing inside a bracket", 1, 4),
        _integer("adjusted", "Segment after the override", 1, 4),
        _flag("changes", "True if the adjusted segment is another; missing if either is"),
        _flag("changes_unadjusted", "True if the segment from the average alone is another"),
        _text(
            "cuts", "'made again', 'held', 'kept' (as many loaded trusts below each cut), 'defined'"
        ),
    ),
    ("quarter", "org", "removed", "reading"),
)

SENSITIVITY = Frame(
    "sensitivity",
    "What else a trust's segment hangs on: the cuts nearby, the override, gaps and weights",
    (
        _QUARTER,
        _ORG,
        _number("above_better_cut", "Average minus the cut to the better segment", -3, 3),
        _number("above_better_cut_points", "The same in points of metric score, all metrics added"),
        _number("below_worse_cut", "Cut to the worse segment minus the average", -3, 3),
        _number("below_worse_cut_points", "The same in points of metric score"),
        _integer("segment_without_override", "Segment from the average alone", 1, 4),
        _integer("rank_without_override", "League rank if its override alone were lifted", low=1),
        _text("missing", "Metrics without a score here: no usable value, or scored in another "
              "loaded quarter; separated by spaces", required=False),
        _number("average_if_best", "Average if each missing metric scored 1", 1, 4),
        _number("average_if_lowest", "Average if each missing metric scored 4", 1, 4),
        _integer("unadjusted_if_best", "Segment from the average at best", 1, 4),
        _integer("unadjusted_if_lowest", "Segment from the average at lowest", 1, 4),
        _number("average_equal_domains", "Mean of the domain scores", 1, 4),
        _integer("unadjusted_equal_domains", "Segment if domains weighed the same", 1, 4),
        _number("same_under_weights", "Share of random weights, in steps of 0.05, that leave the "
                "segment from the average", 0, 1),
        _integer("draws", "How many sets of weights were drawn", low=1, required=True),
        _integer("seed", "Where the chance started", low=0, required=True),
        _text("cuts", "How cuts follow other weights: 'made again', 'kept' (as many loaded "
              "trusts below each cut), or 'defined'"),
    ),
    ("quarter", "org"),
)  # fmt: skip

DISTANCE = Frame(
    "distance",
    "What one metric alone would have to be for a trust to come over the next cut, all else equal",
    (
        _QUARTER,
        _ORG,
        _METRIC,
        _number("score", "Score as the table is made again from values, where it can be", 1, 4),
        _number("value", "Value behind it, where published"),
        _integer("target", "Segment to reach from the average alone", 1, 3, required=True),
        _flag("reachable", "False if this metric alone cannot reach it", required=True),
        _number("score_needed", "Largest score that reaches it", 1, 4),
        _number("value_needed", "Smallest change of value that reaches it, everybody scored again"),
        _text("relation", "'at_least', 'above', 'at_most' or 'below' the value needed",
              required=False),
        _integer("adjusted_after", "Segment after the override then; missing if the override is "
                 "itself estimated from this metric", 1, 4),
        _text("basis", "'everybody scored again', or why the cuts were held and no value is given"),
        _text("caveat", "What moves when one does this"),
    ),
    ("quarter", "org", "metric"),
)  # fmt: skip


BREAKDOWNS = Frame(
    "breakdowns",
    "One measure by deprivation group: one row an area and group; group missing is 'not stated'",
    (
        _text("area", "Code of the area or organisation"),
        _integer("group", "Deprivation group; 1 is the most deprived, missing is not stated", 1),
        _number("population", "People (or person-years) in the group", 0),
        _number("value", "The measure in the group; missing if suppressed or not published"),
        _number("standard_error", "Standard error of the value, in its unit", 0),
        _number("count", "People counted, if the measure is a proportion of people", 0),
    ),
    ("area", "group"),
)

INEQUALITIES = Frame(
    "inequalities",
    "Inequality measures: positive (a ratio above 1) means worse for the most deprived",
    (
        _text("area", "Code of the area or organisation"),
        _text("measure", "sii, rii, gap, ratio, excess, concentration, ..."),
        _number("value", "The measure; missing where `reason` says why"),
        _number("low", "Lower limit of its interval"),
        _number("high", "Upper limit of its interval"),
        _number("standard_error", "Standard error, where the interval is symmetric", 0),
        _number("confidence", "Confidence level of the interval", 0.5, 1, required=True),
        _text("method", "Name of the method"),
        _text("grouping", "The deprivation groups, as 'IMD 2019, national fifths'"),
        _number("slope", "Least minus most deprived, as fitted, before the sign is turned"),
        _number("most_deprived_value", "Value of the most deprived group; print it beside an SII"),
        _number("most_deprived_end", "Fitted value at the most deprived end"),
        _number("least_deprived_end", "Fitted value at the least deprived end"),
        _number("fit", "R squared of the weighted fit", high=1),
        _number("largest_residual", "Largest residual, in standard errors, with its sign"),
        _integer("departing_group", "The group it belongs to, if beyond 2 standard errors", 1),
        _flag("ends_in_range", "True if both fitted ends are possible values of the measure"),
        _text("reason", "Why there is no number", required=False),
    ),
    ("area", "measure"),
)

INEQUALITY_CHANGES = Frame(
    "inequality_changes",
    "Changes in the slope index between two periods: positive means the gap widened",
    (
        _text("area", "Code of the area or organisation"),
        _text("measure", "sii_change"),
        _number("value", "Later minus earlier slope index; missing where `reason` says why"),
        _number("low", "Lower limit of its interval"),
        _number("high", "Upper limit of its interval"),
        _number("confidence", "Confidence level of the interval", 0.5, 1, required=True),
        _text("method", "Name of the method"),
        _number("most_deprived_change", "Later minus earlier fitted value, most deprived end"),
        _number("least_deprived_change", "Later minus earlier fitted value, least deprived end"),
        _text("reason", "Why there is no number", required=False),
    ),
    ("area", "measure"),
)

CAPABILITY = Frame(
    "capability",
    "Capability ratings of trusts, from a file a user has; nothing is computed from them",
    (
        _ORG,
        _text("rating", "The rating, in the words of whoever gave it"),
        _text("rated", "Day of the rating (ISO date)"),
        _text("source", "Where the rating stands: a board paper, a letter, an address"),
    ),
    ("org",),
)

_KIND = _text("kind", "'england', 'region', 'icb' or 'trust'")
_CODE = _text("code", "Code of whom the page is about; 'england' for England")
_SECTION = _text("section", "Section of the page the words stand in, as opening")

COMMENTARY = Frame(
    "commentary",
    "What people wrote for the pages of a quarter: one row a page and section",
    (
        _QUARTER,
        _KIND,
        _CODE,
        _SECTION,
        _text("author", "Who wrote it"),
        _text("date", "Day it was written (ISO date)"),
        _text("text", "The words, in Markdown"),
        _text("sha256", "Checksum of the file they stand in"),
    ),
    ("quarter", "kind", "code", "section"),
)

COMMENTARY_FIGURES = Frame(
    "commentary_figures",
    "The figures that commentary leans on, as printed when it was written and now",
    (
        _QUARTER,
        _KIND,
        _CODE,
        _SECTION,
        _text("figure", "Table, key and column, as 'segments: org=RTF, scope=overall: average'"),
        _text("recorded", "The figure as printed when the words were written"),
        _text("current", "The figure as printed now; missing if it is not there", required=False),
        _flag("stale", "True if the two differ", required=True),
    ),
    ("quarter", "kind", "code", "section", "figure"),
)


_INDICATOR = _text("indicator", "Identifier of the indicator, as cvd-cholesterol")
_AREA_CODE = _text("area", "ENG, or the ODS code of a region or integrated care board")

INDICATORS = Frame(
    "indicators",
    "Indicators that are broken down by groups of people: what each is and where it is from",
    (
        _INDICATOR,
        _text("name", "What is measured, in full"),
        _text("short", "The same in a few words"),
        _text("unit", "Unit of its values, as percent"),
        _text("better", "'higher' or 'lower'"),
        _number("per", "How many people a value is per; 100 for percentages", 0),
        _number("lowest", "Lowest value there can be"),
        _number("highest", "Highest value there can be"),
        _text("symmetric", "Scale on which published limits are symmetric: value, log or logit"),
        _text("policy", "Identifier of its disclosure policy"),
        _text("publisher", "Who published it"),
        _text("title", "The publication's title"),
        _text("page", "The publisher's page"),
        _text("licence", "Its licence"),
        _text("note", "What a reader must know of it", required=False),
    ),
    ("indicator",),
)

BREAKDOWN_FIGURES = Frame(
    "breakdown_figures",
    "Indicators by group of people; a deprivation group has its number, 1 the most deprived",
    (
        _INDICATOR,
        _text("period", "The publisher's period"),
        _text("order", "A text that puts periods in order, as 2023-12"),
        _AREA_CODE,
        _text("dimension", "'deprivation', 'ethnicity', 'age' or 'sex'"),
        _text("grouping", "The groups, in the publisher's words, with the vintage of the index"),
        _text("label", "The group, in the publisher's words; 'not stated' if it is not known"),
        _integer("group", "Deprivation group, 1 the most deprived; missing for other groups", 1),
        _number("value", "The figure; missing if suppressed or not published"),
        _number("low", "Lower end of the published 95% interval"),
        _number("high", "Upper end of the published 95% interval"),
        _number("count", "People counted", 0),
        _number("population", "People (or person-years) in the group", 0),
        _text("symbol", "Why there is no figure: [c], [x], [z], [low] or [u]", required=False),
        _flag("summed", "True if counts of boards were added up to it", required=True),
    ),
    ("indicator", "period", "area", "dimension", "grouping", "label"),
)

AREA_INEQUALITIES = Frame(
    "area_inequalities",
    "Inequality measures by indicator, period and area; no area is compared with another",
    (
        _INDICATOR,
        _text("period", "The publisher's period"),
        _text("order", "A text that puts periods in order"),
        *INEQUALITIES.columns,
    ),
    ("indicator", "period", "grouping", "area", "measure"),
)

AREA_INEQUALITY_CHANGES = Frame(
    "area_inequality_changes",
    "Changes of the slope index within an area; positive means the gap widened",
    (
        _INDICATOR,
        _text("previous", "The earlier period"),
        _text("period", "The later period"),
        *INEQUALITY_CHANGES.columns,
        _text("grouping", "The deprivation groups of both"),
    ),
    ("indicator", "previous", "period", "grouping", "area", "measure"),
)

DEPRIVATION_DECILES = Frame(
    "deprivation_deciles",
    "Small areas of an area by national decile of the Index of Multiple Deprivation 2025",
    (
        _AREA_CODE,
        _integer("decile", "National decile; 1 is the most deprived", 1, 10, required=True),
        _integer("small_areas", "How many small areas (2021 LSOAs) are in it", 0, required=True),
    ),
    ("area", "decile"),
)

ICB_DEPRIVATION = Frame(
    "icb_deprivation",
    "Index of Multiple Deprivation 2025 summaries of integrated care boards",
    (
        _AREA_CODE,
        _number("average_score", "Population-weighted average score; higher is more deprived"),
        _number("average_rank", "Population-weighted average rank; higher is more deprived"),
        _number("most_deprived_tenth", "Share of its small areas in the national tenth", 0, 1),
        _number("extent", "Share of people in the most deprived areas, weighted", 0, 1),
        _number("local_concentration", "Severity in the area's own most deprived tenth"),
    ),
    ("area",),
)

AREA_MEASURES = Frame(
    "area_measures",
    "Measures of whole areas that bear on inequality and are not broken down",
    (
        _text("measure", "Identifier, as gp-phone-access or VI001"),
        _text("name", "What is measured"),
        _text("unit", "percent or index"),
        _text("period", "The publisher's period"),
        _AREA_CODE,
        _number("numerator", "What is counted", 0),
        _number("denominator", "Out of how many", 0),
        _number("value", "The figure"),
        _number("low", "Lower end of the published 95% interval"),
        _number("high", "Upper end of the published 95% interval"),
        _text("source", "Name of the table whose source card says where it is from"),
    ),
    ("measure", "period", "area"),
)

SERVED = Frame(
    "served",
    "Where the people a trust admits live: deprivation of the boards they come from",
    (
        _ORG,
        _number("most_deprived_fifth", "Mean share of small areas in the most deprived national "
                "fifth, over the boards its admissions come from", 0, 1, required=True),
        _integer("boards", "Boards that 1% or more of its admissions come from", 1, required=True),
        _number("largest_share", "Largest share of its admissions from one board", 0, 1,
                required=True),
    ),
    ("org",),
)  # fmt: skip

INEQUALITY_SOURCES = Frame(
    "inequality_sources",
    "The published files behind every table about inequality",
    (
        _text("title", "What the table holds"),
        _text("period", "Its period"),
        _text("publisher", "Who published the file"),
        _text("publication", "The publication's title"),
        _text("page", "The publisher's page"),
        _text("file", "Name of the file"),
        _text("sha256", "Its checksum"),
        _text("licence", "Its licence"),
        _text("policy", "Identifier of the disclosure policy of the table"),
        _text("note", "What a reader must know of it", required=False),
    ),
    ("title", "file"),
)


REGISTER = Frame(
    "register",
    "Every trust that was open in the quarter, and whether its figures are loaded",
    (
        *ORGANISATIONS.columns,
        _flag("loaded", "True if the quarter has figures of it", required=True),
    ),
    ("org",),
)

FINDINGS = Frame(
    "findings",
    "What is worth saying, not yet in words: one row a page's subject, kind and item",
    (
        _QUARTER,
        _text("page", "'england', 'region', 'icb' or 'trust'"),
        _CODE,
        _text("section", "Where it stands in a headline: 'position', 'change', 'why', 'how sure', "
              "'what next' or 'left behind'"),
        _integer("place", "Order within a page, 1 first", 1, required=True),
        _text("kind", "What is found, as segment_changed"),
        _text("item", "Which of its kind: a segment, a metric, a measure; 'all' if there is one"),
        _text("table", "The table it was found in"),
        _text("row", "The row of that table, or the rows counted, as 'org=RTF, scope=overall'"),
        _text("column", "The column looked at"),
        _number("value", "The figure"),
        _integer("n", "Out of how many, or from how many points", 0),
        _text("noise_model", "What chance was reckoned with; missing for a count or a published "
              "figure", required=False),
        _text("direction", "'nearer 1', 'further from 1', 'higher', 'lower', 'most deprived worse "
              "off', 'least deprived worse off'; missing if none", required=False),
        _text("strength", "'exact', 'clear', 'not clear', 'cannot be told', or how firm"),
        _text("licence", "The verb of change it allows: 'changed', 'improved', 'deteriorated', "
              "'widened', 'narrowed', 'changed sides' or 'none'"),
        _number("p", "Chance of a change as large if there were none", 0, 1),
        _number("q", "The same with the comparisons of the section allowed for "
                "(Benjamini and Hochberg)", 0, 1),
    ),
    ("quarter", "page", "code", "kind", "item"),
)  # fmt: skip


FRAMES = {frame.name: frame for frame in list(globals().values()) if isinstance(frame, Frame)}
"""Every frame by its name, which is also its file's."""

HEAD_OFFICES = Frame(
    "head_offices",
    "Where trusts have their head office",
    (
        _ORG,
        _text("town", "Post town of the head office, as Bury St. Edmunds"),
        _text("district", "First half of its postcode, as IP33"),
    ),
    ("org",),
)
