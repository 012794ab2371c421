"""Plain pages for people who are not signed in: built from parts that cannot hold foreign markup, without script."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from locales import LANGUAGES, Speaker

STYLE = Path(__file__).with_name("door.css").read_text(encoding="utf-8")
STYLE_PATH = "/sign-in/door.css"

_EMPTY = frozenset({"input", "link", "meta", "br"})


class Markup(str):
    """Text that is already HTML; only `tag` and `page` make it."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str | bool | None) -> Markup:
    """One element: text in it and in its attributes is escaped, `Markup` stands as it is.

    An underscore at an attribute's end is dropped and any other becomes a hyphen (`for_`, `aria_describedby`);
    True gives a bare attribute, None and False give none.
    """
    told = "".join(
        f" {key}" if value is True else f' {key}="{html.escape(str(value))}"'
        for key, value in ((one.rstrip("_").replace("_", "-"), value) for one, value in attributes.items())
        if value is not None and value is not False
    )
    if name in _EMPTY:
        return Markup(f"<{name}{told}>")
    inner = "".join(one if isinstance(one, Markup) else html.escape(one) for one in children)
    return Markup(f"<{name}{told}>{inner}</{name}>")


def together(parts: Iterable[Markup]) -> Markup:
    """Several elements one after the other."""
    return Markup("".join(parts))


@dataclass(frozen=True)
class Field:
    """One entry of a form: its name, the words over it, and what a browser should know about it."""

    name: str
    label: str
    kind: str = "text"
    fill: str = ""  # the autocomplete token, so that password managers help
    value: str = ""
    hint: str = ""
    shortest: str | None = None
    fixed: bool = False  # to be seen, and for password managers, but not to be changed


def entry(field: Field, *, wrong: bool) -> Markup:
    """The words, the hint and the box of one entry."""
    described = " ".join([*([f"{field.name}-hint"] if field.hint else []), *(["trouble"] if wrong else [])])
    parts = [tag("label", field.label, for_=field.name)]
    if field.hint:
        parts.append(tag("p", field.hint, class_="hint", id=f"{field.name}-hint"))
    parts.append(
        tag(
            "input",
            id=field.name,
            name=field.name,
            type=field.kind,
            autocomplete=field.fill or None,
            value=field.value or None,
            required=True,
            readonly=field.fixed,
            minlength=field.shortest,
            aria_describedby=described or None,
            aria_invalid="true" if wrong else None,
        )
    )
    return tag("div", *parts, class_="entry")


def form(
    where: str,
    fields: Sequence[Field],
    button: str,
    *,
    hidden: Sequence[tuple[str, str]],
    wrong: bool = False,
    quiet: bool = False,
) -> Markup:
    """A form that is sent to `where`; `wrong` marks its entries as not accepted, `quiet` is for a second choice."""
    return tag(
        "form",
        *(tag("input", type="hidden", name=name, value=value) for name, value in hidden),
        *(entry(field, wrong=wrong) for field in fields),
        tag("button", button, type="submit", class_="quiet" if quiet else None),
        method="post",
        action=where,
    )


def page(title: str, *body: Markup, here: Speaker, path: str, query: Sequence[tuple[str, str]] = ()) -> str:
    """A whole page in one language, with links to itself in the others."""
    say = here.say
    switches = [
        tag(
            "a",
            name,
            href=f"{path}?{urlencode([*query, ('lang', code)])}",
            lang=code,
            hreflang=code,
            aria_current="true" if code == here.language else None,
        )
        for code, name in LANGUAGES.items()
    ]
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} · {say('Learning City Scorecard')}"),
        tag("link", rel="stylesheet", href=STYLE_PATH),
        tag("link", rel="icon", href="data:,"),
    )
    top = tag(
        "header",
        tag("p", say("Learning City Scorecard"), class_="name"),
        tag("nav", *switches, aria_label="Language · 语言"),
    )
    main = tag("main", tag("h1", title), *body)
    return "<!doctype html>" + tag("html", head, tag("body", top, main), lang=here.language)


def trouble(text: str) -> Markup:
    """What went wrong, read out at once by a screen reader."""
    return tag("p", text, class_="trouble", id="trouble", role="alert")
