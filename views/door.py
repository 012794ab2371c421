"""The door of a shared installation: what stands in front of Streamlit, in the order in which a request meets it."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from actions.configuration import Configuration
from actions.pace import Pacer
from views import door_pages, door_streamlit
from views.door_gate import Gate
from views.door_headers import Headers
from views.door_limits import Brake


def layers(settings: Configuration) -> list[Middleware]:
    """The layers for `st.App`, outermost first: headers on every answer, then the gate."""
    hostname = urlsplit(settings.address).hostname or ""
    door_streamlit.set_up(hostname)
    return [
        Middleware(Headers, address=settings.address, hashes=door_streamlit.inline_script_hashes()),
        Middleware(
            Gate,
            address=settings.address,
            host=settings.host,
            ways_in=door_pages.ways_in(with_provider=settings.oidc is not None),
            brake=Brake(Pacer()),
        ),
    ]


def routes(settings: Configuration) -> list[BaseRoute]:
    """The pages before signing in, for `st.App`."""
    return door_pages.routes(settings)
