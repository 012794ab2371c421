"""The product's own source files, parsed once for all tests that hold code to a rule."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = (
    *("scoring", "indicators", "store", "reports", "actions", "views", "locales", "sample_data"),
    *("app.py", "serve.py"),
)


@cache
def files() -> tuple[Path, ...]:
    """Every Python file of every room, from the root of the repository."""
    found = [
        path for room in ROOMS for path in ((ROOT / room).rglob("*.py") if (ROOT / room).is_dir() else [])
    ]
    return tuple(sorted(path.relative_to(ROOT) for path in [*found, ROOT / "app.py", ROOT / "serve.py"]))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of one of `files`."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))


def called(node: ast.Call) -> str:
    """The last name of what is called: "say" for `say(…)` and for `here.speaker.say(…)`."""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
