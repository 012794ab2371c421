"""Every file stays in its room: what it may import stands in docs/architecture.md, and views only show."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.source_code import ROOMS, ROOT, called, files, tree

SHARED_BOLD = {"streamlit": {"views", "app.py", "serve.py"}}
# Beside rooms: files at the top, which import nothing of their own.
TOP_FILES = {"app.py", "serve.py"}
ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
CALCULATING_CALLS = {"sum", "round", "divmod", "pow", "fsum", "mean", "cumsum"}
CALCULATING_MODULES = {"math", "statistics", "decimal", "fractions", "numpy"}
# Calls that give text, so that joining with "+" is no sum.
TEXT_CALLS = {"say", "plain", "str", "join", "plural", "link"}
SQL = re.compile(
    r"\b(SELECT|UPDATE|PRAGMA|INSERT INTO|DELETE FROM|(CREATE|DROP|ALTER) (TABLE|INDEX|TRIGGER))\b"
    r"|\bselect [\w*, ]+ from \w+ where\b|\binsert into \w+ *(\(|values)|\bdelete from \w+ where\b"
)
UNSAFE_CALLS = {"eval", "exec", "__import__", "import_module", "read_pickle", "to_pickle", "iframe"}
UNSAFE_MODULES = {"pickle", "marshal", "shelve", "dill", "joblib", "importlib", "streamlit.components"}
UNSAFE_OPTIONS = {"unsafe_allow_html", "unsafe_allow_javascript", "allow_pickle"}


@dataclass(frozen=True)
class Rules:
    """One row of the floor table."""

    floor: int
    ours: tuple[str, ...]
    others: tuple[str, ...]
    bold: tuple[str, ...]


@cache
def floor_table() -> dict[str, Rules]:
    """Room -> its row in docs/architecture.md."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table: dict[str, Rules] = {}
    for line in text.split("| room | floor |")[1].splitlines()[2:]:
        if not line.startswith("|"):
            break
        room, floor, ours, others = (cell.strip() for cell in line.strip("|").split("|"))
        table[room.strip("`")] = Rules(
            int(floor),
            words(ours),
            words(others.replace("*", "")),
            tuple(re.findall(r"\*\*(\w+)\*\*", others)),
        )
    return table


def words(cell: str) -> tuple[str, ...]:
    """The names in a cell of the table."""
    return tuple(name.strip().strip("`") for name in cell.split(",") if name.strip())


def within(name: str, allowed: tuple[str, ...] | set[str]) -> bool:
    """Whether a dotted name is one of the allowed ones or inside one."""
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


def imports(source: ast.AST) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Every import anywhere in a file: line, module, and names taken from it."""
    for node in ast.walk(source):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, ()
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield node.lineno, module, tuple(alias.name for alias in node.names)


def foreign_imports(room: str, source: ast.AST) -> Iterator[str]:
    """Imports that the room's row does not allow."""
    rules = floor_table()[room]
    own = () if room in TOP_FILES else (room,)
    for line, module, names in imports(source):
        top = module.split(".")[0]
        if not top:
            yield f"{line}: relative import {module}"
        elif top in ROOMS or top in {"app", "tests"}:
            targets = [f"{module}.{name}" for name in names] or [module]
            if not within(module, rules.ours + own) and not all(within(one, rules.ours) for one in targets):
                yield f"{line}: {room} may not import {module} of ours"
        elif top not in sys.stdlib_module_names and top not in rules.others:
            yield f"{line}: {room} may not import {top}"


def is_text(node: ast.expr, known: frozenset[str]) -> bool:
    """Whether an expression is plainly text or a list, so that "+" joins and does not add."""
    match node:
        case ast.Constant(value=value):
            return isinstance(value, str)
        case ast.JoinedStr() | ast.List() | ast.Tuple() | ast.ListComp():
            return True
        case ast.Name(id=name):
            return name in known
        case ast.Call():
            return called(node) in TEXT_CALLS
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return is_text(left, known) or is_text(right, known)
        case _:
            return False


def calculations(source: ast.AST) -> Iterator[str]:
    """Arithmetic in a page; joining texts and lists is none, and how far a progress bar has come is no result."""
    known = frozenset(
        target.id
        for node in ast.walk(source)
        if isinstance(node, ast.Assign) and is_text(node.value, frozenset())
        for target in node.targets
        if isinstance(target, ast.Name)
    )
    bars = {
        id(part)
        for node in ast.walk(source)
        if isinstance(node, ast.Call) and called(node) == "progress" and node.args
        for part in ast.walk(node.args[0])
    }
    for node in ast.walk(source):
        if id(node) in bars:
            continue
        match node:
            case ast.BinOp(op=ast.Add()) if is_text(node, known):
                continue
            case ast.AugAssign(op=ast.Add(), value=value) if is_text(value, known):
                continue
            case ast.BinOp(op=op) | ast.AugAssign(op=op) if isinstance(op, ARITHMETIC):
                yield f"{node.lineno}: {type(op).__name__}"
            case ast.Call() if called(node) in CALCULATING_CALLS:
                yield f"{node.lineno}: {called(node)}()"
    for line, module, _ in imports(source):
        if module.split(".")[0] in CALCULATING_MODULES:
            yield f"{line}: {module}"


