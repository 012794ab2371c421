"""The commands of the command line for people: invite, erase, export-person, rights.

They are for whoever runs an installation, who can reach all its data anyway; each leaves its line in the log.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from actions import configuration, house, invitations, people
from actions.access import COMPUTER, ROLES, NotKeptError
from actions.configuration import ConfigurationError
from actions.erasure import Traces, erase_person, traces
from actions.house import StoreError
from actions.invitations import InvitationError, Link
from actions.rights_table import as_markdown
from actions.store_words import STORE_TROUBLES
from locales import mark

FINE, NOT_DONE, WRONG_USE = 0, 1, 2
_NOBODY = mark("There is nobody of this id or e-mail address: {person}.")
_NO_CITY = mark("There is no city of this id: {city}.")


def add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    language: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the commands to the parser of the command line."""
    invite = commands.add_parser("invite", help="make a link that works once, for somebody to come in")
    invite.add_argument("email", metavar="EMAIL")
    invite.add_argument("--role", choices=ROLES, help="what the person will be")
    invite.add_argument(
        "--city", metavar="CITY", help="the city's id, or with --country the name of a new one"
    )
    invite.add_argument("--country", metavar="KOR", default="", help="of a new city, or of a commission")
    invite.add_argument(
        "--areas", metavar="1,2", default="", help="a contributor's focus areas (default: all)"
    )
    invite.add_argument(
        "--new-password", action="store_true", help="for somebody who is here already to set a new password"
    )
    invite.set_defaults(run=_told(_invite))

    erase = commands.add_parser("erase", help="erase a person, and whatever holds her name, for good")
    erase.add_argument("person", metavar="PERSON", help="id or e-mail address")
    erase.add_argument(
        "--also",
        metavar="NAME",
        action="append",
        default=[],
        help="another spelling of the name (repeatable)",
    )
    erase.add_argument("--yes", action="store_true", help="do it; without it is only said what would go")
    erase.set_defaults(run=_told(_erase))

    export = commands.add_parser("export-person", help="write everything that is kept about a person as JSON")
    export.add_argument("person", metavar="PERSON", help="id or e-mail address")
    export.set_defaults(run=_told(_export))

    rights = commands.add_parser("rights", help="print who may do what (docs/rights.md)")
    rights.set_defaults(run=_rights)
    for one in (invite, erase, export, rights):
        language(one)


def _told(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Run a command; what is wrong is one sentence."""

    def run(wanted: argparse.Namespace) -> int:
        try:
            return command(wanted)
        except StoreError as trouble:
            _complain(house.voice(wanted.language).say(STORE_TROUBLES[trouble.kind]))
        except (ConfigurationError, InvitationError) as fault:
            _complain(fault.told(wanted.language))
        return WRONG_USE

    return run


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _invite(wanted: argparse.Namespace) -> int:
    settings = configuration.read(os.environ)
    try:
        link = _link(wanted)
    except NotKeptError:
        if wanted.new_password:
            _complain(house.voice(wanted.language).say(_NOBODY, person=wanted.email))
        else:
            _complain(house.voice(wanted.language).say(_NO_CITY, city=wanted.city or ""))
        return WRONG_USE
    say = house.voice(wanted.language).say
    print(link.address(settings))
    until = house.voice(wanted.language).moment(link.expires)
    print(say("Hand it over yourself. It works once, until {until}.", until=until), file=sys.stderr)
    return FINE


def _link(wanted: argparse.Namespace) -> Link:
    if wanted.new_password:
        return invitations.renew_password(COMPUTER, people.find_person(wanted.email))
    areas = tuple(filter(None, wanted.areas.replace(",", " ").split()))
    if wanted.role == "owner" and wanted.city and wanted.country:
        name, country = wanted.city, wanted.country
        return invitations.invite_new_city(COMPUTER, wanted.email, name=name, country=country)[1]
    where = {"city": wanted.city or "", "country": wanted.country}
    return invitations.invite(COMPUTER, wanted.role or "", wanted.email, areas=areas, **where)


def _export(wanted: argparse.Namespace) -> int:
    person_id = people.find_person(wanted.person)
    if not person_id:
        _complain(house.voice(wanted.language).say(_NOBODY, person=wanted.person))
        return WRONG_USE
    print(people.export_person(COMPUTER, person_id).decode())
    return FINE


def _erase(wanted: argparse.Namespace) -> int:
    say = house.voice(wanted.language).say
    person_id = people.find_person(wanted.person)
    if not person_id:
        _complain(say(_NOBODY, person=wanted.person))
        return WRONG_USE
    found = (erase_person if wanted.yes else traces)(COMPUTER, person_id, wanted.also)
    for line in told(found, wanted.language):
        print(line)
    if wanted.yes:
        print(say("Erased: {person}. Backups made before still hold the name.", person=person_id))
        return FINE
    print(say("Nothing was erased. Add --yes to do it; it cannot be taken back."))
    return NOT_DONE


def told(found: Traces, language: str) -> tuple[str, ...]:
    """What goes, or went, in sentences."""
    say = house.voice(language).say
    lines = [
        say(
            "Files that hold the name, which go: {files}. Readings from which it is cut: {readings}. "
            "Other texts: {texts}.",
            files=len(found.files),
            readings=len(found.readings),
            texts=found.texts,
        )
    ]
    lines += [say("Its file goes: upload {upload}.", upload=one) for one in found.files]
    lines += [say("Its file goes: evidence {evidence}.", evidence=one) for one in found.evidence]
    if found.unknown_evidence:
        lines.append(
            say(
                "This evidence cannot be searched, look at it yourself; what the person gave goes, the rest stays: "
                "{evidence}.",
                evidence=" ".join(found.unknown_evidence),
            )
        )
    if found.unknown:
        lines.append(
            say(
                "These files cannot be searched; the person's own go, the others stay: {uploads}.",
                uploads=" ".join(found.unknown),
            )
        )
    if found.left_out:
        names = " ".join(found.left_out)
        lines.append(say("Too short to be looked for: {names}. Add longer spellings by --also.", names=names))
    return tuple(lines)


def _rights(_wanted: argparse.Namespace) -> int:
    print(as_markdown(), end="")
    return FINE
