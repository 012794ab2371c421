"""The texts around evidence made harmless: names of files, links, and where in a document to look."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from indicators.evidence_file import MEDIA
from indicators.evidence_limits import limits
from indicators.text import tidy

_SPACES = re.compile(r"\s+")
# Signs that a file's name may not hold on some system, or that mean something to a shell or a page.
_FORBIDDEN = re.compile(r"[<>:\"/\\|?*%&;`$'{}#^~=]")
# Names that mean a device.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_ENDING = re.compile(
    r"\.(pdf|png|jpe?g|docx?|docm|dotm|xlsx?|xlsm|xlsb|zip|exe|com|bat|cmd|scr|ps1|vbs|js|html?|svg|lnk|msi|txt)$",
    re.IGNORECASE,
)
_NAMELESS = "evidence"
_LINK = re.compile(r"https?://[^\s<>\"'\\{}|^`]+", re.IGNORECASE)


def safe_name(name: str, kind: str) -> str:
    """A file's name without path, without signs that are not seen or that turn its reading, with its kind's ending.

    The ending is that of what the file is, whatever it was called.
    """
    last = re.split(r"[\\/]", name)[-1]
    seen = "".join(" " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one for one in last)
    seen = "".join(one for one in seen if unicodedata.category(one) not in ("Cf", "Cs", "Co", "Cn"))
    bare = _SPACES.sub(" ", _FORBIDDEN.sub("_", seen))
    while _ENDING.search(bare):
        bare = _ENDING.sub("", bare)
    bare = bare.strip(" .-")[: limits().name_letters].strip(" .-")
    if not bare or _DEVICES.fullmatch(bare):
        bare = f"{_NAMELESS}-{bare}" if bare else _NAMELESS
    return bare + MEDIA[kind][1]


def safe_link(link: str) -> str:
    """A web address as it is kept, "" for what is none: http or https, a host, no name or password, no blanks."""
    text = tidy(link)
    if len(text) > limits().link_letters or not _LINK.fullmatch(text):
        return ""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    return text if host and "@" not in parts.netloc and "." in host.strip(".") else ""


def safe_pointer(text: str) -> str:
    """Where in a document to look, in one line without signs that are not seen, cut to its limit; "" for nothing."""
    seen = "".join(one for one in tidy(text) if unicodedata.category(one) not in ("Cf", "Cs", "Co", "Cn"))
    line = _SPACES.sub(
        " ", "".join(" " if unicodedata.category(one) == "Cc" else one for one in seen)
    ).strip()
    return line[: limits().pointer_letters]