def sql(source: ast.AST) -> Iterator[str]:
    """Texts that hold SQL."""
    for node in ast.walk(source):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
            yield f"{node.lineno}: {node.value[:60]}"


def unsafe(source: ast.AST) -> Iterator[str]:
    """What would run text as code, unpack objects from bytes, or put foreign markup on a page."""
    for line, module, names in imports(source):
        if any(within(one, UNSAFE_MODULES) for one in (module, *(f"{module}.{name}" for name in names))):
            yield f"{line}: {module}"
    for node in ast.walk(source):
        match node:
            case ast.Call(func=ast.Attribute(attr="html", value=ast.Name(id="st"))):
                yield f"{node.lineno}: st.html"
            case ast.Call() if called(node) in UNSAFE_CALLS:
                yield f"{node.lineno}: {called(node)}"
            case ast.Attribute(attr="components", value=ast.Name(id="st")):
                yield f"{node.lineno}: st.components"
            case ast.keyword(arg=str(option)) if option in UNSAFE_OPTIONS:
                yield f"{node.value.lineno}: {option}"


def room_of(path: Path) -> str:
    """The room that a file lives in."""
    return path.parts[0]


def test_the_table_names_every_room_and_no_other() -> None:
    assert set(floor_table()) == set(ROOMS)
    folders = {path.parts[0] for path in (one.relative_to(ROOT) for one in ROOT.glob("*/*.py"))}
    assert folders - {"tests", ".ci"} <= set(ROOMS)
    assert {path.name for path in ROOT.glob("*.py")} == TOP_FILES
    assert {room_of(path) for path in files()} == set(ROOMS)


def test_no_room_looks_up_and_no_two_rooms_look_at_each_other() -> None:
    table = floor_table()
    graph = {room: {name.split(".")[0] for name in rules.ours} - {room} for room, rules in table.items()}
    for room, below in graph.items():
        for other in below:
            assert table[other].floor < table[room].floor or (room in TOP_FILES and other == "views")
    assert len(tuple(TopologicalSorter(graph).static_order())) == len(ROOMS)


def test_a_package_in_bold_is_of_one_room_alone() -> None:
    table = floor_table()
    bold = {package for rules in table.values() for package in rules.bold}
    paper = {"docx", "typst", "noto_cjk_sans_otc"}
    web = {"starlette", "uvicorn", "authlib", "httpx2", "joserfc"}
    assert bold == {"babel", "sqlalchemy", "alembic", "altair", "streamlit", "highspy", *paper, *web}
    for package in bold:
        users = {room for room, rules in table.items() if package in rules.others}
        assert users == SHARED_BOLD.get(package, users)
        assert len(users) == len(SHARED_BOLD.get(package, {package}))


@pytest.mark.parametrize("path", files(), ids=str)
def test_every_import_is_allowed_by_the_floor_table(path: Path) -> None:
    assert list(foreign_imports(room_of(path), tree(path))) == []


@pytest.mark.parametrize("path", files(), ids=str)
def test_nothing_unsafe(path: Path) -> None:
    assert list(unsafe(tree(path))) == []


@pytest.mark.parametrize("path", [path for path in files() if room_of(path) != "store"], ids=str)
def test_no_sql_outside_the_store(path: Path) -> None:
    assert list(sql(tree(path))) == []


@pytest.mark.parametrize(
    "path", [path for path in files() if room_of(path) in {"views", *TOP_FILES}], ids=str
)
def test_no_arithmetic_where_things_are_shown(path: Path) -> None:
    assert list(calculations(tree(path))) == []


