"""All tables about systems for one quarter: boards, series, contextual tests, successions."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import pandas as pd


@dataclass(frozen=True)
class Systems:
    """The tables about systems; each attribute is the frame of the same name.

    `icbs` are the boards of the quarter. Where nothing is loaded, `series` has no rows.
    """

    series: pd.DataFrame
    context: pd.DataFrame
    context_figures: pd.DataFrame
    icbs: pd.DataFrame
    successions: pd.DataFrame
    admissions: pd.DataFrame

    @classmethod
    def from_tables(cls, tables: Mapping[str, pd.DataFrame]) -> "Systems":
        """Return the systems that these tables, by frame name, are."""
        return cls(**{field.name: tables[field.name] for field in fields(cls)})

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by frame name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def of(self, measure: str, *areas: str) -> pd.DataFrame:
        """Return the rows of one measure, of some areas or of all."""
        rows = self.series[self.series["measure"] == measure]
        return rows[rows["area"].isin(areas)] if areas else rows
