"""One shared installation for all tests of the door that leave it as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.door.shared_app import SharedApp


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApp]:
    """A running installation without a sign-in server."""
    app = SharedApp(tmp_path_factory.mktemp("shared"))
    app.start()
    yield app
    app.stop()
