"""One shared installation for all tests of the door that leave it as it was, and one with a sign-in server."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import oidc_provider_mock
import pytest
from oidc_provider_mock import User

from tests.conftest import free_port
from tests.door.shared_app import SharedApp


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApp]:
    """A running installation without a sign-in server."""
    app = SharedApp(tmp_path_factory.mktemp("shared"))
    app.start()
    yield app
    app.stop()


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    """The address of a real OpenID Connect server that knows two people, and whoever else says so."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    known = [
        User(sub="olga-1", claims={"name": "Olga Organised", "email": "olga@city.example"}),
        User(sub="zhang-2", claims={"name": "张伟", "email": "zhang@city.example"}),
    ]
    port = free_port()
    with oidc_provider_mock.run_server_in_thread(port, require_nonce=True, user_claims=known):
        yield f"http://localhost:{port}"


@pytest.fixture(scope="session")
def oidc_app(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApp]:
    """A running installation that trusts the sign-in server."""
    app = SharedApp(
        tmp_path_factory.mktemp("oidc"),
        settings={
            "SCORECARD_OIDC_ISSUER": provider,
            "SCORECARD_OIDC_CLIENT_ID": "scorecard",
            "SCORECARD_OIDC_CLIENT_SECRET": "a secret between two servers",
        },
    )
    app.start()
    yield app
    app.stop()
