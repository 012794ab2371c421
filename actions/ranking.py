"""The order of some candidates for a jury: rank bands, not places, and who has no rank and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.candidates import Rows, possible_ranks, unit_labels, unsettled_pairs, why_no_rank
from actions.figures import NOTHING, band_name, bracket, points, share
from actions.standing import WITH_CLAIMS, Standing
from actions.sure_words import held, in_bands, rank_interval, score_interval, sure_summary
from actions.surety import Surety, surety


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everything the page says about the order of a set, in words."""

    summary: str
    bands: str  # into how many rank bands they fall; "" where nobody is ranked
    unsettled: tuple[str, ...]  # one sentence for each two neighbours whose brackets overlap
    main: Rows
    caption: str
    more: Rows
    profiles: Rows


def ranking(
    actor: Actor, upload_ids: tuple[str, ...], basket: str, language: str, claims: str = WITH_CLAIMS
) -> Ranking:
    """The order of some uploads in one basket, in rank bands. NotKeptError if one is not kept."""
    see(actor, *upload_ids)
    return _ranking(upload_ids, basket, language, claims)


@lru_cache(maxsize=64)
def _ranking(upload_ids: tuple[str, ...], basket: str, language: str, claims: str = WITH_CLAIMS) -> Ranking:
    known = surety(upload_ids, basket, claims)
    where = known.where
    voice, called = house.voice(language), unit_labels(upload_ids, language)
    order = in_bands(known, language)
    ranked = [i for i in order if known.bands[i]]
    return Ranking(
        summary=voice.plural(
            "{count} candidate, {ranked} of them ranked.",
            "{count} candidates, {ranked} of them ranked.",
            len(order),
            ranked=voice.number(len(ranked)),
        ),
        bands=sure_summary(known, ranked, language) if ranked else "",
        unsettled=tuple(
            voice.say(
                "The order of {first} and {second} is not settled: their brackets overlap.",
                first=called[upload_ids[first]],
                second=called[upload_ids[second]],
            )
            for first, second in unsettled_pairs(where, language)
        ),
        caption=voice.say(
            "A rank band holds cities whose order is not sure; a rank interval holds {share} of the draws. "
            "Levels D to A, bands and ranks are this tool's method, not UNESCO's.",
            share=held(known, language),
        ),
        main=tuple(_main(known, i, language) for i in ranked),
        more=tuple(_more(known, i, language) for i in order),
        profiles=tuple(_profile(where, i, language) for i in order if not known.bands[i]),
    )


def _main(known: Surety, unit: int, language: str) -> Mapping[str, str]:
    where = known.where
    say, root = house.voice(language).say, where.scores.nodes[0]
    assured, upper = where.number("assured", root, unit), where.number("upper", root, unit)
    return {
        say("Rank band"): house.voice(language).number(int(known.bands[unit])),
        say("City"): _label(where, unit, language),
        say("Level"): band_name(assured, language),
        say("Assured"): points(assured, language),
        say("Bracket"): bracket(assured, upper, language),
        say("Rank interval"): rank_interval(known, unit, language),
        say("Answered"): share(where.number("coverage", root, unit), language),
    }


def _more(known: Surety, unit: int, language: str) -> Mapping[str, str]:
    where = known.where
    say, root = house.voice(language).say, where.scores.nodes[0]
    possible = possible_ranks(where)[unit]
    return {
        say("City"): _label(where, unit, language),
        say("Assured"): points(where.number("assured", root, unit), language),
        say("Reported"): points(where.number("reported", root, unit), language),
        say("Score interval"): score_interval(known, unit, language),
        say("Possible rank"): NOTHING if possible is None else _span(*possible),
        say("Rated by the city"): share(where.number("claimed", root, unit), language),
        say("Without claims"): points(where.number("without_claims", root, unit), language),
        say("If remit claims are refused"): points(where.number("refused_remit", root, unit), language),
        say("Imbalance costs"): points(float(where.scores.balance_loss[unit]), language),
    }


def _span(best: int, worst: int) -> str:
    return str(best) if best == worst else f"{best} – {worst}"


def _profile(where: Standing, unit: int, language: str) -> Mapping[str, str]:
    say, root = house.voice(language).say, where.scores.nodes[0]
    assured, upper = where.number("assured", root, unit), where.number("upper", root, unit)
    return {
        say("City"): _label(where, unit, language),
        say("Answered"): share(where.number("coverage", root, unit), language),
        say("Bracket"): bracket(assured, upper, language),
        say("Why no rank"): why_no_rank(where, unit, language),
    }


def _label(where: Standing, unit: int, language: str) -> str:
    return unit_labels(tuple(one.id for one in where.uploads), language)[where.uploads[unit].id]
