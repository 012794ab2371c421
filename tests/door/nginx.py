"""nginx for real, with the shipped file: only names, ports and places are those of the test."""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.conftest import ROOT, find_program, free_port

SHIPPED = ROOT / "docs" / "operate" / "nginx.conf"
# What the shipped file holds -> what a test puts there instead.
_AROUND = """daemon off;
{user}pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def certificate(folder: Path) -> None:
    """A certificate for this machine, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "site.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "site.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


class Nginx:
    """The proxy in front of processes on two ports, on a port of its own by https."""

    def __init__(self, folder: Path, processes: tuple[int, int], port: int) -> None:
        self.folder, self.port = folder, port
        certificate(folder)
        changes = {
            "listen      80;": f"listen 127.0.0.1:{free_port()};",
            "listen      443 ssl;": f"listen 127.0.0.1:{port} ssl;",
            "/etc/ssl/scores.example.org.pem": f"{folder}/site.pem",
            "/etc/ssl/private/scores.example.org.key": f"{folder}/site.key",
            "/var/log/nginx/scorecard.log": f"{folder}/access.log",
            "8501": str(processes[0]),
            "8502": str(processes[1]),
            "server_name scores.example.org": "server_name localhost",
        }
        site = SHIPPED.read_text(encoding="utf-8")
        for shipped, here in changes.items():
            assert shipped in site, shipped
            site = site.replace(shipped, here)
        (folder / "site.conf").write_text(site, encoding="utf-8")
        user = "user root;\n" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, user=user), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where people reach it."""
        return f"https://localhost:{self.port}"

    @property
    def log(self) -> str:
        """Its access log so far."""
        return (self.folder / "access.log").read_text(encoding="utf-8")

    def _command(self) -> list[str]:
        program = find_program("nginx")
        assert program is not None
        return [program, "-c", str(self.folder / "nginx.conf"), "-e", str(self.folder / "error.log")]

    def start(self) -> None:
        """Check the file, start, and wait until it listens."""
        checked = subprocess.run([*self._command(), "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        self._process = subprocess.Popen(self._command())
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "error.log").read_text(encoding="utf-8"))

    def stop(self) -> None:
        """Stop it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=10)
