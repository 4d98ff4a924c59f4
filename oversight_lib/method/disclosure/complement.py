"""Which further figures to hide, so that margins do not give a hidden count away."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from oversight_lib.method.disclosure.policy import Policy
from oversight_lib.method.disclosure.sheet import Sheet


def closing(sheet: Sheet, policy: Policy) -> frozenset[int]:
    """Return places to hide so that no hidden figure is alone under a shown margin.

    One at a time, the smallest of those that keep the most company; none if none is alone.
    """
    covers = _covers(sheet)
    hidden, free = _hidden(sheet, policy), _free(sheet)
    chosen: set[int] = set()
    while True:
        alone = (covers @ hidden.astype(np.float64)) == 1
        company = np.where(free, alone.astype(np.float64) @ covers, 0)
        if not company.any():
            return frozenset(chosen)
        best = np.flatnonzero(company == company.max())
        place = int(best[np.argmin(sheet.number[best])])
        chosen.add(place)
        hidden[place], free[place] = True, False


def widening(sheet: Sheet, audit: pd.DataFrame, *, enough: int) -> frozenset[int]:
    """Return one more place to hide beside each count with fewer possible values than `enough`.

    The smallest shown figure under the shortest margin over it that has one; failing that, the
    smallest anywhere. None if nothing is left to hide.
    """
    free, chosen = _free(sheet), set()
    for row in np.flatnonzero(audit["possible"].to_numpy() < enough):
        lines = _covers(sheet)[sheet.members @ sheet.targets[row].cells > 0]
        lengths = lines.sum(axis=1)
        beside = [line > 0 for line in lines[np.argsort(lengths, kind="stable")]]
        near = next((free & line for line in beside if (free & line).any()), free)
        if near.any():
            places = np.flatnonzero(near)
            place = int(places[np.argmin(sheet.number[places])])
            chosen.add(place)
            free[place] = False
    return frozenset(chosen)


def _covers(sheet: Sheet) -> NDArray[np.float64]:
    """Return 1 where a shown margin (row) covers an inner figure (column) of its block, else 0."""
    figures, size = sheet.figures, len(sheet.figures.labels)
    inside = figures.members @ figures.members.T >= figures.members.sum(axis=1)[np.newaxis]
    lines = (inside & ~figures.inner[:, np.newaxis] & figures.inner[np.newaxis]).astype(np.float64)
    blocks = len(sheet.number) // size
    shown = (sheet.symbol == "").astype(np.float64)
    return np.asarray(np.kron(np.eye(blocks), lines) * shown[:, np.newaxis])


def _hidden(sheet: Sheet, policy: Policy) -> NDArray[np.bool_]:
    return np.asarray(sheet.symbol == policy.symbol.value)


def _free(sheet: Sheet) -> NDArray[np.bool_]:
    """Say which inner figures are shown and not nought; a shown nought hides nothing."""
    inner = np.tile(sheet.figures.inner, len(sheet.number) // len(sheet.figures.labels))
    return np.asarray(inner & (sheet.symbol == "") & (sheet.number > 0))
