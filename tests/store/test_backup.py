"""A backup of one database restores into the other to the very same verdict, also one taken under load."""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.acts import OWN_COMPUTER, Act
from store.backup import Backup, backup, key_in, restore
from store.engine import FILE_NAME, Store, open_store
from store.errors import StoreError
from store.key import FILE_NAME as KEY_FILE
from store.key import VARIABLE, bring_key
from store.log import head_from
from store.summaries import summaries
from store.uploads import get, original, recent
from store.verify import verify
from tests.postgres import KEY, PostgresServer
from tests.store.readings import keep
from tests.store.test_log import fill


@pytest.fixture
def one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """All stores of a test have the same key."""
    monkeypatch.setenv(VARIABLE, KEY)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(
    request: pytest.FixtureRequest, tmp_path: Path, postgres_server: PostgresServer, one_key: None
) -> Iterator[Store]:
    """Another, empty store, on each kind of database."""
    name = postgres_server.new_database() if request.param == "postgresql" else ""
    url = postgres_server.url(name) if name else f"sqlite:///{tmp_path / 'empty' / FILE_NAME}"
    opened = open_store(url)
    yield opened
    opened.engine.dispose()
    if name:
        postgres_server.drop(name)


@pytest.mark.usefixtures("one_key")
def test_a_backup_restores_into_either_database(empty: Store, url: str, tmp_path: Path) -> None:
    store = open_store(url)
    fill(store)
    kept = keep(store, bytes(range(256)) * 40)
    gone = keep(store, b"gone")
    with store.writing(Act(OWN_COMPUTER, "erase", "upload", gone.id)) as writing:
        writing.erase(gone.sha256, "2026-01-01")
    made = backup(store, tmp_path / "kept.zip")
    assert made.head == store.head()
    assert (tmp_path / "kept.zip").stat().st_mode & 0o777 == 0o600
    before = verify(store)
    assert (before.damage, before.erased) == ((), 1)
    assert restore(empty, tmp_path / "kept.zip") == before == verify(empty)
    assert recent(empty, 100) == recent(store, 100)
    assert original(empty, kept.id) == bytes(range(256)) * 40
    assert get(empty, kept.id) is not None
    # Going on after it is going on where the other stood.
    keep(empty, b"more")
    assert verify(empty, (before.head,)).whole
    store.engine.dispose()


@pytest.mark.usefixtures("one_key")
def test_a_backup_under_load_is_one_moment(store: Store, empty: Store, tmp_path: Path) -> None:
    keep(store)
    stop, going_on, troubles = threading.Event(), threading.Event(), list[BaseException]()

    def write(writer: int) -> None:
        number = 0
        try:
            while not stop.is_set():
                keep(store, f"{writer} {number}".encode() * 500, city=f"City {writer}-{number}")
                number += 1
                going_on.set()
        except BaseException as trouble:
            troubles.append(trouble)
            going_on.set()

    def one_more(number: int) -> Backup:
        made = backup(store, tmp_path / f"{number}.zip")
        going_on.clear()
        assert going_on.wait(30)
        return made

    writers = [threading.Thread(target=write, args=(i,)) for i in range(3)]
    for one in writers:
        one.start()
    try:
        made = [one_more(number) for number in range(4)]
    finally:
        stop.set()
        for one in writers:
            one.join()
    assert troubles == []
    heads = [one.head.number for one in made]
    assert heads == sorted(set(heads)), "writers went on between the backups"
    report = restore(empty, tmp_path / "3.zip")
    assert report.whole
    assert report.head == made[3].head
    # Each backup is a beginning of the store as it went on.
    assert verify(store, [one.head for one in made]).whole


@pytest.mark.usefixtures("one_key")
def test_a_backup_is_restored_into_an_empty_store_only(store: Store, empty: Store, tmp_path: Path) -> None:
    backup(store, tmp_path / "kept.zip")
    keep(empty)
    head = empty.head()
    with pytest.raises(StoreError) as told:
        restore(empty, tmp_path / "kept.zip")
    assert told.value.kind == "not_empty"
    assert empty.head() == head


