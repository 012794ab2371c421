"""Reading strangers' files in processes of their own, so that no file can hurt anybody else's work.

A worker that takes too long or dies is replaced, and its file is refused with a message. Plain subprocesses
rather than a process pool, which would run app.py again inside Streamlit.
"""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import json
import logging
import os
import queue
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import IO

from actions import house
from actions.frames import LENGTH, NO, YES, send
from indicators import findings
from indicators.jury_book import JuryBook, from_plain
from indicators.repair_answers import Answer
from indicators.repair_note import NotRepairableError, RepairNote
from scoring.model import Finding, Observation, Reading
from store.reading_json import load

SECONDS = 10.0
START_SECONDS = 60.0
WORKERS = 2
ROOT = Path(__file__).resolve().parents[1]
_LOG = logging.getLogger(__name__)


class _GoneError(Exception):
    """The worker did not answer: `slow` says whether it was still at work."""

    def __init__(self, slow: bool) -> None:
        super().__init__("too slow" if slow else "died")
        self.slow = slow


class Worker:
    """One reading process, started at once and warm from then on."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "actions.reader_worker"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self.limits: dict[str, bool] | None = None

    def read(
        self, name: str, data: bytes, seconds: float, columns: Mapping[str, str] = MappingProxyType({})
    ) -> Reading:
        """What the worker read; raises _GoneError if it took longer than `seconds` or died."""
        head = {"name": name, "today": house.today().isoformat(), "columns": dict(columns)}
        return load(self.ask(head, data, seconds).decode())

    def ask(self, head: Mapping[str, object], data: bytes, seconds: float) -> bytes:
        """The worker's answer to one request; raises _GoneError as `read` does."""
        self._ready()
        try:
            send(self._pipe_in, json.dumps(head).encode())
            send(self._pipe_in, data)
        except OSError as trouble:
            raise _GoneError(slow=False) from trouble
        return self._answer(seconds)

    def _ready(self) -> None:
        if self.limits is None:
            limits: dict[str, bool] = json.loads(self._answer(START_SECONDS))
            self.limits = limits
            for what, limited in limits.items():
                if not limited:
                    _LOG.warning("this system cannot limit the %s of the process that reads files", what)

    @property
    def _pipe_in(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    def _answer(self, seconds: float) -> bytes:
        """One frame from the worker, waited for no longer than `seconds`."""
        until = time.monotonic() + seconds
        length = LENGTH.unpack(self._bytes(LENGTH.size, until))[0]
        return self._bytes(length, until)

    def _bytes(self, count: int, until: float) -> bytes:
        assert self._process.stdout is not None
        channel, found = self._process.stdout.fileno(), bytearray()
        while len(found) < count:
            left = until - time.monotonic()
            if left <= 0 or not select.select([channel], [], [], left)[0]:
                raise _GoneError(slow=True)
            part = os.read(channel, min(count - len(found), 1 << 20))
            if not part:
                raise _GoneError(slow=False)
            found += part
        return bytes(found)

    @property
    def alive(self) -> bool:
        """Whether it can be asked again."""
        return self._process.poll() is None

    def end(self) -> None:
        """Stop it, whatever it is doing."""
        with contextlib.suppress(OSError):
            self._process.kill()
        with contextlib.suppress(OSError):
            self._pipe_in.close()
        self._process.wait()


class Readers:
    """A few workers shared by all visitors; each reads one file at a time."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._free: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        for _ in range(workers):
            # A place for a worker that is started when it is first needed.
            self._free.put(None)
        self._lock = threading.Lock()
        atexit.register(self.end)

    @contextlib.contextmanager
    def _one(self) -> Iterator[Worker]:
        worker = self._free.get()
        if worker is None or not worker.alive:
            worker = Worker()
        try:
            yield worker
        except BaseException:
            # Whatever state it is in, nobody else gets it.
            worker.end()
            self._free.put(None)
            raise
        self._free.put(worker)

    def read(
        self,
        name: str,
        data: bytes,
        seconds: float = SECONDS,
        columns: Mapping[str, str] = MappingProxyType({}),
    ) -> Reading:
        """What a file says; a file that is too much for a worker gives a reading that refuses it.

        `columns` are the answers to questions about whole columns (`indicators.questions`).
        """
        try:
            with self._one() as worker:
                return worker.read(name, data, seconds, columns)
        except _GoneError as gone:
            _LOG.warning("a file was too much for the reader: %s", gone)
            if gone.slow:
                return refused_reading(findings.make("too_slow", file=name, limit=int(seconds)))
            return refused_reading(findings.make("too_heavy", file=name))

    def repair(
        self, data: bytes, notes: Sequence[RepairNote], language: str, seconds: float = SECONDS
    ) -> bytes:
        """What `indicators.repair.repaired` makes of a workbook; NotRepairableError too where it is too much."""
        wanted = {"notes": [dataclasses.asdict(note) for note in notes], "language": language}
        try:
            with self._one() as worker:
                answer = worker.ask({"repair": wanted}, data, seconds)
        except _GoneError as gone:
            _LOG.warning("a file was too much to repair: %s", gone)
            raise NotRepairableError("too_slow" if gone.slow else "too_heavy") from gone
        if not answer.startswith(YES):
            raise NotRepairableError(answer.removeprefix(NO).decode())
        return answer.removeprefix(YES)

    def answers(self, data: bytes, seconds: float = SECONDS) -> Mapping[str, Answer]:
        """The answers on a workbook's sheet of findings by note id; none where it is too much for a worker."""
        try:
            with self._one() as worker:
                found = json.loads(worker.ask({"answers": True}, data, seconds))
        except _GoneError as gone:
            _LOG.warning("a file was too much for its answers: %s", gone)
            return {}
        return {id: Answer(**answer) for id, answer in found.items()}

    def jury_book(self, name: str, data: bytes, seconds: float = SECONDS) -> JuryBook:
        """What a juror's workbook says; one that is too much for a worker is refused."""
        try:
            with self._one() as worker:
                return from_plain(json.loads(worker.ask({"jury": name}, data, seconds)))
        except _GoneError as gone:
            _LOG.warning("a juror's workbook was too much for the reader: %s", gone)
            if gone.slow:
                return JuryBook(findings.make("too_slow", file=name, limit=int(seconds)))
            return JuryBook(findings.make("too_heavy", file=name))

    def warm(self) -> None:
        """Start one worker in the background, so that the first file need not wait for it."""
        with self._lock, contextlib.suppress(queue.Empty):
            worker = self._free.get_nowait()
            self._free.put(worker if worker is not None and worker.alive else Worker())

    def end(self) -> None:
        """Stop all workers that are not reading."""
        while True:
            try:
                worker = self._free.get_nowait()
            except queue.Empty:
                return
            if worker is not None:
                worker.end()


def refused_reading(finding: Finding) -> Reading:
    """A reading whose only content is the finding that refuses the file."""
    framework = house.framework()
    nothing: MappingProxyType[str, Observation] = MappingProxyType({})
    return Reading(
        framework.id, framework.edition, "en", False, MappingProxyType({}), nothing, nothing, (finding,)
    )


READERS = Readers()
