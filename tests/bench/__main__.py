"""Runs every benchmark of this folder and prints one table: `python -m tests.bench [name ...]`.

A benchmark is a file beside this one with a function `rows() -> list[Row]`. Absolute figures are
printed for people; only ratios to a bare peer measured in the same run are judged. Exit code 1 where
a ratio misses its aim.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from tests.bench.row import Row

HERE = Path(__file__).parent
NOT_BENCHMARKS = {"__main__", "__init__", "grid", "peak", "peers", "plain", "row", "visitor"}


def benchmarks() -> list[str]:
    """The names of all benchmarks, in the order of the alphabet."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_BENCHMARKS)


def line(row: Row) -> str:
    """One row of the printed table."""
    bare = "" if row.bare is None else f"{row.bare:,.3g} {row.unit}"
    ratio = "" if row.ratio is None else f"{row.ratio:,.2f}x"
    aims = [f"<= {row.most_ratio:g}x" if row.most_ratio is not None else ""]
    aims.append(f"<= {row.most:g} {row.unit}" if row.most is not None else "")
    verdict = "" if row.most_ratio is None else ("holds" if row.holds else "MISSED")
    ours = f"{row.ours:,.3g} {row.unit}"
    aim = ", ".join(filter(None, aims))
    return f"{row.name:<50}{ours:>14}{bare:>14}{ratio:>9}  {aim:<22}{verdict:<8}{row.note}".rstrip()


def main(wanted: Sequence[str]) -> int:
    """Run the wanted benchmarks (all, if none is named); 0 if every ratio holds, 1 if not, 2 on a wrong name."""
    known = benchmarks()
    unknown = [name for name in wanted if name not in known]
    if unknown:
        print(f"No benchmark named {', '.join(unknown)}; there are: {', '.join(known)}.", file=sys.stderr)
        return 2
    print(f"{'':<50}{'ours':>14}{'bare':>14}{'ratio':>9}  aim (only ratios are judged)")
    missed = 0
    for name in wanted or known:
        rows: list[Row] = import_module(f"tests.bench.{name}").rows()
        print(f"[{name}]")
        for row in rows:
            print(line(row))
            missed += not row.holds
    print(f"{missed} ratio(s) missed" if missed else "every ratio holds")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
