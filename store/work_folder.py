"""A folder beside a file that is being made, gone afterwards, also where the program that made it was killed.

What lies in it half-done is a copy of everything that is kept, so nothing of it may stay behind.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PREFIX, _SUFFIX = ".scorecard-", ".part"


@contextmanager
def work_folder(beside: Path) -> Iterator[Path]:
    """An empty folder of its own, for its owner alone; those that nobody works in any more go first. OSError."""
    for left in beside.glob(f"{_PREFIX}*{_SUFFIX}"):
        with _held(left) as held:
            if held:
                shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, suffix=_SUFFIX, dir=beside) as name, _held(Path(name)):
        yield Path(name)


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Whether a folder is ours meanwhile: the system lets go of it when its holder ends, in whatever way."""
    if sys.platform == "win32":
        yield False
        return
    with contextlib.ExitStack() as stack:
        try:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            stack.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            # Somebody works in it, it is gone, or this kind of disk knows no locks.
            yield False
            return
        yield True
