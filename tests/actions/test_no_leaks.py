"""Nobody learns anything of a city by any action but by right, caches and refusals included."""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

import pytest

from actions import (
    areas,
    candidates,
    changes,
    check,
    city,
    city_people,
    compare,
    decide,
    departments,
    editor,
    export,
    heat,
    house,
    ledger,
    listing,
    membership_facts,
    next_sheet,
    office_log,
    otherwise,
    overview,
    people,
    practice_city,
    ranking,
    record_merge,
    repair,
    route,
    saved,
    side_by_side,
    standing,
    submissions,
    sure_candidates,
    sure_city,
    sure_drivers,
    template,
    themes,
    unusual,
    uploads,
    whatif,
    whatif_address,
    why,
    why_file,
)
from actions.access import COMPUTER, Actor, NotKeptError
from actions.changes import UNCHANGED
from actions.outcome import Asked
from actions.rooms import begin_assessment
from actions.route import Question
from actions.standing import upload
from store.answers import versions_of
from tests.source_code import ROOT
from tests.two_cities import (
    CITY_PEOPLE,
    DRAFT,
    EVERYBODY,
    HANDED_IN,
    JURY,
    UNKNOWN,
    TwoCities,
    two_cities,
    words_in,
    workbook,
)

CORE, EN, WITH = "core", "en", "with"


def own_room(who: Actor) -> str:
    """An assessment of the city that somebody leads; for everybody else one that is not there."""
    city_led = next((one.city for one in who.grants if one.role == "owner"), "")
    return begin_assessment(who, city_led, 2025) if city_led else "B" * 22


