"""The rules of notice: which kinds of finding there are, and where in a headline each stands."""

from typing import NamedTuple


class Noticed(NamedTuple):
    """One kind: its section, the table and column it is found in, what chance is reckoned with."""

    section: str
    table: str
    column: str
    noise_model: str | None = None


SECTIONS = ("position", "change", "why", "how sure", "what next", "left behind")
"""A headline in order: where it stands, what changed, why, how sure, what next, who is behind."""

PAIRED = "the changes of its metrics, resampled as pairs"
CHARTED = "limits of 2.66 mean moving ranges, widened for carry-over"
COUNTED = "each false at most one time in twenty if nothing changed"

KINDS = {
    "segment": Noticed("position", "segments", "adjusted"),
    "average": Noticed("position", "segments", "average"),
    "rank": Noticed("position", "segments", "rank"),
    "among_peers": Noticed("position", "observations", "value"),
    "override_bites": Noticed("position", "segments", "adjusted"),
    "by_score_alone": Noticed("position", "segments", "unadjusted"),
    "in_final_segment": Noticed("position", "segments", "final"),
    "change_in_average": Noticed("change", "movement", "change", PAIRED),
    "change_common": Noticed("change", "movement", "change", PAIRED),
    "change_composition": Noticed("change", "drivers", "contribution"),
    "segment_changed": Noticed("change", "movement", "adjusted_after"),
    "change_clear": Noticed("change", "movement", "clear", PAIRED),
    "change_clear_together": Noticed("change", "movement", "clear", PAIRED),
    "change_expected": Noticed("change", "movement", "clear", COUNTED),
    "without_previous": Noticed("change", "movement", "average_before"),
    "series": Noticed("change", "series", "value", CHARTED),
    "year_before": Noticed("change", "series", "value"),
    "boards_charted": Noticed("change", "series", "value"),
    "boards_labelled": Noticed("change", "series", "value", CHARTED),
    "boards_signalled": Noticed("change", "series", "value", CHARTED),
    "boards_expected": Noticed("change", "series", "value", CHARTED),
    "largest_part": Noticed("why", "drivers", "contribution"),
    "metrics_unchanged": Noticed("why", "drivers", "kind"),
    "firmness": Noticed("how sure", "firmness", "label"),
    "leave_out": Noticed("how sure", "leave_out", "changes"),
    "leave_out_unknown": Noticed("how sure", "leave_out", "changes"),
    "watched": Noticed("how sure", "firmness", "label"),
    "ranges_crossing": Noticed("how sure", "ranges", "average_low"),
    "reporting_periods": Noticed("how sure", "scores", "period"),
    "metrics_unpublished": Noticed("how sure", "scores", "metric"),
    "next_cut": Noticed("what next", "sensitivity", "above_better_cut"),
    "worse_cut": Noticed("what next", "sensitivity", "below_worse_cut"),
    "reachable": Noticed("what next", "distance", "reachable"),
    "core20_share": Noticed("left behind", "deprivation_deciles", "small_areas"),
    "gap": Noticed("left behind", "area_inequalities", "value", "published limits of each group"),
    "gap_change": Noticed(
        "left behind", "area_inequality_changes", "value", "slope indices as if independent"
    ),
    "gap_change_clear": Noticed("left behind", "area_inequality_changes", "value"),
    "gap_change_expected": Noticed("left behind", "area_inequality_changes", "value", COUNTED),
    "served_known": Noticed("left behind", "served", "most_deprived_fifth"),
}
"""By kind, in the order of a headline."""
