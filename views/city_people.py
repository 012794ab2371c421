"""People: a city's people, those of jury and secretariat, and everybody who may come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from actions.city_people import cities_led
from actions.office_people import may_lead_office
from locales import mark
from views import address, parts, people_links
from views.people_of_city import people_of_city
from views.people_of_office import everybody_here, people_of_office

WHOSE: Mapping[str, tuple[str, Callable[[parts.Visit], None]]] = {
    "cities": (mark("Cities"), people_of_city),
    "office": (mark("Jury and secretariat"), people_of_office),
    "everybody": (mark("Everybody"), everybody_here),
}

here = parts.visit()
say = here.speaker.say
parts.header(say("People"), here=here)
if may_lead_office(here.actor):
    st.write(say("Who may come in, and with which roles. Everybody comes in by a link of her own."))
    whose = address.switch(
        "people", say("Whose people?"), list(WHOSE), "cities", lambda one: say(WHOSE[one][0])
    )
    people_links.tell(here)
    WHOSE[whose][1](here)
elif cities_led(here.actor):
    st.write(say("Who may see and fill in a city's assessment. Everybody comes in by a link of her own."))
    people_links.tell(here)
    people_of_city(here)
else:
    st.info(say("There is no city whose people you may see."), icon=":material/lock:")
