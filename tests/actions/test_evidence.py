"""Evidence: what is taken in and what is refused and why, names and links that can do no harm, limits, and rights."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from actions import erasure, evidence, house, passwords, sign_in
from actions.access import COMPUTER, Actor, NotAllowedError, NotKeptError
from actions.evidence import (
    all_evidence,
    confirm_evidence,
    evidence_at,
    evidence_file,
    give_evidence_file,
    give_evidence_link,
    may_give,
    to_confirm,
    withdraw_evidence,
)
from actions.evidence_troubles import EVIDENCE_TROUBLES, EvidenceError
from actions.keeping import cities, export
from actions.rooms import begin_assessment
from indicators import evidence_limits, evidence_words
from indicators.evidence_file import MEDIA, look
from indicators.evidence_limits import limits
from indicators.evidence_words import safe_link, safe_name, safe_pointer
from locales import LANGUAGES
from store.acts import Act
from store.contents import bytes_of
from store.evidence import carry_over, evidence_of
from store.rows import sha256
from store.verify import verify
from tests.actions.evidence_files import BAD, GOOD, jpeg, office, pdf, png
from tests.actions.people_at_hand import come_in, make_city

EN = "en"


@pytest.mark.parametrize("what", GOOD)
def test_what_is_a_document_or_a_picture_is_taken_in(what: str) -> None:
    make, kind = GOOD[what]
    found = look(make())
    assert (found.kind, found.refused) == (kind, "")


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_is_refused_for_its_own_reason(what: str) -> None:
    make, why = BAD[what]
    data = make()
    began = time.perf_counter()
    found = look(data)
    assert (found.kind, found.refused) == ("", why)
    # Whatever a file does, it holds nobody up.
    assert time.perf_counter() - began < 5


def test_every_refusal_is_tried_and_has_a_sentence_in_every_language() -> None:
    told_elsewhere = {
        *("file_missing", "visit_limit", "city_files", "city_bytes", "pointer_missing", "link_wrong"),
        *("reason_missing", "settled_meanwhile", "erased"),
    }
    assert {why for _, why in BAD.values()} == set(EVIDENCE_TROUBLES) - told_elsewhere
    for kind in EVIDENCE_TROUBLES:
        sentences = {EvidenceError(kind).told(language) for language in LANGUAGES}
        assert len(sentences) == len(LANGUAGES)
        assert not any("{" in one for one in sentences)


STARTS = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]


@given(some.binary(max_size=400), some.sampled_from(STARTS))
def test_no_bytes_make_it_fail(data: bytes, start: bytes) -> None:
    found = look(start + data)
    assert bool(found.kind) != bool(found.refused)


@given(some.integers(0, 600), some.integers(0, 255), some.sampled_from([pdf, png, jpeg, office]))
def test_no_changed_byte_makes_it_fail(place: int, value: int, make: object) -> None:
    data = bytearray(make())  # type: ignore[operator]
    data[place % len(data)] = value
    found = look(bytes(data))
    assert bool(found.kind) != bool(found.refused)


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("Report 2024.pdf", "pdf", "Report 2024.pdf"),
        ("识字率报告.PDF", "pdf", "识字率报告.pdf"),
        ("rapport d'été.pdf", "pdf", "rapport d_été.pdf"),
        # What it is called counts for nothing: the ending is that of what it is.
        ("report.exe", "pdf", "report.pdf"),
        ("report.pdf.exe", "pdf", "report.pdf"),
        ("photo.pdf", "png", "photo.png"),
        ("Report v2.1", "docx", "Report v2.1.docx"),
        # A sign that turns the reading: "report", then "fdp.exe" backwards.
        ("report\u202efdp.exe", "pdf", "reportfdp.pdf"),
        ("a\u200bb\ufeffc.pdf", "pdf", "abc.pdf"),
        ("../../etc/passwd", "pdf", "passwd.pdf"),
        ("C:\\Windows\\system32\\calc.exe", "pdf", "calc.pdf"),
        ("/absolute/path.pdf", "pdf", "path.pdf"),
        ("line\r\nSet-Cookie: x.pdf", "pdf", "line Set-Cookie_ x.pdf"),
        ('x";filename="y.html', "pdf", "x__filename__y.pdf"),
        ("<script>alert(1)<.pdf", "pdf", "_script_alert(1)_.pdf"),
        ("nul\0byte.pdf", "pdf", "nul byte.pdf"),
        ("CON.pdf", "pdf", "evidence-CON.pdf"),
        ("con", "pdf", "evidence-con.pdf"),
        (".htaccess", "pdf", "htaccess.pdf"),
        ("...", "pdf", "evidence.pdf"),
        ("", "pdf", "evidence.pdf"),
        ("\ud800", "pdf", "evidence.pdf"),
        ("x" * 300 + ".pdf", "pdf", "x" * 100 + ".pdf"),
        ("=cmd|' /C calc'!A0.xlsx", "xlsx", "C calc_!A0.xlsx"),
    ],
)
def test_a_name_can_do_no_harm(name: str, kind: str, kept: str) -> None:
    assert safe_name(name, kind) == kept


@given(some.text(max_size=200), some.sampled_from(sorted(MEDIA)))
def test_every_name_ends_as_what_the_file_is_and_stays_in_its_folder(name: str, kind: str) -> None:
    kept = safe_name(name, kind)
    assert kept.endswith(MEDIA[kind][1])
    assert not set(kept) & set('/\\:*?"<>|\r\n\0\u202e\u200f\u2066')
    assert kept == safe_name(kept, kind)
    assert 4 < len(kept) <= limits().name_letters + 20
    kept.encode()


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        (" https://stat.example.org/a.pdf#page=3 ", True),
        ("http://example.org", True),
        ("HTTPS://例子.中国/报告", True),
        ("https://example.org:8443/x?y=%20z", True),
        ("javascript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("ftp://example.org/a", False),
        ("example.org/a.pdf", False),
        ("https://", False),
        ("https://localhost/a", False),
        ("https://ann:secret@example.org/", False),
        ("https://example.org/a b", False),
        ('https://example.org/"onclick="x', False),
        ("https://example.org/<b>", False),
        ("https://[::1", False),
        ("https://example.org:x/", False),
        ("https://example.org/" + "a" * 2000, False),
        ("", False),
    ],
)
def test_a_link_is_a_web_address_and_nothing_else(link: str, kept: bool) -> None:
    assert safe_link(link) == (link.strip() if kept else "")


def test_a_pointer_is_one_line_that_says_where_to_look() -> None:
    assert safe_pointer("  page 12,\r\n table 3\u202e ") == "page 12, table 3"
    assert safe_pointer("\u200b \n") == ""
    assert len(safe_pointer("x" * 999)) == limits().pointer_letters


class World:
    """A city with an owner and a contributor, another city, a reviewer, and an assessment of this year."""

    def __init__(self) -> None:
        self.city, self.other = make_city(house.store(), "Aton"), make_city(house.store(), "Beton")
        self.people = {
            "owner": come_in("owner", "owner@example.org", "Ann Qvale", city=self.city).person,
            "contributor": come_in(
                "contributor", "c@example.org", "Bo Kim", city=self.city, areas=("2",)
            ).person,
            "viewer": come_in("viewer", "v@example.org", city=self.city).person,
            "stranger": come_in("owner", "s@example.org", city=self.other).person,
            "secretariat": come_in("secretariat", "o@example.org").person,
        }
        self.room = begin_assessment(self.actor("owner"), self.city, house.today().year)

    def actor(self, role: str) -> Actor:
        return sign_in.actor(self.people[role])


@pytest.fixture
def world(data_folder: object, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(passwords, "COST", passwords.Cost(n=2**4))
    return World()


def refused(act: object) -> str:
    with pytest.raises(EvidenceError) as told:
        act()  # type: ignore[operator]
    return told.value.kind


def test_a_file_is_kept_as_it_came_once_and_handed_out_to_whoever_may_see_it(world: World) -> None:
    owner = world.actor("owner")
    data = pdf(b"% a report")
    one = give_evidence_file(owner, world.room, "2.2.1", "..\\Report.exe", data, "page 12")
    again = give_evidence_file(owner, world.room, "2.2.1", "other name.pdf", data, "page 12")
    elsewhere = give_evidence_file(owner, world.room, "2.1.1", "Report.pdf", data, "page 13")
    assert again == one != elsewhere
    (shown,) = evidence_at(world.actor("viewer"), world.room, "2.2.1", EN)
    assert (shown.label, shown.file_name, shown.pointer, shown.link) == (
        "Report.pdf",
        "Report.pdf",
        "page 12",
        "",
    )
    assert shown.about.startswith("1 KB · given · Ann Qvale · ")
    assert not shown.may_decide
    assert evidence_file(world.actor("viewer"), one) == data
    for role in ("stranger", "secretariat"):
        with pytest.raises(NotKeptError):
            evidence_file(world.actor(role), one)
        with pytest.raises(NotKeptError):
            all_evidence(world.actor(role), world.room, EN)
    with pytest.raises(NotKeptError):
        evidence_file(owner, "A" * 22)
    assert verify(house.store()).whole


def test_a_link_or_file_without_a_place_to_look_is_refused(world: World) -> None:
    owner = world.actor("owner")
    assert (
        refused(lambda: give_evidence_file(owner, world.room, "2.2.1", "a.pdf", pdf(), " "))
        == "pointer_missing"
    )
    assert (
        refused(lambda: give_evidence_link(owner, world.room, "2.2.1", "https://example.org", ""))
        == "pointer_missing"
    )
    assert (
        refused(lambda: give_evidence_link(owner, world.room, "2.2.1", "javascript:x", "page 1"))
        == "link_wrong"
    )
    assert (
        refused(lambda: give_evidence_file(owner, world.room, "2.2.1", "a.pdf", b"MZ", "page 1")) == "program"
    )
    assert all_evidence(owner, world.room, EN) == ()
    link = give_evidence_link(owner, world.room, "2.2.1", "https://example.org/a.pdf", "page 1")
    with pytest.raises(NotKeptError):
        evidence_file(owner, link)


def test_a_contributor_gives_evidence_for_her_focus_areas_and_a_viewer_for_none(world: World) -> None:
    contributor, viewer = world.actor("contributor"), world.actor("viewer")
    give_evidence_link(contributor, world.room, "2.2.1", "https://example.org/a", "page 1")
    assert may_give(contributor, world.room, "2.2.1")
    assert not may_give(contributor, world.room, "1.1.1")
    assert not may_give(viewer, world.room, "2.2.1")
    for who, field in (
        (contributor, "1.1.1"),
        (contributor, "profile:name"),
        (viewer, "2.2.1"),
        (contributor, "2.99"),
    ):
        with pytest.raises(NotAllowedError):
            give_evidence_link(who, world.room, field, "https://example.org/a", "page 1")
    mine = give_evidence_link(world.actor("owner"), world.room, "1.1.1", "https://example.org/b", "page 1")
    with pytest.raises(NotAllowedError):
        withdraw_evidence(contributor, mine, "not mine", 0)


def test_a_city_has_as_much_evidence_as_the_limits_say(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = world.actor("owner")
    small = replace(limits(), city_files=2, city_megabytes=1)
    monkeypatch.setattr(evidence, "limits", lambda: small)

    def give(number: int, size: int = 0) -> str:
        data = pdf(b"% " + str(number).encode() + b" " * size)
        return give_evidence_file(owner, world.room, "2.2.1", "a.pdf", data, "page 1")

    assert refused(lambda: give(0, 1024 * 1024)) == "city_bytes"
    give(1)
    give(2)
    # The same file again takes no more room, a third one does.
    give(1)
    assert refused(lambda: give(3)) == "city_files"
    # What is withdrawn stays among what is kept.
    withdraw_evidence(owner, evidence_at(owner, world.room, "2.2.1", EN)[0].id, "old", 0)
    assert refused(lambda: give(3)) == "city_files"
    assert (limits().city_files, limits().city_megabytes, limits().file_megabytes) == (50, 200, 10)


def test_evidence_taken_over_is_confirmed_or_withdrawn_with_a_reason(world: World) -> None:
    owner = world.actor("owner")
    give_evidence_link(owner, world.room, "2.2.1", "https://example.org/a", "page 1")
    give_evidence_file(owner, world.room, "1.1.1", "a.pdf", pdf(), "page 2")
    later = begin_assessment(owner, world.city, house.today().year + 1, world.room)
    with house.store().writing(Act(owner.person, "begin", "assessment", later)) as writing:
        assert carry_over(writing, world.room, later) == 2
    first, second = to_confirm(owner, later, EN)
    confirm_evidence(owner, first.id, first.version)
    assert refused(lambda: withdraw_evidence(owner, first.id, "late", first.version)) == "settled_meanwhile"
    assert refused(lambda: withdraw_evidence(owner, second.id, " ", second.version)) == "reason_missing"
    withdraw_evidence(owner, second.id, "the report was replaced", second.version)
    assert to_confirm(owner, later, EN) == ()
    assert [one.state for one in all_evidence(owner, later, EN)] == ["confirmed"]
    # The earlier assessment keeps its own.
    assert [one.state for one in all_evidence(owner, world.room, EN)] == ["given", "given"]
    assert evidence_file(owner, second.id) == pdf()


def test_an_erased_person_is_taken_out_of_evidence_too(world: World) -> None:
    """What holds her name goes; what cannot be searched goes if she gave it, and else is told and stays."""
    owner, contributor = world.actor("owner"), world.actor("contributor")
    names = office(**{"word__header1.xml": "<x>Ann <b>Qvale</b></x>"})
    clean = office(**{"word__header1.xml": "<x>the office</x>"})
    scan_hers, scan_his = pdf(b"% hers"), png()
    named = give_evidence_file(
        contributor, world.room, "2.2.1", "Ann Qvale.docx", names, "page 1, by Ann Qvale"
    )
    stays = give_evidence_file(owner, world.room, "2.1.1", "clean.docx", clean, "page 1")
    hers = give_evidence_file(owner, world.room, "2.1.1", "scan.pdf", scan_hers, "page 1")
    his = give_evidence_file(contributor, world.room, "2.1.1", "photo.png", scan_his, "page 1")
    told = erasure.traces(COMPUTER, world.people["owner"])
    assert told.evidence == (named,)
    assert told.unknown_evidence == tuple(sorted((hers, his)))
    with house.store().reading() as reader:
        assert all(bytes_of(reader, sha256(data)) for data in (names, clean, scan_hers, scan_his))
    assert erasure.erase_person(COMPUTER, world.people["owner"]) == told
    with house.store().reading() as reader:
        kept = [bytes_of(reader, sha256(data)) is not None for data in (names, clean, scan_hers, scan_his)]
        pieces = {one.id: one for one in evidence_of(reader, world.room)}
    assert kept == [False, True, False, True]
    assert pieces[named].name == "▮▮▮.docx"
    assert pieces[named].pointer == "page 1, by ▮▮▮"
    viewer = world.actor("viewer")
    assert {one.id for one in all_evidence(viewer, world.room, EN) if one.gone} == {named, hers}
    assert refused(lambda: evidence_file(viewer, named)) == "erased"
    assert evidence_file(viewer, stays) == clean
    assert verify(house.store()).whole


def test_an_export_of_a_city_holds_its_evidence_and_its_room(world: World) -> None:
    owner = world.actor("owner")
    one = give_evidence_file(owner, world.room, "2.2.1", "=Report.pdf", pdf(), "page 12")
    with zipfile.ZipFile(io.BytesIO(export(cities(world.city)[0]))) as book:
        names = book.namelist()
        assert book.read(f"evidence/{one}-_Report.pdf") == pdf()
        with book.open("room/evidence.csv") as part:
            (row,) = csv.DictReader(io.TextIOWrapper(part, "utf-8-sig"))
        assert (row["id"], row["pointer"], row["sha256"]) == (one, "page 12", sha256(pdf()))
    assert {
        "room/assessments.csv",
        "room/assessment_states.csv",
        "room/queries.csv",
        "room/record_entries.csv",
    } <= set(names)
    with zipfile.ZipFile(io.BytesIO(export(cities(world.other)[0]))) as book:
        assert not [name for name in book.namelist() if name.startswith("evidence/")]


def test_the_limits_are_whole_numbers_or_said_to_be_wrong(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "evidence_limits.toml"
    wrong.write_text("file_megabytes = 0\n", encoding="utf-8")
    monkeypatch.setattr(evidence_limits, "_FILE", wrong)
    with pytest.raises(ValueError, match="file_megabytes, city_megabytes"):
        evidence_limits.limits.__wrapped__()
    assert evidence_words.limits() == limits()
