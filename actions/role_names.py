"""What roles are called."""

from __future__ import annotations

from collections.abc import Mapping

from locales import mark

ROLE_NAMES: Mapping[str, str] = {
    "owner": mark("owner of the city's assessment"),
    "contributor": mark("contributor"),
    "viewer": mark("reader"),
    "mayor": mark("mayor"),
    "commission": mark("National Commission"),
    "juror": mark("juror"),
    "chair": mark("chair of the jury"),
    "secretariat": mark("secretariat"),
    "auditor": mark("auditor"),
}
