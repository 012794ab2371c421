"""A sign-in server that does what it is told, also what is wrong: it signs whatever claims a test asks for."""

from __future__ import annotations

import base64
import hmac
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey


class LyingProvider:
    """What it says of itself, and the claims, key and algorithm of the next token it hands out."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.published = self.key
        self.algorithm = "RS256"
        self.issuer = ""
        self.calls_itself = ""
        self.claims: Mapping[str, Any] = {}
        self.with_token = True

    def honest(self, nonce: str) -> dict[str, Any]:
        """Claims that are all right."""
        now = int(time.time())
        return {
            "iss": self.issuer,
            "sub": "tested",
            "aud": "scorecard",
            "nonce": nonce,
            "iat": now,
            "exp": now + 300,
        }

    def answer(self, path: str) -> Mapping[str, Any]:
        """What a request gets."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.calls_itself or self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        if path == "/keys":
            return {"keys": [self.published.as_dict(private=False)]}
        given = {"access_token": "x", "token_type": "Bearer", "expires_in": 300}
        return {**given, "id_token": self.token()} if self.with_token else given

    def token(self) -> str:
        """A signed token with the claims that were asked for."""
        if self.algorithm == "RS256":
            return jwt.encode({"alg": "RS256", "kid": "one"}, dict(self.claims), self.key)
        # Made by hand: a library for honest people does not take a public key for a shared secret.
        signed = f"{_encoded({'alg': self.algorithm, 'kid': 'one'})}.{_encoded(self.claims)}"
        mark = hmac.digest(self.published.as_pem(private=False), signed.encode(), "sha256")
        return f"{signed}.{_text(mark) if self.algorithm == 'HS256' else ''}"


def _encoded(part: Mapping[str, Any]) -> str:
    return _text(json.dumps(part).encode())


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@contextmanager
def lying_provider() -> Iterator[LyingProvider]:
    """It listens while the context lasts."""
    told = LyingProvider()

    class Answers(BaseHTTPRequestHandler):
        """Every answer is JSON."""

        def do_GET(self) -> None:
            body = json.dumps(told.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    told.issuer = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
