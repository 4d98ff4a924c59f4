"""What the packs of an edition say: the press knows the pages, the report the words."""

from dataclasses import dataclass

import pandas as pd

from oversight_lib.method.assessment import Assessment
from oversight_lib.press import pages
from oversight_lib.press.packs.typesetting import Content


@dataclass(frozen=True)
class Papers:
    """Writes the pack of a page from an assessment, among all trusts of the register."""

    assessment: Assessment
    register: pd.DataFrame

    def __call__(self, page: pages.Page) -> Content:
        """Return what the pack of a page says."""
        # Drawing takes half a second to import, which a verb that draws nothing need not wait for.
        from oversight_lib.report import subjects  # noqa: PLC0415
        from oversight_lib.report.pack import pack  # noqa: PLC0415

        if page.kind == "trust":
            return pack(subjects.trust(self.assessment, page.code))
        if page.kind == "england":
            return pack(subjects.england(self.assessment, self.register))
        view = {"region": subjects.region, "icb": subjects.icb}[page.kind]
        return pack(view(self.assessment, self.register, page.code))
