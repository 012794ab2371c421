"""One city beside others: what they do, then what they measure, and what both have in common."""

from __future__ import annotations

from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.compare_award import award_chart_rows, award_figures, award_table, by_age, note_cards
from actions.compare_basis import award_basis, award_partner
from actions.compare_upload import beside_upload
from actions.compare_words import ComparePage, Partner, chart_titles
from actions.listing import called, recent_uploads
from actions.practices import practice_cards
from actions.standing import UPLOADED, ids_of, standing
from reports.charts import beside
from reports.palette import palette

FITS = ("same", "near")
ALL = "all"
# Practice examples shown at once; the others are folded away.
IN_VIEW = 6
# How many other uploaded cities are offered as a further reference.
_OTHERS_OFFERED = 30


def partners(actor: Actor, upload_id: str, language: str) -> dict[str, str]:
    """With whom a city can be compared: award-winning cities first, then other uploaded cities that may be seen."""
    see(actor, upload_id)
    say = house.voice(language).say
    offered = {
        city.id: say(
            "{city} · award {years}",
            city=city.words[language].name,
            years=", ".join(str(year) for year in city.award_years),
        )
        for city in house.references().cities
    }
    offered[ALL] = say("All ten award cities of 2021")
    for other in recent_uploads(actor, _OTHERS_OFFERED):
        if other.id != upload_id:
            offered[UPLOADED + other.id] = say(
                "{city} · uploaded {moment}",
                city=called(other) or other.file,
                moment=house.voice(language).moment(other.at),
            )
    return offered


def compare(
    actor: Actor,
    upload_id: str,
    partner: str,
    basket: str,
    fits: tuple[str, ...],
    feature: str,
    language: str,
    dark: bool,
) -> ComparePage:
    """One upload beside a partner of `partners`; NotKeptError for an unknown upload, KeyError for an unknown city.

    `fits` are those of FITS that count; `feature` narrows the practice examples, "" shows all.
    """
    see(actor, *ids_of(upload_id, partner))
    return _compare(upload_id, partner, basket, fits, feature, language, dark)


@lru_cache(maxsize=256)
def _compare(
    upload_id: str, partner: str, basket: str, fits: tuple[str, ...], feature: str, language: str, dark: bool
) -> ComparePage:
    where = standing(upload_id, basket)
    if partner.startswith(UPLOADED):
        return beside_upload(where, partner.removeprefix(UPLOADED), language, dark)
    shelf = house.references()
    cities = shelf.cities if partner == ALL else (shelf.city(partner),)
    figures = award_figures(cities, fits)
    newest, older = by_age(figures)
    rows, marks = award_chart_rows(where, newest, language)
    examples = practice_cards(cities, feature, language)
    described = None if partner == ALL else award_partner(where, cities[0], language)
    say = house.voice(language).say
    return ComparePage(
        partner=described
        or Partner(
            say("The ten award cities of 2021"),
            say("No average and no rank: each figure stands for itself, with its city and year."),
            "",
            (),
        ),
        practices=examples,
        more=max(len(examples) - IN_VIEW, 0),
        basis="" if partner == ALL else award_basis(where, cities[0], newest, language),
        chart=beside(rows, marks, chart_titles(language), palette(dark)) if rows else None,
        chart_description=say(
            "The city and the reference on every measurement that both sides can show, in points; "
            "the table holds values, years, fit and sources."
        ),
        table=award_table(where, newest, language),
        notes=note_cards(newest, language),
        older=note_cards(older, language),
        different=note_cards(
            [
                f
                for city in cities
                for f in shelf.of_city(city.id)
                if f.fit == "different" and f.level == "city"
            ],
            language,
        ),
        context=note_cards(
            [f for city in cities for f in shelf.of_city(city.id) if f.level != "city" and f.measurement],
            language,
        ),
    )
