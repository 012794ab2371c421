"""Who may be a candidate: every kind of rule with exact days, fields of towns, exceptions, refusals."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.award import Absence, EligibilityRule, PastAward, States
from scoring.eligibility import (
    ELIGIBLE,
    NOT_ELIGIBLE,
    OPEN,
    Answer,
    Candidate,
    GrantedException,
    Standing,
    evaluate,
)
from scoring.eligibility_kinds import Found
from scoring.periods import span

DEADLINE = datetime.date(2024, 5, 31)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def rule(id: str, kind: str, fact: str, **more: object) -> EligibilityRule:
    given: dict[str, object] = {
        "accepted": (),
        "options": (),
        "number": None,
        "months": None,
        "asked_on": "deadline",
        "sources": ("call",),
        "confidence": "high",
    }
    return EligibilityRule(id=id, kind=kind, fact=fact, **(given | more))  # type: ignore[arg-type]


MEMBER = rule("member", "longer_than", "member_since", months=12)
AWARD = rule("award", "free_after_award", "name", months=72)
STATE = rule("state", "member_state", "country")
QUOTA = rule("quota", "at_most_per", "commission", number=2.0)
SIGNED = rule("signed", "one_of", "signed", accepted=("yes",), options=("yes", "no"))
SIZE = rule("size", "at_least", "population", number=10_000.0)


def award(city: str, country: str, awarded: str, *names: str) -> PastAward:
    return PastAward(awarded[:4], city, country, "r", {"en": names[0]}, names[1:], span(awarded), "s")


PAST = (
    award("cork", "IRL", "2015-09-28/2015-09-30", "Cork"),
    award("santiago", "MEX", "2019-09-30", "Santiago (Mexico)"),
    award("dublin", "IRL", "2021-10-27", "Dublin"),
    award("shanghai", "CHN", "2021-10-27", "Shanghai", "上海"),
    award("cork", "IRL", "2024-12-02", "Cork"),
)


def town(id: str, country: str = "IRL", awarded_as: str | None = None, **facts: str) -> Candidate:
    return Candidate(id, (id,), country, facts, awarded_as)


def one(rules: EligibilityRule, candidate: Candidate, on: str, states: States | None = None) -> Answer:
    standing = evaluate([rules], [candidate], {"deadline": day(on)}, PAST, states)[0]
    return standing.answer(rules.id)


# Member since, asked on, outcome, last day on which it stands in the way.
@pytest.mark.parametrize(
    ("since", "on", "outcome", "ends"),
    [
        ("2023-05-30", "2024-05-31", "holds", "2024-05-30"),
        (
            "2023-05-31",
            "2024-05-31",
            "ends_on",
            "2024-05-31",
        ),  # exactly 12 months are not more than 12 months
        ("2023-05-31", "2024-06-01", "holds", "2024-05-31"),
        ("2023-06-01", "2024-05-31", "ends_on", "2024-06-01"),
        ("2024-02-14", "2024-05-31", "ends_on", "2025-02-14"),
        ("2024-02-29", "2025-02-28", "ends_on", "2025-02-28"),
        ("2024-02-29", "2025-03-01", "holds", "2025-02-28"),
        ("2022", "2024-05-31", "holds", "2023-12-31"),
        ("2023", "2024-05-31", "not_known", "2024-12-31"),
        (
            "2023-05",
            "2024-05-31",
            "not_known",
            "2024-05-31",
        ),  # on the 1st of May long enough, on the 31st not
        ("2023-04", "2024-04-15", "not_known", "2024-04-30"),
        ("2024", "2024-05-31", "ends_on", "2025-12-31"),
        ("2025-01-01", "2024-05-31", "ends_on", "2026-01-01"),
    ],
)
def test_member_for_more_than_12_months(since: str, on: str, outcome: str, ends: str) -> None:
    answer = one(MEMBER, town("a", member_since=since), on)
    assert (answer.outcome, answer.found.ends) == (outcome, day(ends))
    assert (answer.found.value, answer.found.since, answer.on) == (since, span(since), day(on))


@pytest.mark.parametrize(
    ("names", "country", "awarded_as", "on", "outcome", "ends", "cities"),
    [
        (("Dublin",), "IRL", None, "2024-05-31", "ends_on", "2027-10-27", ()),
        (("Dublin",), "IRL", None, "2027-10-27", "ends_on", "2027-10-27", ()),
        (("Dublin",), "IRL", None, "2027-10-28", "holds", "2027-10-27", ()),
        (("上海",), "CHN", None, "2027-05-31", "ends_on", "2027-10-27", ()),
        (("上海市",), "CHN", None, "2027-05-31", "not_known", None, ("shanghai",)),
        (("上海市",), "CHN", None, "2027-10-28", "holds", None, ()),
        (("Cork",), "IRL", None, "2021-09-27", "ends_on", "2021-09-30", ()),
        (("Cork",), "IRL", None, "2021-09-29", "not_known", "2021-09-30", ()),
        (("Cork",), "IRL", None, "2021-10-01", "holds", "2021-09-30", ()),
        (("Cork",), "IRL", None, "2024-05-31", "holds", "2021-09-30", ()),  # the second award comes later
        (("Cork",), "IRL", None, "2024-12-02", "ends_on", "2030-12-02", ()),
        (("CORK",), "IRL", None, "2027-05-31", "ends_on", "2030-12-02", ()),
        (("Cork County",), "IRL", None, "2024-05-31", "holds", None, ()),
        (("Cork County",), "IRL", None, "2027-05-31", "not_known", None, ("cork",)),
        (("Cork County",), "IRL", "", "2027-05-31", "holds", None, ()),
        (("Cork County",), "IRL", "cork", "2027-05-31", "ends_on", "2030-12-02", ()),
        (("Santiago",), "MEX", None, "2024-05-31", "ends_on", "2025-09-30", ()),
        (("Santiago (Nuevo León)",), "MEX", None, "2024-05-31", "ends_on", "2025-09-30", ()),
        (("Santiago",), "CHL", None, "2024-05-31", "holds", None, ()),
        (("Santiago",), "", None, "2024-05-31", "not_known", None, ("santiago",)),
        (("Santiago de Querétaro",), "MEX", None, "2024-05-31", "not_known", None, ("santiago",)),
        (("Galway",), "IRL", None, "2024-05-31", "holds", None, ()),
        (("Galway",), "", None, "2024-05-31", "holds", None, ()),
    ],
)
def test_six_years_after_an_award(
    names: tuple[str, ...],
    country: str,
    awarded_as: str | None,
    on: str,
    outcome: str,
    ends: str | None,
    cities: tuple[str, ...],
) -> None:
    answer = one(AWARD, Candidate("x", names, country, {}, awarded_as), on)
    found = answer.found.ends.isoformat() if answer.found.ends else None
    assert (answer.outcome, found, answer.found.cities) == (outcome, ends, cities)


def test_the_award_found_is_told() -> None:
    found = one(AWARD, town("Dublin"), "2024-05-31").found
    assert (found.award, found.value, found.since) == (PAST[2], "dublin", span("2021-10-27"))


STATES = States(
    frozenset({"IRL", "USA", "LIE", "ISR"}),
    {
        "USA": (
            Absence(day("2019-01-01"), day("2023-07-09"), "s"),
            Absence(day("2027-01-01"), None, "s"),
        ),
        "LIE": (Absence(None, None, "s"),),
        "ISR": (Absence(day("2019-01-01"), None, "s"),),
    },
)


@pytest.mark.parametrize(
    ("country", "on", "outcome", "ends"),
    [
        ("IRL", "2024-05-31", "holds", None),
        ("USA", "2018-12-31", "holds", None),
        ("USA", "2019-01-01", "ends_on", "2023-07-09"),
        ("USA", "2023-07-09", "ends_on", "2023-07-09"),
        ("USA", "2023-07-10", "holds", None),
        ("USA", "2026-12-31", "holds", None),
        ("USA", "2027-01-01", "does_not_hold", None),
        ("LIE", "2024-05-31", "does_not_hold", None),
        ("ISR", "2018-12-31", "holds", None),
        ("ISR", "2024-05-31", "does_not_hold", None),
        ("", "2024-05-31", "not_known", None),
        ("XXA", "2024-05-31", "not_known", None),
    ],
)
def test_in_a_member_state(country: str, on: str, outcome: str, ends: str | None) -> None:
    answer = one(STATE, town("a", country), on, STATES)
    assert (answer.outcome, answer.found.ends and answer.found.ends.isoformat()) == (outcome, ends)


@pytest.mark.parametrize(
    ("rules", "facts", "outcome"),
    [
        (SIGNED, {"signed": "yes"}, "holds"),
        (SIGNED, {"signed": " yes "}, "holds"),
        (SIGNED, {"signed": "no"}, "does_not_hold"),
        (SIGNED, {"signed": ""}, "not_known"),
        (SIGNED, {}, "not_known"),
        (SIZE, {"population": "10000"}, "holds"),
        (SIZE, {"population": "9999.9"}, "does_not_hold"),
        (SIZE, {}, "not_known"),
    ],
)
def test_what_was_answered(rules: EligibilityRule, facts: Mapping[str, str], outcome: str) -> None:
    assert one(rules, Candidate("a", ("a",), "IRL", facts), "2024-05-31").outcome == outcome


# Commissions of a field of towns -> the outcome for each.
@pytest.mark.parametrize(
    ("towns", "outcomes"),
    [
        ({"a": "IRL", "b": "IRL"}, "holds holds"),
        ({"a": "IRL", "b": "IRL", "c": "IRL"}, "does_not_hold does_not_hold does_not_hold"),
        ({"a": "IRL", "b": "IRL", "c": "GBR"}, "holds holds holds"),
        ({"a": "IRL", "b": "IRL", "c": ""}, "not_known not_known not_known"),
        ({"a": "IRL", "c": ""}, "holds not_known"),
        ({"a": "IRL", "b": "IRL", "c": "none", "d": "none", "e": "none"}, "holds holds holds holds holds"),
        ({"a": "IRL", "b": "", "c": ""}, "not_known not_known not_known"),
        ({"a": "IRL", "b": "IRL", "c": "IRL", "d": ""}, "does_not_hold " * 3 + "not_known"),
    ],
)
def test_at_most_two_of_a_commission(towns: Mapping[str, str], outcomes: str) -> None:
    field = [town(id, "IRL", commission=commission) for id, commission in towns.items()]
    standings = evaluate([QUOTA], field, {"deadline": DEADLINE})
    assert [one.answer("quota").outcome for one in standings] == outcomes.split()


@given(
    st.dates(datetime.date(2015, 1, 1), datetime.date(2030, 12, 31)),
    st.dates(datetime.date(2015, 1, 1), datetime.date(2030, 12, 31)),
)
def test_a_date_known_in_part_never_says_what_the_day_itself_denies(
    since: datetime.date, on: datetime.date
) -> None:
    exact = one(MEMBER, town("a", member_since=since.isoformat()), on.isoformat()).outcome
    for vague in (since.isoformat()[:7], since.isoformat()[:4]):
        assert one(MEMBER, town("a", member_since=vague), on.isoformat()).outcome in (exact, "not_known")
    later = (on + datetime.timedelta(days=1)).isoformat()
    if exact == "holds":
        assert one(MEMBER, town("a", member_since=since.isoformat()), later).outcome == "holds"


def test_the_quota_names_all_who_are_counted_and_another_country_leaves_it_alone() -> None:
    field = [town(id, commission="IRL") for id in "abc"] + [town("d", "FRA", commission="")]
    found = evaluate([QUOTA], field, {"deadline": DEADLINE})[0].answer("quota").found
    assert (found.value, found.candidates) == ("IRL", ("a", "b", "c"))
    assert evaluate([QUOTA], field[1:], {"deadline": DEADLINE})[0].answer("quota").outcome == "holds"


# Facts of a town -> what all rules come to, and the first free day where time alone is in the way.
@pytest.mark.parametrize(
    ("name", "facts", "verdict", "free_from"),
    [
        ("Galway", {"member_since": "2020", "signed": "yes"}, ELIGIBLE, None),
        ("Galway", {"member_since": "2020"}, OPEN, None),
        ("Galway", {"member_since": "2020", "signed": "no"}, NOT_ELIGIBLE, None),
        ("Galway", {"member_since": "2024-02-14", "signed": "yes"}, NOT_ELIGIBLE, "2025-02-15"),
        ("Galway", {"member_since": "2024-02-14"}, NOT_ELIGIBLE, None),
        ("Dublin", {"member_since": "2019", "signed": "yes"}, NOT_ELIGIBLE, "2027-10-28"),
        ("Dublin", {"member_since": "2028-01-31", "signed": "yes"}, NOT_ELIGIBLE, "2029-02-01"),
    ],
)
def test_what_all_rules_come_to(
    name: str, facts: Mapping[str, str], verdict: str, free_from: str | None
) -> None:
    standing = evaluate(
        [MEMBER, AWARD, SIGNED], [Candidate("x", (name,), "IRL", facts)], {"deadline": DEADLINE}, PAST
    )[0]
    assert standing.verdict == verdict
    assert (standing.free_from.isoformat() if standing.free_from else None) == free_from
    assert [answer.rule for answer in standing.answers] == ["member", "award", "signed"]


NOW = datetime.datetime(2024, 6, 3, 9, 0, tzinfo=datetime.UTC)
LATER = datetime.datetime(2024, 6, 4, 9, 0, tzinfo=datetime.UTC)


def test_an_exception_lets_pass_and_hides_nothing() -> None:
    granted = GrantedException("signed", "The mayor was ill; signature follows.", "secretariat", NOW)
    standing = evaluate(
        [MEMBER, SIGNED],
        [town("a", member_since="2020", signed="no"), town("b", member_since="2020", signed="no")],
        {"deadline": DEADLINE},
        exceptions={"a": [granted]},
    )
    answer = standing[0].answer("signed")
    assert (answer.outcome, answer.passes, answer.exception) == ("does_not_hold", True, granted)
    assert [one.verdict for one in standing] == [ELIGIBLE, NOT_ELIGIBLE]


def test_the_exception_granted_last_counts() -> None:
    first = GrantedException("signed", "First reason.", "a", NOW)
    last = GrantedException("signed", "Second reason.", "b", LATER)
    standing = evaluate([SIGNED], [town("a")], {"deadline": DEADLINE}, exceptions={"a": [last, first]})[0]
    assert standing.answer("signed").exception == last
    assert standing.verdict == ELIGIBLE


def test_where_a_fact_comes_from_is_told() -> None:
    candidate = Candidate("a", ("a",), "IRL", {"signed": "yes"}, sources={"signed": "form, page 3"})
    assert one(SIGNED, candidate, "2024-05-31").found == Found("yes", source="form, page 3")


def test_each_rule_is_asked_on_its_own_date() -> None:
    early = rule("early", "longer_than", "member_since", months=12, asked_on="opening")
    candidate = town("a", member_since="2023-05-01")
    dates = {"opening": day("2024-04-30"), "deadline": DEADLINE}
    standing: Standing = evaluate([early, MEMBER], [candidate], dates)[0]
    assert [answer.outcome for answer in standing.answers] == ["ends_on", "holds"]
    assert [answer.on for answer in standing.answers] == [dates["opening"], DEADLINE]


def test_no_candidate_is_no_standing() -> None:
    assert evaluate([MEMBER], [], {"deadline": DEADLINE}) == ()


@pytest.mark.parametrize(
    ("rules", "candidates", "exceptions", "reason"),
    [
        (
            MEMBER,
            [town("a", member_since="last year")],
            {},
            'candidate "a", rule "member": "last year" is no date',
        ),
        (
            SIGNED,
            [town("a", signed="perhaps")],
            {},
            'rule "signed": signed is "perhaps" and must be one of yes, no',
        ),
        (SIZE, [town("a", population="12 000")], {}, 'population is "12 000", which is not a number'),
        (SIZE, [town("a", population="nan")], {}, 'population is "nan", which is not a number'),
        (AWARD, [town("a", awarded_as="venice")], {}, '"venice" is no past winner'),
        (MEMBER, [town("a"), town("a")], {}, 'two candidates have the id "a"'),
        (rule("r", "luck", "x"), [town("a")], {}, 'rule "r" is of the kind "luck"; the kinds are one_of'),
        (rule("r", "one_of", "x", asked_on="dawn"), [], {}, 'rule "r" is asked on "dawn"'),
        (rule("r", "at_least", "x"), [town("a", x="1")], {}, 'the kind "at_least" needs a number'),
        (rule("r", "longer_than", "x"), [town("a", x="2020")], {}, 'the kind "longer_than" needs a period'),
        (MEMBER, [], {"a": [GrantedException("member", "x", "y", NOW)]}, '"a", who is no candidate'),
        (MEMBER, [town("a")], {"a": [GrantedException("luck", "x", "y", NOW)]}, '"luck", which is no rule'),
        (MEMBER, [town("a")], {"a": [GrantedException("member", " ", "y", NOW)]}, "needs a reason"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    rules: EligibilityRule,
    candidates: list[Candidate],
    exceptions: Mapping[str, list[GrantedException]],
    reason: str,
) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        evaluate([rules], candidates, {"deadline": DEADLINE}, PAST, exceptions=exceptions)
