"""The command line as a process of its own."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from tests.forked import fork


def command(
    *arguments: str | Path, folder: Path, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[str]:
    """Run `python -m actions` in a folder; its terminal has the encoding."""
    told = [str(one) for one in arguments]
    with tempfile.TemporaryDirectory() as place:
        out, err = (Path(place) / name for name in ("out", "err"))
        process = fork(["-m", "actions", *told], folder, os.environ, str(out), str(err), encoding)
        code = process.wait(timeout=120)
        said = [one.read_bytes().decode(encoding) for one in (out, err)]
    return subprocess.CompletedProcess(told, code, *said)
