"""A PDF read back the way a screen reader reads it: its structure tree, in order."""

from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True)
class Element:
    """One element of the structure tree: how deep it is, its tag and its words if it has any."""

    depth: int
    tag: str
    alt: str
    attributes: dict


def elements(pdf):
    """Every element of the structure tree, in reading order."""
    return list(_walk(pdf.Root.StructTreeRoot.K, 0))


def _walk(node, depth):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _walk(child, depth)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield Element(depth, str(node.S)[1:], str(node.get("/Alt", "")), _attributes(node))
        if "/K" in node:
            yield from _walk(node.K, depth + 1)


def _attributes(node):
    found = node.get("/A", pikepdf.Dictionary())
    parts = list(found) if isinstance(found, pikepdf.Array) else [found]
    return {key: str(value) for part in parts for key, value in part.items()}


def text(pdf):
    """The words of a PDF in the order they are drawn, which is their reading order."""
    return " ".join(_text_of(page) for page in pdf.pages)


def _text_of(page):
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    words, font = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else operands
            glyphs = b"".join(bytes(p) for p in parts if isinstance(p, pikepdf.String))
            pairs = [glyphs[at : at + 2].hex() for at in range(0, len(glyphs), 2)]
            words.append("".join(font.get(pair, "") for pair in pairs))
    return " ".join(words)


def _letters(font):
    """The letters of a font by the code of their glyph, from its table for copying text."""
    lines = font.ToUnicode.read_bytes().decode("ascii").splitlines()
    pairs = [line.split() for line in lines if line.startswith("<") and line.count("<") == 2]
    return {
        code.strip("<>").lower(): bytes.fromhex(letter.strip("<>")).decode("utf-16-be")
        for code, letter in pairs
    }
