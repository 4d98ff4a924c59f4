"""Pages of the bundled figures, one of each kind, and assessments with one thing changed."""

from dataclasses import replace
from functools import cache

from oversight_lib import report
from oversight_lib.intake import open_assessment, open_register

QUARTERS = ("2025-26-q1", "2025-26-q2", "2025-26-q3")


opened = cache(open_assessment)
register = cache(open_register)


@cache
def page(kind, code="", quarter="2025-26-q1"):
    """A page of the bundled figures."""
    return page_of(opened(quarter), kind, code, quarter)


def page_of(assessment, kind, code="", quarter="2025-26-q1"):
    """A page of an assessment."""
    if kind == "trust":
        return report.trust(assessment, code)
    if kind == "england":
        return report.england(assessment, register(quarter))
    return {"region": report.region, "icb": report.icb}[kind](assessment, register(quarter), code)


def changed(assessment, org, scope="overall", **values):
    """The assessment with some of a trust's results replaced."""
    segments = assessment.segments.copy()
    mine = segments["org"].eq(org) & segments["scope"].eq(scope)
    for column, value in values.items():
        segments.loc[mine, column] = value
    return replace(assessment, segments=segments)


def renamed(assessment, org, name):
    """The assessment with a trust's name replaced."""
    organisations = assessment.organisations.copy()
    organisations.loc[organisations["org"].eq(org), "name"] = name
    return replace(assessment, organisations=organisations)


def only(assessment, orgs):
    """The assessment as if only these trusts were loaded."""
    tables = {
        name: table[table["org"].isin(orgs)].reset_index(drop=True) if "org" in table else table
        for name, table in assessment.tables.items()
    }
    return assessment.from_tables(tables)
