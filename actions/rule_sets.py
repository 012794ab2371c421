"""By which rules a year was judged: kept with what is handed in, and taken up again years later."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath

from actions import house
from actions.submissions import framework_hash
from indicators import KEY_FEATURES
from indicators.catalogue import CatalogueError, load_framework
from scoring.model import Framework
from store.rule_sets import keep_rule_set, rule_set
from store.writing import Writing

# What a framework's folder holds; other files lying there are none of it.
_ENDINGS = (".csv", ".toml", ".md", ".txt")


def present_rules() -> str:
    """The hash of the rules that count now."""
    return framework_hash(KEY_FEATURES)


def keep_rules(writing: Writing) -> str:
    """Keep the rules that count now with what is handed in by them; returns their hash."""
    return keep_rule_set(writing, _present_files())


def rules_of(digest: str) -> Framework | None:
    """The framework as it was under a hash; None where it was not kept, or can be read no more by this version."""
    if digest == present_rules():
        return house.framework()
    try:
        return _earlier(digest)
    except (LookupError, CatalogueError):
        return None


def files_of(folder: Path) -> Mapping[str, bytes]:
    """The files of a framework's folder by their names in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in _ENDINGS
    }


@cache
def _present_files() -> Mapping[str, bytes]:
    return files_of(KEY_FEATURES)


@lru_cache(maxsize=8)
def _earlier(digest: str) -> Framework:
    """LookupError for rules that were not kept, CatalogueError where this version does not understand them."""
    with house.store().reading() as reader:
        files = rule_set(reader, digest)
    if files is None:
        raise LookupError(digest)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            if not PurePosixPath(name).is_relative_to(".") or ".." in PurePosixPath(name).parts:
                raise LookupError(digest)
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return load_framework(Path(folder))
