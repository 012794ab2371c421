"""An erased person is found nowhere, and everything that is not her name stays: figures, scores, hashes, the log."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from actions import accepting, invitations, people, sign_in
from actions.__main__ import main
from actions.access import COMPUTER, NotAllowedError
from actions.erasure import erase_person, traces
from actions.keeping import verify
from actions.reader import READERS
from actions.sign_in import RefusedError, person_of
from actions.standing import standing, upload
from actions.submissions import check_all, submit
from store.backup import backup
from store.engine import Store
from store.owners import Owner
from store.scenarios import save_scenario
from store.schema import LOGGED, PASSING
from store.tables import LOG, UPLOADS
from store.uploads import Upload, add, get, original
from tests.actions.people_at_hand import PASSWORD, PLACE, come_in, make_city
from tests.indicators.faults import A1, PROFILE
from tests.workbooks import changed, filled


def with_contact(name: str, literacy: float = 50) -> bytes:
    """The filled workbook with a contact person, and an answer of its own."""

    def edit(book: Workbook) -> None:
        for row in book[PROFILE].iter_rows():
            for cell in row:
                if cell.value == "=Kari, office":
                    cell.value, cell.data_type = name, "s"
        book[A1]["F5"] = literacy

    return changed(filled(), edit)


def keep(store: Store, data: bytes, name: str, city: str, person: str) -> Upload:
    return add(
        store,
        name=name,
        data=data,
        reading=READERS.read(name, data),
        framework="key_features_2013",
        edition="1.0",
        actor=person,
        owner=Owner(city, person),
    )


def everything(store: Store) -> str:
    """All that is kept, as one text in small letters; workbooks as what stands in their parts."""
    found = []
    with store.reading() as connection:
        for table in (*LOGGED, *PASSING, LOG):
            for row in connection.execute(table.select()).mappings():
                found += [
                    value.decode("latin-1") if isinstance(value, bytes) else str(value)
                    for value in row.values()
                ]
    return "\n".join(found).lower()


class Scene:
    """Ann and Bob of one city, three uploads, a submission and a what-if, in which Ann's name stands."""

    def __init__(self, store: Store) -> None:
        self.store, self.city = store, make_city(store)
        self.ann = come_in("owner", "ann.qvale@example.org", "Ann Qvale", city=self.city)
        self.bob = come_in("contributor", "bob@example.org", "Bob Kim", city=self.city)
        self.link = invitations.invite(
            sign_in.actor(self.ann.person), "viewer", "eve@example.org", city=self.city
        )
        person = self.ann.person
        self.hers = keep(store, with_contact("Ann Qvale"), "ann_qvale.xlsx", self.city, person)
        self.his = keep(store, with_contact("Qvale, Ann", 51), "city.xlsx", self.city, self.bob.person)
        self.clean = keep(store, with_contact("Office", 52), "clean.xlsx", self.city, person)
        save_scenario(
            store,
            name="Ann Qvale's plan",
            basket="core",
            content="{}",
            upload_ids=[self.hers.id],
            actor=person,
        )
        submit(sign_in.actor(person), self.hers.id)
        self.scores = {one.id: standing(one.id, "core").number("assured", "city") for one in self.uploads}

    @property
    def uploads(self) -> tuple[Upload, ...]:
        """All three."""
        return (self.hers, self.his, self.clean)


@pytest.fixture
def scene(installation: Store) -> Scene:
    return Scene(installation)


def test_what_would_go_is_told_before_anything_goes(scene: Scene) -> None:
    before = everything(scene.store)
    found = traces(COMPUTER, scene.ann.person)
    assert found.files == found.readings == tuple(sorted((scene.hers.id, scene.his.id)))
    assert found.unknown == found.left_out == ()
    # The name of a file and that of a what-if; answers hold no contact person.
    assert found.texts == 2
    assert everything(scene.store) == before
    assert "qvale" in before


def test_an_erased_person_is_found_nowhere_and_all_else_stays(scene: Scene, tmp_path: Path) -> None:
    expected = traces(COMPUTER, scene.ann.person)
    assert erase_person(COMPUTER, scene.ann.person) == expected
    assert "qvale" not in everything(scene.store)
    # Neither in the database's own file: what is taken out is overwritten there.
    for file in tmp_path.rglob("*.sqlite3*"):
        assert b"qvale" not in file.read_bytes().lower()
    # Hashes stay, files that hold the name are gone, the others are there.
    with scene.store.reading() as connection:
        kept = connection.execute(UPLOADS.select().order_by(UPLOADS.c.sequence)).mappings().all()
    assert [row["sha256"] for row in kept] == [one.sha256 for one in scene.uploads]
    assert [original(scene.store, one.id) is None for one in scene.uploads] == [True, True, False]
    assert [row["name"] for row in kept] == ["▮▮▮.xlsx", "city.xlsx", "clean.xlsx"]
    # Every answer and score is what it was.
    for one in scene.uploads:
        again = upload(one.id)
        assert again.reading.observations == one.reading.observations
        assert standing(one.id, "core").number("assured", "city") == scene.scores[one.id]
        assert again.city_id == scene.city
    assert upload(scene.hers.id).reading.profile["contact_name"] == "▮▮▮"
    # The chain is whole, and what was submitted is proved by its figures.
    told = verify()
    assert told.whole
    assert told.report.erased > 0
    assert [one.found for one in check_all(scene.store)] == ["input_erased"]


