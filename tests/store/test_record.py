"""A record loses nothing: every text is a version of its field, or waits in a clash."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.acts import PROGRAM, Act
from store.assessments import begin
from store.engine import FILE_NAME, Store, open_store
from store.people import add_city
from store.record import (
    CHOSEN,
    FORM,
    LATER,
    MINE,
    THEIRS,
    ChangedMeanwhileError,
    Clash,
    Said,
    clashes,
    current,
    ended_clashes,
    history,
    put,
    set_clash,
    settle,
)
from store.record_copies import as_it_was, copy_of, position, remember_copy
from store.uploads import add
from store.verify import verify
from tests.store.readings import reading

FIELD = "2.2.1"
ANN, BO = "A" * 22, "B" * 22


def new_assessment(store: Store, year: int = 2025) -> str:
    """An assessment of a new city."""
    with store.writing(Act(PROGRAM, "begin", "assessment")) as writing:
        city = add_city(writing, name="Riverton", folded_name="riverton", country="KOR")
        return begin(writing, city, year).id


def write(store: Store, id: str, value: str, base: int, by: str = ANN, why: str = "") -> int:
    """Put a value on top of a version; returns the version that counts then."""
    with store.writing(Act(by, "say", "record", id)) as writing:
        return put(writing, id, FIELD, {"value": value}, base=base, why=why).version


def values(store: Store, id: str) -> list[str]:
    """The value in every version of the field."""
    with store.reading() as reader:
        return [one.said.get("value", "") for one in history(reader, id, FIELD)]


def test_every_version_stays_and_the_last_one_counts(store: Store) -> None:
    id = new_assessment(store)
    assert [write(store, id, "4.9", 0), write(store, id, "5.1", 1), write(store, id, "", 2)] == [1, 2, 3]
    assert values(store, id) == ["4.9", "5.1", ""]
    with store.reading() as reader:
        entry = current(reader, id)[FIELD]
        assert (entry.version, entry.said, entry.by, entry.way) == (3, {}, ANN, FORM)
        assert as_it_was(reader, id, position(reader, id) - 1)[FIELD].said == {"value": "5.1"}
    assert verify(store).whole


@pytest.mark.parametrize(
    ("value", "base", "expected"),
    [
        ("5.2", 1, ["4.9", "5.1"]),  # somebody else wrote 5.1 meanwhile
        ("5.1", 1, ["4.9", "5.1"]),  # both wrote the same: nothing to choose
        ("5.2", 2, ["4.9", "5.1", "5.2"]),
    ],
)
def test_the_slower_of_two_is_told(store: Store, value: str, base: int, expected: list[str]) -> None:
    id = new_assessment(store)
    write(store, id, "4.9", 0)
    write(store, id, "5.1", 1, BO)
    if value != "5.1" and base == 1:
        with pytest.raises(ChangedMeanwhileError) as raised:
            write(store, id, value, base)
        assert (raised.value.entry.by, raised.value.entry.said) == (BO, {"value": "5.1"})
    else:
        write(store, id, value, base)
    assert values(store, id) == expected


def test_what_was_changed_and_changed_back_stands_in_nobodys_way(store: Store) -> None:
    id = new_assessment(store)
    for base, value in enumerate(("4.9", "5.1", "4.9")):
        write(store, id, value, base, BO)
    assert write(store, id, "5.3", 1) == 4


def test_a_reason_given_afterwards_is_a_version_that_says_the_same(store: Store) -> None:
    id = new_assessment(store)
    write(store, id, "4.9", 0)
    assert write(store, id, "4.9", 1, why="the yearbook was corrected") == 2
    assert write(store, id, "4.9", 2, why="the yearbook was corrected") == 2
    with store.reading() as reader:
        assert [one.why for one in history(reader, id, FIELD)] == ["", "the yearbook was corrected"]


@pytest.mark.parametrize("base", [-1, 1, 7])
def test_a_version_that_never_was_is_no_ground_to_write_on(store: Store, base: int) -> None:
    with pytest.raises(ValueError, match="has no version"):
        write(store, new_assessment(store), "4.9", base)


@pytest.mark.parametrize(("choice", "counts"), [(MINE, "5.2"), (THEIRS, "5.1")])
def test_a_clash_waits_until_somebody_chooses(store: Store, choice: str, counts: str) -> None:
    id = new_assessment(store)
    write(store, id, "5.1", 0, BO)
    clash = _clash(store, id, "5.2")
    with store.reading() as reader:
        assert clashes(reader, id) == (clash,)
    with store.writing(Act(ANN, "settle", "record", id)) as writing:
        settle(writing, clash, choice, base=1)
    with store.reading() as reader:
        assert clashes(reader, id) == ()
        assert ended_clashes(reader, id, FIELD) == ((clash, choice),)
        assert current(reader, id)[FIELD].said == {"value": counts}
        assert current(reader, id)[FIELD].way == (CHOSEN if choice == MINE else FORM)
    with (
        pytest.raises(ValueError, match="settled"),
        store.writing(Act(ANN, "settle", "record", id)) as writing,
    ):
        settle(writing, clash, choice, base=2)


def test_a_choice_made_on_an_old_version_is_not_taken(store: Store) -> None:
    id = new_assessment(store)
    write(store, id, "5.1", 0, BO)
    clash = _clash(store, id, "5.2")
    write(store, id, "5.3", 1, BO)
    with pytest.raises(ChangedMeanwhileError), store.writing(Act(ANN, "settle", "record", id)) as writing:
        settle(writing, clash, MINE, base=1)
    with store.reading() as reader:
        assert clashes(reader, id) == (clash,)


def test_who_writes_on_in_a_clash_has_one_and_what_she_wrote_first_stays_kept(store: Store) -> None:
    id = new_assessment(store)
    write(store, id, "5.1", 0, BO)
    first = _clash(store, id, "5.2")
    assert _clash(store, id, "5.2") == first
    second = _clash(store, id, "5.25", replaces=first.id)
    with store.reading() as reader:
        assert clashes(reader, id) == (second,)
        assert ended_clashes(reader, id, FIELD) == ((first, LATER),)


def _clash(store: Store, id: str, value: str, replaces: str = "") -> Clash:
    with store.writing(Act(ANN, "say", "record", id)) as writing:
        return set_clash(writing, id, FIELD, {"value": value}, base=0, replaces=replaces)


def test_of_two_writers_at_the_same_moment_one_is_faster(store: Store) -> None:
    id = new_assessment(store)
    outcomes: list[str] = []
    ready = threading.Barrier(4)

    def writer(number: int) -> None:
        ready.wait()
        try:
            write(store, id, f"{number}.5", 0, ANN)
            outcomes.append("kept")
        except ChangedMeanwhileError:
            outcomes.append("told")

    threads = [threading.Thread(target=writer, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(outcomes) == ["kept", "told", "told", "told"]
    assert len(values(store, id)) == 1


@dataclass
class Writer:
    """Somebody at a form: the version that she saw last, and all she ever wrote."""

    name: str
    seen: int = 0
    wrote: list[Said] = field(default_factory=list)


# Who acts, whether she looks at the record first, and what she writes.
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.booleans(), st.sampled_from(("", "1", "2", "4,9", "５", "abc"))),
    max_size=12,
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """One store for many examples."""
    return open_store(f"sqlite:///{tmp_path_factory.mktemp('record') / FILE_NAME}")


@given(steps=STEPS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_writers_take_turns_no_text_is_lost(shelf: Store, steps: list[tuple[int, bool, str]]) -> None:
    id = new_assessment(shelf)
    writers = [Writer(letter * 22) for letter in "ABC"]
    for number, looks, text in steps:
        who = writers[number]
        if looks:
            who.seen = len(values(shelf, id))
        said = {"value": text}
        with shelf.writing(Act(who.name, "say", "record", id)) as writing:
            try:
                who.seen = put(writing, id, FIELD, said, base=who.seen).version
            except ChangedMeanwhileError:
                set_clash(writing, id, FIELD, said, base=who.seen)
        who.wrote.append({"value": text} if text else {})
    with shelf.reading() as reader:
        versions = history(reader, id, FIELD)
        waiting = clashes(reader, id)
    assert [one.version for one in versions] == list(range(1, len(versions) + 1))
    kept = [one.said for one in versions] + [one.said for one in waiting]
    # Nothing said at all needs no version.
    assert all(said in kept or not said for who in writers for said in who.wrote)


def test_the_same_record_has_one_copy(store: Store) -> None:
    id = new_assessment(store)
    made = [
        add(store, name=f"{n}.xlsx", data=bytes([n]), reading=reading(), framework="f", edition="e").id
        for n in range(2)
    ]
    with store.writing(Act(ANN, "copy", "record", id)) as writing:
        assert [remember_copy(writing, id, "f" * 64, one) for one in made] == [made[0]] * 2
    with store.reading() as reader:
        assert (copy_of(reader, id, "f" * 64), copy_of(reader, id, "e" * 64)) == (made[0], None)
