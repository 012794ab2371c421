"""The table of docs/rights.md: who has which right over what, asked of the predicates themselves."""

from __future__ import annotations

from collections.abc import Mapping

from actions.access import RIGHTS, ROLES, Actor, Grant, Subject, may

_CITY, _COUNTRY, _SELF = "own-city", "AAA", "self"
# A right is asked about each of these. One's own country is that of a commission; another city may be in it.
SUBJECTS: Mapping[str, Subject] = {
    "own city, draft": Subject(_CITY, _COUNTRY, "other"),
    "own city, submitted": Subject(_CITY, _COUNTRY, "other", submitted=True),
    "own country, draft": Subject("city-2", _COUNTRY, "other"),
    "own country, submitted": Subject("city-2", _COUNTRY, "other", submitted=True),
    "other city, draft": Subject("city-3", "BBB", "other"),
    "other city, submitted": Subject("city-3", "BBB", "other", submitted=True),
    "own": Subject(person=_SELF),
    "own sample": Subject(person=_SELF, invented=True),
    "another's": Subject(person="other"),
    "another's sample": Subject(person="other", invented=True),
    "nothing in particular": Subject(),
    "own city, private": Subject(_CITY, _COUNTRY, "other", submitted=True, visibility="private"),
    "own country, private": Subject("city-2", _COUNTRY, "other", submitted=True, visibility="private"),
    "other city, private": Subject("city-3", "BBB", "other", submitted=True, visibility="private"),
    "other city, network": Subject("city-3", "BBB", "other", submitted=True, visibility="network"),
    "other city, public": Subject("city-3", "BBB", "other", submitted=True, visibility="public"),
    "other city, public draft": Subject("city-3", "BBB", "other", visibility="public"),
}
_OWN = {"own", "own sample"}
_OWN_CITY_SUBMITTED = {"own city, submitted", "own city, private"}
_OWN_CITY = {"own city, draft"} | _OWN_CITY_SUBMITTED
_OWN_COUNTRY = _OWN_CITY_SUBMITTED | {"own country, submitted", "own country, private"}
_PUBLIC = {"other city, public"}
_NETWORK = {"other city, network"} | _PUBLIC
_FOR_JURY = {"own city, submitted", "own country, submitted", "other city, submitted"} | _NETWORK
_ALL_SUBMITTED = _FOR_JURY | _OWN_COUNTRY | {"other city, private"}
# Over which subjects a right holds -> in words.
_WORDS: tuple[tuple[set[str], str], ...] = (
    (set(), "–"),
    (set(SUBJECTS), "everywhere"),
    (_OWN_CITY, "own city"),
    (_OWN_CITY | _OWN, "own city; own"),
    (_OWN_CITY | {"own sample"}, "own city; own samples"),
    (_OWN_CITY | _NETWORK, "own city; network"),
    (_OWN_CITY | _NETWORK | _OWN, "own city; network; own"),
    (_OWN_CITY_SUBMITTED | _NETWORK, "own city, submitted; network"),
    (_OWN_COUNTRY, "own country, submitted"),
    (_OWN_COUNTRY | _PUBLIC, "own country, submitted; public"),
    (_OWN_COUNTRY | _PUBLIC | _OWN, "own country, submitted; public; own"),
    (_FOR_JURY, "submitted"),
    (_FOR_JURY | _OWN, "submitted; own"),
    (_ALL_SUBMITTED, "submitted, private too"),
    (_ALL_SUBMITTED | _OWN, "submitted, private too; own"),
    (_PUBLIC, "public"),
    (_PUBLIC | _OWN, "public; own"),
    (_OWN, "own"),
    ({"own sample"}, "own samples"),
)
NO_ROLE = "no role"
# Right -> what it lets somebody do.
MEANINGS: Mapping[str, str] = {
    "see_draft": "see an upload that was not submitted",
    "see_submitted": "see a submitted upload",
    "see": "see an upload in the state that it is in",
    "decide": "decide about doubtful readings of an upload",
    "sign_off": "sign an upload off for the mayor",
    "submit": "submit an upload",
    "save_scenario": "keep a what-if of an upload",
    "keep_set": "keep uploads together as a set: asked for each of them",
    "upload": "upload a workbook for a city, or open a sample",
    "see_members": "see who has a role in a city",
    "invite_to_city": "invite somebody to a city, or grant a role there",
    "withdraw_from_city": "withdraw a role in a city, take an invitation back",
    "make_city": "make a new city",
    "adopt": "give a city uploads that are nobody's",
    "export_city": "export everything of a city",
    "see_record": "see an assessment of a city's room",
    "see_papers": "see its evidence, the reviewers' questions and its receipt",
    "fill": "answer in a city's room, a contributor for the focus areas of the role",
    "lead": "begin an assessment, lead it from state to state, choose who may see it, publish for the city",
    "review": "ask about a submitted assessment, return or accept it",
    "make_round": "begin an award round",
    "grant_jury_roles": "see, grant and withdraw roles that are of no city",
    "verify": "verify the log and what was submitted",
    "see_log": "see a line of the log",
    "export_person": "export what is kept about a person",
    "disable_person": "see everybody who is here; let a person in no more, or again",
    "erase_person": "erase a person",
    "sign_out_everywhere": "end one's sessions",
    "end_sessions": "count and end the sessions of a person",
    "renew_password": "make a link by which a person sets a new password",
}


