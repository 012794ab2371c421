"""What a city is told after the round: its mean on each criterion beside the candidates' middle half, nobody named.

The chair writes a few words and releases it; from then on its figures stand as they were. A criterion with fewer than
three marks is not told, and the middle half only where enough cities stand behind it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from actions import house
from actions.access import Actor, NotAllowedError, NotKeptError
from actions.figures import NOTHING
from actions.judging_limits import number
from actions.round_decisions import decisions
from actions.round_facts import FEEDBACK, ONE, PHASE, Candidate, candidates, of_kind
from actions.round_meeting_words import DECIDED
from actions.round_moment import FEWEST, counting, moment_of
from actions.round_read import CITY, Seen, seen
from actions.round_rights import RELEASE, may_do
from actions.round_write import RoundError, Saying, keep
from indicators.text import tidy
from locales import Speaker, mark
from reports.paper import Block, Grid, Heading, Line, Paper
from reports.pdf import pdf
from scoring.marks.summary import summary
from scoring.model import FloatArray
from scoring.rounding import published
from store.rounds import Entry

_LETTERS = 4000
# With fewer cities behind it the middle half would tell of single ones.
LEAST_CITIES = int(number("feedback", "least_cities"))
_LOW, _HIGH = number("feedback", "low"), number("feedback", "high")
_DECIMALS = 2
# Where a city's mean stands beside the middle half of the candidates.
BELOW, WITHIN, ABOVE, UNTOLD = "below", "within", "above", "untold"
_PLACES: Mapping[str, str] = {
    BELOW: mark("Below it: most room to grow"),
    WITHIN: mark("Within it"),
    ABOVE: mark("Above it"),
    UNTOLD: mark("Not told: too few marks or cities"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One criterion: the city's mean and the middle half of the candidates' means, None where it is not told."""

    criterion: str
    mean: float | None
    low: float | None
    high: float | None

    @property
    def place(self) -> str:
        """Where the mean stands beside the middle half."""
        if self.mean is None or self.low is None or self.high is None:
            return UNTOLD
        return BELOW if self.mean < self.low else ABOVE if self.mean > self.high else WITHIN


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a city is or would be told: the chair's words, figures, and whether it is released.

    `rests_on` is how many candidates the middle half is of: those that whoever released it may see.
    """

    candidate: str
    name: str
    text: str
    figures: tuple[Figure, ...]
    rests_on: int
    released: bool
    version: int
    may_release: bool


def figures(found: Seen, candidate: str) -> tuple[Figure, ...]:
    """The figures of a city as the marks are now; those that are not told are empty."""
    moment = moment_of(found)
    if moment is None or candidate not in moment.marks.cities:
        return ()
    marks = counting(moment)
    told = summary(marks)
    within = {one.id for one in candidates(found.now)}
    rows = np.array([one in within for one in marks.cities])
    here = marks.cities.index(candidate)
    means = published(told.mean[:, :-1], _DECIMALS)
    enough = told.count[:, :-1] >= FEWEST
    made = []
    for k, criterion in enumerate(marks.criteria):
        low, high = _middle(means[rows & enough[:, k], k])
        mean = float(means[here, k]) if enough[here, k] else None
        made.append(Figure(criterion, mean, low, high))
    return tuple(made)


def _middle(means: FloatArray) -> tuple[float | None, float | None]:
    """The middle half of some means, as published; None for fewer than LEAST_CITIES."""
    if len(means) < LEAST_CITIES:
        return None, None
    low, high = published(np.percentile(means, [_LOW, _HIGH]), _DECIMALS)
    return float(low), float(high)


def feedback(found: Seen, candidate: str) -> Feedback:
    """What one city is told, or would be; NotKeptError for one that the viewer does not see."""
    one = next((its for its in candidates(found.now) if its.id == candidate), None)
    if one is None:
        raise NotKeptError(candidate)
    entry = found.now.get((FEEDBACK, candidate))
    said: Mapping[str, Any] = entry.said if entry else {}
    released = bool(said.get("released"))
    return Feedback(
        candidate=candidate,
        name=one.name,
        text=str(said.get("text", "")),
        figures=_frozen(entry) if released and entry else figures(found, candidate),
        rests_on=int(said["rests_on"]) if released else len(candidates(found.now)),
        released=released,
        version=entry.version if entry else 0,
        may_release=may_do(found, RELEASE, candidate),
    )


def _frozen(entry: Entry) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            str(one["criterion"]),
            *(float(one[name]) if one[name] else None for name in ("mean", "low", "high")),
        )
        for one in entry.said.get("figures", ())
    )


def keep_feedback(
    actor: Actor, round_id: str, seat: str, candidate: str, base: int, text: str, *, release: bool
) -> None:
    """Keep the chair's words for a city on top of the version seen, and with `release` let the city have them.

    What is released stays released once results are public.
    NotAllowedError, NotKeptError, RoundError (`text_missing`, `feedback_out`), MeanwhileError, StoreError.
    """
    found = seen(actor, round_id, seat)
    known = feedback(found, candidate)
    if release and not tidy(text):
        raise RoundError("text_missing")
    if known.released and found.phase.open:
        raise RoundError("feedback_out")
    said: dict[str, Any] = {"text": tidy(text)[:_LETTERS], "released": release}
    if release:
        said["rests_on"] = len(candidates(found.now))
        said["figures"] = [
            {
                "criterion": one.criterion,
                "mean": _text(one.mean),
                "low": _text(one.low),
                "high": _text(one.high),
            }
            for one in figures(found, candidate)
        ]
    keep(actor, round_id, seat, RELEASE, Saying(FEEDBACK, candidate, base, said, about=(candidate,)))


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.{_DECIMALS}f}"


def released(found: Seen) -> tuple[Candidate, ...]:
    """The cities whose feedback is released, as far as the viewer sees them."""
    out = {one.key for one in of_kind(found.now, FEEDBACK) if one.said.get("released")}
    return tuple(one for one in candidates(found.now) if one.id in out)


def own_feedback(found: Seen) -> Feedback | None:
    """What the viewer's own city is told: for people of a city once it is released and results are public."""
    if found.viewer.role != CITY or (FEEDBACK, found.viewer.city) not in found.now:
        return None
    return feedback(found, found.viewer.city)