# Everything that reads one upload or changes something of it, by the function's module and name.
READING: Mapping[str, Callable[[Actor, str], object]] = {
    "areas.area": lambda who, one: areas.area(who, one, "1", CORE, EN, False),
    "candidates.doubles": lambda who, one: candidates.doubles(who, (one,)),
    "candidates.labels": lambda who, one: candidates.labels(who, (one,), EN),
    "changes.answered": lambda who, one: changes.answered(who, Asked(one, CORE), UNCHANGED, "2.2.1", 5.0),
    "changes.change_rows": lambda who, one: changes.change_rows(who, Asked(one, CORE), UNCHANGED, EN),
    "check.check": lambda who, one: check.check(who, one, CORE, "all", "all", EN),
    "check.refusal": lambda who, one: check.refusal(who, one, EN),
    "city.card": lambda who, one: city.card(who, one, EN),
    "compare.compare": lambda who, one: compare.compare(who, one, "all", CORE, ("same",), "", EN, False),
    "compare.partners": lambda who, one: compare.partners(who, one, EN),
    "decide.column_questions": lambda who, one: decide.column_questions(who, one, EN),
    "decide.decisions": lambda who, one: decide.decisions(who, one, EN),
    "decide.proposals": lambda who, one: decide.proposals(who, one, EN),
    "departments.choices": lambda who, one: departments.choices(who, (one,), EN),
    "departments.part_rows": lambda who, one: departments.part_rows(who, (one,), EN),
    "departments.still_out": lambda who, one: departments.still_out(who, one, CORE, EN),
    "editor.answer_input": lambda who, one: editor.answer_input(
        who, Asked(one, CORE), UNCHANGED, "2.2.1", EN
    ),
    "editor.editable": lambda who, one: editor.editable(who, Asked(one, CORE), EN),
    "editor.movable_goalposts": lambda who, one: editor.movable_goalposts(who, Asked(one, CORE), EN),
    "export.export": lambda who, one: export.export(who, (one,), CORE, EN),
    "heat.heat": lambda who, one: heat.heat(who, (one,), CORE, "areas", EN, False),
    "ledger.ledger": lambda who, one: ledger.ledger(who, one, EN),
    "membership_facts.quick_start": lambda who, one: membership_facts.quick_start(who, one),
    "next_sheet.next_sheet": lambda who, one: next_sheet.next_sheet(
        who, Question(one, CORE), Asked(one, CORE), UNCHANGED, EN
    ),
    "otherwise.otherwise": lambda who, one: otherwise.otherwise(who, (one,), CORE, WITH, EN),
    "overview.overview": lambda who, one: overview.overview(who, one, CORE, EN, False),
    "practice_city.of_upload": lambda who, one: practice_city.of_upload(who, one, CORE, EN),
    "ranking.ranking": lambda who, one: ranking.ranking(who, (one,), CORE, EN),
    "repair.can_repair": lambda who, one: repair.can_repair(who, one),
    "repair.repair": lambda who, one: repair.repair(who, one, EN),
    "repair.repair_name": lambda who, one: repair.repair_name(who, one, EN),
    "route.ahead": lambda who, one: route.ahead(who, Question(one, CORE), EN),
    "route.effort_choices": lambda who, one: route.effort_choices(who, Question(one, CORE), EN),
    "route.levels_ahead": lambda who, one: route.levels_ahead(who, Question(one, CORE), EN),
    "saved.comparison": lambda who, one: saved.comparison(who, Asked(one, CORE), (), EN),
    "saved.kept_of": lambda who, one: saved.kept_of(who, one, EN),
    "side_by_side.side_by_side": lambda who, one: side_by_side.side_by_side(who, (one,), CORE, EN, False),
    "submissions.hand_in": lambda who, one: submissions.hand_in(who, one, EN),
    "sure_drivers.driven": lambda who, one: sure_drivers.driven(who, (one,), CORE, WITH, EN, False),
    "sure_candidates.sure_about": lambda who, one: sure_candidates.sure_about(
        who, (one,), CORE, WITH, 3, EN, False
    ),
    "sure_city.sure_one": lambda who, one: sure_city.sure_one(who, one, CORE, WITH, EN, False),
    "template.filled_workbook": lambda who, one: template.filled_workbook(who, one, EN),
    "themes.themes": lambda who, one: themes.themes(who, one, CORE, EN, False),
    "unusual.known_cities": lambda who, one: unusual.known_cities(who, one),
    "uploads.maybe_same": lambda who, one: uploads.maybe_same(who, one),
    "whatif.whatif": lambda who, one: whatif.whatif(who, Asked(one, CORE), UNCHANGED, EN, False),
    "whatif_address.in_address": lambda who, one: whatif_address.in_address(who, one, "", "", EN),
    "why.besides": lambda who, one: why.besides(who, one, "", EN),
    "why.why": lambda who, one: why.why(
        who, one, "nothing", "areas", "all", "assured", CORE, WITH, EN, False
    ),
    "why_file.why_file": lambda who, one: why_file.why_file(who, one, "nothing", "assured", CORE, WITH, EN),
}
CHANGING: Mapping[str, Callable[[Actor, str], object]] = {
    "candidates.extended": lambda who, one: candidates.extended(who, (), (one,)),
    "candidates.reduced": lambda who, one: candidates.reduced(who, (one,), ()),
    "decide.decide": lambda who, one: decide.decide(who, one, {}),
    "departments.gather_parts": lambda who, one: departments.gather_parts(who, (one,)),
    "departments.merge_parts": lambda who, one: departments.merge_parts(who, (one,), {}, EN),
    # What a workbook says beside the record of the reader's own city.
    "record_merge.differences": lambda who, one: record_merge.differences(who, own_room(who), one, EN),
    "record_merge.take": lambda who, one: record_merge.take(who, own_room(who), one, {"2.2.1": 0}),
    "saved.save": lambda who, one: saved.save(who, Asked(one, CORE), UNCHANGED, ""),
    "submissions.submit": lambda who, one: submissions.submit(who, one),
    "uploads.confirm_different": lambda who, one: uploads.confirm_different(who, one),
    "uploads.confirm_same": lambda who, one: uploads.confirm_same(who, one, one),
}
# With a second city beside the reader's own, whose id was guessed.
BESIDE: Mapping[str, Callable[[Actor, str, str], object]] = {
    "compare.compare": lambda who, own, one: compare.compare(
        who, own, f"upload-{one}", CORE, ("same",), "", EN, False
    ),
    "why.why": lambda who, own, one: why.why(
        who, own, f"upload-{one}", "areas", "all", "assured", CORE, WITH, EN, False
    ),
    "why_file.why_file": lambda who, own, one: why_file.why_file(
        who, own, f"upload-{one}", "assured", CORE, WITH, EN
    ),
    "whatif.whatif": lambda who, own, one: whatif.whatif(
        who, Asked(own, CORE, beside=(one,)), UNCHANGED, EN, False
    ),
    "ranking.ranking": lambda who, own, one: ranking.ranking(who, (own, one), CORE, EN),
    "export.export": lambda who, own, one: export.export(who, (own, one), CORE, EN),
}
# What takes an id and asks nobody, and why it may.
UNASKED: Mapping[str, str] = {
    "access": "the rights themselves",
    "round_asked.among": "reads nothing: a question of the award among the choices of its answer",
    "standing.upload": "below the actions: no page may import it",
    "standing.standing": "below the actions: no page may import it",
    "standing.standings": "below the actions: no page may import it",
    "standing.ids_of": "reads nothing: takes a text apart",
    "candidates.gather": "below the actions: no page may import it",
    "candidates.unit_labels": "below the actions: no page may import it",
    "listing.in_short": "below the actions: no page may import it",
    "changes.changes_told": "below the actions: no page may import it",
    "outcome.outcome": "below the actions: no page may import it",
    "repair.answered": "below the actions: no page may import it",
    "route_start.start_of": "below the actions: no page may import it",
    "route_words.open_answers": "below the actions: no page may import it",
    "route_words.route_card": "below the actions: no page may import it",
    "surety.drivers": "below the actions: no page may import it",
    "surety.surety": "below the actions: no page may import it",
    "unusual.unusual": "below the actions: no page may import it",
    "uploads.findings_of": "below the actions: no page may import it",
    "why_beside.pair": "below the actions: no page may import it",
    "why_steps.told": "below the actions: no page may import it",
    "whatif_address.what_text": "reads nothing: writes an address",
    "whatif_address.effort_text": "reads nothing: writes an address",
    "whatif_address.efforts_in": "reads nothing: takes an address apart",
}
IDS = frozenset(("upload_id", "upload_ids", "asked", "question", "set_id", "scenario_id"))
# The same of a city's room; who may see which assessment is tried in test_visibility.py.
ROOM_IDS = frozenset(("assessment_id", "city_id", "evidence_id", "query_id", "card_id"))
UNASKED_IN_ROOMS: Mapping[str, str] = {
    "rooms.require_open": "within a transaction whose actor was asked: says only that nothing may be changed",
    "practice_city.key_of": "below the actions: of an upload that was asked for",
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoCities]:
    with two_cities(tmp_path_factory.mktemp("two_cities")) as made:
        yield made


