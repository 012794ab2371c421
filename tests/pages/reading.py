"""What a page says: every text that a reader of it meets, and the English words left among Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
# Two Latin words in a row, each of at least three letters, are a phrase; names and signs are not.
_PHRASE = re.compile(r"[A-Za-z][a-z']{2,}(?:[ ,]+[A-Za-z][a-z']{2,})+")


def open_page(page: str, folds: tuple[str, ...] = (), **address: str) -> AppTest:
    """Run the application at a page with the given address and folds opened; fails the test if the page raises."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for fold in folds:
        app.session_state[f"fold_{fold}"] = True
    for name, value in address.items():
        app.query_params[name] = value
    if page != "start":
        app.switch_page(f"views/{page}.py")
    app.run()
    assert not app.exception
    return app


def unfold(app: AppTest, label: str, key: str) -> None:
    """Click on a fold, as a browser tells it."""
    (fold,) = [one for one in app.expander if one.label == label and one.proto.id.endswith(f"-fold_{key}")]
    said = app._tree.get_widget_states()
    said.widgets.add(id=fold.proto.id, bool_value=True)
    app._run(said)
    assert not app.exception


def after_restart(app: AppTest, page: str, **address: str) -> AppTest:
    """The server forgets the visit; the browser goes on with the page that it shows, and with what it is clicked."""
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    again.switch_page(f"views/{page}.py")
    for name, value in address.items():
        again.query_params[name] = value
    again._run(app._tree.get_widget_states())
    assert not again.exception
    return again


def texts(app: AppTest) -> Iterator[str]:
    """Every title, sentence, label, option and cell of the page."""
    for kind in ("title", "header", "subheader", "markdown", "caption", "text"):
        for element in app.get(kind):
            yield str(element.value)
    for kind in ("success", "info", "warning", "error"):
        for element in app.get(kind):
            yield str(element.value)
    for element in app.get("metric"):
        yield f"{element.label} {element.value}"
    for kind in ("button", "selectbox", "text_input", "multiselect", "radio"):
        for element in app.get(kind):
            yield str(element.label)
            yield from (str(option) for option in getattr(element, "options", ()) or ())
    for element in app.get("page_link"):
        yield str(element.proto.label)
    for element in app.get("expander"):
        yield str(element.label)
    for element in app.get("table"):
        frame = element.value
        yield from (str(column) for column in frame.columns)
        yield from (str(cell) for row in frame.itertuples(index=False) for cell in row)


def whole_text(app: AppTest) -> str:
    """All of it in one, with Markdown's escapes and the joiners in addresses taken off."""
    return re.sub(r"\\([^A-Za-z0-9 ])|\u2060", r"\1", "\n".join(texts(app)))


def english_phrases(app: AppTest, allowed: tuple[str, ...] = ()) -> list[str]:
    """Phrases of Latin words on a page, those in `allowed` and addresses left out."""
    text = re.sub(r"\]\([^)]*\)", "]", whole_text(app))
    for one in allowed:
        text = text.replace(one, "")
    return sorted(set(_PHRASE.findall(text)))
