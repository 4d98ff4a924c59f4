"""The straight line through the groups, weighted by their people."""

from dataclasses import dataclass

import numpy as np

from oversight_lib.method.inequality.estimate import FloatArray, summed


def ridits(share: FloatArray) -> FloatArray:
    """Return each group's middle place among all people, 0 most to 1 least deprived."""
    return np.cumsum(share, axis=-1) - share / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Weighted least squares of values on ranks; arrays are areas, or areas x groups.

    Slope and intercept are weighted sums of the values, which is what gives every measure on the
    line its standard error in closed form.
    """

    share: FloatArray
    rank: FloatArray
    slope_weights: FloatArray
    intercept_weights: FloatArray
    value: FloatArray

    @property
    def slope(self) -> FloatArray:
        """Fitted value at the least deprived end minus that at the most deprived."""
        return summed(self.slope_weights * self.value)

    @property
    def most_deprived_end(self) -> FloatArray:
        """Fitted value at rank 0, the intercept."""
        return summed(self.intercept_weights * self.value)

    @property
    def residual(self) -> FloatArray:
        """Value minus the line, for each group."""
        fitted = self.most_deprived_end[:, np.newaxis] + self.slope[:, np.newaxis] * self.rank
        return self.value - fitted

    def fit(self) -> FloatArray:
        """Return R squared of the weighted fit; NaN where all values are the same."""
        mean = (self.share * self.value).sum(axis=1, keepdims=True)
        total = summed(self.share * (self.value - mean) ** 2)
        left = summed(self.share * self.residual**2)
        # Equal values leave rounding only: 1e-24 of their size squared.
        varied = total > 1e-24 * mean[:, 0] ** 2
        return np.where(varied, 1 - left / np.where(varied, total, 1), np.nan)

    def standardised_residuals(self, error: FloatArray) -> FloatArray:
        """Return each residual in its standard errors, given those of the values.

        Not the residuals' own spread: with five groups that could never exceed √3.
        """
        hat = self.intercept_weights[:, np.newaxis, :] + (
            self.rank[:, :, np.newaxis] * self.slope_weights[:, np.newaxis, :]
        )
        influence = np.eye(self.rank.shape[1]) - hat
        variance = np.squeeze(influence**2 @ error[:, :, np.newaxis] ** 2, axis=2)
        return self.residual / np.sqrt(variance)


def line(share: FloatArray, rank: FloatArray, value: FloatArray) -> Line:
    """Return the line through `value` at `rank` with weights `share`, for each area."""
    middle = (share * rank).sum(axis=1, keepdims=True)
    spread = (share * (rank - middle) ** 2).sum(axis=1, keepdims=True)
    slope_weights = share * (rank - middle) / spread
    return Line(share, rank, slope_weights, share - middle * slope_weights, value)


def propagated(weights: FloatArray, error: FloatArray) -> FloatArray:
    """Return the standard error of a weighted sum of independent values."""
    return np.sqrt(summed(weights**2 * error**2))