@pytest.fixture(scope="module", autouse=True)
def warm(world: TwoCities) -> None:
    """The other city's owner has looked at everything before: all of it stands in the caches."""
    theirs = world.actor("other owner")
    for one in (world.draft, world.handed_in):
        for read in READING.values():
            read(theirs, one)


def _refused(act: Callable[[], object]) -> tuple[type[BaseException], str]:
    with pytest.raises(NotKeptError) as raised:
        act()
    return raised.type, str(raised.value)


def _everything_said(found: object) -> str:
    """A result as text; of workbooks what stands in their parts."""
    if isinstance(found, bytes):
        with zipfile.ZipFile(io.BytesIO(found)) as box:
            return "".join(box.read(name).decode("utf-8", "replace") for name in box.namelist())
    return repr(found)


def test_the_words_are_there_to_be_found(world: TwoCities) -> None:
    theirs = world.actor("other owner")
    said = {name: words_in(_everything_said(read(theirs, world.draft))) for name, read in READING.items()}
    assert {name for name, found in said.items() if DRAFT in found} >= {
        "areas.area",
        "check.check",
        "city.card",
        "departments.part_rows",
        "export.export",
        "ledger.ledger",
        "overview.overview",
        "ranking.ranking",
        "repair.repair",
        "repair.repair_name",
        "template.filled_workbook",
        "saved.kept_of",
    }


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("name", [*READING, *CHANGING])
def test_a_draft_of_another_city_is_told_as_one_that_is_not_there(
    name: str, role: str, world: TwoCities
) -> None:
    act, who = {**READING, **CHANGING}[name], world.actor(role)
    of_draft, of_none = _refused(lambda: act(who, world.draft)), _refused(lambda: act(who, UNKNOWN))
    assert of_draft[0] is of_none[0]
    assert of_draft[1].replace(world.draft, "") == of_none[1].replace(UNKNOWN, "")


