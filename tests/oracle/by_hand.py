"""The rules a second time, in plain loops, to be compared with the package.

Slow and dull on purpose: no pandas arithmetic, no shared code with `oversight_lib.method`, one
organisation at a time. It reads the same rule set, because rules are data.
"""

import math
from decimal import ROUND_HALF_UP, Decimal

OVERALL = "overall"


def half_up(number):
    return float(Decimal(repr(round(number, 9))).quantize(Decimal("0.01"), ROUND_HALF_UP))


def meets(value, bound, threshold):
    return {
        "at_least": value >= threshold,
        "above": value > threshold,
        "at_most": value <= threshold,
        "below": value < threshold,
    }[bound]


class ByHand:
    """One publication, assessed by hand; results are dictionaries by organisation."""

    def __init__(self, publication, framework, *, recompute=False):
        self.publication, self.framework, self.recompute = publication, framework, recompute
        self.quarter = str(publication.quarter)
        self.types = {
            row["org"]: row["trust_type"] for row in publication.organisations.to_dict("records")
        }
        self.values, self.printed = {}, {}
        for row in publication.observations.to_dict("records"):
            self.values[row["org"], row["metric"]] = (row["value"], row["unit"])
        for row in publication.published_scores.to_dict("records"):
            self.printed[row["org"], row["metric"]] = row["published_score"]
        self.results = {
            (row["org"], row["scope"]): row
            for row in publication.published_results.to_dict("records")
        }
        self.from_values, self.scores, self.exact = {}, {}, {}
        for metric in sorted(framework.metric, key=lambda m: m.scoring.kind == "matrix"):
            self._score_metric(metric)
        self._average()
        self._cut()
        self._segment()
        self._rank()

    # scores

    def _pools(self, metric):
        """The organisations of each pool, and the pool's possible size and completeness."""
        pool = self.framework.pool_of(metric)
        counts = self.publication.reference_counts
        loaded = set(self.types.values())
        if pool.together:
            size = sum(counts.get(kind, 0) for kind in pool.trust_types)
            complete = all(kind in loaded for kind in pool.trust_types)
            yield list(self.types), size, complete
        else:
            for kind in {trust_type.id for trust_type in self.framework.trust_type}:
                orgs = [org for org, its in self.types.items() if its == kind]
                yield orgs, counts.get(kind, 0), True

    def _score_metric(self, metric):
        for orgs, size, complete in self._pools(metric):
            if metric.scoring.kind in ("rank", "standard", "floor"):
                self._score_pool(metric, orgs, size, complete)
                continue
            for org in orgs:
                self._from_table(metric, org)
                self._choose(metric, org, self.printed.get((org, metric.id)), True)

    def _from_table(self, metric, org):
        if metric.scoring.kind == "bands" and (org, metric.id) in self.values:
            value = self.values[org, metric.id][0]
            for band in metric.scoring.bands:
                edge_met = band.at_least is not None and value >= band.at_least
                above = band.above is not None and value > band.above
                if edge_met or above or (band.at_least is None and band.above is None):
                    self.from_values[org, metric.id] = band.score
                    return
        if metric.scoring.kind == "matrix":
            row = self.from_values.get((org, metric.scoring.rows))
            column = self.from_values.get((org, metric.scoring.columns))
            known = (org, metric.id) in self.printed or (org, metric.id) in self.values
            if row and column and known:
                score = metric.scoring.scores[int(row) - 1][int(column) - 1]
                self.from_values[org, metric.id] = score

    def _is_small(self, metric, org):
        small = metric.small_numbers
        return bool(small) and self.values.get((org, metric.id), (0, ""))[1] == small.unit

    def _is_fixed(self, metric, org):
        scoring = metric.scoring
        if (org, metric.id) not in self.values or self._is_small(metric, org):
            return False
        value = self.values[org, metric.id][0]
        if scoring.kind == "standard":
            return meets(value, scoring.meets, scoring.threshold)
        if scoring.kind == "floor":
            return not meets(value, scoring.passes, scoring.threshold)
        return False

    def _score_pool(self, metric, orgs, size, complete):
        scoring = metric.scoring
        ranked = {}
        for org in orgs:
            if (org, metric.id) in self.values:
                value = self.values[org, metric.id][0]
                if self._is_small(metric, org):
                    table = metric.small_numbers.scores
                    self.from_values[org, metric.id] = table[min(int(value), len(table) - 1)]
                elif self._is_fixed(metric, org):
                    self.from_values[org, metric.id] = scoring.fixed
                else:
                    ranked[org] = value
        if complete:
            for org, value in ranked.items():
                better = [
                    other
                    for other in ranked.values()
                    if (other < value if metric.better == "lower" else other > value)
                ]
                steps = max(len(ranked) - 1, 1)
                span = scoring.lowest - scoring.best
                self.from_values[org, metric.id] = scoring.best + span * len(better) / steps
        self._sharpen_pool(metric, orgs, size, complete)

    def _sharpen_pool(self, metric, orgs, size, complete):
        scoring = metric.scoring
        in_grid = {}
        for org in orgs:
            score = self.printed.get((org, metric.id))
            if score is None or self._is_small(metric, org) or self._is_fixed(metric, org):
                continue
            if scoring.kind != "rank" and score == scoring.fixed:
                continue
            if scoring.best <= score <= scoring.lowest:
                in_grid[org] = score
        n = self._grid_size(list(in_grid.values()), scoring, size, complete)
        for org in orgs:
            score = self.printed.get((org, metric.id))
            if org not in in_grid:
                self._choose(metric, org, score, True)
            elif n is None:
                at_an_end = score in (scoring.best, scoring.lowest)
                self._choose(metric, org, score, at_an_end)
            else:
                points = [
                    scoring.best + (scoring.lowest - scoring.best) * k / max(n - 1, 1)
                    for k in range(n)
                ]
                nearest = min(points, key=lambda point: abs(point - score))
                self._choose(metric, org, nearest, True)

    def _grid_size(self, scores, scoring, size, complete):
        few = len(set(scores)) < 8
        if not scores or (few and not complete and len(scores) != max(size, len(scores))):
            return None
        most = len(scores) if few and complete else max(size, len(scores))
        for n in range(len(scores), most + 1):
            span = scoring.lowest - scoring.best
            points = {half_up(scoring.best + span * k / max(n - 1, 1)) for k in range(n)}
            if all(any(abs(score - point) < 1e-6 for point in points) for score in set(scores)):
                return n
        return None

    def _choose(self, metric, org, carried, exact):
        recomputed = self.from_values.get((org, metric.id))
        if self.quarter in metric.rounded_before_averaging:
            carried = self.printed.get((org, metric.id))
            exact = True
            recomputed = None if recomputed is None else half_up(recomputed)
        if recomputed is not None and (carried is None or self.recompute):
            carried, exact = recomputed, True
        if carried is not None:
            self.scores[org, metric.id], self.exact[org, metric.id] = carried, exact

    # segments

    def _average(self):
        self.averages = {}
        for org in self.types:
            for scope in [OVERALL, *(domain.id for domain in self.framework.domain)]:
                above, below = 0.0, 0.0
                for metric in self.framework.metric:
                    if scope in (OVERALL, metric.domain) and (org, metric.id) in self.scores:
                        above += metric.weight * self.scores[org, metric.id]
                        below += metric.weight
                if below > 0:
                    self.averages[org, scope] = above / below

    def _cut(self):
        pool = next(p for p in self.framework.pool if p.id == self.framework.cuts.pool)
        self.complete = set(pool.trust_types) <= set(self.types.values())
        self.cuts = {}
        for scope in {scope for _, scope in self.averages}:
            printed = {o: half_up(a) for (o, s), a in self.averages.items() if s == scope}
            for k, probability in enumerate(self.framework.cuts.probabilities, 1):
                if self.complete:
                    cut = self._quantile(sorted(printed.values()), probability)
                    beyond = [value for value in printed.values() if value > cut]
                    self.cuts[scope, k] = (cut, min(beyond, default=math.inf))
                else:
                    segments = {o: self.results.get((o, scope), {}) for o in printed}
                    inside = [v for o, v in printed.items() if self._in(segments[o], k)]
                    beyond = [v for o, v in printed.items() if self._in(segments[o], k) is False]
                    self.cuts[scope, k] = (
                        max(inside, default=math.nan),
                        min(beyond, default=math.inf),
                    )

    @staticmethod
    def _in(result, k):
        segment = result.get("unadjusted")
        return None if not isinstance(segment, int) else segment <= k

    @staticmethod
    def _quantile(ordered, probability):
        place = probability * (len(ordered) - 1)
        below, above = math.floor(place), math.ceil(place)
        return ordered[below] + (ordered[above] - ordered[below]) * (place - below)

    def _segment(self):
        self.unadjusted, self.adjusted, self.final = {}, {}, {}
        for (org, scope), average in self.averages.items():
            value = half_up(average)
            low = 1 + sum(value > self.cuts[scope, k][0] for k in (1, 2, 3))
            high = 1 + sum(value >= self.cuts[scope, k][1] for k in (1, 2, 3))
            self.unadjusted[org, scope] = low if low == high else None
            if scope == OVERALL:
                self._override(org)

    def _override(self, org):
        result = self.results.get((org, OVERALL), {})
        segment = self.unadjusted[org, OVERALL]
        flag = self._flag(org, result)
        self.adjusted[org] = None if flag is None or segment is None else segment
        if segment is not None and flag:
            self.adjusted[org] = max(segment, self.framework.adjustment[0].not_better_than)
        in_recovery = result.get("in_recovery")
        if in_recovery is None or str(in_recovery) in ("<NA>", "nan"):
            self.final[org] = None
        else:
            self.final[org] = self.framework.final.segment if in_recovery else self.adjusted[org]

    def _flag(self, org, result):
        flag = result.get("override")
        if flag is not None and str(flag) != "<NA>":
            return bool(flag)
        figures = self.framework.adjustment[0].estimate.sum_of
        if all((org, figure) in self.values for figure in figures):
            return sum(self.values[org, figure][0] for figure in figures) < 0
        return None

    def _rank(self):
        self.rank, self.rank_by_average = {}, {}
        for (org, scope), average in self.averages.items():
            rivals = [
                other
                for other, its_scope in self.averages
                if its_scope == scope and self.types[other] == self.types[org]
            ]
            mine = half_up(average)
            theirs = {other: half_up(self.averages[other, scope]) for other in rivals}
            self.rank_by_average[org, scope] = 1 + sum(t < mine for t in theirs.values())
            if scope == OVERALL and self.adjusted[org] is not None:
                key = (self.adjusted[org], mine)
                self.rank[org] = 1 + sum(
                    (self.adjusted[other], theirs[other]) < key
                    for other in rivals
                    if self.adjusted[other] is not None
                )
