"""Running the door: uvicorn with the settings that hold for every installation.

`streamlit run serve.py` works too, and is slow: it hands uvicorn a socket of its own making, on which the system waits
40 ms for more before it sends what is short (measured with Streamlit 1.67: 46 ms instead of 1 for a refusal).
"""

from __future__ import annotations

import argparse
import os

import uvicorn
from starlette.types import ASGIApp

# Open pages are told to come back; then the process ends, whatever they do.
_GRACE_SECONDS = 10
_LONGEST_MESSAGE = 8_388_608


def run(app: ASGIApp) -> None:
    """Serve where the command line says, until the process is told to end."""
    line = argparse.ArgumentParser(prog="serve.py", description="Serve a shared installation.")
    line.add_argument("--port", type=int, default=8501, help="the port to listen on (8501)")
    line.add_argument("--host", default="127.0.0.1", help="the address to listen on (this machine alone)")
    asked = line.parse_args()
    uvicorn.run(
        app,
        host=asked.host,
        port=asked.port,
        ws="websockets-sansio",
        # What pages send is short; files come as uploads.
        ws_max_size=_LONGEST_MESSAGE,
        access_log=False,  # addresses hold ids of uploads and codes of invitations
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        # Whose word on the reader's address is taken: a proxy on this machine, or those named here.
        forwarded_allow_ips=os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1"),
        log_level="warning",
    )
