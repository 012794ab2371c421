"""How this installation runs: for one person on her own computer, or shared, told by environment variables alone.

Nothing half-configured starts: `read` names the first setting that is missing or wrong and what to set.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from locales import mark, speaker

OWN, SHARED = MODES = ("own", "shared")
SECRET_BYTES = 32
# A secret of fewer different signs was typed, not drawn.
_DIFFERENT = 8
_LOCAL = ("localhost", "127.0.0.1", "::1")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")

MODE = "SCORECARD_MODE"
DATA = "SCORECARD_DATA"
AUDIT_KEY = "SCORECARD_AUDIT_KEY"
ADDRESS = "SCORECARD_ADDRESS"
COOKIE_SECRET = "STREAMLIT_SERVER_COOKIE_SECRET"
OIDC = ("SCORECARD_OIDC_ISSUER", "SCORECARD_OIDC_CLIENT_ID", "SCORECARD_OIDC_CLIENT_SECRET")
FIRST_PERSON = "SCORECARD_FIRST_PERSON"

# What is wrong -> the sentence that says it and what to set.
_FAULTS: Mapping[str, str] = {
    "mode": mark("{setting} is neither “own” nor “shared”. Set one of the two, or leave it out for “own”."),
    "missing": mark("{setting} is missing. A shared installation needs it: {need}."),
    "short": mark("{setting} is too short. Set at least {bytes} random bytes: {need}."),
    "typed": mark("{setting} is not random. Draw it: {need}."),
    "same": mark("{setting} and {other} are the same. Draw one for each: {need}."),
    "address": mark("{setting} is no address of this kind. Set {need}."),
    "oidc": mark(
        "{setting} is missing, and other settings of OpenID Connect are there. Set all three or none."
    ),
    "email": mark("{setting} is no e-mail address. Set that of the first person of the secretariat."),
}
# What is needed, in words.
_NEEDS: Mapping[str, str] = {
    AUDIT_KEY: mark("the key of the log, such as the output of “openssl rand -base64 32”"),
    COOKIE_SECRET: mark("the secret of Streamlit's cookies, such as the output of “openssl rand -base64 32”"),
    ADDRESS: mark("https:// and the name under which people reach it, without a path"),
    OIDC[0]: mark("https:// and the name of the sign-in server"),
}


class ConfigurationError(ValueError):
    """A setting is missing or wrong; `setting` is its name, the words never hold its value."""

    def __init__(self, fault: str, setting: str, **facts: str | int) -> None:
        self.fault, self.setting, self._facts = fault, setting, facts
        super().__init__(self.told("en"))

    def told(self, language: str) -> str:
        """What is wrong and what to set, in one language."""
        say = speaker(language).say
        facts = dict(self._facts)
        if "need" in facts:
            facts["need"] = say(_NEEDS[self.setting])
        return say(_FAULTS[self.fault], setting=self.setting, **facts)


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The sign-in server that an installation trusts."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings of an installation, checked; texts are "" where nothing is set."""

    mode: str
    data: str = ""
    audit_key: str = field(default="", repr=False)
    address: str = ""  # without a slash at the end
    cookie_secret: str = field(default="", repr=False)
    oidc: OidcSettings | None = None
    first_person: str = ""

    @property
    def shared(self) -> bool:
        """Whether people sign in."""
        return self.mode == SHARED

    @property
    def host(self) -> str:
        """The name, and the port if one is set, under which people reach it."""
        return urlsplit(self.address).netloc

    @property
    def secure(self) -> bool:
        """Whether people reach it by https, so that cookies go over nothing else."""
        return self.address.startswith("https://")


def read(environ: Mapping[str, str]) -> Configuration:
    """The configuration that environment variables give; ConfigurationError names the first fault.

    On one's own computer nothing needs to be set; what is set must be right all the same.
    """
    given = {name: value.strip() for name, value in environ.items()}
    mode = given.get(MODE) or OWN
    if mode not in MODES:
        raise ConfigurationError("mode", MODE)
    needed = mode == SHARED
    settings = Configuration(
        mode=mode,
        data=given.get(DATA, ""),
        audit_key=_secret(given, AUDIT_KEY, needed),
        address=_address(given, needed),
        cookie_secret=_secret(given, COOKIE_SECRET, needed),
        oidc=_oidc(given),
        first_person=given.get(FIRST_PERSON, ""),
    )
    if settings.cookie_secret and settings.cookie_secret == settings.audit_key:
        raise ConfigurationError("same", COOKIE_SECRET, other=AUDIT_KEY, need="")
    if settings.first_person and not is_email(settings.first_person):
        raise ConfigurationError("email", FIRST_PERSON)
    return settings


def is_email(text: str) -> bool:
    """Whether a text has the form of one e-mail address; whether it reaches anybody only a letter shows."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def _secret(given: Mapping[str, str], setting: str, needed: bool) -> str:
    value = given.get(setting, "")
    if not value:
        if needed:
            raise ConfigurationError("missing", setting, need="")
        return ""
    if len(value.encode()) < SECRET_BYTES:
        raise ConfigurationError("short", setting, bytes=SECRET_BYTES, need="")
    if len(set(value)) < _DIFFERENT:
        raise ConfigurationError("typed", setting, need="")
    return value


def _address(given: Mapping[str, str], needed: bool) -> str:
    value = given.get(ADDRESS, "").rstrip("/")
    if not value:
        if needed:
            raise ConfigurationError("missing", ADDRESS, need="")
        return ""
    parts = _parts(value)
    if parts is None or parts.path:
        raise ConfigurationError("address", ADDRESS, need="")
    return value


def _oidc(given: Mapping[str, str]) -> OidcSettings | None:
    values = [given.get(name, "") for name in OIDC]
    if not any(values):
        return None
    for name, value in zip(OIDC, values, strict=True):
        if not value:
            raise ConfigurationError("oidc", name)
    if _parts(values[0]) is None:
        raise ConfigurationError("address", OIDC[0], need="")
    return OidcSettings(*values)


def _parts(address: str) -> SplitResult | None:
    """The parts of an address by https, or by http on this computer; None for any other."""
    try:
        parts = urlsplit(address)
        known = parts.hostname and parts.port != 0
    except ValueError:
        return None
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
    plain = "@" not in parts.netloc and not parts.query and not parts.fragment and address.isascii()
    return parts if known and secure and plain and not re.search(r"\s", address) else None
