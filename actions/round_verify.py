"""`python -m actions verify FILE`: an award round's package worked out anew, and told.

Exit codes: 0 everything comes out the same, 1 something differs, 2 the file is no package.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from actions import house
from actions.round_package import Checked, Difference, PackageError, check_package
from actions.terminal import BLOCKED, FINE, WRONG_USE, message, print_line
from locales import Speaker, mark

_REFUSED: Mapping[str, str] = {
    "not_a_package": mark("{file} is no package of an award round, or is damaged."),
    "too_large": mark("{file} is larger than any package of an award round; it was not read."),
    "newer": mark("{file} was made by a newer version of this program; verify it with that version."),
}


def verify_package(file: Path, language: str) -> int:
    """Check one package and print what was found; OSError where the file cannot be opened."""
    voice = house.voice(language)
    try:
        found = check_package(file.read_bytes())
    except PackageError as trouble:
        message(voice.say(_REFUSED[trouble.kind], file=file))
        return WRONG_USE
    for line in told(found, voice):
        message(line)
    print_line(
        voice.plural(
            "{name}: {count} city worked out anew.",
            "{name}: {count} cities worked out anew.",
            found.cities,
            name=found.name,
        ),
        sys.stdout,
    )
    print_line(
        voice.say("The table comes out the same, and the rules are those that it names.")
        if found.same
        else voice.say("Something differs."),
        sys.stdout,
    )
    return FINE if found.same else BLOCKED


def told(found: Checked, voice: Speaker) -> tuple[str, ...]:
    """What differs, a sentence each; versions that differ explain it where figures do."""
    lines = [] if found.rules else [voice.say("The rules are not those whose hash the package names.")]
    lines += [_difference(one, voice) for one in found.differences]
    lines += [
        voice.say(
            "Made with {name} {before}; worked out with {after}.", name=name, before=before, after=after
        )
        for name, before, after in found.versions
    ]
    return tuple(lines)


def _difference(one: Difference, voice: Speaker) -> str:
    if one.column == "order":
        return voice.say("The cities stand in another order.")
    if one.column == "city":
        if one.kept:
            return voice.say("{city} stands in the package's table and does not come out.", city=one.name)
        return voice.say("{city} comes out and does not stand in the package's table.", city=one.name)
    return voice.say(
        "{city}, {column}: the package says “{before}”, worked out is “{after}”.",
        city=one.name,
        column=one.column,
        before=one.kept,
        after=one.made,
    )
