"""A desk on which a test lays out an index: a few files, a run of the command line, and what came of it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from actions.__main__ import main

FRAMEWORK = 'id = "towns"\n[[levels]]\nname = "index"\n[[levels]]\nname = "area"\n[[levels]]\nname = "leaf"\n'
NODES = """code,parent,level,lower,upper
all,,index,,
learn,all,area,,
a,learn,leaf,0,100
b,learn,leaf,0,100
work,all,area,,
c,work,leaf,0,100
"""
DATA = """id,a,b,c
x,10,20,30
y,50,,70
z,90,40,
"""


@dataclass(frozen=True)
class Outcome:
    """The exit code, what was told on standard error, and the folder of results."""

    code: int
    told: str
    out: Path

    def rows(self, name: str) -> list[dict[str, str]]:
        """A table of the results."""
        with (self.out / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def scores(self, node: str, figure: str = "score") -> list[float | None]:
        """A figure of a node, unit by unit; None where there is none."""
        cells = [row[figure] for row in self.rows("scores.csv") if row["node"] == node]
        return [float(cell) if cell else None for cell in cells]

    def points(self, code: str) -> list[float | None]:
        """Points of a measurement, unit by unit."""
        return [float(row[code]) if row[code] else None for row in self.rows("normalised.csv")]


class Desk:
    """Files of one index in one folder; `run` makes it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.lay("framework.toml", FRAMEWORK)
        self.lay("nodes.csv", NODES)
        self.lay("units.csv", DATA)

    def lay(self, name: str, content: str | bytes) -> None:
        """Writes a file, over the one that is there."""
        data = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(data)

    def run(self, method: str | None = None) -> Outcome:
        """Runs the command on the files, with a METHOD.toml if one is given."""
        out = self.folder.parent / "out"
        words = ["--framework", self.folder, "--data", self.folder / "units.csv", "--out", out]
        if method is not None:
            self.lay("METHOD.toml", method)
            words += ["--method", self.folder / "METHOD.toml"]
        self._capsys.readouterr()
        code = main(["index", *map(str, words)])
        return Outcome(code, self._capsys.readouterr().err, out)


def desk_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A desk with the files above."""
    folder = tmp_path / "towns"
    folder.mkdir()
    return Desk(folder, capsys)
