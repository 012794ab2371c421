"""The receipt of an assessment that was handed in, as a file to keep."""

from __future__ import annotations

from actions import house
from actions.access import Actor, NotKeptError
from actions.record_words import moment, names_of
from actions.room_countries import country_name
from actions.rooms import room
from actions.signatures import adopted, signer
from store.states import SIGNED, trail
from store.submissions import receipt_of, submissions_in


def receipt_name(actor: Actor, assessment_id: str) -> str:
    """What the file of a receipt is called; NotKeptError."""
    return f"receipt-{room(actor, assessment_id).assessment.year}.txt"


def receipt_file(actor: Actor, assessment_id: str, language: str) -> bytes:
    """The receipt of what was handed in last, as a plain text; NotKeptError, also where nothing was handed in."""
    here = room(actor, assessment_id, "see_papers")
    voice = house.voice(language)
    say = voice.say
    if here.handed_in is None:
        raise NotKeptError(assessment_id)
    with house.store().reading() as reader:
        receipt = receipt_of(reader, here.handed_in.submission_id)
        (made,) = [
            one
            for one in submissions_in(reader, here.handed_in.upload_id)
            if one.id == here.handed_in.submission_id
        ]
        steps = trail(reader, assessment_id)
        signed = [one for one in steps if one.state == SIGNED and one.version < here.handed_in.version][-1]
        people = names_of(reader, (signed.by, here.handed_in.by), language)
    assert receipt is not None
    lines = (
        (say("Receipt of an assessment that was handed in"), ""),
        (say("City"), here.city.name),
        (say("Country"), country_name(here.city.country, language)),
        (say("Year"), str(here.assessment.year)),
        (say("Handed in on"), moment(here.handed_in.at, language)),
        (say("Signed off"), " · ".join((signer(signed, people), moment(signed.at, language)))),
        *((document, say("adopted {day}", day=day)) for document, day in adopted(signed, language)),
        (say("Framework"), f"{made.framework} {made.edition}"),
        (say("Number of the submission"), made.id),
        (say("SHA-256 of the workbook"), made.file_sha256),
        (say("SHA-256 of the scores"), made.scores_sha256),
        (say("Head of the log"), receipt.head),
    )
    text = "\r\n".join(f"{name}: {value}" if value else name for name, value in lines)
    ending = say(
        "Keep this receipt. Whoever runs the installation proves with “python -m actions verify --head {head}” that "
        "nothing was changed or cut off since.",
        head=receipt.head,
    )
    return f"{text}\r\n\r\n{ending}\r\n".encode("utf-8-sig")