def actors() -> Mapping[str, Actor]:
    """One person of every role, and one of none."""
    made = {role: Actor(_SELF, "", (Grant(role, *_where(role)),)) for role in ROLES}
    return {**made, NO_ROLE: Actor(_SELF, "", ())}


def _where(role: str) -> tuple[str, str]:
    if role in ("owner", "contributor", "viewer", "mayor"):
        return (_CITY, "")
    return ("", _COUNTRY) if role == "commission" else ("", "")


def held(actor: Actor, right: str) -> frozenset[str]:
    """The names of the subjects over which somebody has a right."""
    return frozenset(name for name, subject in SUBJECTS.items() if may(actor, right, subject))


def in_words(subjects: frozenset[str]) -> str:
    """What a right holds over, in words; ValueError where there are none for it yet."""
    for known, words in _WORDS:
        if known == subjects:
            return words
    raise ValueError(f"no words for a right over {sorted(subjects)}")


def as_markdown() -> str:
    """The whole of docs/rights.md."""
    people = actors()
    lines = [
        "# Who may do what",
        "",
        "Printed by `python -m actions rights` from `actions/access.py`; a test compares the two, and another one",
        "holds the code to `tests/actions/rights.csv`, which was written by hand.",
        "",
        "*Own city* is the city of the role, in every state of its uploads. *Own* is what one uploaded oneself for",
        "no city, which only samples are, and one's own data, sessions and lines of the log. *Submitted* is any",
        "upload or assessment that was submitted, unless its city chose *private*: then only the secretariat and the",
        "commission of its country have it. *Own country* is that of a commission. *Network* is what a city opened to",
        "every city, *public* what it opened to everybody who signs in. *Everywhere* is every city and every person.",
        "A contributor answers for the focus areas of the role; what else stands in the file does not count.",
        "",
        "What may not be done is told as what is not there. Rights are read from the store at every visit of a page.",
        "On one's own computer nobody signs in, and everything may be done.",
        "",
        "| right | " + " | ".join(people) + " |",
        "| --- |" + " --- |" * len(people),
    ]
    for right in RIGHTS:
        cells = [in_words(held(actor, right)) for actor in people.values()]
        lines.append(f"| {right} | " + " | ".join(cells) + " |")
    lines += ["", "| right | lets somebody |", "| --- | --- |"]
    lines += [f"| {right} | {MEANINGS[right]} |" for right in RIGHTS]
    return "\n".join(lines) + "\n"
