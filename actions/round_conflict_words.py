"""What kinds of conflict are called, what each means, and why one is suggested."""

from __future__ import annotations

from collections.abc import Mapping

from actions.round_conflicts import EMPLOYER_NAMES_CITY, OWN_CITY, SAME_COUNTRY
from actions.round_facts import FOUND_BY_REVIEW, NO_CONFLICT
from locales import mark

KINDS: Mapping[str, str] = {
    NO_CONFLICT: mark("No conflict"),
    "city": mark("Tie to the city"),
    "country": mark("Same country"),
    "employer": mark("Employer"),
    "family": mark("Family or close friend"),
    "paid_work": mark("Paid work"),
    "past_visit": mark("Visit as a guest"),
    "other": mark("Another conflict"),
    FOUND_BY_REVIEW: mark("Found by a second person"),
}

MEANINGS: Mapping[str, str] = {
    "city": mark("You live there, come from there, or hold an office in the city."),
    "country": mark("You act for the country, or its candidates are yours to support."),
    "employer": mark("You work for the city, or for a body that it runs or pays."),
    "family": mark("Somebody close to you works for the city or prepared its application."),
    "paid_work": mark("The city paid you for work or advice in the last five years."),
    "past_visit": mark("The city invited you and paid for the journey."),
    "other": mark("Anything else that others could take for a bias; say what in a few words."),
}

# Beside the row of a juror herself, and in the list of the second person.
HINTS: Mapping[str, str] = {
    SAME_COUNTRY: mark("is in the country that your seat names"),
    EMPLOYER_NAMES_CITY: mark("is named in your employer"),
    OWN_CITY: mark("you have a role in its room here"),
}
HINTS_OF_ANOTHER: Mapping[str, str] = {
    SAME_COUNTRY: mark("same country"),
    EMPLOYER_NAMES_CITY: mark("the employer's name holds the city's"),
    OWN_CITY: mark("has a role in the city's room here"),
}
