"""What whoever runs an installation does from the command line: where, backup, restore, verify, export."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from actions import house, submissions
from actions.__main__ import main
from actions.access import COMPUTER
from actions.submissions import framework_hash, submit
from actions.uploads import receive
from store.answers import versions_of
from store.rows import canonical, sha256
from store.submissions import submissions_of
from store.uploads import get
from tests.workbooks import filled


@pytest.fixture
def upload_id(data_folder: Path) -> str:
    """One kept upload of a known city."""
    return receive(COMPUTER, "city.xlsx", filled(), "en").upload_id


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command."""
    capsys.readouterr()
    code = main([str(word) for word in words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_where_says_place_kind_and_head(
    upload_id: str, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "where")
    assert (code, err) == (0, "")
    assert f"{data_folder / 'scorecard.sqlite3'} (SQLite, log at {house.store().head()})" in out


def test_a_submission_is_proved_and_its_head_asked_for(
    upload_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = submit(COMPUTER, upload_id)
    assert receipt.head == str(house.store().head())
    code, out, err = run(capsys, "verify", "--head", receipt.head)
    assert (code, err) == (0, "")
    assert "1 submissions" in out
    assert "Everything is as it was written." in out
    code, out, err = run(capsys, "verify", "--head", "999-0123456789abcdef")
    assert code == 1
    assert err == "The log ends before line 999, which was written: its tail was cut off.\n"
    code, out, err = run(capsys, "verify", "--head", receipt.head, "--language", "zh")
    assert (code, err) == (0, "")
    assert "一切与写入时相同。" in out


def test_scores_are_frozen_to_the_last_digit(upload_id: str) -> None:
    submit(COMPUTER, upload_id)
    (kept,) = submissions_of(house.store(), upload_id)
    one = get(house.store(), upload_id)
    assert one is not None
    scores = json.loads(kept.scores)
    where = submissions.stand((one,), "core")
    root = house.framework().root
    assert scores["core"]["nodes"][root]["assured"] == float(where.scores.assured[0, 0])
    assert set(scores) == {basket.id for basket in house.framework().baskets}
    assert kept.scores == canonical(scores)
    assert (kept.file_sha256, kept.reading_sha256) == (one.sha256, one.reading_sha256)


def _past(data_folder: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    """Change the file as somebody can who has it, guards taken away."""
    with sqlite3.connect(data_folder / "scorecard.sqlite3") as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        for statement, values in statements:
            connection.execute(statement, values)
    connection.close()


def _changed_score(data_folder: Path, upload_id: str) -> None:
    (kept,) = submissions_of(house.store(), upload_id)
    scores = json.loads(kept.scores)
    scores["core"]["nodes"][house.framework().root]["assured"] += 1e-9
    text = canonical(scores)
    _past(data_folder, ("UPDATE submissions SET scores = ?, scores_sha256 = ?", (text, sha256(text))))


def _changed_answer(data_folder: Path, upload_id: str) -> None:
    one = get(house.store(), upload_id)
    assert one is not None
    _past(
        data_folder,
        (
            "UPDATE contents SET content = CAST(replace(CAST(content AS TEXT), ?, ?) AS BLOB) WHERE sha256 = ?",
            ('"value": ', '"value": 1', one.reading_sha256),
        ),
    )


def _changed_reading(data_folder: Path, upload_id: str) -> None:
    """The answer and every hash of it that can be reached without the log."""
    from store.reading_json import dump

    one = get(house.store(), upload_id)
    assert one is not None
    code, answer = next(
        (code, row) for code, row in one.reading.observations.items() if row.value is not None
    )
    rows = {**one.reading.observations, code: replace(answer, value=(answer.value or 0) + 1)}
    text = dump(replace(one.reading, observations=rows)).encode()
    _past(
        data_folder,
        (
            "UPDATE contents SET content = ?, sha256 = ?, size = ? WHERE sha256 = ?",
            (text, sha256(text), len(text), one.reading_sha256),
        ),
        ("UPDATE uploads SET reading_sha256 = ?", (sha256(text),)),
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_changed_score, "the frozen scores are not those that its answers lead to"),
        (_changed_answer, "the answers are not those that were handed in"),
        (_changed_reading, "the answers are not those that were handed in"),
    ],
)
def test_what_was_changed_is_told_apart(
    upload_id: str,
    data_folder: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[Path, str], None],
    sentence: str,
) -> None:
    receipt = submit(COMPUTER, upload_id)
    change(data_folder, upload_id)
    code, out, err = run(capsys, "verify")
    assert code == 1
    assert f"Submission {receipt.submission_id}: {sentence}." in err.splitlines()
    assert sum(line.startswith("Submission") for line in err.splitlines()) == 1
    assert "Something is damaged." in out


def test_changed_files_of_the_framework_are_told_apart(
    upload_id: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    submit(COMPUTER, upload_id)
    store = house.store()
    assert [one.found for one in submissions.check_all(store)] == [""]
    folder = tmp_path_factory.mktemp("framework") / "copy"
    shutil.copytree(submissions.KEY_FEATURES, folder)
    assert framework_hash(folder) == framework_hash(submissions.KEY_FEATURES)
    framework_hash.cache_clear()
    nodes = folder / "nodes.csv"
    nodes.write_bytes(nodes.read_bytes() + b"\n")
    (found,) = submissions.check_all(store, folder)
    assert (found.found, found.damaged) == ("framework_changed", True)


def test_a_backup_is_restored_elsewhere_to_the_same_verdict(
    upload_id: str,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    receipt = submit(COMPUTER, upload_id)
    file = tmp_path_factory.mktemp("backups") / "all.zip"
    code, out, err = run(capsys, "backup", file, "--with-key")
    assert (code, err) == (0, "")
    assert f"log at {receipt.head}" in out
    assert run(capsys, "backup", file)[::2] == (
        2,
        f"{file} cannot be used: there is a file of this name already.\n",
    )
    verdict = run(capsys, "verify")
    assert run(capsys, "restore", file)[0] == 2
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path_factory.mktemp("elsewhere")))
    code, out, err = run(capsys, "restore", file)
    assert (code, err) == (0, "")
    assert run(capsys, "verify", "--head", receipt.head) == verdict
    assert get(house.store(), upload_id) is not None


def test_without_the_key_the_command_says_where_it_is(
    upload_id: str, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "backup", tmp_path_factory.mktemp("backups") / "all.zip")
    assert code == 0
    assert err.startswith("The key of the log is not in it: keep a copy of audit.key")


def test_everything_about_a_city_goes_into_one_file(
    upload_id: str, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = submit(COMPUTER, upload_id)
    one = get(house.store(), upload_id)
    assert one is not None
    out = tmp_path_factory.mktemp("exports") / "city.zip"
    code, told, err = run(capsys, "export", one.city_id, out)
    assert (code, told.strip(), err) == (0, str(out), "")
    with zipfile.ZipFile(out) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert parts[f"workbooks/{upload_id}.xlsx"] == filled()
    assert json.loads(parts[f"readings/{upload_id}.json"])["profile"] == dict(one.reading.profile)
    rows = list(csv.DictReader(io.StringIO(parts["answers.csv"].decode("utf-8-sig"))))
    assert [row["code"] for row in rows] == [row.code for row in versions_of(house.store(), one.city_id)]
    assert len(rows) > 50
    lines = list(csv.DictReader(io.StringIO(parts["log.csv"].decode("utf-8-sig"))))
    assert [line["act"] for line in lines] == ["add", "link", "submit"]
    frozen = json.loads(parts[f"submissions/{receipt.submission_id}.json"])
    assert frozen["scores_sha256"] == receipt.scores_sha256
    assert run(capsys, "export", one.city_id, out)[0] == 2
    assert run(capsys, "export", "Nowhere")[0] == 2


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("DATABASE_URL", "mysql://a@b/c", "DATABASE_URL names no database that this tool knows"),
        ("DATABASE_URL", "postgresql://a@127.0.0.1:1/c", "cannot be opened at the moment"),
        ("SCORECARD_AUDIT_KEY", "short", "needs 32 signs or more"),
    ],
)
def test_a_wrong_setting_is_one_sentence(
    data_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    setting: str,
    value: str,
    sentence: str,
) -> None:
    monkeypatch.setenv(setting, value)
    code, out, err = run(capsys, "where")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert sentence in err
