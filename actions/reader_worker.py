"""The process that opens strangers' files: `python -m actions.reader_worker`, fed through pipes.

It has no network, starts no programs, writes no files and may use only so much memory more than it needs
to start. It says first what it could limit, then answers each request (a JSON header and the file's bytes):
with a reading as JSON, or as the header asks with the repaired workbook or why there is none, or with the
answers on a repaired one as JSON.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from actions.frames import NO, YES, receive, send
from indicators.jury_book import as_plain, read_jury_book
from indicators.repair import NotRepairableError, RepairNote, answers, repaired
from scoring.model import Place

MEMORY_ABOVE_BASE = 512 * 1024 * 1024
# A worker that has grown by this much is replaced after its answer rather than kept.
GROWN = 256 * 1024 * 1024
# Where all processors are busy, pages that people look at come before files that are read.
_PATIENCE = 19
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
)


def _address_space() -> int:
    """How much address space this process uses now; 0 where the system does not say."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE") if status.exists() else 0


def _limit_memory(base: int) -> bool:
    """Hold the process to its present size and MEMORY_ABOVE_BASE; False where the system cannot."""
    if not base:
        return False
    try:
        resource.setrlimit(resource.RLIMIT_AS, (base + MEMORY_ABOVE_BASE, base + MEMORY_ABOVE_BASE))
    except (ValueError, OSError):
        return False
    return True


def _deny(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook, which nothing can take out again: no network, no programs, no files written."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} is not allowed while a file is read")
    if event == "open" and len(arguments) > 1 and set(str(arguments[1] or "r")) & set("wax+"):
        raise PermissionError("nothing is written while a file is read")


def _repair(wanted: dict[str, Any], data: bytes) -> bytes:
    """YES and the repaired workbook, or NO and the kind of finding that forbids it ("" if none does)."""
    notes = [
        RepairNote(**{**note, "place": Place(**note["place"]) if note["place"] else None})
        for note in wanted["notes"]
    ]
    try:
        return YES + repaired(data, notes, wanted["language"])
    except NotRepairableError as error:
        return NO + error.kind.encode()


def _answers(data: bytes) -> bytes:
    """The answers on a workbook's sheet of findings, as JSON."""
    return json.dumps({id: dataclasses.asdict(answer) for id, answer in answers(data).items()}).encode()


def main() -> int:
    """Answer requests until the other side hangs up; returns the exit code."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not be taken for an answer.
    os.dup2(2, 1)
    from indicators import key_features, workbook
    from indicators.declarations import yeonsu
    from store.reading_json import dump

    framework, declarations = key_features(), (yeonsu(),)
    os.nice(_PATIENCE)
    base = _address_space()
    limited = _limit_memory(base)
    sys.addaudithook(_deny)
    send(replies, json.dumps({"memory": limited, "network": True}).encode())
    while (head := receive(requests)) is not None:
        wanted, data = json.loads(head), receive(requests)
        if data is None:
            return 1
        if "repair" in wanted:
            send(replies, _repair(wanted["repair"], data))
        elif "answers" in wanted:
            send(replies, _answers(data))
        elif "jury" in wanted:
            send(replies, json.dumps(as_plain(read_jury_book(wanted["jury"], data))).encode())
        else:
            reading = workbook.read(
                wanted["name"],
                data,
                framework,
                declarations,
                dt.date.fromisoformat(wanted["today"]),
                wanted["columns"],
            )
            send(replies, dump(reading).encode())
        if _address_space() > base + GROWN:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
