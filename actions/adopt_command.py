"""The command `adopt`: gives a city the uploads that were made before people signed in.

Exit codes: 0 given, 1 nothing was given, 2 wrong use or a store that cannot be used.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Callable

from actions import adoption, house, keeping
from actions.access import COMPUTER
from actions.house import StoreError
from actions.store_words import STORE_TROUBLES
from store.cities import City

FINE, NOT_DONE, WRONG_USE = 0, 1, 2


def add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    language: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command to the parser of the command line."""
    adopt = commands.add_parser(
        "adopt", help="give a city the uploads that were made before people signed in"
    )
    adopt.add_argument("city", metavar="CITY", help="who gets them: its id, or its name")
    adopt.add_argument(
        "--of", metavar="CITY", help="the city under which they were kept until now (default: the same)"
    )
    adopt.add_argument(
        "--upload",
        metavar="ID",
        action="append",
        default=[],
        help="an upload of no city, by the id in its page's address (repeatable)",
    )
    adopt.add_argument(
        "--yes", action="store_true", help="do it; without it is only said what would be given"
    )
    adopt.set_defaults(run=_adopt)
    language(adopt)


def _adopt(wanted: argparse.Namespace) -> int:
    say = house.voice(wanted.language).say
    try:
        to = _city(wanted.city, wanted.language)
        of = _city(wanted.of, wanted.language) if wanted.of else to
        if to is None or of is None:
            return WRONG_USE
        if wanted.yes:
            found = adoption.adopt(COMPUTER, to.id, of.id, wanted.upload)
        else:
            found = adoption.to_adopt(COMPUTER, of.id, wanted.upload)
    except StoreError as trouble:
        print(say(STORE_TROUBLES[trouble.kind]), file=sys.stderr)
        return WRONG_USE
    for one in found:
        moment = house.voice(wanted.language).moment(dt.datetime.fromisoformat(one.at))
        print(f"{one.id} {moment} {one.name}")
    if not found:
        print(say("Nothing was found that is nobody's."), file=sys.stderr)
        return NOT_DONE
    if not wanted.yes:
        print(say("Nothing was given. Add --yes to give it to {city}.", city=to.name), file=sys.stderr)
        return NOT_DONE
    print(say("Given to {city}: whoever takes part there sees it now.", city=to.name), file=sys.stderr)
    return FINE


def _city(text: str, language: str) -> City | None:
    """The city of an id or a name; None, with a message, where there is none or more than one."""
    say = house.voice(language).say
    found = keeping.cities(text)
    if len(found) == 1:
        return found[0]
    for one in found:
        print(f"{one.id} {one.name} ({one.country})", file=sys.stderr)
    print(
        say("Several cities have this name; give the id of one.")
        if found
        else say("No city of this id or name is kept."),
        file=sys.stderr,
    )
    return None
