"""Everywhere that the door reaches into Streamlit's inside, in one file: read it anew with every new version.

tests/door drives each of these through the running server, so that a version that changes them is found at once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from pathlib import Path

import streamlit
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, memory_media_file_storage
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes
from streamlit.runtime.scriptrunner import get_script_run_ctx

# Header that the door writes -> its name in `st.user`.
USER_HEADERS: Mapping[str, str] = {"X-Scorecard-Person": "person", "X-Scorecard-Visit": "visit"}
PERSON_HEADER, VISIT_HEADER = (name.lower().encode() for name in USER_HEADERS)

# What Streamlit's own page asks for when it is used as meant. All else below these folders is closed: figures for
# monitoring, the interface for programs, components that nobody uses, Streamlit's own sign-in.
HEALTH = "/_stcore/health"
STREAM = "/_stcore/stream"
UPLOADS = "/_stcore/upload_file/"
MEDIA = "/media/"
OPEN_CORE = frozenset({HEALTH, STREAM, "/_stcore/host-config"})
CLOSED = ("/_stcore", "/component", "/auth", "/oauth2callback", "/app/static")

# What a page may send. Left out: emptying everybody's caches, and whatever serves developers.
_ASKED = frozenset(
    {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"}
)
_OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
_OPERATION_PARTS = _OPERATIONS | {"request_id", "session_id"}
# Sent by the page itself, without anybody doing anything.
_QUIET = frozenset({"stop_script", "app_heartbeat"})

# Who sent what is being answered, where no script runs.
caller: ContextVar[str] = ContextVar("caller", default="")


def inline_script_hashes() -> tuple[str, ...]:
    """What the content security policy must name so that the scripts within Streamlit's own page run."""
    page = Path(streamlit.__file__).parent.joinpath("static", "index.html")
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    return tuple(
        f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in scripts
    )


def closed(path: str) -> bool:
    """Whether nobody needs this address, signed in or not."""
    if path in OPEN_CORE or path.startswith(UPLOADS):
        return False
    return any(path == one or path.startswith(f"{one}/") for one in CLOSED)


def set_up(hostname: str) -> None:
    """Tell Streamlit whom to trust, which host it is, and to keep downloads apart; before `st.App` is made."""
    config.set_option("server.trustedUserHeaders", dict(USER_HEADERS))
    config.set_option("server.allowedHosts", [hostname])
    config.set_option("server.xsrfCookieSameSite", "strict")
    # The runtime makes its store of files by this name and takes no other.
    memory_media_file_storage.MemoryMediaFileStorage = OwnMedia  # type: ignore[misc]


def has_door() -> bool:
    """Whether the door stands in front of this process."""
    return bool(config.get_option("server.trustedUserHeaders"))


class OwnMedia(MemoryMediaFileStorage):
    """Files to download, each of one person alone.

    Streamlit names a file by an unkeyed hash of what is in it, of three samples where it is large: names can be
    guessed, and two people's files can share one. Here the name is a keyed hash of all of it and of the person.
    """

    def __init__(self, media_endpoint: str) -> None:
        super().__init__(media_endpoint)
        self._key = secrets.token_bytes(32)
        self._owners: dict[str, str] = {}

    def load_and_get_id(
        self, path_or_data: str | bytes, mimetype: str, kind: MediaFileKind, filename: str | None = None
    ) -> str:
        """Keep a file for the person whose page makes it; the same file again has the same name."""
        context = get_script_run_ctx(suppress_warning=True)
        owner = str(context.user_info.get("person") or "") if context else caller.get()
        data = self._read_file(path_or_data) if isinstance(path_or_data, str) else path_or_data
        name = hmac.new(self._key, digestmod=hashlib.sha256)
        for part in (owner.encode(), mimetype.encode(), (filename or "").encode(), data):
            name.update(hashlib.sha256(part).digest())
        file_id = name.hexdigest()
        self._owners[file_id] = owner
        self._files_by_id.setdefault(
            file_id, memory_media_file_storage.MemoryFile(data, mimetype, kind, filename)
        )
        return file_id

    def delete_file(self, file_id: str) -> None:
        """Forget a file and whose it was."""
        super().delete_file(file_id)
        self._owners.pop(file_id, None)

    def owner(self, file_id: str) -> str:
        """Whose a file is; "" where none is kept."""
        return self._owners.get(file_id, "")


def may_fetch(path: str, person: str) -> bool:
    """Whether a file to download was made for this person."""
    storage = Runtime.instance().media_file_mgr._storage
    file_id = path.removeprefix(MEDIA).partition(".")[0]
    return isinstance(storage, OwnMedia) and storage.owner(file_id) == person != ""


def may_put(path: str, person: str, visit: str) -> bool:
    """Whether an address for uploads belongs to an open page of this person's visit."""
    session_id = path.removeprefix(UPLOADS).partition("/")[0]
    found = Runtime.instance()._session_mgr.get_active_session_info(session_id)
    return found is not None and found.session.matches_user_info({"person": person, "visit": visit})


def too_long(data: bytes) -> bool:
    """Whether a message is longer than Streamlit takes, which needs no reading to find out."""
    return len(data) > get_max_widget_state_size_bytes()


def understood(data: bytes) -> BackMsg | None:
    """What a page sent; None for what no page sends when it is used as meant."""
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except Exception:  # protobuf raises whatever its own implementation raises
        return None
    kind = message.WhichOneof("type")
    if kind not in _ASKED:
        return None
    if kind == "backend_operation_request":
        asked = {one.name for one, _ in message.backend_operation_request.ListFields()}
        if len(asked & _OPERATIONS) != 1 or not asked <= _OPERATION_PARTS:
            return None
    return message


def is_quiet(message: BackMsg) -> bool:
    """Whether nothing is read or changed by it."""
    return message.WhichOneof("type") in _QUIET


def only_shown_again(message: BackMsg) -> bytes | None:
    """The same page asked for anew, with nothing clicked and nothing entered; None for what is no page."""
    if message.WhichOneof("type") != "rerun_script":
        return None
    message.rerun_script.ClearField("widget_states")
    message.rerun_script.ClearField("fragment_id")
    return message.SerializeToString()


def lead(address: str) -> None:
    """Send the reader's browser to an address of this server."""
    context = get_script_run_ctx()
    if context is not None:
        message = ForwardMsg()
        message.auth_redirect.url = address
        context.enqueue(message)


def shower() -> Callable[[], None]:
    """What shows the page of now once more, called from any thread; nothing happens once it was left."""
    context = get_script_run_ctx(suppress_warning=True)
    session_id = context.session_id if context else ""

    def show() -> None:
        if not Runtime.exists():
            return
        runtime = Runtime.instance()
        found = runtime._session_mgr.get_active_session_info(session_id)
        if found is not None:
            runtime._get_async_objs().eventloop.call_soon_threadsafe(found.session.request_rerun, None)

    return show
