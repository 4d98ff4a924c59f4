"""What a page rests on: quarter, files, rules, periods, cut points, the back-test."""

from oversight_lib.frames import OVERALL
from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.metrics import periods as metric_periods
from oversight_lib.report.views import View


def sources(page: View) -> Fragment:
    """Return which quarter, which files, which rules, and how many periods lie behind them."""
    loaded = page.assessment.organisations["trust_type"].unique()
    kinds = [name.lower() for kind, name in page.type_names.items() if kind in loaded]
    return paragraphs(
        f"Quarter: {page.period}. Figures: NHS England’s oversight framework data files for "
        f"{formats.listed(kinds)} trusts; the files and their checksums are listed at the end of "
        f"this page. Rules: {page.framework.title}.",
        _periods(page),
    )


def cut_points(page: View) -> Fragment:
    """Return where the segments of the average end, and how exactly that is known."""
    rows = page.assessment.cuts
    rows = rows[rows["scope"] == OVERALL].sort_values("boundary")
    pool = next(pool for pool in page.framework.pool if pool.id == page.framework.cuts.pool)
    rule = (
        "Segments end at thresholds that the rules define."
        if rows["method"].eq("defined").any()
        else f"Segments end at quartiles of the average scores of {pool.name} together."
    )
    if not rows["method"].eq("bracketed").any():
        ends = [formats.average(cut) for cut in rows["cut"]]
        return paragraphs(f"{rule} The three cut points are {formats.listed(ends)}.")
    lacking = str(rows["lacking"].iloc[0]).split(", ")
    names = [page.type_names[kind].lower() for kind in lacking]
    brackets = [
        f"between segments {k} and {k + 1} from {formats.average(low)} to {formats.average(high)}"
        for k, low, high in zip(rows["boundary"], rows["low"], rows["high"], strict=True)
    ]
    return paragraphs(
        f"{rule} {formats.listed(names).capitalize()} trusts are {formats.Absent.NOT_LOADED}, so "
        "the cut points cannot be computed; the published segments bracket them. The cut lies "
        f"{formats.listed(brackets)}."
    )


def back_test(page: View) -> Fragment:
    """Return how many published figures are reproduced, in one paragraph."""
    checks = page.assessment.checks.set_index(["check", "subject"])
    compared, equal = (checks[name].astype(int).to_dict() for name in ("compared", "equal"))
    told = [
        formats.out_of(equal[check, OVERALL], compared[check, OVERALL], *nouns)
        for check, nouns in _TOLD.items()
        if (check, OVERALL) in checks.index
    ]
    return paragraphs(
        "The published figures were computed again from the published scores and values. Equal as "
        f"printed: {formats.listed(told)}. Over all checks, {sum(equal.values()):,} of "
        f"{sum(compared.values()):,} figures are equal; every other one is listed with its cause "
        f"where it is known. {_verdict(page)}"
    )


_TOLD = {
    "average of exact scores": ("average score", "average scores"),
    "unadjusted segment": ("segment by score alone", "segments by score alone"),
    "adjusted segment": ("segment after the override", "segments after the override"),
    "league rank": ("league rank", "league ranks"),
}


def _verdict(page: View) -> str:
    failing = int((~page.assessment.checks["passes"]).sum())
    if not failing:
        return "Every check lies inside the tolerance that the rules declare."
    return f"{formats.count(failing, 'check')} {_lies(failing)} outside the declared tolerance."


def _lies(how_many: int) -> str:
    return "lies" if how_many == 1 else "lie"


def _periods(page: View) -> str:
    averaged = [metric.name for metric in page.framework.metric if metric.weight]
    rows = metric_periods(page)
    if rows.empty:
        return ""
    rows = rows[rows["name"].isin(averaged)]
    dated = rows["last"].dropna()
    ends = f", the earliest ending in {dated.iloc[0]} and the latest in {dated.iloc[-1]}"
    return (
        f"Data behind one quarter come from many periods: the metrics averaged on this "
        f"page come from {formats.count(rows['period'].nunique(), 'reporting period')}"
        f"{ends if len(dated) else ''}."
    )