def feedback_rows(found: Seen, one: Feedback, language: str) -> tuple[dict[str, str], ...]:
    """The figures as a table in words."""
    voice = house.voice(language)
    say, words = voice.say, found.award.criterion_words[language]
    return tuple(
        {
            say("Criterion"): words[figure.criterion].title,
            say("Your mean mark"): _told(figure.mean, voice),
            say("Middle half of the candidates"): _range(figure, voice),
            say("Beside it"): say(_PLACES[figure.place]),
        }
        for figure in one.figures
    )


def _told(value: float | None, voice: Speaker) -> str:
    return NOTHING if value is None else voice.number(value, _DECIMALS)


def _range(figure: Figure, voice: Speaker) -> str:
    if figure.low is None or figure.high is None:
        return NOTHING
    return f"{_told(figure.low, voice)} – {_told(figure.high, voice)}"


def feedback_note(found: Seen, one: Feedback, language: str) -> str:
    """How to read the figures, and what is not told."""
    voice, scale = house.voice(language), found.award.marks
    return voice.say(
        "Marks run from {lowest} to {highest}. The middle half lies between a quarter and three quarters of "
        "{count} candidates. Jurors are not named; a criterion with fewer than {marks} marks is not told.",
        lowest=voice.number(scale.lowest),
        highest=voice.number(scale.highest),
        count=voice.number(one.rests_on),
        marks=voice.number(FEWEST),
    )


def feedback_paper(actor: Actor, round_id: str, seat: str, candidate: str, language: str) -> bytes:
    """The feedback for one city as a PDF to be sent or kept; NotKeptError, NotAllowedError, StoreError."""
    found = seen(actor, round_id, seat)
    own = own_feedback(found)
    if found.viewer.role == CITY and (own is None or own.candidate != candidate):
        raise NotAllowedError
    one = feedback(found, candidate)
    if not one.released:
        raise NotAllowedError
    return pdf(_paper(found, one, language))


def _paper(found: Seen, one: Feedback, language: str) -> Paper:
    voice = house.voice(language)
    title = voice.say("Feedback for {city}", city=one.name)
    return Paper(
        title=title,
        subtitle=f"{found.award.names[language]} · {found.settings.name}",
        language=language,
        moment=dt.datetime.fromisoformat(found.now[PHASE, ONE].at),
        foot=title,
        blocks=tuple(_blocks(found, one, voice)),
    )


def _blocks(found: Seen, one: Feedback, voice: Speaker) -> Iterator[Block]:
    made = decisions(found).get(one.candidate)
    if made:
        yield Line(voice.say(DECIDED[made.decision]))
    yield Heading(voice.say("From the chair of the jury"))
    yield Line(one.text)
    yield Heading(voice.say("Criterion by criterion"))
    rows = feedback_rows(found, one, voice.language)
    if rows:
        cells = tuple(tuple(row.values()) for row in rows)
        yield Grid(tuple(rows[0]), cells, voice.say("Means by criterion"), wide=(0, 3))
    yield Line(feedback_note(found, one, voice.language))
