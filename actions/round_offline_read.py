"""A juror's workbook brought back: every cell checked as on the page, what is new listed, and kept once she says so."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from actions import house
from actions.access import Actor
from actions.reader import READERS
from actions.round_facts import NOT_ENOUGH, marks
from actions.round_mark_work import in_hand
from actions.round_marks import Answer, checked, give_marks, reason_due
from actions.round_own import NOT_ENOUGH_WORDS, Own, choice_text, given_of, own_mark
from actions.round_read import Seen, seen
from actions.round_write import RoundError
from actions.tell import Told, tell
from indicators.jury_book import JuryBook, MarkRow
from indicators.text import fold, tidy
from locales import LANGUAGES


@dataclass(frozen=True, slots=True)
class Wrong:
    """One cell that cannot be taken: where, what stands there, the rule, and what to do next."""

    cell: str
    city: str
    criterion: str
    found: str
    rule: str
    advice: str


@dataclass(frozen=True, slots=True)
class New:
    """One mark of the file that differs from what is kept; `clash`: it was changed here since the file was made."""

    candidate: str
    criterion: str
    city: str
    title: str
    cell: str
    before: str
    after: str
    reason: str
    choice: str
    version: int
    clash: bool

    @property
    def id(self) -> str:
        """By what it is chosen."""
        return f"{self.candidate}:{self.criterion}"


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file says: why it was refused ("" and None if not), what is wrong and new, and how many are as kept."""

    refused: str = ""
    told: Told | None = None
    wrong: tuple[Wrong, ...] = ()
    new: tuple[New, ...] = ()
    same: int = 0

    @property
    def clear(self) -> tuple[New, ...]:
        """The new marks about which nothing is in doubt."""
        return tuple(one for one in self.new if not one.clash)

    @property
    def clashes(self) -> tuple[New, ...]:
        """Those that were changed here since the file was made: somebody has to choose."""
        return tuple(one for one in self.new if one.clash)


def bring_back(actor: Actor, round_id: str, seat: str, name: str, data: bytes, language: str) -> Brought:
    """Read a juror's workbook against what is kept; keeps nothing. NotKeptError."""
    found = seen(actor, round_id, seat)
    book, say = READERS.jury_book(name, data), house.voice(language).say
    if book.refused is not None:
        return Brought(told=tell(book.refused, language))
    if not book.round_id or not book.rows:
        return Brought(
            say(
                "This is not a juror's workbook, or its hidden columns are gone. Download a new one here and copy your "
                "marks into it."
            )
        )
    if book.round_id != round_id or book.seat != found.viewer.seat:
        return Brought(
            say(
                "This workbook was made for another round or another juror. Bring back the one that you "
                "downloaded here."
            )
        )
    return _compared(found, book, language)


def keep_brought(actor: Actor, round_id: str, seat: str, some: Sequence[New]) -> int:
    """Keep marks of a file, all or none; returns how many. Errors as `give_marks`."""
    answers = [
        Answer(one.candidate, one.criterion, one.version, given_of(one.choice, one.reason)) for one in some
    ]
    return len(give_marks(actor, round_id, seat, answers)) if answers else 0


def _compared(found: Seen, book: JuryBook, language: str) -> Brought:
    rows = _Rows(found, book, language)
    wrong, new, same = [], [], 0
    for row in book.rows:
        told = rows.read(row)
        if isinstance(told, Wrong):
            wrong.append(told)
        elif isinstance(told, New):
            new.append(told)
        else:
            same += 1
    return Brought(wrong=tuple(wrong), new=tuple(new), same=same)


