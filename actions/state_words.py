"""The states and acts of an assessment in words: what each is called, what to do next, and what an act does."""

from __future__ import annotations

from collections.abc import Mapping

from actions.transitions import ACCEPT, CHECK, HAND_IN, REOPEN, RETURN, SIGN_OFF, TAKE_BACK
from locales import mark
from store.states import ACCEPTED, CHECKED, DRAFT, RESUBMITTED, RETURNED, SIGNED, SUBMITTED

STATE_WORDS: Mapping[str, str] = {
    DRAFT: mark("Draft"),
    CHECKED: mark("Internal check"),
    SIGNED: mark("Signed off"),
    SUBMITTED: mark("Handed in"),
    RETURNED: mark("Returned with questions"),
    RESUBMITTED: mark("Handed in again"),
    ACCEPTED: mark("Accepted"),
}
# The states in the order in which they come, the first time and after a return; and what a reviewer sees of them.
WAY_FIRST = (DRAFT, CHECKED, SIGNED, SUBMITTED, ACCEPTED)
WAY_AGAIN = (RETURNED, DRAFT, CHECKED, SIGNED, RESUBMITTED, ACCEPTED)
WAY_REVIEW = {False: (SUBMITTED, ACCEPTED), True: (RETURNED, RESUBMITTED, ACCEPTED)}

# State -> what to do next: the first right that the reader has decides; "" is for everybody.
NEXT: Mapping[str, tuple[tuple[str, str], ...]] = {
    DRAFT: (
        (
            "lead",
            mark("Fill in the answers with your departments. When they are there, start the internal check."),
        ),
        ("fill", mark("Fill in your part. The owner starts the internal check when all parts are there.")),
        ("", mark("The city is filling in the answers.")),
    ),
    CHECKED: (
        ("sign_off", mark("Look through the answers, then sign the assessment off.")),
        (
            "fill",
            mark("Look through the answers and put right what the check finds. Then the mayor signs off."),
        ),
        ("", mark("The city looks through its answers; then the mayor signs off.")),
    ),
    SIGNED: (
        ("submit", mark("It is signed off. Hand it in, or take the signature back to change something.")),
        ("", mark("It is signed off. The owner hands it in next.")),
    ),
    SUBMITTED: (
        (
            "review",
            mark("Look through the answers and ask where something is unclear. Then return or accept it."),
        ),
        ("", mark("It is handed in. The National Commission or the secretariat looks through it next.")),
    ),
    RETURNED: (
        (
            "lead",
            mark("It came back with questions. Reply to them, then open it again to correct the answers."),
        ),
        ("fill", mark("It came back with questions. Reply to those at your answers.")),
        ("", mark("It went back to the city with questions. The city answers and hands it in again.")),
    ),
    RESUBMITTED: (
        (
            "review",
            mark("It was handed in again. Settle what is answered, then accept it or return it once more."),
        ),
        ("", mark("It is handed in again. The reviewers look at the answers to their questions next.")),
    ),
    ACCEPTED: (("", mark("It is accepted. Nothing is left to do for this year.")),),
}

# Act -> what its button says, and what it does.
ACT_WORDS: Mapping[str, tuple[str, str]] = {
    CHECK: (
        mark("Start the internal check"),
        mark("Everybody looks through the answers once more. They can still be changed."),
    ),
    REOPEN: (mark("Back to the draft"), mark("The departments go on filling in the answers.")),
    SIGN_OFF: (
        mark("Sign off"),
        mark(
            "The mayor signs. From then on nothing can be changed, until the owner takes the signature back."
        ),
    ),
    TAKE_BACK: (
        mark("Take the signature back"),
        mark("The signature ends, the reason is kept, and the answers can be changed again."),
    ),
    HAND_IN: (
        mark("Hand in"),
        mark(
            "It is handed in as it was signed, with its scores, and cannot be taken back. The National Commission and "
            "the secretariat look through it; a receipt proves later that nothing was changed."
        ),
    ),
    RETURN: (
        mark("Return with the questions"),
        mark("It goes back to the city, which answers, corrects and hands it in again."),
    ),
    ACCEPT: (mark("Accept"), mark("The assessment is accepted as it was handed in. This is final.")),
}
# In the log.
LOG_ACTS: Mapping[str, str] = {
    CHECK: mark("started the internal check"),
    REOPEN: mark("opened again"),
    SIGN_OFF: mark("signed off"),
    HAND_IN: mark("handed in"),
    RETURN: mark("returned with questions"),
    "begin": mark("began"),
    "ask": mark("asked"),
    "reply": mark("replied"),
    "remark": mark("said more"),
    "settled": mark("settled"),
    "reopened": mark("opened a question again"),
    "give": mark("gave evidence"),
    "confirmed": mark("confirmed"),
    "confirm": mark("confirmed"),
    "choose": mark("chose who may see"),
    "withdrawn": mark("withdrew"),
}
LOG_KINDS: Mapping[str, str] = {
    "assessment": mark("an assessment"),
    "visibility": mark("an assessment"),
    "query": mark("a question"),
    "evidence": mark("a piece of evidence"),
    "record": mark("a record"),
}
