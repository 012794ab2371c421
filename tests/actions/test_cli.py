"""The command line as a shell sees it: what it prints, where, with which exit code, and what it leaves alone."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actions.template import blank_workbook
from sample_data.make import build, file_name
from tests.actions.shell import command
from tests.conftest import ROOT
from tests.workbooks import blank

RIVERBEND = (
    "Riverbend · Core: figures and practice: assured 72.7, reported 72.7, bracket 72.7, answered 100%, "
    "B · established\n"
    "Riverbend · Full: with city surveys: assured 48.6, reported 72.7, bracket 48.6 – 80.7, answered 68%, "
    "Profile only\n"
)
TEXT_FILE = (
    "notes.xlsx: File not accepted: “notes.xlsx” is plain text (such as csv or a web page), whatever its name says. "
    "An indicator workbook is an Excel file (.xlsx) with one sheet for each focus area. "
    "Download the template, paste your answers into it, save it as .xlsx and upload it.\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as people have them: good, faulty, blank and broken files, blanks and Chinese in their names."""
    here = tmp_path_factory.mktemp("work books")
    for city in ("riverbend", "novy_most"):
        (here / file_name(city, "en")).write_bytes(build(city, "en"))
    (here / "河湾 市.xlsx").write_bytes(build("riverbend", "zh"))
    (here / "blank.xlsx").write_bytes(blank())
    (here / "notes.xlsx").write_text("dear all,\n\nthe figures follow.\n", encoding="utf-8")
    (here / "a folder").mkdir()
    return here


def test_score_prints_a_line_for_each_basket(folder: Path) -> None:
    done = command("score", "riverbend-en.xlsx", folder=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, RIVERBEND, "")


def test_a_blank_workbook_is_fine_and_has_no_reported_score(folder: Path) -> None:
    done = command("score", "blank.xlsx", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == (
        "blank.xlsx · Core: figures and practice: assured 0.0, reported –, bracket 0.0 – 100.0, "
        "answered 0%, Profile only"
    )


def test_a_broken_file_among_others_is_told_and_the_others_scored(folder: Path) -> None:
    done = command("score", "notes.xlsx", "riverbend-en.xlsx", folder=folder)
    assert (done.returncode, done.stdout, done.stderr) == (1, RIVERBEND, TEXT_FILE)


def test_check_prints_every_finding_with_its_cell(folder: Path) -> None:
    done = command("check", "novy-most-en.xlsx", folder=folder)
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    blocking = [line for line in lines if ": Blocks a score: " in line]
    assert lines[: len(blocking)] == blocking
    assert [line.split(": ")[1] for line in blocking] == [
        "1 Empowerment, cohesion!G8",
        "2 Economy and culture!F9",
        "3 Sustainability!G7",
        "4 Inclusive education!F16",
        "6 Workplace learning!L14",
        "6 Workplace learning!A15",
        "7 Learning technologies!F10",
        "8 Learning quality!F10",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "stderr"),
    [
        (("score", "gone.xlsx"), 2, "gone.xlsx cannot be read: there is no such file or folder.\n"),
        (("check", "a folder"), 2, "a folder cannot be read: it is a folder.\n"),
        (
            ("score", "riverbend-en.xlsx", "gone.xlsx", "a folder", "--language", "zh"),
            2,
            "无法读取 gone.xlsx：没有这个文件或文件夹。\n无法读取 a folder：它是文件夹。\n",
        ),
        (
            ("template", "gone/new.xlsx"),
            2,
            "gone/new.xlsx cannot be written: there is no such file or folder.\n",
        ),
        (("template", "a folder"), 2, "a folder cannot be written: it is a folder.\n"),
        (
            ("template", "blank.xlsx/new.xlsx"),
            2,
            "blank.xlsx/new.xlsx cannot be written: a part of its path is no folder.\n",
        ),
        (
            ("score", "riverbend-en.xlsx", "--csv", "a folder"),
            2,
            "a folder cannot be written: it is a folder.\n",
        ),
    ],
)
def test_a_path_that_leads_nowhere_is_wrong_use(
    arguments: tuple[str, ...], code: int, stderr: str, folder: Path
) -> None:
    done = command(*arguments, folder=folder)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", stderr)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "the following arguments are required: COMMAND"),
        (("grade", "riverbend-en.xlsx"), "invalid choice: 'grade'"),
        (("score",), "the following arguments are required: FILE"),
        (("score", "riverbend-en.xlsx", "--language", "fr"), "invalid choice: 'fr'"),
        (("score", "riverbend-en.xlsx", "--json", "--csv", "x.csv"), "not allowed with argument"),
        (("template",), "the following arguments are required: OUT.xlsx"),
    ],
)
def test_wrong_arguments_are_wrong_use(arguments: tuple[str, ...], said: str, folder: Path) -> None:
    done = command(*arguments, folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("--help",), ("score", "--help"), ("template", "--help")])
