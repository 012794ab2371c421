"""States, questions and evidence on both databases: nothing is overwritten, and of two people one wins."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from store.acts import Act
from store.assessments import begin
from store.backup import backup, restore
from store.contents import bytes_of
from store.engine import Store, open_store
from store.evidence import (
    CONFIRMED,
    GIVEN,
    TO_CONFIRM,
    WITHDRAWN,
    SettledMeanwhileError,
    carry_over,
    evidence_of,
    files_of_city,
    give_file,
    give_link,
    piece,
    set_state,
)
from store.people import add_city
from store.queries import ANSWERED, OPEN, REMARK, REOPENED, REPLY, SETTLED, ask, queries, query, say_to
from store.record import current, put
from store.room_tables import EVIDENCE, EVIDENCE_STATES, RECORD_ENTRIES
from store.states import (
    ACCEPTED,
    CHECKED,
    DRAFT,
    ENTRIES,
    PIECES,
    STEPS,
    SUBMITTED,
    MovedMeanwhileError,
    all_handed_in,
    handed_in,
    handed_in_among,
    move,
    state_of,
    trail,
)
from store.verify import verify

ROUNDS = 200


def act(name: str = "try") -> Act:
    return Act("ann", name, "assessment")


@pytest.fixture
def room(store: Store) -> tuple[Store, str, str]:
    """The store, a city and its assessment of 2026."""
    with store.writing(act("make")) as writing:
        city = add_city(writing, name="Aton", folded_name="aton", country="KOR")
        return store, city, begin(writing, city, 2026).id


def both_at_once(tries: list[Callable[[], None]]) -> list[BaseException | None]:
    """Let several people act at the same moment; what each was told."""
    ready = threading.Barrier(len(tries))
    told: list[BaseException | None] = [None] * len(tries)

    def run(place: int, one: Callable[[], None]) -> None:
        ready.wait()
        try:
            one()
        except MovedMeanwhileError as trouble:
            told[place] = trouble

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tries)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    return told


def test_a_new_assessment_is_a_draft_and_moves_step_by_step(room: tuple[Store, str, str]) -> None:
    store, _, one = room
    with store.reading() as reader:
        assert (state_of(reader, one).state, state_of(reader, one).version) == (DRAFT, 0)
        assert trail(reader, one) == ()
    with store.writing(act()) as writing:
        move(writing, one, CHECKED, base=0, detail={"reason": "ready"})
    with store.reading() as reader:
        (step,) = trail(reader, one)
    assert (step.state, step.version, step.by, step.detail) == (CHECKED, 1, "ann", {"reason": "ready"})
    with pytest.raises(MovedMeanwhileError) as told, store.writing(act()) as writing:
        move(writing, one, DRAFT, base=0)
    assert told.value.state == step
    with (
        pytest.raises(ValueError, match="'done' is no state of an assessment"),
        store.writing(act()) as writing,
    ):
        move(writing, one, "done", base=1)


def test_of_two_who_decide_at_once_exactly_one_wins_every_time(room: tuple[Store, str, str]) -> None:
    store, _, one = room

    def decide(state: str, base: int) -> Callable[[], None]:
        def run() -> None:
            with store.writing(act()) as writing:
                move(writing, one, state, base=base)

        return run

    won = []
    for base in range(ROUNDS):
        told = both_at_once([decide(ACCEPTED, base), decide(CHECKED, base)])
        won.append(sum(one is None for one in told))
        with store.reading() as reader:
            last = state_of(reader, one)
        # Who was slower is told what counts.
        (loser,) = [one for one in told if one is not None]
        assert isinstance(loser, MovedMeanwhileError)
        assert loser.state == last
        assert last.version == base + 1
    assert won == [1] * ROUNDS
    with store.reading() as reader:
        assert [step.version for step in trail(reader, one)] == list(range(1, ROUNDS + 1))
    assert verify(store).whole


def test_what_was_handed_in_stays_as_it_was_while_the_draft_goes_on(room: tuple[Store, str, str]) -> None:
    store, city, one = room
    with store.writing(act()) as writing:
        put(writing, one, "2.2.1", {"value": "4.9"}, base=0)
        kept = give_link(writing, one, "2.2.1", "https://example.org/a", "page 1")
        move(writing, one, SUBMITTED, base=0, upload_id="u", submission_id="s")
    with store.writing(act()) as writing:
        put(writing, one, "2.2.1", {"value": "5.1"}, base=1)
        put(writing, one, "2.1.1", {"value": "3"}, base=0)
        give_link(writing, one, "2.2.1", "https://example.org/b", "page 2")
        set_state(writing, kept, WITHDRAWN, "wrong year", base=0)
        move(writing, one, DRAFT, base=1)
    with store.reading() as reader:
        frozen = handed_in(reader, one)
        assert frozen is not None
        assert (RECORD_ENTRIES.name, EVIDENCE.name, EVIDENCE_STATES.name) == (ENTRIES, PIECES, STEPS)
        then = current(reader, one, frozen.until(ENTRIES))
        assert {field: dict(entry.said) for field, entry in then.items()} == {"2.2.1": {"value": "4.9"}}
        assert {field: dict(entry.said) for field, entry in current(reader, one).items()} == {
            "2.2.1": {"value": "5.1"},
            "2.1.1": {"value": "3"},
        }
        until = (frozen.until(PIECES) or 0, frozen.until(STEPS) or 0)
        assert [(p.link, p.state) for p in evidence_of(reader, one, until)] == [
            ("https://example.org/a", GIVEN)
        ]
        assert [(p.link, p.state) for p in evidence_of(reader, one)] == [
            ("https://example.org/a", WITHDRAWN),
            ("https://example.org/b", GIVEN),
        ]
        assert state_of(reader, one).until(ENTRIES) is None
        assert handed_in_among(reader, [one, "x"]) == {one}
        assert all_handed_in(reader) == ((one, city),)


def test_every_word_of_a_thread_stays_however_many_speak_at_once(room: tuple[Store, str, str]) -> None:
    store, _, one = room
    with store.writing(act()) as writing:
        asked = ask(writing, one, "2.2.1", "Which survey?").id

    def speak(text: str) -> Callable[[], None]:
        def run() -> None:
            with store.writing(act()) as writing:
                say_to(writing, asked, REPLY, text)

        return run

    assert both_at_once([speak(f"reply {i}") for i in range(12)]) == [None] * 12
    with store.reading() as reader:
        found = query(reader, asked)
        assert queries(reader, one) == (found,)
    assert found is not None
    assert sorted(word.text for word in found.words) == sorted(f"reply {i}" for i in range(12))


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), OPEN),
        ((REPLY,), ANSWERED),
        ((REPLY, REMARK), OPEN),
        ((REPLY, REMARK, REPLY), ANSWERED),
        ((REPLY, SETTLED), SETTLED),
        ((SETTLED, REPLY), SETTLED),
        ((REPLY, SETTLED, REOPENED), OPEN),
        ((REPLY, SETTLED, REOPENED, REPLY), ANSWERED),
    ],
)
def test_how_a_question_stands(file_store: Store, kinds: tuple[str, ...], state: str) -> None:
    with file_store.writing(act()) as writing:
        city = add_city(writing, name="Aton", folded_name="aton", country="KOR")
        asked = ask(writing, begin(writing, city, 2026).id, "", "Why?").id
        for kind in kinds:
            say_to(writing, asked, kind, "so")
        found = query(writing, asked)
    assert found is not None
    assert found.state == state


def test_evidence_is_given_confirmed_and_withdrawn_by_version(room: tuple[Store, str, str]) -> None:
    store, city, one = room
    with store.writing(act()) as writing:
        first = give_file(writing, one, "1.1.1", "a.pdf", "application/pdf", b"one", "page 1")
        give_file(writing, one, "2.1.1", "b.pdf", "application/pdf", b"one", "page 2")
        set_state(writing, first, TO_CONFIRM, base=0)
    with store.writing(act()) as writing:
        set_state(writing, first, CONFIRMED, base=1)
    with pytest.raises(SettledMeanwhileError) as told, store.writing(act()) as writing:
        set_state(writing, first, WITHDRAWN, "old", base=1)
    assert told.value.evidence.state == CONFIRMED
    with store.reading() as reader:
        found = piece(reader, first.id)
        # The same bytes are kept once, and take their room once.
        assert files_of_city(reader, city) == (1, 3)
        assert piece(reader, "A" * 22) is None
        assert piece(reader, "x") is None
    assert found is not None
    assert (found.state, found.version, found.counts) == (CONFIRMED, 2, True)
    with (
        pytest.raises(ValueError, match="'lost' is nothing that becomes of evidence"),
        store.writing(act()) as writing,
    ):
        set_state(writing, first, "lost", base=2)


def test_evidence_is_carried_over_once_to_be_confirmed(room: tuple[Store, str, str]) -> None:
    store, city, one = room
    with store.writing(act()) as writing:
        kept = give_file(writing, one, "1.1.1", "a.pdf", "application/pdf", b"one", "page 1")
        gone = give_link(writing, one, "1.1.1", "https://example.org/x", "page 3")
        set_state(writing, gone, WITHDRAWN, "wrong", base=0)
        after = begin(writing, city, 2028, one).id
        assert carry_over(writing, one, after) == 1
        assert carry_over(writing, one, after) == 0
    with store.reading() as reader:
        (taken,) = evidence_of(reader, after)
        assert files_of_city(reader, city) == (1, 3)
    assert (taken.from_id, taken.state, taken.pointer, taken.sha256) == (
        kept.id,
        TO_CONFIRM,
        "page 1",
        kept.sha256,
    )


def test_a_backup_brings_states_questions_and_evidence_back(
    room: tuple[Store, str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store, _, one = room
    with store.writing(act()) as writing:
        kept = give_file(writing, one, "1.1.1", "a.pdf", "application/pdf", b"the bytes", "page 1")
        asked = ask(writing, one, "1.1.1", "Why?").id
        say_to(writing, asked, REPLY, "So.")
        move(writing, one, SUBMITTED, base=0, upload_id="u", submission_id="s")
    folder = tmp_path_factory.mktemp("back")
    backup(store, folder / "all.zip", with_key=True)
    fresh = folder / "fresh"
    fresh.mkdir()
    if store.folder is not None:
        (fresh / "audit.key").write_bytes((store.folder / "audit.key").read_bytes())
    again = open_store(f"sqlite:///{fresh / 'scorecard.sqlite3'}")
    assert restore(again, folder / "all.zip").whole
    with store.reading() as was, again.reading() as now:
        assert trail(now, one) == trail(was, one)
        assert queries(now, one) == queries(was, one)
        assert evidence_of(now, one) == evidence_of(was, one)
        assert bytes_of(now, kept.sha256) == b"the bytes"
    again.engine.dispose()
