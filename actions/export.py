"""A set of candidates as a workbook for a jury's own use: every score, every answer and how they came about."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.candidates import city_ranks, gather, ordered, possible_ranks, unit_labels, why_no_rank
from actions.figures import band_name
from actions.ledger import reading_words
from actions.standing import Standing
from actions.surety import surety
from reports.sheet import MEDIA_TYPE, Column, Sheet, workbook
from scoring.model import Node

__all__ = ["MEDIA_TYPE", "export", "export_name"]

Line = tuple[object, ...]


def export_name(basket: str, language: str) -> str:
    """What the file is called: subject, basket and day."""
    subject = house.voice(language).say("Candidates").casefold()
    return re.sub(r"\s+", "-", f"{subject}-{basket}-{house.today().isoformat()}.xlsx")


def export(actor: Actor, upload_ids: tuple[str, ...], basket: str, language: str) -> bytes:
    """The bytes of the .xlsx with ranking, focus areas, features, measurements, themes and notes."""
    see(actor, *upload_ids)
    return _export(upload_ids, basket, language)


@lru_cache(maxsize=4)
def _export(upload_ids: tuple[str, ...], basket: str, language: str) -> bytes:
    where = gather(upload_ids, basket)
    makers: tuple[Callable[[Standing, str], Sheet], ...] = (
        _ranking,
        _areas,
        _features,
        _measurements,
        _themes,
        _notes,
    )
    return workbook([make(where, language) for make in makers], language)


def _name(where: Standing, unit: int, language: str) -> str:
    return unit_labels(tuple(one.id for one in where.uploads), language)[where.uploads[unit].id]


def _ranking(where: Standing, language: str) -> Sheet:
    say, root, places = house.voice(language).say, where.scores.nodes[0], city_ranks(where)
    columns = (
        Column(say("Rank"), 8, "whole"),
        Column(say("City"), 32),
        Column(say("Invented"), 10),
        Column(say("Level"), 20),
        Column(say("Assured"), 10, "points"),
        Column(say("Reported"), 10, "points"),
        Column(say("Bracket from"), 10, "points"),
        Column(say("Bracket to"), 10, "points"),
        Column(say("Answered"), 10, "share"),
        Column(say("Best possible rank"), 12, "whole"),
        Column(say("Worst possible rank"), 12, "whole"),
        Column(say("Rated by the city"), 12, "share"),
        Column(say("Without claims"), 12, "points"),
        Column(say("If remit claims are refused"), 14, "points"),
        Column(say("Imbalance costs"), 12, "points"),
        Column(say("Why no rank"), 60),
        Column(say("Rank band"), 10, "whole"),
        Column(say("Rank interval from"), 12, "whole"),
        Column(say("Rank interval to"), 12, "whole"),
        Column(say("Score interval from"), 12, "points"),
        Column(say("Score interval to"), 12, "points"),
    )
    possible = possible_ranks(where)
    known = surety(tuple(one.id for one in where.uploads), where.basket)

    def line(unit: int) -> Line:
        span = possible[unit] or (None, None)
        number = {
            what: where.number(what, root, unit)
            for what in (
                "assured",
                "reported",
                "upper",
                "coverage",
                "claimed",
                "without_claims",
                "refused_remit",
            )
        }
        return (
            places[unit] or None,
            _name(where, unit, language),
            say("yes") if where.reading(unit).invented else say("no"),
            band_name(number["assured"], language) if places[unit] else say("Profile only"),
            number["assured"],
            number["reported"],
            number["assured"],
            number["upper"],
            number["coverage"],
            *span,
            number["claimed"],
            number["without_claims"],
            number["refused_remit"],
            float(where.scores.balance_loss[unit]),
            why_no_rank(where, unit, language),
            int(known.bands[unit]) or None,
            *(
                (int(known.sure.rank[unit, 0]), int(known.sure.rank[unit, 2]))
                if known.bands[unit]
                else (None, None)
            ),
            float(known.sure.score[unit, 0]),
            float(known.sure.score[unit, 2]),
        )

    return Sheet(say("Ranking"), columns, tuple(line(unit) for unit in ordered(where, language)), 2)


def _areas(where: Standing, language: str) -> Sheet:
    say = house.voice(language).say
    return _nodes(where, "focus_area", say("Focus areas"), say("Focus area"), language)


def _features(where: Standing, language: str) -> Sheet:
    say = house.voice(language).say
    return _nodes(where, "feature", say("Features"), say("Feature"), language)


def _nodes(where: Standing, level: str, title: str, singular: str, language: str) -> Sheet:
    say, words = house.voice(language).say, house.framework().words[language]
    columns = (
        Column(say("City"), 32),
        Column(say("Code"), 8),
        Column(singular, 50),
        Column(say("Assured"), 10, "points"),
        Column(say("Reported"), 10, "points"),
        Column(say("Bracket to"), 10, "points"),
        Column(say("Answered"), 10, "share"),
        Column(say("Rated by the city"), 12, "share"),
        Column(say("Without claims"), 12, "points"),
    )
    rows = tuple(
        (
            _name(where, unit, language),
            node.code,
            words[node.code].title,
            *(
                where.number(what, node.code, unit)
                for what in ("assured", "reported", "upper", "coverage", "claimed", "without_claims")
            ),
        )
        for unit in ordered(where, language)
        for node in house.framework().at_level(level)
    )
    return Sheet(title, columns, rows, 3)


def _measurements(where: Standing, language: str) -> Sheet:
    say = house.voice(language).say
    columns = (
        Column(say("City"), 32),
        Column(say("Code"), 8),
        Column(say("Measurement"), 50),
        Column(say("Value"), 12, "number"),
        Column(say("Unit"), 18),
        Column(say("State"), 22),
        Column(say("Points"), 10, "points"),
        Column(say("Year"), 8, "whole"),
        Column(say("Evidence grade"), 36),
        Column(say("Source"), 36),
        Column(say("Link"), 30),
        Column(say("Remark"), 36),
        Column(say("Break in series"), 36),
        Column(say("Cell"), 24),
        Column(say("How it was read"), 50),
    )
    rows = tuple(
        _measurement(where, unit, node, language)
        for unit in ordered(where, language)
        for node in house.framework().measurements
    )
    return Sheet(say("Measurements"), columns, rows, 3)


def _measurement(where: Standing, unit: int, node: Node, language: str) -> Line:
    framework, terms = house.framework(), house.terms(language)
    asked, given = node.measurement, where.observation(node.code, unit)
    units = framework.units[language]
    head: Line = (_name(where, unit, language), node.code, framework.words[language][node.code].title)
    unit_text = units.get(asked.unit, asked.unit) if asked else ""
    if given is None:
        return (*head, None, unit_text, *((None,) * 10))
    return (
        *head,
        given.value,
        unit_text,
        terms.get(f"state.{given.state}", ""),
        where.number("reported", node.code, unit),
        given.year,
        terms.get(f"grade.{given.grade}", ""),
        given.source,
        given.link,
        given.remark,
        given.series_break,
        f"{given.place.sheet}!{given.place.cell}",
        reading_words(given, language),
    )


def _themes(where: Standing, language: str) -> Sheet:
    say, declaration = house.voice(language).say, house.declaration()
    columns = (
        Column(say("City"), 32),
        Column(say("Paragraph"), 10),
        Column(say("Theme"), 50),
        Column(say("Assured"), 10, "points"),
        Column(say("Reported"), 10, "points"),
        Column(say("Bracket to"), 10, "points"),
        Column(say("Answered"), 10, "share"),
        Column(say("From features"), 12, "points"),
        Column(say("Share of features"), 12, "share"),
        Column(say("Own rating"), 12, "points"),
    )
    whats = ("assured", "reported", "upper", "coverage", "features_assured", "feature_share", "rating")
    rows = tuple(
        (
            _name(where, unit, language),
            f"§{theme.code}",
            declaration.words[language][theme.code].title,
            *(where.theme(what, theme.code, unit) for what in whats),
        )
        for unit in ordered(where, language)
        for theme in declaration.themes
        if theme.role == "scored"
    )
    return Sheet(say("Themes"), columns, rows, 3)


def _notes(where: Standing, language: str) -> Sheet:
    voice, framework = house.voice(language), house.framework()
    say, terms, declaration = voice.say, house.terms(language), house.declaration()
    general = (
        (
            say("Method"),
            say(
                "The wording of all measurements is reconstructed and not yet checked against the published table. "
                "Score and levels are this tool's method, not UNESCO's."
            ),
        ),
        (
            say("Framework"),
            say("Key Features of Learning Cities, edition {edition}", edition=framework.edition),
        ),
        (
            say("Themes"),
            say("{name}, edition {edition}", name=declaration.names[language], edition=declaration.edition),
        ),
        (say("Measurements counted"), terms[f"basket.{where.basket}"]),
        (
            say("Assured"),
            say("Open answers count as 0. Nothing that is left blank can raise it."),
        ),
        (
            say("Bracket"),
            say("The lowest and highest score still possible: every open answer at 0, or every one at 100."),
        ),
        (
            say("Rank"),
            say(
                "Scores stand here in full and are shown, ranked and levelled at {digits} decimal, half up. "
                "Equal published scores share the best rank.",
                digits=framework.rules.published_decimals,
            ),
        ),
        (say("Made on"), voice.date(house.today())),
    )
    files = tuple(
        (
            _name(where, unit, language),
            " · ".join(
                part
                for part in (
                    say("Invented city (sample)") if kept.reading.invented else "",
                    say("file {name}", name=kept.name),
                    say("saved {moment}", moment=voice.moment(kept.at)),
                    f"SHA-256 {kept.sha256}",
                )
                if part
            ),
        )
        for unit, kept in ((i, where.uploads[i]) for i in ordered(where, language))
    )
    columns = (Column(say("Subject"), 34), Column(say("Note"), 110))
    return Sheet(say("Notes"), columns, general + files, 1, wrapped=True)
