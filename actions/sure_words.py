"""What pages about sureness share: intervals, chances and the order in rank bands, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from actions import house
from actions.candidates import Rows, unit_labels
from actions.figures import NOTHING, band_rows, bracket, points
from actions.surety import Surety
from actions.uploads import fold
from reports.charts import Spec
from reports.intervals import score_intervals
from reports.palette import palette


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart with its description and table twin."""

    chart: Spec
    description: str
    table: Rows


def in_bands(known: Surety, language: str) -> list[int]:
    """The positions of all cities: by band, mean rank and name; those without a rank last."""
    called = unit_labels(tuple(one.id for one in known.where.uploads), language)
    mean = known.sure.rank_shares @ np.arange(1, known.sure.rank_shares.shape[1] + 1)

    def key(i: int) -> tuple[bool, int, float, str]:
        band = int(known.bands[i])
        return band == 0, band, round(float(mean[i]), 6), fold(called[known.where.uploads[i].id])

    return sorted(range(len(known.where.uploads)), key=key)


def rank_interval(known: Surety, unit: int, language: str) -> str:
    """The ranks between which most draws put a city, as "a – b"; a dash without a rank."""
    low, _, high = known.sure.rank[unit]
    if np.isnan(low):
        return NOTHING
    voice = house.voice(language)
    first, last = voice.number(float(low)), voice.number(float(high))
    return first if first == last else f"{first} – {last}"


def score_interval(known: Surety, unit: int, language: str) -> str:
    """The scores between which most draws put a city, as "a – b"."""
    low, _, high = known.sure.score[unit]
    return bracket(float(low), float(high), language)


def probability(share: float, language: str) -> str:
    """A share of draws as a percentage; what is nearly nothing or nearly all is not rounded to it."""
    voice = house.voice(language)
    if 0 < share < 0.005:
        return f"< {voice.percent(0.01)}"
    if 0.995 <= share < 1:
        return f"> {voice.percent(0.99)}"
    return voice.percent(share)


def held(known: Surety, language: str) -> str:
    """How much of the draws an interval holds, as a percentage."""
    return house.voice(language).percent(known.sure.settings.high - known.sure.settings.low)


def sure_summary(known: Surety, ranked: Sequence[int], language: str) -> str:
    """Into how many rank bands the ranked cities fall, as a sentence."""
    voice = house.voice(language)
    if not ranked:
        return voice.say("No city has answered enough for a rank; the intervals of their scores stand below.")
    bands = int(known.bands.max())
    return voice.plural(
        "{count} ranked city falls into {bands}: inside a band the order is not sure.",
        "{count} ranked cities fall into {bands}: inside a band the order is not sure.",
        len(ranked),
        bands=voice.plural("{count} rank band", "{count} rank bands", bands),
    )


def score_chart(
    known: Surety, order: Sequence[int], called: Mapping[str, str], language: str, dark: bool
) -> Shown:
    """The score interval of some cities within their brackets, as a chart with its twin."""
    say = house.voice(language).say
    root = known.where.scores.nodes[0]
    rows, table = [], []
    for i in order:
        low, middle, high = (float(value) for value in known.sure.score[i])
        assured, upper = (known.where.number(what, root, i) for what in ("assured", "upper"))
        name = called[known.where.uploads[i].id]
        rows.append(
            {
                "code": known.where.uploads[i].id,
                "label": name,
                "low": low,
                "middle": middle,
                "high": high,
                "assured": assured,
                "upper": upper,
                "interval_text": score_interval(known, i, language),
                "bracket_text": bracket(assured, upper, language),
            }
        )
        table.append(
            {
                say("City"): name,
                say("Score interval"): score_interval(known, i, language),
                say("Middle of the draws"): points(middle, language),
                say("Assured"): points(assured, language),
                say("Bracket"): bracket(assured, upper, language),
            }
        )
    words = {
        "axis": say("points, 0 to 100"),
        "row": say("City"),
        "interval": say("Score interval"),
        "bracket": say("Bracket"),
    }
    description = say(
        "Score interval (thick) of every city within its bracket (thin line); the table holds every number."
    )
    return Shown(score_intervals(rows, band_rows(), words, palette(dark)), description, tuple(table))
