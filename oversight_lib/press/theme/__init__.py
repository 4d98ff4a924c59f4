"""The look of the book: a Sphinx extension with templates and a style sheet of its own.

Nothing here knows Jupyter Book: it works with plain Sphinx, myst-nb and sphinx-book-theme. It
reads `_edition.json` beside the sources, which `press.book` writes.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from oversight_lib.press.theme.absent import without_absent
from oversight_lib.press.theme.navigation import Navigation
from oversight_lib.press.theme.rereading import forget_words, read_again

HERE = Path(__file__).parent
EDITION = "_edition.json"
_UNUSED = ("scripts/fontawesome.js", "scripts/fontawesome.js.LICENSE.txt", "vendor/fontawesome")


def setup(app: Any) -> dict[str, bool]:
    """Register the extension with Sphinx."""
    app.connect("config-inited", _add_folders)
    app.connect("builder-inited", _read_edition)
    app.connect("env-get-outdated", read_again)
    app.connect("build-finished", forget_words, priority=800)
    # Before the theme, which renders our templates once to see whether they are empty.
    app.connect("html-page-context", _furnish, priority=100)
    app.connect("build-finished", _sweep, priority=900)
    app.add_css_file("oversight.css", priority=900)
    app.add_js_file("tables.js", loading_method="defer")
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