@pytest.mark.parametrize("name", READING)
def test_what_was_handed_in_is_seen_by_the_jury_and_by_no_other_city(name: str, world: TwoCities) -> None:
    for role in JURY:
        assert DRAFT not in words_in(_everything_said(READING[name](world.actor(role), world.handed_in)))
    for role in (*CITY_PEOPLE, "guest", "foreign commission"):
        _refused(lambda role=role: READING[name](world.actor(role), world.handed_in))  # type: ignore[misc]


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize("role", CITY_PEOPLE)
def test_people_of_a_city_are_refused_nothing_of_it(name: str, role: str, world: TwoCities) -> None:
    assert words_in(_everything_said(READING[name](world.actor(role), world.own))) == set()


@pytest.mark.parametrize("name", BESIDE)
def test_nothing_is_read_beside_by_a_guessed_id(name: str, world: TwoCities) -> None:
    who = world.actor("owner")
    for one in (world.draft, world.handed_in):
        found = _refused(lambda one=one: BESIDE[name](who, world.own, one))  # type: ignore[misc]
        assert found == (NotKeptError, one)
    assert _refused(lambda: BESIDE[name](who, world.own, UNKNOWN)) == (NotKeptError, UNKNOWN)


@pytest.mark.parametrize("role", EVERYBODY)
def test_sets_and_what_ifs_are_found_by_nobody_who_may_not_see_their_cities(
    role: str, world: TwoCities
) -> None:
    who = world.actor(role)
    sees = role in JURY
    assert candidates.members(who, world.set_id) == ((world.handed_in,) if sees else ())
    assert departments.parts_of(who, world.set_id) == ((world.handed_in,) if sees else ())
    assert saved.kept(who, world.scenario, EN) is None
    assert not standing.is_kept(who, world.draft)
    if sees:
        assert saved.kept_of(who, world.handed_in, EN) == ()


@pytest.mark.parametrize("role", EVERYBODY)
def test_no_list_names_another_citys_draft(role: str, world: TwoCities) -> None:
    who = world.actor(role)
    said = repr(
        [
            listing.recent_uploads(who, 50),
            listing.listed(who, 50, EN),
            candidates.addable(who, (), EN),
            uploads.destinations(who),
            office_log.office_log(who, EN),
        ]
    )
    allowed = {HANDED_IN} if role in JURY else set()
    assert words_in(said) <= allowed


@pytest.mark.parametrize("role", [*CITY_PEOPLE, "guest", "juror", "chair", "commission", "auditor"])
def test_the_people_of_another_city_are_not_listed(role: str, world: TwoCities) -> None:
    who = world.actor(role)
    assert world.other_city not in city_people.cities_led(who)
    of_other = _refused(lambda: city_people.people_of(who, world.other_city, EN))
    assert of_other == _refused(lambda: city_people.people_of(who, UNKNOWN, EN))
    assert of_other == _refused(lambda: people.members(who, world.other_city))


def test_the_log_shows_an_owner_her_city_and_everybody_the_own_lines(world: TwoCities) -> None:
    owner = office_log.office_log(world.actor("owner"), EN)
    # Ids are cut to their first signs.
    draft, handed_in, own = (f"{one[:6]}…" for one in (world.draft, world.handed_in, world.own))
    assert not [row for row in owner if draft in row["What"] or handed_in in row["What"]]
    assert [row for row in owner if own in row["What"] and row["Who"] == "you"]
    juror = office_log.office_log(world.actor("juror"), EN)
    assert {row["Who"] for row in juror} == {"you"}
    auditor = _everything_said(office_log.office_log(world.actor("auditor"), EN))
    assert draft in auditor
    assert words_in(auditor) == set()