def test_nothing_is_written_over(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "kept.zip"
    path.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        backup(store, path)
    with pytest.raises(FileNotFoundError):
        backup(store, tmp_path / "no" / "kept.zip")
    assert path.read_bytes() == b"mine"
    assert [one.name for one in tmp_path.iterdir() if "part" in one.name] == []


def _edited(path: Path, name: str, old: bytes, new: bytes, *, manifest: bool) -> None:
    """The same zip with one part changed, and, if asked for, a manifest that says so."""
    with zipfile.ZipFile(path) as book:
        parts = {one: book.read(one) for one in book.namelist()}
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new, 1)
    if manifest:
        told = json.loads(parts["manifest.json"])
        told["parts"][name] = hashlib.sha256(parts[name]).hexdigest()
        parts["manifest.json"] = json.dumps(told).encode()
    with zipfile.ZipFile(path, "w") as book:
        for one, data in parts.items():
            book.writestr(one, data)


@pytest.mark.usefixtures("one_key")
@pytest.mark.parametrize("manifest", [False, True])
@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("tables/uploads.jsonl", b"demoville.xlsx", b"otherville.xl"),
        ("tables/log.jsonl", b'"actor":"own_computer"', b'"actor":"somebody"'),
        ("contents/1", b"\x00", b"\x01"),
    ],
)
def test_a_changed_backup_is_refused_and_nothing_is_kept(
    file_store: Store, empty: Store, tmp_path: Path, part: str, old: bytes, new: bytes, manifest: bool
) -> None:
    path = tmp_path / "kept.zip"
    fill(file_store)
    backup(file_store, path)
    _edited(path, part, old, new, manifest=manifest)
    with pytest.raises(StoreError) as told:
        restore(empty, path)
    assert told.value.kind == "no_backup"
    assert empty.head().number == 0
    assert recent(empty, 5) == ()


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_backup_is_told(file_store: Store, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(StoreError) as told:
        restore(file_store, tmp_path / "x.zip")
    assert told.value.kind == "no_backup"


def test_the_key_is_in_it_only_if_asked_for(file_store: Store, tmp_path: Path) -> None:
    fill(file_store)
    backup(file_store, tmp_path / "without.zip")
    backup(file_store, tmp_path / "with.zip", with_key=True)
    assert key_in(tmp_path / "without.zip") == ""
    assert key_in(tmp_path / "with.zip").encode() == file_store.key
    # Without the key nothing can be verified, so nothing is taken over.
    other = open_store(f"sqlite:///{tmp_path / 'other' / FILE_NAME}")
    with pytest.raises(StoreError) as told:
        restore(other, tmp_path / "without.zip")
    assert told.value.kind == "key_wrong"
    with pytest.raises(StoreError) as told:
        bring_key(tmp_path / "other", key_in(tmp_path / "with.zip"))
    assert told.value.kind == "key_wrong"
    bring_key(tmp_path / "third", key_in(tmp_path / "with.zip"))
    third = open_store(f"sqlite:///{tmp_path / 'third' / FILE_NAME}")
    assert restore(third, tmp_path / "with.zip") == verify(file_store)
    assert (tmp_path / "third" / KEY_FILE).stat().st_mode & 0o777 == 0o600


# Made by the program whose tables were at step 0004: two uploads, and one whose bytes were taken out.
EARLIER = Path(__file__).parent / "earlier" / "backup_of_step_0004.zip"
EARLIER_UPLOADS = {"jEcVra0Ew-yiE9VEIBiZjA": b"one", "4nUIFojKi8eVRY29RDkQbg": b"two"}


def test_a_backup_of_an_earlier_version_comes_up_whole_in_either_database(empty: Store) -> None:
    report = restore(empty, EARLIER)
    # The head that the backup was made with is in the chain still; one more line vouches for what the step has made.
    assert (report.damage, report.erased, report.lines) == ((), 1, 5)
    assert verify(empty, (head_from("4-8f7192147e9fedd5"),)).damage == ()
    assert {one: original(empty, one) for one in EARLIER_UPLOADS} == EARLIER_UPLOADS
    assert {one.name for one in summaries(empty, tuple(EARLIER_UPLOADS)).values()} == {"Demoville"}
    # Going on works, and what comes out is a backup of now.
    keep(empty, b"new")
    assert verify(empty).whole


def test_a_backup_of_a_step_that_never_was_is_refused_and_changes_nothing(
    empty: Store, tmp_path: Path
) -> None:
    odd = tmp_path / "odd.zip"
    with zipfile.ZipFile(EARLIER) as book, zipfile.ZipFile(odd, "w") as changed:
        for name in book.namelist():
            data = book.read(name)
            if name == "manifest.json":
                data = json.dumps({**json.loads(data), "step": "0003x"}).encode()
            changed.writestr(name, data)
    with pytest.raises(StoreError) as told:
        restore(empty, odd)
    assert told.value.kind == "no_backup"
    assert recent(empty, 9) == ()
    assert restore(empty, EARLIER).damage == ()
