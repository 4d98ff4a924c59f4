"""Titles of worksheets marked up as headings: the one thing of the checklist gptables leaves."""

import re
import zipfile
from pathlib import Path

_STYLES = "xl/styles.xml"
_TITLE = re.compile(r'<font><b/><sz val="16"/>')
_FONT = re.compile(r"<font>.*?</font>", re.DOTALL)
_NORMAL_XF = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
_NORMAL = '<cellStyle name="Normal" xfId="0" builtinId="0"/>'
_HEADING_1 = '<cellStyle name="Heading 1" xfId="1" builtinId="16"/>'


def tag_titles(path: Path) -> None:
    """Give every cell in the type of a title the cell style Heading 1; the bytes stay the same.

    A screen reader finds its way by headings, and a heading is one by its style, not its size.
    """
    with zipfile.ZipFile(path) as book:
        parts = [(info, book.read(info)) for info in book.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for info, content in parts:
            made = _tagged(content.decode()).encode() if info.filename == _STYLES else content
            # The date of the part is kept: xlsxwriter's is always the same.
            book.writestr(info, made, zipfile.ZIP_DEFLATED)


def _tagged(styles: str) -> str:
    fonts = _FONT.findall(styles)
    titles = [number for number, font in enumerate(fonts) if _TITLE.match(font)]
    for number in titles:
        styles = re.sub(rf'(<xf numFmtId="0" fontId="{number}" [^>]*xfId=)"0"', r'\1"1"', styles)
    heading = _NORMAL_XF.replace('fontId="0"', f'fontId="{titles[0]}" applyFont="1"')
    return (
        styles.replace('<cellStyleXfs count="1">', '<cellStyleXfs count="2">')
        .replace(_NORMAL_XF, _NORMAL_XF + heading, 1)
        .replace('<cellStyles count="1">', '<cellStyles count="2">')
        .replace(_NORMAL, _NORMAL + _HEADING_1)
    )