def test_uploads_are_for_a_city_of_ones_own(world: TwoCities) -> None:
    for role in ("owner", "viewer", "juror"):
        with pytest.raises(NotKeptError):
            uploads.receive(world.actor(role), "x.xlsx", workbook("x"), EN, world.other_city)
        with pytest.raises(NotKeptError):
            uploads.receive(world.actor(role), "x.xlsx", workbook("x"), EN)


def test_a_contributor_counts_for_her_focus_areas_alone(world: TwoCities) -> None:
    who = world.actor("contributor")
    (own_city,) = uploads.destinations(who)
    before = {one.code for one in versions_of(house.store(), own_city)}
    assert {code.split(".")[0] for code in before} >= {"1", "2", "3", "12"}
    receipt = uploads.receive(who, "part.xlsx", workbook("Contributed"), EN, own_city)
    kept = upload(receipt.upload_id).reading
    assert {code.split(".")[0] for code in kept.observations} == {"1", "2"}
    assert kept.ratings == {}
    told = next(one for one in receipt.told if one.title == "Counted for some focus areas")
    assert "focus areas 1, 2." in told.sentence
    changed = {one.code for one in versions_of(house.store(), own_city) if one.upload_id == receipt.upload_id}
    assert changed
    assert {code.split(".")[0] for code in changed} <= {"1", "2"}
    again = upload(decide.decide(who, receipt.upload_id, {})).reading
    assert {code.split(".")[0] for code in again.observations} == {"1", "2"}
    _refused(lambda: decide.decide(who, world.own, {}))


def _modules() -> Iterator[tuple[str, ModuleType]]:
    for path in sorted((ROOT / "actions").glob("*.py")):
        if path.stem not in ("__init__", "__main__"):
            yield path.stem, importlib.import_module(f"actions.{path.stem}")


def _taking_ids(ids: frozenset[str] = IDS) -> Iterator[tuple[str, inspect.Signature]]:
    for stem, module in _modules():
        for name, found in vars(module).items():
            if name.startswith("_") or not callable(found) or inspect.isclass(found):
                continue
            if getattr(found, "__module__", "") == module.__name__ and stem not in UNASKED:
                signature = inspect.signature(found)
                if ids & set(signature.parameters):
                    yield f"{stem}.{name}", signature


def test_every_action_that_takes_an_id_asks_who_acts_first() -> None:
    unasked = {name for name, signature in _taking_ids() if next(iter(signature.parameters)) != "actor"}
    assert unasked == set(UNASKED) - {"access"}


def test_every_action_in_a_room_asks_who_acts_first() -> None:
    taking = dict(_taking_ids(ROOM_IDS))
    assert taking
    unasked = {name for name, signature in taking.items() if next(iter(signature.parameters)) != "actor"}
    assert unasked == set(UNASKED_IN_ROOMS)


def test_every_action_on_uploads_is_tried_here() -> None:
    tried = {*READING, *CHANGING, "why_beside.besides"}
    others = {
        "candidates.addable",
        "candidates.members",
        "departments.parts_of",
        "saved.kept",
        "decide.may_decide",
    }
    others |= {"standing.is_kept"}
    # In tests/actions/test_adoption.py: what they take is nobody's yet.
    others |= {"adoption.adopt", "adoption.to_adopt"}
    # In tests/actions/test_round_eligibility.py: only who enters candidates takes a dossier into a round.
    others |= {"round_enter.change_dossier", "round_enter.enter_by_hand", "round_enter.enter_reference"}
    others |= {"round_enter.enter_uploads", "round_enter.of_upload", "round_known.known_facts"}
    asked = {name for name, signature in _taking_ids() if next(iter(signature.parameters)) == "actor"}
    assert asked - tried == others


def test_no_page_imports_what_asks_nobody() -> None:
    for path in sorted([*(ROOT / "views").glob("*.py"), ROOT / "app.py", ROOT / "serve.py"]):
        for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("actions."):
                stem = str(node.module).removeprefix("actions.")
                names = {f"{stem}.{one.name}" for one in node.names}
                assert not names & {name for name, why in UNASKED.items() if why.startswith("below")}, path


def test_on_an_own_computer_everything_works(world: TwoCities) -> None:
    for name, read in READING.items():
        assert read(COMPUTER, world.draft) is not None or name == "check.refusal"
