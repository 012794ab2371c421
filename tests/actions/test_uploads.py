"""Files taken in: kept once, never lost, and never taken for a city that nobody has confirmed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from actions import house
from actions.access import COMPUTER
from actions.check import refusal
from actions.city import card
from actions.listing import recent_uploads
from actions.reader import WORKERS
from actions.standing import upload
from actions.uploads import (
    Receipt,
    city_name,
    confirm_different,
    confirm_same,
    fold,
    maybe_same,
    receive,
    receive_all,
    told_in,
)
from indicators.guard import MEGABYTE
from store.uploads import get
from tests.indicators.faults import A1, PROFILE
from tests.workbooks import blank, changed, filled

pytestmark = pytest.mark.usefixtures("data_folder")
CSV = b"code,value\n1.1.1,45\n"


def _named(name: object, literacy: float = 50) -> bytes:
    """The filled workbook under another name, and with another answer where the bytes should differ."""

    def edit(book: Workbook) -> None:
        book[PROFILE]["B4"], book[A1]["F5"] = name, literacy

    return changed(filled(), edit)


def _receive(data: bytes, name: str = "city.xlsx") -> Receipt:
    return receive(COMPUTER, name, data, "en")


def _city(receipt: Receipt) -> str:
    """The city that an upload is linked to, as the store has it now."""
    kept = get(house.store(), receipt.upload_id)
    assert kept is not None
    return kept.city_id


# Every file gets its answer


@pytest.mark.parametrize(
    ("data", "kind", "kept"),
    [
        (b"", "empty_file", True),
        (b"%PDF-1.7\n", "pdf_file", True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted", True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "legacy_xls", True),
        (filled()[:20_000], "damaged", True),
        (b"x" * (6 * MEGABYTE), "too_large", False),
    ],
)
def test_a_file_that_is_no_workbook_is_answered_in_both_languages(data: bytes, kind: str, kept: bool) -> None:
    receipt = _receive(data)
    assert (receipt.accepted, bool(receipt.upload_id), receipt.city) == (False, kept, "")
    assert [told.kind for told in receipt.told] == [kind]
    (chinese,) = told_in(receipt, "zh")
    assert (chinese.kind, chinese.sentence != receipt.told[0].sentence) == (kind, True)


def test_a_refused_file_is_told_again_by_its_id() -> None:
    told = refusal(COMPUTER, _receive(b"%PDF-1.7\n", "plan.pdf").upload_id, "en")
    assert told is not None
    assert (told.kind, told.sentence) == ("pdf_file", "“plan.pdf” is a PDF document.")
    assert refusal(COMPUTER, _receive(filled()).upload_id, "en") is None


def test_one_broken_file_among_twenty_stops_none() -> None:
    files: list[tuple[str, Callable[[], bytes]]] = [
        (f"{number}.xlsx", lambda number=number: CSV[:10] if number == 7 else _named(f"City {number}"))  # type: ignore[misc]
        for number in range(20)
    ]
    read = list(receive_all(COMPUTER, files, "en"))
    assert [done for done, _ in read] == [number / 20 for number in range(1, 21)]
    assert [one.name for _, one in read if not one.accepted] == ["7.xlsx"]
    assert len({one.upload_id for _, one in read}) == 20


def test_refused_files_do_not_crowd_out_usable_ones() -> None:
    usable = _receive(filled())
    for number in range(8):
        _receive(b"%PDF-" + bytes([65 + number]))
    assert [one.id for one in recent_uploads(COMPUTER, 5)] == [usable.upload_id]


# Names


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ålesund", "Ålesund"),
        ("  New\n  York ", "New York"),
        ("=1 + 1", "=1 + 1"),
        ("<b>Rome</b>", "<b>Rome</b>"),
        ("Wort " * 4000, "Wort " * 15 + "Wort…"),
        (12345, "12345"),
        ("\u202eabc", "abc"),
    ],
)
def test_a_name_is_one_line_as_it_was_written(written: object, shown: str) -> None:
    def edit(book: Workbook) -> None:
        book[PROFILE]["B4"].value = written
        if isinstance(written, str):
            book[PROFILE]["B4"].data_type = "s"

    receipt = _receive(changed(filled(), edit))
    assert receipt.city == shown
    assert card(COMPUTER, receipt.upload_id, "en").name == shown


def test_a_blank_workbook_goes_by_its_file_name() -> None:
    receipt = _receive(blank(), "our file.xlsx")
    assert (receipt.accepted, receipt.city) == (True, "")
    assert city_name(upload(receipt.upload_id).reading) == ""
    assert card(COMPUTER, receipt.upload_id, "en").name == "our file.xlsx"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("São Paulo", "SAO  PAULO", True),
        ("Saint-Étienne", "saint etienne", True),
        ("Ｔｏｋｙｏ", "tokyo", True),
        ("上海", "上海市", False),
        # The same consonants with other vowel signs.
        ("दिल", "दाल", False),
        ("Ålesund", "Alesund", True),
        ("Springfield 1", "Springfield 2", False),
    ],
)
def test_names_are_compared_without_accents_and_signs(one: str, other: str, alike: bool) -> None:
    assert (fold(one) == fold(other)) is alike


@pytest.mark.parametrize("nameless", ["—", "!!!", "🏙️"])
def test_names_without_a_letter_are_never_proposed_as_the_same(nameless: str) -> None:
    _receive(_named(nameless))
    again = _receive(_named(nameless, 51))
    assert fold(nameless) == ""
    assert maybe_same(COMPUTER, again.upload_id) == ()


# The same city twice


def test_the_same_file_twice_is_one_upload_and_no_question() -> None:
    first, second = _receive(filled(), "a.xlsx"), _receive(filled(), "b.xlsx")
    assert first.upload_id == second.upload_id
    assert maybe_same(COMPUTER, first.upload_id) == ()


def test_a_city_uploaded_again_is_proposed_and_nothing_decided() -> None:
    first, second = _receive(_named("Ålesund")), _receive(_named("ALESUND", 51))
    assert [one.id for one in maybe_same(COMPUTER, second.upload_id)] == [first.upload_id]
    assert _city(second) == ""
    assert maybe_same(COMPUTER, first.upload_id) == ()


def test_the_answer_same_joins_the_city_and_ends_the_question() -> None:
    first, second = _receive(_named("Ålesund")), _receive(_named("Ålesund", 51))
    confirm_same(COMPUTER, second.upload_id, first.upload_id)
    assert _city(second) == _city(first)
    assert maybe_same(COMPUTER, second.upload_id) == ()
    # The third is asked about the city once, by its newest workbook.
    third = _receive(_named("Ålesund", 52))
    assert [one.id for one in maybe_same(COMPUTER, third.upload_id)] == [second.upload_id]


def test_the_answer_different_makes_a_city_of_its_own_and_ends_the_question() -> None:
    first, second = _receive(_named("Ålesund")), _receive(_named("Ålesund", 51))
    confirm_different(COMPUTER, second.upload_id)
    assert _city(second) not in ("", _city(first))
    assert maybe_same(COMPUTER, second.upload_id) == ()
    third = _receive(_named("Ålesund", 52))
    assert [one.id for one in maybe_same(COMPUTER, third.upload_id)] == [second.upload_id, first.upload_id]


def test_the_same_name_in_another_country_is_another_city() -> None:
    def in_canada(book: Workbook) -> None:
        book[PROFILE]["B5"] = "Canada"

    first, second = _receive(filled()), _receive(changed(filled(), in_canada))
    assert maybe_same(COMPUTER, second.upload_id) == ()
    assert _city(first) != _city(second)


def test_what_is_kept_outlives_the_process(data_folder: Path) -> None:
    receipt = _receive(filled())
    upload.cache_clear()
    assert upload(receipt.upload_id).reading.observations["1.1.1"].value == 50.0
    assert any(data_folder.iterdir())


def test_many_files_are_read_side_by_side_and_answered_in_their_order() -> None:
    names = [f"City {letter}" for letter in "ABCDEFGH"]
    files = [(f"{name}.xlsx", _named(name, 40 + number)) for number, name in enumerate(names)]
    files[3] = ("bad.xlsx", b"PK\x03\x04 broken")
    asked: list[str] = []

    def content(name: str, data: bytes) -> Callable[[], bytes]:
        return lambda: asked.append(name) or data  # type: ignore[func-returns-value]

    found = list(receive_all(COMPUTER, [(name, content(name, data)) for name, data in files], "en"))
    assert [receipt.name for _, receipt in found] == [name for name, _ in files] == asked
    assert [receipt.accepted for _, receipt in found] == [number != 3 for number in range(8)]
    assert [receipt.city for _, receipt in found] == [*names[:3], "", *names[4:]]
    assert [done for done, _ in found] == [number / 8 for number in range(1, 9)]
    read = [upload(receipt.upload_id).reading for _, receipt in found]
    assert [one.observations["1.1.1"].value for number, one in enumerate(read) if number != 3] == [
        40 + number for number in range(8) if number != 3
    ]


def test_whoever_stops_asking_reads_and_keeps_no_more() -> None:
    asked: list[int] = []

    def content(number: int) -> Callable[[], bytes]:
        return lambda: asked.append(number) or _named(f"City {number}")  # type: ignore[func-returns-value]

    read = receive_all(COMPUTER, [(f"{number}.xlsx", content(number)) for number in range(20)], "en")
    done, first = next(read)
    read.close()  # type: ignore[attr-defined]
    assert (done, first.name) == (0.05, "0.xlsx")
    assert len(asked) <= WORKERS + 1
    assert [one.id for one in recent_uploads(COMPUTER, 20)] == [first.upload_id]
