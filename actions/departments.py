"""Several departments fill one assessment: hand out parts, merge what comes back, see what is still out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see, seen_of
from actions.area_titles import area_titles
from actions.figures import bracket, points
from actions.standing import standing, upload
from actions.uploads import Receipt, city_name, receive
from indicators.draft import WorkList
from indicators.labels import fields
from indicators.merge import PROFILE, conflicts, holders, merge, place_in
from indicators.origins import Origin, with_origins
from indicators.template import build
from scoring.explain import gain
from store.sets import get_set, make_set

Rows = tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One field on which parts differ: its title, and what each part says, by the part's number."""

    field: str
    title: str
    options: Mapping[int, str]


def work_list(areas: Sequence[str], ratings: bool, department: str, due: str, language: str) -> bytes:
    """The part of the blank workbook that one department fills in."""
    wanted = WorkList(tuple(areas), ratings, department.strip(), due.strip())
    return build(house.framework(), (house.declaration(),), language, work_list=wanted)


def work_list_name(areas: Sequence[str], language: str) -> str:
    """What a part is called as a file: letters and digits only, whatever the department is called."""
    return f"learning-city-part-{'-'.join(areas) or 'ratings'}-{language}.xlsx"


def gather_parts(actor: Actor, upload_ids: Sequence[str]) -> str:
    """Keep some uploads as parts of one city; returns the set's id."""
    see(actor, *upload_ids, right="keep_set")
    return make_set(house.store(), upload_ids, actor=actor.person)


def parts_of(actor: Actor, set_id: str) -> tuple[str, ...]:
    """The uploads of a set of parts that the actor may see; empty if no such set is kept."""
    return seen_of(actor, get_set(house.store(), set_id)) if set_id else ()


def part_rows(actor: Actor, upload_ids: Sequence[str], language: str) -> Rows:
    """What each part brings: file, city, focus areas with answers, and how many."""
    see(actor, *upload_ids)
    say = house.voice(language).say
    rows = []
    for one in (upload(each) for each in upload_ids):
        codes = [code for code, row in one.reading.observations.items() if row.value is not None or row.state]
        areas = sorted({code.split(".")[0] for code in codes}, key=int)
        rows.append(
            {
                say("File"): one.name,
                say("City"): city_name(one.reading) or "–",
                say("Focus areas"): house.voice(language).listing(areas) or "–",
                say("Answers"): house.voice(language).number(len(codes)),
            }
        )
    return tuple(rows)


def choices(actor: Actor, upload_ids: tuple[str, ...], language: str) -> tuple[Choice, ...]:
    """The fields that parts fill in differently, each with what every part says and where."""
    see(actor, *upload_ids)
    return _choices(upload_ids, language)


@lru_cache(maxsize=64)
def _choices(upload_ids: tuple[str, ...], language: str) -> tuple[Choice, ...]:
    kept = [upload(one) for one in upload_ids]
    found = []
    for conflict in conflicts([one.reading for one in kept]):
        options = {}
        for said in conflict.said:
            where = (
                f"{kept[said.part].name} {said.place.sheet}!{said.place.cell}"
                if said.place
                else kept[said.part].name
            )
            options[said.part] = f"{said.entry} ({where})"
        found.append(Choice(conflict.field, _title(conflict.field, language), options))
    return tuple(found)


def _title(field: str, language: str) -> str:
    if field.startswith(PROFILE):
        return fields(language)[field.removeprefix(PROFILE)].text
    declaration = house.declaration()
    if field.startswith(f"{declaration.id}:"):
        code = field.split(":")[1]
        return f"§{code} {declaration.words[language][code].title}"
    return f"{field} {house.framework().words[language][field].title}"


def merge_parts(
    actor: Actor, upload_ids: Sequence[str], decided: Mapping[str, int], language: str, city: str = ""
) -> Receipt:
    """Merge parts into one workbook, which is kept and read like any other; undecided fields stay blank.

    `city` is for whom, as in `receive`. A sheet of the merged workbook names the file, sheet and cell that every
    answer came from.
    """
    see(actor, *upload_ids)
    kept = [upload(one) for one in upload_ids]
    readings = [one.reading for one in kept]
    merged = merge(house.framework(), readings, decided)
    data = build(
        house.framework(), (house.declaration(),), language, prefill=merged, invented=merged.invented
    )
    origins = []
    for field, number in holders(readings, decided).items():
        place = place_in(readings[number], field)
        origins.append(
            Origin(field, kept[number].name, place.sheet if place else "", place.cell if place else "")
        )
    return receive(actor, f"merged-{language}.xlsx", with_origins(data, origins, language), language, city)


def still_out(actor: Actor, upload_id: str, basket: str, language: str) -> tuple[str, Rows]:
    """What is still open by focus area, and what it does to the bracket: a sentence and a table."""
    see(actor, upload_id)
    say, voice = house.voice(language).say, house.voice(language)
    where = standing(upload_id, basket)
    titles = area_titles(language)
    open_points: dict[str, list[float]] = {}
    for one in gain(house.framework(), where.scores, where.uploads[0].id):
        open_points.setdefault(one.code.split(".")[0], []).append(one.points)
    rows = tuple(
        {
            say("Focus area"): titles[code],
            say("Open measurements"): voice.number(len(found)),
            say("Could add at most"): points(sum(found), language),
        }
        for code, found in sorted(open_points.items(), key=lambda item: -sum(item[1]))
    )
    sentence = say(
        "The bracket is {bracket} now; it closes as open measurements come in.",
        bracket=bracket(
            where.number("assured", where.scores.nodes[0]),
            where.number("upper", where.scores.nodes[0]),
            language,
        ),
    )
    return sentence, rows