# Room and source with a planted fault -> what must be said of it.
@pytest.mark.parametrize(
    ("room", "source", "fault"),
    [
        ("scoring", "import streamlit as st", "1: scoring may not import streamlit"),
        ("scoring", "from indicators import codes", "1: scoring may not import indicators of ours"),
        ("scoring", "def f():\n    import openpyxl", "2: scoring may not import openpyxl"),
        ("scoring", "if TYPE_CHECKING:\n    from babel import Locale", "2: scoring may not import babel"),
        (
            "indicators",
            "from scoring.score import score",
            "1: indicators may not import scoring.score of ours",
        ),
        ("indicators", "from scoring import score", "1: indicators may not import scoring of ours"),
        ("indicators", "import scoring", "1: indicators may not import scoring of ours"),
        ("indicators", "from scoring import model, score", "1: indicators may not import scoring of ours"),
        ("indicators", "import scoring.models", "1: indicators may not import scoring.models of ours"),
        ("store", "from store.engine import Store\nimport altair", "2: store may not import altair"),
        ("store", "from . import engine", "1: relative import ."),
        (
            "reports",
            "try:\n    import sqlalchemy.orm\nexcept ImportError: ...",
            "2: reports may not import sqlalchemy",
        ),
        ("actions", "from views import parts", "1: actions may not import views of ours"),
        ("actions", "import tests.workbooks", "1: actions may not import tests.workbooks of ours"),
        ("views", "from store.uploads import get", "1: views may not import store.uploads of ours"),
        ("views", "from scoring.panel import assemble", "1: views may not import scoring.panel of ours"),
        ("app.py", "import pandas", "1: app.py may not import pandas"),
        ("locales", "import sample_data", "1: locales may not import sample_data of ours"),
        ("sample_data", "import requests", "1: sample_data may not import requests"),
    ],
)
def test_a_planted_import_is_found(room: str, source: str, fault: str) -> None:
    assert list(foreign_imports(room, ast.parse(source))) == [fault]


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("scoring", "import json\nimport numpy.typing\nfrom collections.abc import Mapping"),
        ("scoring", "from scoring.model import Node\nfrom scoring import model"),
        ("indicators", "from scoring.model import Node\nfrom scoring import model\nimport scoring.model"),
        ("views", "import streamlit as st\nfrom views import parts\nfrom actions.city import card"),
        ("app.py", "import streamlit\nfrom views import address\nfrom locales import speaker"),
    ],
)
def test_an_allowed_import_is_no_fault(room: str, source: str) -> None:
    assert list(foreign_imports(room, ast.parse(source))) == []


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("x = a + b", ["1: Add"]),
        ("x = 100 * share", ["1: Mult"]),
        ("x = a / b", ["1: Div"]),
        ("x = '%.1f' % score", ["1: Mod"]),
        ("x = score - 1 if score else 0", ["1: Sub"]),
        ("say(f'{a - b}')", ["1: Sub"]),
        ("total += points", ["1: Add"]),
        ("x = 2 ** n // 3", ["1: FloorDiv", "1: Pow"]),
        ("x = sum(points)", ["1: sum()"]),
        ("x = round(points, 1)", ["1: round()"]),
        ("import numpy as np", ["1: numpy"]),
        ("from math import log", ["1: math"]),
        ("x = 'a' + b\ny = say('a') + c\nz = f'{a}' + b + ' ' + c", []),
        ("rows = [*a] + b\nrows += [c]\nx = -1\ntext: str | None = None", []),
        ("bar.progress(count / len(files), text=a / b)", ["1: Div"]),
        ("PREFIX = 'set.'\nx = PREFIX + name", []),
    ],
)
def test_planted_arithmetic_is_found(source: str, faults: list[str]) -> None:
    assert list(calculations(ast.parse(source))) == faults


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("x = 'SELECT * FROM uploads'", 1),
        ("x = f'DELETE FROM {table}'", 1),
        ("x = 'PRAGMA user_version'", 1),
        ("x = 'insert into t values (1)'", 1),
        ("x = 'Select a city from the list, update it or delete it from the set'", 0),
    ],
)
def test_planted_sql_is_found(source: str, count: int) -> None:
    assert len(list(sql(ast.parse(source)))) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("st.markdown(x, unsafe_allow_html=True)", 1),
        ("st.html(x)", 1),
        ("column.markdown(x, **{}, unsafe_allow_html=False)", 1),
        ("import streamlit.components.v1 as v1", 1),
        ("from streamlit import components", 1),
        ("st.components.v1.html(x)", 1),
        ("eval(x)", 1),
        ("exec(x)", 1),
        ("frame.eval('a + b')", 1),
        ("__import__('os')", 1),
        ("import pickle", 1),
        ("from pickle import loads", 1),
        ("pd.read_pickle(x)", 1),
        ("np.load(x, allow_pickle=True)", 1),
        ("st.markdown(x)\nre.compile(x)\nimport json", 0),
    ],
)
def test_planted_dangers_are_found(source: str, count: int) -> None:
    assert len(list(unsafe(ast.parse(source)))) == count


def test_the_web_packages_serve_the_door_alone() -> None:
    users = {
        path.name
        for path in files()
        for _, module, _ in imports(tree(path))
        if module.split(".")[0] in {"starlette", "uvicorn", "authlib", "httpx2", "joserfc"}
    }
    assert all(name.startswith("door") for name in users)
    assert len(users) > 4
