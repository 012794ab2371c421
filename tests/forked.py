"""Processes of the program, begun by one that has imported everything already.

Starting Python and importing the program takes three seconds, which is most of what a test of one command would take
and a good part of what a browser's test takes. What the process gets is what a shell gives it: arguments, a folder,
an environment, and open files.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(
    ["actions.__main__", "streamlit.web.cli", "altair", "tests.forked", "views.door"]
)


@dataclass(frozen=True)
class Forked:
    """A process under way, with what tests ask of one."""

    process: ForkServerProcess

    @property
    def pid(self) -> int:
        """Its number."""
        assert self.process.pid is not None
        return self.process.pid

    def poll(self) -> int | None:
        """What it ended with, None while it runs."""
        return self.process.exitcode

    def wait(self, timeout: float) -> int:
        """Wait until it has ended; AssertionError where it has not."""
        self.process.join(timeout)
        assert self.process.exitcode is not None
        return self.process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        """Tell it something."""
        os.kill(self.pid, number)

    def terminate(self) -> None:
        """Stop it as an operator would."""
        self.process.terminate()


def fork(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    out: str = os.devnull,
    err: str = "",
    encoding: str = "utf-8",
) -> Forked:
    """Begin `python ...arguments` in a folder; what it prints goes into files, of one name or of two."""
    process = _SERVER.Process(
        target=_inside, args=(list(arguments), str(folder), dict(environment), out, err, encoding)
    )
    process.start()
    return Forked(process)


def _inside(
    arguments: list[str], folder: str, environment: dict[str, str], out: str, err: str, encoding: str
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, path in ((1, out), (2, err)):
        if path:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(file, number)
            os.close(file)
    if not err:
        os.dup2(1, 2)
    sys.stdout = open(1, "w", encoding=encoding, closefd=False)  # noqa: SIM115 - as long as the process
    sys.stderr = open(2, "w", encoding=encoding, errors="backslashreplace", closefd=False)  # noqa: SIM115
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        # Imported with the rest; to be run it must look as if it were not.
        sys.modules.pop(f"{arguments[1]}.__main__", None)
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = arguments
        runpy.run_path(arguments[0], run_name="__main__")
