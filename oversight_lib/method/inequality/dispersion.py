"""How much areas differ beyond chance, and which of them may be called different."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from oversight_lib.method.inequality.estimate import FloatArray, floats
from oversight_lib.method.inequality.quantiles import normal_quantile

Language = Literal["plain limits", "adjusted limits", "no outliers"]

ADJUST_ABOVE, SILENT_ABOVE = 1.5, 10.0


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Spiegelhalter's overdispersion factor and the variance between areas it stands for."""

    factor: float
    between: float

    @property
    def language(self) -> Language:
        """What may be said: above a factor of 10 the distribution is shown, no area named."""
        if self.factor > SILENT_ABOVE:
            return "no outliers"
        return "adjusted limits" if self.factor > ADJUST_ABOVE else "plain limits"


def dispersion(value: ArrayLike, error: ArrayLike, centre: float, *,
               winsorised: float = 0.0) -> Dispersion:  # fmt: skip
    """Return the overdispersion of areas' values around `centre`, given their standard errors.

    `winsorised` pulls in that share of z-scores at each end. Spiegelhalter DJ, Qual Saf Health
    Care 2005;14:347.
    """
    y, s = floats(value), floats(error)
    z = (y - centre) / s
    ends = np.quantile(z, [winsorised, 1 - winsorised])
    count, weight = len(z), 1 / s**2
    factor = float((np.clip(z, *ends) ** 2).sum() / count)
    spread = weight.sum() - (weight**2).sum() / weight.sum()
    between = max(0.0, float((count * factor - (count - 1)) / spread))
    return Dispersion(factor, between)


def proportion_outliers(count: ArrayLike, total: ArrayLike, *, confidence: float = 0.998,
                        winsorised: float = 0.1) -> pd.DataFrame:  # fmt: skip
    """Return for each area: value (share), low, high (of the funnel), claim, dispersion.

    On the scale of the arcsine of the root, around the pooled share. The claim is 'higher',
    'lower' or 'within'; missing for all areas if their spread is more than ten times chance.
    """
    x, n = floats(count), floats(total)
    centre = float(np.arcsin(np.sqrt(x.sum() / n.sum())))
    value, error = np.arcsin(np.sqrt(x / n)), 1 / (2 * np.sqrt(n))
    found = dispersion(value, error, centre, winsorised=winsorised)
    between = 0.0 if found.language == "plain limits" else found.between
    half = normal_quantile(confidence) * np.sqrt(error**2 + between)
    low, high = (_share(centre - half), _share(centre + half))
    claim = np.select([value > centre + half, value < centre - half], ["higher", "lower"], "within")
    silent = found.language == "no outliers"
    words = pd.Series(pd.NA if silent else claim, index=range(len(x)), dtype="str")
    return pd.DataFrame({"value": x / n, "low": low, "high": high, "claim": words}).assign(
        dispersion=found.factor
    )


def _share(angle: FloatArray) -> FloatArray:
    return np.sin(np.clip(angle, 0, np.pi / 2)) ** 2