def test_an_erased_person_comes_in_no_more(scene: Scene) -> None:
    link = invitations.invite(COMPUTER, "juror", "ann.qvale@example.org")
    renewal = invitations.renew_password(COMPUTER, scene.ann.person)
    assert person_of(scene.ann.token) == scene.ann.person
    erase_person(COMPUTER, scene.ann.person)
    assert person_of(scene.ann.token) is None
    with pytest.raises(RefusedError):
        sign_in.by_password("ann.qvale@example.org", PASSWORD, PLACE)
    for code in (link.code, renewal.code, scene.link.code):
        assert accepting.invitation_of(code) is None
    with pytest.raises(NotAllowedError):
        sign_in.actor(scene.ann.person)
    with pytest.raises(NotAllowedError):
        people.enable(COMPUTER, scene.ann.person)
    assert [one.person for one in people.members(COMPUTER, scene.city)] == [scene.bob.person]
    # A person who comes again is a new one.
    again = come_in("juror", "ann.qvale@example.org", "Ann Qvale")
    assert again.person != scene.ann.person


def test_the_log_goes_on_and_names_ids_alone(scene: Scene) -> None:
    erase_person(COMPUTER, scene.ann.person)
    with scene.store.reading() as connection:
        line = connection.execute(LOG.select().where(LOG.c.act == "erase")).mappings().one()
    assert (line["kind"], line["object_id"]) == ("person", scene.ann.person)
    assert json.loads(line["detail"]) == {"files": 2, "readings": 2, "rows": 2}
    assert keep(scene.store, with_contact("Office", 53), "next.xlsx", scene.city, scene.bob.person)
    assert verify().whole


def test_erasing_twice_takes_nothing_more(scene: Scene) -> None:
    erase_person(COMPUTER, scene.ann.person)
    found = erase_person(COMPUTER, scene.ann.person)
    assert (found.files, found.readings, found.texts) == ((), (), 0)
    assert verify().whole


def test_other_spellings_are_taken_out_when_they_are_named(scene: Scene) -> None:
    other = keep(scene.store, with_contact("A. Qvåle-Smith", 60), "z.xlsx", scene.city, scene.bob.person)
    erase_person(COMPUTER, scene.ann.person, also=("A. Qvåle-Smith", "Q"))
    assert original(scene.store, other.id) is None
    assert traces(COMPUTER, scene.ann.person, also=("Q",)).left_out == ("Q",)


def test_only_the_secretariat_erases_and_only_who_is_there(scene: Scene) -> None:
    cleo = sign_in.actor(come_in("secretariat", "cleo@example.org").person)
    for who in (scene.ann, scene.bob):
        with pytest.raises(NotAllowedError):
            erase_person(sign_in.actor(who.person), scene.ann.person)
        with pytest.raises(NotAllowedError):
            traces(sign_in.actor(who.person), scene.ann.person)
    for nobody in ("", "a" * 22, "\ud800"):
        with pytest.raises(NotAllowedError):
            erase_person(cleo, nobody)
    assert person_of(scene.ann.token) == scene.ann.person
    assert erase_person(cleo, scene.ann.person).files


def test_a_new_backup_holds_the_name_no_more(scene: Scene, tmp_path: Path) -> None:
    erase_person(COMPUTER, scene.ann.person)
    path = tmp_path / "backup.zip"
    backup(scene.store, path)
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(path) as book:
        book.extractall(unpacked)
    assert all(b"qvale" not in one.read_bytes().lower() for one in unpacked.rglob("*") if one.is_file())


def test_the_command_tells_first_and_erases_when_told_so(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export-person", "ann.qvale@example.org"]) == 0
    assert json.loads(capsys.readouterr().out)["person"]["name"] == "Ann Qvale"
    assert main(["export-person", "nobody@example.org"]) == 2
    assert main(["erase", "ann.qvale@example.org"]) == 1
    assert "Nothing was erased" in capsys.readouterr().out
    assert get(scene.store, scene.hers.id) is not None
    assert main(["erase", "ANN.QVALE@example.org", "--yes"]) == 0
    told = capsys.readouterr().out
    assert f"upload {scene.hers.id}" in told
    assert "qvale" not in told.lower()
    assert main(["erase", "ann.qvale@example.org", "--yes"]) == 2
    assert main(["erase", scene.ann.person, "--yes", "--language", "zh"]) == 0
    assert main(["verify"]) == 0


def test_the_command_invites(
    installation: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCORECARD_ADDRESS", "https://scores.example.org")
    assert main(["invite", "ann@example.org", "--role", "owner", "--city", "Osan", "--country", "KOR"]) == 0
    link = capsys.readouterr().out.strip()
    code = link.removeprefix("https://scores.example.org/invitation?code=")
    told = accepting.invitation_of(code)
    assert told is not None
    assert (told.role, told.city, told.country) == ("owner", "Osan", "KOR")
    opened = accepting.accept(code, "Ann", PASSWORD, PLACE)
    city = sign_in.actor(opened.person).grants[0].city
    assert (
        main(["invite", "bob@example.org", "--role", "contributor", "--city", city, "--areas", "1,12"]) == 0
    )
    code = capsys.readouterr().out.strip().partition("code=")[2]
    told = accepting.invitation_of(code)
    assert told is not None
    assert told.areas == ("1", "12")
    assert main(["invite", "ann@example.org", "--new-password"]) == 0
    code = capsys.readouterr().out.strip().partition("code=")[2]
    told = accepting.invitation_of(code)
    assert told is not None
    assert told.renewal
    for words, said in [
        (["bob", "--role", "juror"], "no e-mail address"),
        (["bob@example.org"], "no such role"),
        (["bob@example.org", "--role", "viewer", "--city", "a" * 22], "no city of this id"),
        (["nobody@example.org", "--new-password"], "nobody of this id"),
    ]:
        assert main(["invite", *words]) == 2
        assert said in capsys.readouterr().err


def test_the_command_prints_the_rights(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rights"]) == 0
    assert capsys.readouterr().out == Path("docs/rights.md").read_text(encoding="utf-8")
