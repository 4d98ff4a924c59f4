import matplotlib as mpl

from oversight_lib import report
from oversight_lib.report.tables import table


def test_a_rehearsal_loads_what_pages_need_and_changes_no_setting():
    table._template.cache_clear()
    before = dict(mpl.rcParams)
    report.rehearse()
    assert table._template.cache_info().currsize == 1
    assert dict(mpl.rcParams) == before
