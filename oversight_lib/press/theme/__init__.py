"""The look of the book: a Sphinx extension with templates and a style sheet of its own.

Nothing here knows Jupyter Book: it works with plain Sphinx, myst-nb and sphinx-book-theme. It
reads `_edition.json` beside the sources, which `press.book` writes.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from oversight_lib.press import directory
from oversight_lib.press.theme import finding
from oversight_lib.press.theme.absent import without_absent
from oversight_lib.press.theme.navigation import Navigation
from oversight_lib.press.theme.policy import POLICY, needed
from oversight_lib.press.theme.rereading import read_again, tidy_index

HERE = Path(__file__).parent
EDITION = "_edition.json"
_FONT = re.compile(r"@font-face\s*\{[^}]*\}")
_UNUSED = ("scripts", "vendor", "locales")


def setup(app: Any) -> dict[str, bool]:
    """Register the extension with Sphinx."""
    app.connect("config-inited", _add_folders)
    app.connect("builder-inited", _read_edition)
    app.connect("env-get-outdated", read_again)
    app.connect("build-finished", tidy_index, priority=800)
    # Before the theme, which renders our templates once to see whether they are empty.
    app.connect("html-page-context", _furnish, priority=100)
    # After the theme, which adds scripts of its own to every page.
    app.connect("html-page-context", _secure, priority=900)
    app.connect("build-finished", _write_index)
    app.connect("build-finished", _sweep, priority=900)
    app.add_css_file("oversight.css", priority=900)
    for script in ("pages.js", "tables.js", "scrolling.js"):
        app.add_js_file(script, loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _add_folders(_app: Any, config: Any) -> None:
    """Put our templates before the theme's, so that ours of the same name are found first.

    Both folders, because the theme asks for some by name and for others by `components/name`.
    """
    config.templates_path[:0] = [str(HERE), str(HERE / "components")]
    config.html_static_path.append(str(HERE / "static"))


def _read_edition(app: Any) -> None:
    facts = json.loads((Path(app.srcdir) / EDITION).read_text(encoding="utf-8"))
    app.oversight_navigation = Navigation.of(facts)
    app.oversight_finder = directory.read(Path(app.srcdir))


def _furnish(
    app: Any, pagename: str, _template: str, context: dict[str, Any], _doctree: Any
) -> None:
    """Give the templates what stands around this page, and no more: the book grows linearly."""
    navigation: Navigation = app.oversight_navigation
    titles = {name: title.astext() for name, title in _titles(app, navigation).items()}
    if "body" in context:
        context["body"] = without_absent(
            context["body"], pagename, folders=navigation.folders, there=navigation.titles
        )
    if pagename == navigation.front:
        _offer_finder(app, context)
    context["edition"] = navigation.edition
    context["quarter"] = navigation.quarter
    context["front"] = navigation.front
    context["front_title"] = navigation.titles[navigation.front]
    context["trail"] = navigation.trail(pagename)
    context["branches"] = navigation.branches(pagename)
    context["parts"] = [
        (caption, [(name, titles[name]) for name in names]) for caption, names in navigation.parts
    ]


def _titles(app: Any, navigation: Navigation) -> dict[str, Any]:
    return {name: app.env.titles[name] for _, names in navigation.parts for name in names}


def _offer_finder(app: Any, context: dict[str, Any]) -> None:
    if not app.oversight_finder:
        context["body"] = finding.placed(context["body"], "")
        return
    html = app.builder.templates.render("finder.html", finding.listing(app.oversight_finder))
    context["body"] = finding.placed(context["body"], html)
    for script in (finding.INDEX, finding.SCRIPT):
        app.add_js_file(script, loading_method="defer")


def _secure(
    _app: Any, pagename: str, _template: str, context: dict[str, Any], _doctree: Any
) -> None:
    """Leave no script in a page itself, and say what it may load."""
    context["policy"] = POLICY
    context["script_files"] = needed(context["script_files"], searching=pagename == "search")


def _write_index(app: Any, exception: Exception | None) -> None:
    if app.oversight_finder and not exception:
        text = finding.index(app.oversight_finder)
        path = Path(app.outdir) / "_static" / finding.INDEX
        path.write_text(text, encoding="utf-8", newline="\n")


def _sweep(app: Any, exception: Exception | None) -> None:
    """Drop the theme's files that no page of ours asks for: icons, maps and macros."""
    if exception:
        return
    static = Path(app.outdir) / "_static"
    for name in _UNUSED:
        path = static / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for path in (*static.rglob("*.map"), *static.glob("*.html")):
        path.unlink()
    for sheet in static.rglob("*.css"):
        _without_fonts(sheet)


def _without_fonts(sheet: Path) -> None:
    """Drop the fonts a style sheet asks for: those of the icons, which are gone."""
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(_FONT.sub("", text), encoding="utf-8", newline="\n")
