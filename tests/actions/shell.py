"""The command line as a process of its own, begun by one that has imported everything already.

Starting Python and importing the program takes three seconds a command, which is most of what a test of one would take.
What the process gets is what a shell gives it: arguments, a folder, an environment, and two open files.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["actions.__main__", "tests.actions.shell"])


def command(
    *arguments: str | Path, folder: Path, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[str]:
    """Run `python -m actions` in a folder; its terminal has the encoding."""
    told = [str(one) for one in arguments]
    with tempfile.TemporaryDirectory() as place:
        files = [Path(place) / name for name in ("out", "err")]
        process = _SERVER.Process(
            target=_inside, args=(told, str(folder), encoding, dict(os.environ), *map(str, files))
        )
        process.start()
        process.join(timeout=120)
        assert process.exitcode is not None
        out, err = (one.read_bytes().decode(encoding) for one in files)
    return subprocess.CompletedProcess(told, process.exitcode, out, err)


def _inside(
    arguments: list[str], folder: str, encoding: str, environment: dict[str, str], out: str, err: str
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, path in ((1, out), (2, err)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, number)
        os.close(file)
    sys.stdout = open(1, "w", encoding=encoding, closefd=False)  # noqa: SIM115 - as long as the process
    sys.stderr = open(2, "w", encoding=encoding, errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.argv = ["python -m actions", *arguments]
    from actions.__main__ import run

    try:
        code = run()
    except SystemExit as trouble:
        code = trouble.code if isinstance(trouble.code, int) else 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
