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
        _text("method", "'computed' from the whole pool, or 'bracketed' from published segments"),
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


FRAMES = {frame.name: frame for frame in list(globals().values()) if isinstance(frame, Frame)}
"""Every frame by its name, which is also its file's."""