def test_help_is_printed_and_fine(arguments: tuple[str, ...], folder: Path) -> None:
    done = command(*arguments, folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: python -m actions")


# Nothing that somebody filled in is written over


@pytest.mark.parametrize(
    "arguments",
    [
        ("template", "riverbend-en.xlsx"),
        ("score", "riverbend-en.xlsx", "--csv", "riverbend-en.xlsx"),
        ("score", "riverbend-en.xlsx", "--csv", "a folder/../riverbend-en.xlsx"),
        ("score", "blank.xlsx", "--csv", "riverbend-en.xlsx"),
    ],
)
def test_a_workbook_is_never_written_over(arguments: tuple[str, ...], folder: Path) -> None:
    done = command(*arguments, folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(
        "cannot be written: there is a file of this name already; it may hold answers.\n"
    )
    assert (folder / "riverbend-en.xlsx").read_bytes() == build("riverbend", "en")


def _cells(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    """What stands in a workbook; its bytes also hold the moment at which it was saved."""
    return {sheet.title: list(sheet.values) for sheet in load_workbook(io.BytesIO(data)).worksheets}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_template_is_the_one_on_the_page(language: str, tmp_path: Path) -> None:
    done = command("template", "--language", language, "空白 1.xlsx", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert _cells((tmp_path / "空白 1.xlsx").read_bytes()) == _cells(blank_workbook(language))


# Files for programs


def test_the_table_and_the_object_hold_the_same_scores(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    files = ("河湾 市.xlsx", "notes.xlsx", "blank.xlsx")
    assert command("score", *files, "--csv", out, folder=folder).returncode == 1
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
    done = command("score", *files, "--json", folder=folder)
    cities = {one["file"]: one for one in json.loads(done.stdout)["cities"]}
    assert list(cities) == list(files)
    assert [one["kind"] for one in cities["notes.xlsx"]["findings"]] == ["text_file"]
    assert {row["file"] for row in rows} == {"河湾 市.xlsx", "blank.xlsx"}
    for row in rows:
        node = cities[row["file"]]["baskets"][row["basket"]]["nodes"][row["code"]]
        assert row["assured"] == str(node["assured"])
        assert row["reported"] == ("" if node["reported"] is None else str(node["reported"]))
    assert cities["河湾 市.xlsx"]["city"] == "河湾市"


# Terminals, pipes and disks of every kind


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_without_chinese_gets_numbers_for_signs(encoding: str, folder: Path) -> None:
    done = command("score", "--language", "zh", "河湾 市.xlsx", folder=folder, encoding=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(r"\u6cb3\u6e7e\u5e02 ")


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_json_is_json_on_every_terminal(encoding: str, folder: Path) -> None:
    done = command("score", "--json", "河湾 市.xlsx", folder=folder, encoding=encoding)
    assert json.loads(done.stdout)["cities"][0]["city"] == "河湾市"


def test_a_file_name_in_no_encoding_is_told(tmp_path: Path) -> None:
    done = command("check", os.fsdecode(b"old\xff.xlsx"), folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "old\\udcff.xlsx cannot be read: there is no such file or folder.\n"


def test_a_name_brings_no_terminal_commands_along(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m\nb.xlsx").write_bytes(b"%PDF-1.7")
    done = command("check", "a\x1b[31m\nb.xlsx", folder=tmp_path)
    assert done.stdout.startswith("a\ufffd[31m\ufffdb.xlsx: File not accepted: ")
    assert done.stdout.count("\n") == 1


def test_whoever_stops_reading_gets_no_complaint(folder: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "actions", "score", "--json", "riverbend-en.xlsx"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    assert running.stderr.read() == b""
    assert running.wait(timeout=60) == 0
    running.stderr.close()