class _Rows:
    """The rows of one workbook beside what is kept."""

    def __init__(self, found: Seen, book: JuryBook, language: str) -> None:
        self.found, self.book, self.voice = found, book, house.voice(language)
        self.words = found.award.criterion_words[language]
        self.open = {one.candidate.id: one.candidate.name for one in in_hand(found) if one.now}
        self.names = {one.candidate.id: one.candidate.name for one in in_hand(found)}
        keys = Counter(row.key for row in book.rows)
        self.twice = {key for key, count in keys.items() if count > 1}
        own = (one for one in marks(found.now) if one.seat == found.viewer.seat)
        self.values = {(one.candidate, one.criterion): one.value for one in own}
        # Which marks lie far from the others is asked of the file as a whole, as if all of it were kept.
        self.values |= dict(self._read_values(book.rows))

    def read(self, row: MarkRow) -> Wrong | New | None:
        """What one row comes to; None where it says what is kept, or nothing."""
        say = self.voice.say
        candidate, _, criterion = row.key.partition(":")
        if candidate not in self.names or criterion not in self.words:
            advice = say("Leave this row alone, or download a new workbook.")
            return self._wrong(
                row,
                row.mark_cell,
                row.mark,
                say("Only your own cities and the award's criteria count."),
                advice,
            )
        own = own_mark(self.found, candidate, criterion)
        choice, reason = _choice(row.mark), tidy(row.reason)
        if row.key in self.twice:
            rule = say("Each city has one row for each criterion.")
            return self._wrong(row, row.mark_cell, row.mark, rule, say("Delete the row that is not meant."))
        if not row.mark:
            if reason and reason != own.reason:
                rule = say("A reason belongs to a mark.")
                return self._wrong(row, row.mark_cell, reason, rule, say("Choose a mark in this row."))
            return None
        if choice == own.choice and reason == own.reason:
            return None
        if wrong := self._unfit(row, candidate, criterion, choice, reason):
            return wrong
        return self._new(row, candidate, criterion, choice, reason, own)

    def _unfit(
        self, row: MarkRow, candidate: str, criterion: str, choice: str | None, reason: str
    ) -> Wrong | None:
        say, scale = self.voice.say, self.found.award.marks
        try:
            if choice is None:
                raise RoundError("mark_wrong")
            checked(self.found.award, given_of(choice, reason))
        except RoundError:
            rule = say(
                "A mark lies between {least} and {most}, in steps of {step}; or it says “{words}”.",
                least=self.voice.number(scale.lowest),
                most=self.voice.number(scale.highest),
                step=self.voice.number(scale.step, 1),
                words=say(NOT_ENOUGH_WORDS),
            )
            return self._wrong(
                row, row.mark_cell, row.mark, rule, say("Choose one from the list of the cell.")
            )
        if candidate not in self.open:
            rule = say("In the present phase marks on this dossier stay as they are.")
            return self._wrong(row, row.mark_cell, row.mark, rule, say("Nothing is to be done."))
        if not reason and reason_due(
            self.found.award, given_of(choice or "", ""), list(self._others(candidate, criterion))
        ):
            rule = say(
                "The highest and lowest mark, one far from your others of the city, and too little evidence "
                "need a reason."
            )
            return self._wrong(row, row.reason_cell, "–", rule, say("Write a few words into this cell."))
        return None

    def _others(self, candidate: str, criterion: str) -> Iterator[float]:
        for (city, name), value in self.values.items():
            if city == candidate and name != criterion and value is not None:
                yield value

    def _read_values(self, rows: Collection[MarkRow]) -> Iterator[tuple[tuple[str, str], float | None]]:
        for row in rows:
            choice = _choice(row.mark)
            if choice:
                candidate, _, criterion = row.key.partition(":")
                yield (candidate, criterion), None if choice == NOT_ENOUGH else float(choice)

    def _new(
        self, row: MarkRow, candidate: str, criterion: str, choice: str | None, reason: str, own: Own
    ) -> New:
        made_on = int(row.version) if row.version.isascii() and row.version.isdigit() else -1
        return New(
            candidate=candidate,
            criterion=criterion,
            city=self.names[candidate],
            title=self.words[criterion].title,
            cell=f"{self.book.sheet}!{row.mark_cell}",
            before=choice_text(own.choice, self.voice),
            after=choice_text(choice or "", self.voice),
            reason=reason,
            choice=choice or "",
            version=own.version,
            clash=made_on != own.version,
        )

    def _wrong(self, row: MarkRow, cell: str, found: str, rule: str, advice: str) -> Wrong:
        candidate, _, criterion = row.key.partition(":")
        words = self.words.get(criterion)
        return Wrong(
            f"{self.book.sheet}!{cell}",
            self.names.get(candidate, ""),
            words.title if words else "",
            found or "–",
            rule,
            advice,
        )


def _choice(text: str) -> str | None:
    """A cell as a choice: a number in any usual writing, or too little evidence in any language; None for neither."""
    written = unicodedata.normalize("NFKC", text).strip().replace(",", ".")
    if not written:
        return ""
    if fold(written) in {fold(house.voice(one).say(NOT_ENOUGH_WORDS)) for one in LANGUAGES}:
        return NOT_ENOUGH
    try:
        value = float(written)
    except ValueError:
        return None
    return f"{value:g}" if value == value and abs(value) < 1e6 else None
