"""One city on the themes of a declaration: features on one side, its own rating on the other, never blended unseen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.figures import NOTHING, band_name, band_rows, bracket, points, share
from actions.standing import Standing, standing
from locales import mark
from reports.charts import Spec, dot_and_bracket
from reports.palette import palette
from scoring.model import Theme

_KINDS: Mapping[str, str] = {"primary": mark("primary"), "secondary": mark("secondary")}


@dataclass(frozen=True, slots=True)
class ThemeCard:
    """One theme in words: the two parts of its score, the features behind it and the city's evidence."""

    code: str
    title: str
    definition: str
    assured: str
    bracket: str
    level: str
    features_part: str
    features_share: str
    rating_part: str
    rating_share: str
    rests_on_rating: bool
    thin: bool
    rating: str
    evidence: str
    where: str
    what_supports: str
    links: tuple[Mapping[str, str], ...]
    sdg: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A paragraph outside every total: a duty with the city's rating, or a call on others."""

    code: str
    title: str
    definition: str
    rating: str
    evidence: str
    where: str


@dataclass(frozen=True, slots=True)
class ThemePage:
    """Everything the themes page shows, in words."""

    name: str
    sentence: str
    chart: Spec
    chart_description: str
    table: tuple[Mapping[str, str], ...]
    themes: tuple[ThemeCard, ...]
    duties: tuple[Duty, ...]
    calls: tuple[Duty, ...]


def themes(actor: Actor, upload_id: str, basket: str, language: str, dark: bool) -> ThemePage:
    """The themes of one upload; NotKeptError if there is no such upload."""
    see(actor, upload_id)
    return _themes(upload_id, basket, language, dark)


@lru_cache(maxsize=256)
def _themes(upload_id: str, basket: str, language: str, dark: bool) -> ThemePage:
    where = standing(upload_id, basket)
    declaration = house.declaration()
    say = house.voice(language).say
    cards = tuple(_card(where, theme, language) for theme in declaration.themes if theme.role == "scored")
    leaning = sum(card.rests_on_rating for card in cards)
    return ThemePage(
        name=declaration.names[language],
        sentence=house.voice(language).plural(
            "{count} of {all} themes rests mainly on the city's own rating.",
            "{count} of {all} themes rest mainly on the city's own rating.",
            leaning,
            all=len(cards),
        ),
        chart=_chart(where, language, dark),
        chart_description=say(
            "Themes in the order of the declaration with assured score, reported score and bracket; "
            "the table holds every number."
        ),
        table=tuple(_row(card, language) for card in cards),
        themes=cards,
        duties=tuple(_duty(where, theme, language) for theme in declaration.themes if theme.role == "duty"),
        calls=tuple(_duty(where, theme, language) for theme in declaration.themes if theme.role == "shown"),
    )


def matches(query: str, language: str) -> tuple[str, ...]:
    """The paragraphs whose number, title or content holds the query; all of them for a name of the declaration."""
    declaration = house.declaration()
    wanted = query.strip().strip("《》").casefold()
    if not wanted:
        return tuple(theme.code for theme in declaration.themes)
    names = (*declaration.names.values(), *declaration.other_names)
    if any(wanted in name.casefold() for name in names):
        return tuple(theme.code for theme in declaration.themes)
    found = []
    for theme in declaration.themes:
        words = declaration.words[language][theme.code]
        texts = (f"§{theme.code}", words.title, words.definition, *theme.sdg)
        if any(wanted in text.casefold() for text in texts):
            found.append(theme.code)
    return tuple(found)


def _card(where: Standing, theme: Theme, language: str) -> ThemeCard:
    words = house.declaration().words[language][theme.code]
    at = where.themes.themes.index(theme.code)
    assured, upper = where.theme("assured", theme.code), where.theme("upper", theme.code)
    feature_share = float(where.themes.feature_share[0, at])
    rating, evidence, cell = _rating(where, theme, language)
    return ThemeCard(
        code=theme.code,
        title=words.title,
        definition=words.definition,
        assured=points(assured, language),
        bracket=bracket(assured, upper, language),
        level=band_name(assured, language),
        features_part=points(where.theme("features_assured", theme.code), language),
        features_share=share(feature_share, language),
        rating_part=points(where.theme("rating", theme.code), language),
        rating_share=share(1 - feature_share, language),
        rests_on_rating=bool(where.themes.rests_on_rating[0, at]),
        thin=theme.thin,
        rating=rating,
        evidence=evidence,
        where=cell,
        what_supports=words.how,
        links=_links(where, theme, language),
        sdg=", ".join(theme.sdg),
    )


def _links(where: Standing, theme: Theme, language: str) -> tuple[Mapping[str, str], ...]:
    say = house.voice(language).say
    words = house.framework().words[language]
    return tuple(
        {
            say("Feature"): f"{link.feature} {words[link.feature].title}",
            say("Link"): say(_KINDS[link.kind]),
            say("Assured"): points(where.number("assured", link.feature), language),
            say("Why"): link.reason[language],
        }
        for link in theme.links
    )


def _rating(where: Standing, theme: Theme, language: str) -> tuple[str, str, str]:
    """The city's rating, its evidence and its cell, in words; dashes where the row is blank."""
    given = where.reading().ratings.get(f"{house.declaration().id}:{theme.code}")
    if given is None or given.value is None:
        return NOTHING, "", f"{given.place.sheet}!{given.place.cell}" if given else ""
    steps = house.framework().ladder[language]
    level = int(given.value)
    evidence = " · ".join(text for text in (given.source, given.link, given.remark) if text)
    return f"{level} · {steps[level].title}", evidence, f"{given.place.sheet}!{given.place.cell}"


def _duty(where: Standing, theme: Theme, language: str) -> Duty:
    words = house.declaration().words[language][theme.code]
    rating, evidence, cell = _rating(where, theme, language)
    return Duty(theme.code, words.title, words.definition, rating, evidence, cell)


def _row(card: ThemeCard, language: str) -> Mapping[str, str]:
    say = house.voice(language).say
    return {
        say("Theme"): f"§{card.code} {card.title}",
        say("Assured"): card.assured,
        say("Bracket"): card.bracket,
        say("Features"): f"{card.features_part} × {card.features_share}",
        say("Own rating"): f"{card.rating_part} × {card.rating_share}",
        say("Level"): card.level,
    }


def _chart(where: Standing, language: str, dark: bool) -> Spec:
    say = house.voice(language).say
    words = house.declaration().words[language]
    rows = []
    for theme in house.declaration().themes:
        if theme.role != "scored":
            continue
        assured, upper = where.theme("assured", theme.code), where.theme("upper", theme.code)
        reported = where.theme("reported", theme.code)
        rows.append(
            {
                "code": theme.code,
                "label": f"§{theme.code} {words[theme.code].short}",
                "assured": assured,
                "reported": None if math.isnan(reported) else reported,
                "upper": upper,
                "assured_text": points(assured, language),
                "reported_text": points(reported, language),
                "bracket_text": bracket(assured, upper, language),
                "coverage_text": share(where.theme("coverage", theme.code), language),
            }
        )
    titles = {
        "axis": say("points, 0 to 100"),
        "row": say("Theme"),
        "assured": say("Assured"),
        "reported": say("Reported"),
        "bracket": say("Bracket"),
        "coverage": say("Answered"),
    }
    return dot_and_bracket(rows, band_rows(), titles, palette(dark))
