"""How sure is the order of some cities? Rank bands, intervals, and who is above whom, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.above_matrix import above_matrix
from actions.access import Actor, see
from actions.candidates import unit_labels
from actions.sure_words import (
    Shown,
    held,
    in_bands,
    probability,
    rank_interval,
    score_chart,
    score_interval,
    sure_summary,
)
from actions.surety import Surety, surety
from reports.intervals import rank_intervals
from reports.palette import palette

# A matrix of more cities than this is a table only: its cells would be too small to read.
MOST_IN_MATRIX = 16


@dataclass(frozen=True, slots=True)
class SureAbout:
    """What is known of the order of some cities, in words; `ranks` and `pairs` are None where none is ranked."""

    summary: str
    bands: tuple[str, ...]  # one sentence a rank band
    ranks: Shown | None
    scores: Shown
    pairs: Shown | None
    pairs_only_table: bool
    unranked: tuple[str, ...]


def sure_about(
    actor: Actor, upload_ids: tuple[str, ...], basket: str, claims: str, top: int, language: str, dark: bool
) -> SureAbout:
    """The order of some uploads with intervals; NotKeptError if one is not kept."""
    see(actor, *upload_ids)
    return _sure_about(upload_ids, basket, claims, top, language, dark)


@lru_cache(maxsize=64)
def _sure_about(
    upload_ids: tuple[str, ...], basket: str, claims: str, top: int, language: str, dark: bool
) -> SureAbout:
    known = surety(upload_ids, basket, claims)
    called = unit_labels(upload_ids, language)
    order = in_bands(known, language)
    ranked = [i for i in order if known.bands[i]]
    return SureAbout(
        summary=sure_summary(known, ranked, language),
        bands=tuple(_band_sentence(known, ranked, called, band, language) for band in _numbers(known)),
        ranks=_ranks(known, ranked, called, top, language, dark) if ranked else None,
        scores=score_chart(known, order, called, language, dark),
        pairs=_pairs(known, ranked, called, language, dark) if len(ranked) > 1 else None,
        pairs_only_table=len(ranked) > MOST_IN_MATRIX,
        unranked=tuple(called[upload_ids[i]] for i in order if not known.bands[i]),
    )


def _numbers(known: Surety) -> range:
    return range(1, int(known.bands.max(initial=0)) + 1)


def _band_sentence(
    known: Surety, ranked: Sequence[int], called: Mapping[str, str], band: int, language: str
) -> str:
    voice = house.voice(language)
    members = [called[known.where.uploads[i].id] for i in ranked if known.bands[i] == band]
    return voice.say("Band {band}: {cities}.", band=voice.number(band), cities=voice.series(members))


def _ranks(
    known: Surety,
    ranked: Sequence[int],
    called: Mapping[str, str],
    top: int,
    language: str,
    dark: bool,
) -> Shown:
    voice = house.voice(language)
    say = voice.say
    in_top = known.sure.top(top)
    rows, table = [], []
    for i in ranked:
        low, middle, high = known.sure.rank[i]
        name = called[known.where.uploads[i].id]
        band = say("Band {band}", band=voice.number(int(known.bands[i])))
        rows.append(
            {
                "code": known.where.uploads[i].id,
                "label": name,
                "low": low,
                "middle": middle,
                "high": high,
                "band": int(known.bands[i]),
                "band_text": band,
                "interval_text": rank_interval(known, i, language),
            }
        )
        table.append(
            {
                say("Rank band"): voice.number(int(known.bands[i])),
                say("City"): name,
                say("Rank interval"): rank_interval(known, i, language),
                say("Score interval"): score_interval(known, i, language),
                _top_title(top, language): probability(float(in_top[i]), language),
            }
        )
    words = {
        "axis": say("rank, in {share} of the draws", share=held(known, language)),
        "row": say("City"),
        "interval": say("Rank interval"),
        "band": say("Rank band"),
    }
    description = say(
        "Rank interval of every ranked city, best band first, from {first} to {last}; the table holds every number.",
        first=f"{rows[0]['label']} {rows[0]['interval_text']}",
        last=f"{rows[-1]['label']} {rows[-1]['interval_text']}",
    )
    return Shown(rank_intervals(rows, len(ranked), words, palette(dark)), description, tuple(table))


def _top_title(top: int, language: str) -> str:
    voice = house.voice(language)
    return voice.plural("Chance to be first", "Chance to be among the first {count}", top)


def _pairs(
    known: Surety, ranked: Sequence[int], called: Mapping[str, str], language: str, dark: bool
) -> Shown | None:
    above = known.sure.above
    if above is None:
        return None
    names = [called[known.where.uploads[i].id] for i in ranked]
    return Shown(*above_matrix(names, ranked, above, language, dark))
