"""A juror's round as one workbook: her cities and marks to fill in, the rubric, and what the dossiers say."""

from __future__ import annotations

from collections.abc import Mapping

from actions import house
from actions.access import Actor, NotAllowedError
from actions.round_dossier import Shown, all_answers, dossier, linked
from actions.round_facts import NOT_ENOUGH
from actions.round_mark_work import InHand, in_hand
from actions.round_own import NOT_ENOUGH_WORDS, choices, own_mark
from actions.round_read import Seen, seen
from locales import Speaker
from reports.jury_book import Line, Papers, jury_book, text_sheet
from reports.sheet import MEDIA_TYPE, Sheet

__all__ = ["MEDIA_TYPE", "offline_workbook", "offline_workbook_name"]


def offline_workbook_name(language: str) -> str:
    """What the file is called: subject and day."""
    return f"{house.voice(language).say('Marking').casefold()}-{house.today().isoformat()}.xlsx"


def offline_workbook(actor: Actor, round_id: str, seat: str, language: str) -> bytes:
    """Everything that a juror needs to mark offline; NotKeptError, NotAllowedError without anything in hand."""
    found = seen(actor, round_id, seat)
    mine = [one for one in in_hand(found) if one.now or one.answered]
    if not mine:
        raise NotAllowedError
    voice = house.voice(language)
    papers = Papers(
        round_id=round_id,
        seat=found.viewer.seat,
        lines=_lines(found, mine, language),
        options=[options_of(one, voice) for one in choices(found.award)],
        sheets=_sheets(actor, found, mine, language),
        words=_words(voice),
        footer=(found.settings.name, "&P / &N", voice.date(house.today())),
    )
    return jury_book(papers, language)


def options_of(choice: str, voice: Speaker) -> float | str:
    """A choice as it stands in the list: a number, or in words that there is too little evidence."""
    return voice.say(NOT_ENOUGH_WORDS) if choice == NOT_ENOUGH else float(choice)


def _lines(found: Seen, mine: list[InHand], language: str) -> list[Line]:
    words, lines = found.award.criterion_words[language], []
    for one in mine:
        for criterion in found.award.criteria:
            own = own_mark(found, one.candidate.id, criterion.id)
            kept = options_of(own.choice, house.voice(language)) if own.choice else None
            anchors = "\n".join(f"{level}: {text}" for level, text in words[criterion.id].anchors.items())
            lines.append(
                Line(
                    one.candidate.name,
                    words[criterion.id].title,
                    kept,
                    own.reason,
                    anchors,
                    f"{one.candidate.id}:{criterion.id}",
                    own.version,
                )
            )
    return lines


def _words(voice: Speaker) -> Mapping[str, str]:
    say = voice.say
    return {
        "marks": say("Marks"),
        "city": say("City"),
        "criterion": say("Criterion"),
        "mark": say("Mark"),
        "reason": say("Reason"),
        "anchors": say("What each level looks like"),
        "how": say(
            "Fill in the two yellow columns. Choose a mark from the list, or that there is not enough evidence. "
            "The highest and lowest marks, those far from your others of the same city and “not enough evidence” "
            "need a reason. Then bring the file back on the page Marking: every cell is checked there, and nothing "
            "is kept before you say so."
        ),
        "hint": say("Choose from the list: levels and half levels, or not enough evidence."),
        "wrong": say("This is not in the list. Choose a level or half level, or not enough evidence."),
    }


def _sheets(actor: Actor, found: Seen, mine: list[InHand], language: str) -> list[Sheet]:
    say = house.voice(language).say
    scores, answers = [], []
    for one in mine:
        scores += _scores(actor, found, one, language)
        answers += _answers(actor, found, one, language)
    tables = (
        text_sheet(say("Rubric"), (34, 8, 22, 90), _rubric(found, language)),
        text_sheet(say("Scores"), (24, 44, 10, 16, 10, 10, 14, 14), scores),
        text_sheet(say("Answers"), (24, 40, 30, 20, 8, 8, 30, 40, 40, 40, 26), answers),
    )
    return [table for table in tables if table.rows]


def _rubric(found: Seen, language: str) -> list[Mapping[str, str]]:
    say = house.voice(language).say
    terms = found.award.terms[language]
    return [
        {
            say("Criterion"): words.title,
            say("Level"): str(level),
            say("In a word"): terms[f"level.{level}"],
            say("What it looks like"): text,
        }
        for words in (found.award.criterion_words[language][one.id] for one in found.award.criteria)
        for level, text in words.anchors.items()
    ]


def _scores(actor: Actor, found: Seen, one: InHand, language: str) -> list[Mapping[str, str]]:
    say = house.voice(language).say
    basket = house.framework().baskets[-1].id
    shown = dossier(actor, found, one.candidate.id, found.award.criteria[0].id, basket, language)
    return [
        {
            say("City"): one.candidate.name,
            say("Focus area"): part.title,
            say("Assured"): part.assured,
            say("Bracket"): part.bracket,
            say("Verified"): part.verified,
            say("Claimed"): part.claimed,
            say("Answered"): part.answered,
            say("Since joining"): part.progress or "–",
        }
        for part in (shown.whole if shown else ())
    ]


def _answers(actor: Actor, found: Seen, one: InHand, language: str) -> list[Mapping[str, str]]:
    say, voice = house.voice(language).say, house.voice(language)
    words = found.award.criterion_words[language]
    fields = {criterion.id: linked(criterion) for criterion in found.award.criteria}
    return [
        {
            say("City"): one.candidate.name,
            say("Answer"): shown.title,
            say("Speaks to"): voice.series(
                [words[name].short for name, some in fields.items() if shown.field in some]
            ),
            say("Value"): shown.value,
            say("Year"): shown.year,
            say("Points"): shown.points,
            say("What to beware of"): voice.listing(list(shown.notes)),
            say("Source"): shown.source,
            say("Evidence"): _evidence(shown),
            say("Remark"): shown.remark,
            say("Cell"): shown.where,
        }
        for shown in all_answers(actor, found, one.candidate, language)
    ]


def _evidence(shown: Shown) -> str:
    return "\n".join(
        part for part in (shown.link, *(f"{piece.label} ({piece.pointer})" for piece in shown.pieces)) if part
    )
