"""Learning City Scorecard: lists the pages, asks for the language, runs the page."""

from __future__ import annotations

import logging

import streamlit as st

from actions.access import NotKeptError
from actions.city_people import cities_led, may_make_city
from actions.house import StoreError
from actions.reader import READERS
from locales import LANGUAGES, mark, speaker
from views import address, identity, menu, parts, record_seen, troubles

# What the menu holds: a heading, then its pages; the start stands by itself.
PAGES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "": (("start", mark("Start"), "home"),),
    mark("Your city"): (
        ("city_upload", mark("Upload and check"), "upload_file"),
        ("city_departments", mark("Departments"), "groups_2"),
        ("city_overview", mark("Overview"), "insights"),
        ("city_areas", mark("Focus areas"), "account_tree"),
        ("city_themes", mark("Themes"), "health_and_safety"),
        ("city_why", mark("Why?"), "waterfall_chart"),
        ("city_next", mark("What next?"), "signpost"),
    ),
    mark("Your room"): (
        ("city_room", mark("Room"), "meeting_room"),
        ("city_record", mark("Answers"), "edit_note"),
        ("city_years", mark("Years"), "timeline"),
        ("city_practice", mark("Practice"), "volunteer_activism"),
        ("membership", mark("Membership"), "how_to_reg"),
    ),
    mark("Compare and judge"): (
        ("city_compare", mark("Award cities"), "compare_arrows"),
        ("jury_candidates", mark("Candidates"), "groups"),
        ("how_sure", mark("How sure?"), "target"),
    ),
    mark("Award round"): (
        ("round_home", mark("Round"), "gavel"),
        ("round_candidates", mark("Eligibility"), "fact_check"),
        ("round_jury", mark("Jury"), "groups"),
        ("round_assign", mark("Assignment"), "assignment_ind"),
        ("round_mark", mark("Marking"), "edit_note"),
        ("round_results", mark("Results"), "leaderboard"),
        ("round_slates", mark("Winners"), "emoji_events"),
        ("round_meeting", mark("Meeting"), "record_voice_over"),
    ),
    mark("About"): (("about_method", mark("Method and sources"), "menu_book"),),
}

# Where people sign in: pages for those who run a city, and the log.
OFFICE = mark("People and log")

# Pages that take in workbooks: there the first file should not wait for the reader to start.
UPLOADS_ON = ("city_upload", "city_departments", "jury_candidates")

language = address.language()
here = speaker(language)
say = here.say
# An icon by its ":material" name would be fetched from another server; a sign of writing comes with the page.
st.set_page_config(page_title=say("Learning City Scorecard"), page_icon="🎓", layout="wide")
try:
    who = identity.actor()
    leads = not who.everything and bool(cities_led(who) or may_make_city(who))
except identity.SignedOutError:
    identity.lead_to_sign_in(here)
except StoreError as trouble:
    troubles.instead_of_page(trouble, say, begun=False)
    st.stop()
record_seen.keep_all(who, here)
troubles.bring_back()
office = [
    ("own_account", mark("Your account"), "account_circle"),
    ("office_log", mark("Log"), "receipt_long"),
]
if leads:
    office.insert(0, ("city_people", mark("People"), "manage_accounts"))
pages_here = PAGES if who.everything else {**PAGES, OFFICE: tuple(office)}
page = st.navigation(
    {
        say(heading) if heading else "": [menu.page(name, say(title), icon) for name, title, icon in pages]
        for heading, pages in pages_here.items()
    },
    position="top",
)
with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="language"):
    identity.bar(who, here)
    address.switch(
        "lang", "Language · 语言", tuple(LANGUAGES), language, LANGUAGES.__getitem__, show_label=False
    )
if page.url_path in UPLOADS_ON:
    READERS.warm()
troubles.tell(say)
troubles.notice_clicks()
try:
    # Her rights were read at the beginning of this visit; what is clicked later asks anew.
    with identity.acting(who):
        page.run()
    troubles.all_well(say)
except identity.SignedOutError:
    identity.lead_to_sign_in(here)
except NotKeptError:
    parts.unknown_city(say)
except StoreError as trouble:
    troubles.within_page(trouble, say)
except Exception:
    # Whatever fails in a page, its reader gets a sentence in her language; the cause goes to the log.
    logging.getLogger(__name__).exception("a page failed")
    parts.trouble(say)
