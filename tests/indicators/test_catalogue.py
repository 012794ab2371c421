"""A framework folder loads as a whole, or is refused with file, line and reason."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import KEY_FEATURES
from indicators.catalogue import CatalogueError, load_framework
from tests.indicators.broken_folders import BROKEN, NODES, TOML
from tests.indicators.damage import add, read, write

HDI = Path(__file__).parents[1] / "frameworks" / "hdi"


def copy(folder: Path, source: Path = KEY_FEATURES) -> Path:
    """A copy of a framework folder under its own name."""
    return Path(shutil.copytree(source, folder / source.name))


@pytest.mark.parametrize("case", BROKEN)
def test_broken_folder_is_refused_with_file_line_and_reason(case: str, tmp_path: Path) -> None:
    damage, file, line, reason = BROKEN[case]
    folder = copy(tmp_path)
    damage(folder)

    with pytest.raises(CatalogueError) as refused:
        load_framework(folder)

    assert (refused.value.file, refused.value.line, refused.value.reason) == (
        f"key_features_2013/{file}",
        line,
        reason,
    )


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (CatalogueError("a/nodes.csv", 12, "code is empty"), "a/nodes.csv, line 12: code is empty"),
        (CatalogueError("a/nodes.csv", 0, "the file is missing"), "a/nodes.csv: the file is missing"),
    ],
)
def test_refusal_reads_as_a_sentence(error: CatalogueError, sentence: str) -> None:
    assert str(error) == sentence


def rewritten(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


# Ways in which spreadsheet programs save the same table.
HARMLESS: dict[str, Callable[[Path], None]] = {
    "byte order mark": lambda path: rewritten(path, lambda data: b"\xef\xbb\xbf" + data),
    "Windows line ends": lambda path: rewritten(path, lambda data: data.replace(b"\n", b"\r\n")),
    "blank lines": lambda path: rewritten(path, lambda data: data.replace(b"\n", b"\n\n") + b",,\n\n"),
    "blanks around cells": lambda path: write(path, [[f" {text} " for text in row] for row in read(path)]),
    "columns in another order": lambda path: write(path, [row[::-1] for row in read(path)]),
}


@pytest.mark.parametrize("way", HARMLESS)
def test_same_tables_saved_otherwise_load_the_same(way: str, tmp_path: Path) -> None:
    folder = copy(tmp_path, HDI)
    for path in folder.rglob("*.csv"):
        if not path.name.startswith("hdi_"):
            HARMLESS[way](path)

    loaded, plain = load_framework(folder), load_framework(HDI)

    assert loaded.nodes == plain.nodes
    assert loaded.sources == plain.sources
    assert loaded.words == plain.words
    assert loaded.terms == plain.terms


def test_settings_with_a_byte_order_mark_load(tmp_path: Path) -> None:
    folder = copy(tmp_path, HDI)
    rewritten(folder / TOML, lambda data: b"\xef\xbb\xbf" + data)

    assert load_framework(folder).id == "hdi"


def chain(folder: Path, levels: Sequence[str], codes: Sequence[str], extra: Sequence[str] = ()) -> Path:
    """A framework in which every level has one node, and the lowest `extra` ones besides."""
    names = "\n\n".join(
        f'[[levels]]\nname = "{level}"' + ('\naggregation = "arithmetic"' if level != levels[-1] else "")
        for level in levels
    )
    folder.mkdir(parents=True)
    (folder / TOML).write_text(
        f'id = "chain"\nedition = "1"\nroot = "{codes[0]}"\nlanguages = ["en"]\ntext_status = "own"\n\n{names}\n\n'
        '[[baskets]]\nid = "all"\nincludes = ["all"]\n\n[points]\nmaximum = 100\npublished_decimals = 1\n',
        encoding="utf-8",
    )
    header = read(HDI / NODES)[0]
    leaf = dict(zip(header, read(HDI / NODES)[3], strict=True))
    inner = dict.fromkeys(header, "") | {"weight": "1", "wording_verified": "yes"}
    rows = [
        (leaf if level == levels[-1] else inner)
        | {"code": code, "parent": "" if code == codes[0] else codes[position - 1], "level": level}
        for position, (level, code) in enumerate(zip(levels, codes, strict=True))
    ]
    rows += [leaf | {"code": code, "parent": codes[-2], "level": levels[-1]} for code in extra]
    write(folder / NODES, [header, *([row[name] for name in header] for row in rows)])
    shutil.copy(HDI / "sources.csv", folder)
    (folder / "words/en").mkdir(parents=True)
    shutil.copy(HDI / "words/en/units.csv", folder / "words/en")
    terms = [row for row in read(HDI / "words/en/terms.csv") if not row[0].startswith("level.")]
    write(folder / "words/en/terms.csv", [*terms, *([f"level.{level}", level] for level in levels)])
    words = [[code, "t", "s", "d", "h", "e"] for code in (*codes, *extra)]
    write(folder / "words/en/nodes.csv", [["code", "title", "short", "definition", "how", "example"], *words])
    return folder


@pytest.mark.parametrize("depth", [2, 3, 5, 9, 30])
def test_tree_of_any_depth_loads(depth: int, tmp_path: Path) -> None:
    levels = [f"level {number}" for number in range(depth)]
    codes = [f"node {number}" for number in range(depth)]

    framework = load_framework(chain(tmp_path / "chain", levels, codes))

    assert [node.code for node in framework.nodes] == codes
    assert [level.name for level in framework.levels] == levels
    assert framework.children == {
        **{code: (codes[number + 1],) for number, code in enumerate(codes[:-1])},
        codes[-1]: (),
    }


def test_codes_are_text(tmp_path: Path) -> None:
    codes = ("city", "1.1", "1.10", "01.1", "1.1 a", "学习 城市", "Ñandú—1", "1,1", 'say "1"')
    folder = chain(tmp_path / "chain", ("city", "measurement"), codes[:2], codes[2:])

    framework = load_framework(folder)

    assert tuple(node.code for node in framework.nodes) == codes
    assert framework.children["city"] == codes[1:]
    assert set(framework.words["en"]) == set(codes)


def test_level_may_be_skipped(tmp_path: Path) -> None:
    folder = chain(tmp_path / "chain", ("whole", "part", "leaf"), ("w", "p", "l"))
    rows = read(folder / NODES)
    rows.append(["alone", "w", *rows[-1][2:]])
    write(folder / NODES, rows)
    add("words/en/nodes.csv", "alone", "t", "s", "d", "h", "e")(folder)

    framework = load_framework(folder)

    assert framework.children["w"] == ("p", "alone")
    assert [node.code for node in framework.measurements] == ["l", "alone"]


def test_foreign_framework_loads_without_optional_sections() -> None:
    hdi = load_framework(HDI)

    assert [(level.name, level.aggregation, level.coverage) for level in hdi.levels] == [
        ("index", "geometric", None),
        ("dimension", "arithmetic", None),
        ("indicator", "", None),
    ]
    assert {code: hdi.children[code] for code in ("index", "health", "education", "income")} == {
        "index": ("health", "education", "income"),
        "health": ("le",),
        "education": ("eys", "mys"),
        "income": ("gnipc",),
    }
    assert {
        node.code: (node.measurement.scale, node.measurement.lower, node.measurement.upper)
        for node in hdi.measurements
        if node.measurement
    } == {
        "le": ("linear", 20, 85),
        "eys": ("linear", 0, 18),
        "mys": ("linear", 0, 15),
        "gnipc": ("log", 100, 75000),
    }
    assert [basket.id for basket in hdi.baskets] == ["all"]
    assert hdi.ladder == {"en": ()}
    rules = hdi.rules
    assert (rules.bands, rules.evidence_grades, rules.geometric_level, rules.remit_level) == (
        (),
        (),
        None,
        None,
    )
    assert (rules.remit_cap_level, rules.remit_cap_overall, rules.ladder_levels) == (0, 0, 0)
    assert (rules.badge_age, rules.refused_age) == (9999, 9999)


def test_what_is_loaded_cannot_be_changed() -> None:
    hdi = load_framework(HDI)

    with pytest.raises(TypeError):
        hdi.by_code["le"] = hdi.nodes[0]  # type: ignore[index]
    with pytest.raises(AttributeError):
        hdi.nodes[0].weight = 2  # type: ignore[misc]


FILES = tuple(
    sorted(path.relative_to(HDI).as_posix() for path in HDI.rglob("*.csv") if path.name != "hdi_2022.csv")
)


def outcome(folder: Path) -> CatalogueError | int:
    """The refusal of a folder, or how many measurements it holds."""
    try:
        return len(load_framework(folder).measurements)
    except CatalogueError as refused:
        return refused


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_text_in_any_cell_loads_or_is_refused_in_its_place(data: st.DataObject) -> None:
    """Whatever stands in one cell, the loader answers with a framework or with file and reason."""
    name = data.draw(st.sampled_from(FILES))
    rows = read(HDI / name)
    line = data.draw(st.integers(0, len(rows) - 1))
    position = data.draw(st.integers(0, len(rows[0]) - 1))
    strange = st.sampled_from(["", "-1", "nan", "index", "le", "x\ny", '"', "\ufeff", "\x00"])
    anything = st.text(st.characters(codec="utf-8"), max_size=8)
    rows[line][position] = data.draw(st.one_of(anything, st.integers().map(str), strange))
    with tempfile.TemporaryDirectory() as place:
        folder = copy(Path(place), HDI)
        write(folder / name, rows)

        found = outcome(folder)

    if isinstance(found, CatalogueError):
        assert found.file.startswith("hdi/")
        assert found.reason
    else:
        assert found == 4
