"""Control charts (XmR) as NHS England's Making Data Count defines them.

One series: `control_chart(values, better="higher", target=95)`. Many areas at once:
`control_points(series, design)` and `control_verdicts(series, design)`.
"""

from oversight_lib.method.spc.areas import control_points, control_verdicts
from oversight_lib.method.spc.assurance import Assurance, Status, Variation
from oversight_lib.method.spc.carryover import Verb, VerbLicence
from oversight_lib.method.spc.chart import ControlChart, control_chart
from oversight_lib.method.spc.design import Better, Bounds, ChartDesign, Rebase, TwoSigma
from oversight_lib.method.spc.rules import SpecialCause

__all__ = [
    "Assurance",
    "Better",
    "Bounds",
    "ChartDesign",
    "ControlChart",
    "Rebase",
    "SpecialCause",
    "Status",
    "TwoSigma",
    "Variation",
    "Verb",
    "VerbLicence",
    "control_chart",
    "control_points",
    "control_verdicts",
]
