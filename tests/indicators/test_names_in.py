"""A person's name is found as people write it, and cut out without touching anything else."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.names_in import ERASED, LIMIT, held_by_file, names
from tests.workbooks import filled, zipped

ANN = names(["Ann Lee", "ann.lee@example.org", "王伟"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ann Lee", ERASED),
        ("checked by Lee, Ann.", f"checked by {ERASED}."),
        ("ANN  LEE", ERASED),
        ("Ann\nLee's office", f"{ERASED}'s office"),
        ("report_ann_lee_2.xlsx", f"report_{ERASED}_2.xlsx"),
        ("write to ann.lee@example.org.", f"write to {ERASED}."),
        ("ann.lee@elsewhere.org", f"{ERASED}@elsewhere.org"),
        ("市长王伟说", f"市长{ERASED}说"),
        ("Ａｎｎ Ｌｅｅ, mayor", ERASED),
        ("<Ann Lee>", f"<{ERASED}>"),
        ("Ann Lee and Lee Ann", f"{ERASED} and {ERASED}"),
    ],
)
def test_a_name_is_cut_out_as_people_write_it(text: str, left: str) -> None:
    assert ANN.stand_in(text)
    assert ANN.taken_out(text) == left
    assert not ANN.stand_in(left)


@pytest.mark.parametrize(
    "text",
    ["", "Joann Lee", "Ann Leeds", "Annlee", "Ann", "Lee", "Ann and Lee", "王 伟大", "annlee@example.org"],
)
def test_what_is_not_the_name_stays(text: str) -> None:
    assert not ANN.stand_in(text)
    assert ANN.taken_out(text) == text


@pytest.mark.parametrize(
    ("texts", "left_out"),
    [
        (["J", "Ann Lee"], ("J",)),
        ([" ", "王"], (" ", "王")),
        ([], ()),
    ],
)
def test_what_is_too_short_is_said_and_not_looked_for(texts: list[str], left_out: tuple[str, ...]) -> None:
    assert names(texts).left_out == left_out
    assert not names(["J"]).stand_in("J. Smith")


def test_json_is_cut_within_its_texts_alone() -> None:
    before = {"Ann Lee": "of Ann Lee", "n": [4.9, None, True, {"remark": "Lee, Ann"}]}
    after = json.loads(ANN.taken_out_of_json(json.dumps(before)))
    assert after == {"Ann Lee": f"of {ERASED}", "n": [4.9, None, True, {"remark": ERASED}]}
    untouched = '{"a":  1, "b": "x"}'
    assert ANN.taken_out_of_json(untouched) == untouched
    assert ANN.taken_out_of_json("Ann Lee, no JSON") == f"{ERASED}, no JSON"
    assert ANN.taken_out_of_json('"Ann Lee"') == f'"{ERASED}"'


def test_a_filled_workbook_is_searched_in_all_its_parts() -> None:
    assert held_by_file(filled(), ANN) is False
    assert held_by_file(filled(), names(["office@example.org"])) is True
    assert held_by_file(filled(), names(["Ålesund-on-Test"])) is True


@pytest.mark.parametrize(
    "part",
    [
        b"<si><t>Ann Lee</t></si>",
        b"<si><r><rPr><b/></rPr><t>Ann</t></r><r><t xml:space='preserve'> Lee</t></r></si>",
        b"<t>&#65;nn&#x20;Lee</t>",
        b"<si><t>City</t></si><si><t>&#65;nn Lee</t></si><si><t>Place</t></si>",
        b"<dc:creator>ann.lee@example.org</dc:creator>",
        "<t>王伟</t>".encode(),
        "<t>Ann Lee</t>".encode("utf-16"),
        "\0\0Ann Lee\0".encode("utf-16-be"),
    ],
)
def test_a_name_is_found_however_a_workbook_writes_it(part: bytes) -> None:
    assert held_by_file(zipped({"xl/sharedStrings.xml": b"<x/>" * 1000 + part}), ANN) is True


def test_a_name_is_found_in_the_name_of_a_part_and_in_what_is_no_workbook() -> None:
    assert held_by_file(zipped({"xl/media/ann_lee.png": b""}), ANN) is True
    assert held_by_file(b"name;value\nAnn Lee;3\n", ANN) is True
    assert held_by_file("Name;Größe\nAnn Lee;3".encode("cp1252"), ANN) is True
    assert held_by_file(b"name;value\nBob;3\n", ANN) is False


def test_what_cannot_be_searched_is_not_said_to_be_clean() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b"\0" * (LIMIT + 1))
    assert held_by_file(packed.getvalue(), ANN) is None
    whole = bytearray(zipped({"xl/a.xml": b"<x>" + bytes(range(256)) * 40 + b"</x>"}))
    whole[40:60] = b"\xff" * 20
    assert held_by_file(bytes(whole), ANN) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_searched_without_a_fault(data: bytes) -> None:
    assert held_by_file(data, ANN) in (True, False, None)
    assert held_by_file(b"PK\x03\x04" + data, ANN) in (True, False, None)


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_is_left_and_nothing_else_is_lost(before: str, after: str) -> None:
    text = f"{before} Ann Lee {after}"
    left = ANN.taken_out(text)
    assert not ANN.stand_in(left)
    if left != ERASED and not ANN.stand_in(f"{before} {after}"):
        assert left == f"{before} {ERASED} {after}"
