"""The log as a page on both databases: whose lines are seen, in words, and as a file."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from actions.access import Actor
from actions.candidates import extended
from actions.changes import UNCHANGED
from actions.office_log import office_log, office_log_file, sees_all
from actions.outcome import Asked
from actions.saved import kept_of, save
from actions.submissions import submit
from actions.uploads import receive
from store.engine import Store
from tests.actions.people_at_hand import make_city, somebody
from tests.workbooks import filled


def _acts(actor: Actor) -> list[tuple[str, str]]:
    return [(row["Who"], row["Act"]) for row in office_log(actor, "en")]


def test_lines_are_seen_by_those_whose_they_are(installation: Store) -> None:
    city, other = make_city(installation), make_city(installation, "Elsewhere")
    owner = somebody("owner", "owner@example.org", "Olga", city=city)
    viewer = somebody("viewer", "viewer@example.org", "Vera", city=city)
    stranger = somebody("owner", "stranger@example.org", "Stan", city=other)
    auditor = somebody("auditor", "auditor@example.org", "Ada")
    upload = receive(owner, "a.xlsx", filled(), "en", city).upload_id
    submit(owner, upload)
    save(viewer, Asked(upload, "core"), UNCHANGED, "hers")
    extended(auditor, (upload,), ())

    assert _acts(owner)[:2] == [("you", "handed in"), ("you", "uploaded")]
    assert _acts(viewer)[0] == ("you", "saved")
    assert {who for who, _ in _acts(viewer)} == {"you"}
    assert not {"handed in", "uploaded", "saved"} & {act for _, act in _acts(stranger)}
    assert (f"{auditor.person[:6]}…", "kept") not in _acts(owner)
    assert sees_all(auditor)
    assert not sees_all(owner)
    seen = _acts(auditor)
    assert seen[0] == ("you", "kept")
    assert (f"{owner.person[:6]}…", "handed in") in seen
    assert ("the command line", "invited") in seen
    assert [one.name for one in kept_of(viewer, upload, "en")] == ["hers"]
    assert kept_of(owner, upload, "en") == ()

    book = load_workbook(io.BytesIO(office_log_file(auditor, "en")))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [str(cell) for cell in rows[0]] == ["Line", "When", "Who", "Act", "What", "Id", "City"]
    # On the page ids are cut, in the file they are whole.
    assert {owner.person, auditor.person} & {row[2] for row in rows} == {owner.person}
    assert city in {row[6] for row in rows if row[3] == "handed in"}
    assert not [row for row in rows if any(name in str(row) for name in ("Olga", "Vera", "Stan", "@"))]


def test_a_member_is_called_by_name_in_her_own_citys_log(installation: Store) -> None:
    city = make_city(installation)
    owner = somebody("owner", "owner@example.org", "Olga", city=city)
    colleague = somebody("contributor", "colleague@example.org", "Cora", city=city)
    receive(colleague, "a.xlsx", filled(), "en", city)
    assert _acts(owner)[0] == ("Cora", "uploaded")
