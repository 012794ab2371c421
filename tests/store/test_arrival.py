"""Everything about who comes, in one question, is what the single questions answer."""

from __future__ import annotations

from sqlalchemy import event

from store.acts import OWN_COMPUTER, Act
from store.arrival import Arrival, Role, arrival
from store.engine import Store
from store.erasure import take_out_words
from store.ids import new_id
from store.people import add_grant, add_person, end_grant, say_words, set_active, words_hashes

ACT = Act(OWN_COMPUTER, "try", "person")


def test_who_comes_is_read_in_one_question(store: Store) -> None:
    with store.writing(ACT) as writing:
        ann = add_person(writing, store.key, name="Ann", email="ann@example.org")
        say_words(writing, store.key, ann, name="Ann Lee", email="ann@example.org")
        ended = add_grant(writing, ann, role="juror")
        add_grant(writing, ann, role="contributor", city_id="a" * 22, areas=("1", "2"))
        add_grant(writing, ann, role="commission", country="KOR")
        end_grant(writing, ended, "withdrawn")
        bob = add_person(writing, store.key, name="Bob", email="bob@example.org")
        add_grant(writing, bob, role="viewer", city_id="a" * 22)
    statements: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    with store.reading() as connection:
        statements.clear()
        found = arrival(connection, ann)
    assert found == Arrival(
        active=True,
        erased=False,
        name="Ann Lee",
        roles=(Role("contributor", "a" * 22, "", ("1", "2")), Role("commission", "", "KOR", ())),
    )
    assert len(statements) == 1


def test_who_may_not_come_in_any_more_is_told_at_once(store: Store) -> None:
    with store.writing(ACT) as writing:
        ann = add_person(writing, store.key, name="Ann", email="ann@example.org")
    states = []
    for active in (False, True):
        with store.writing(ACT) as writing:
            set_active(writing, ann, active, "because")
        with store.reading() as connection:
            states.append(arrival(connection, ann))
    assert states == [Arrival(False, False, "Ann", ()), Arrival(True, False, "Ann", ())]
    with store.writing(ACT) as writing:
        take_out_words(writing, words_hashes(writing, ann))
    with store.reading() as connection:
        assert arrival(connection, ann) == Arrival(True, True, "", ())
        assert arrival(connection, new_id()) is None
        assert arrival(connection, "no\0body") is None
