"""The award folders: what the shipped one says, a national one of another shape, and folders that must be refused."""

from __future__ import annotations

import datetime
import shutil
from collections import Counter
from pathlib import Path

import pytest

from indicators import key_features
from indicators.awards import AWARDS, CatalogueError, load_award, unesco_2024
from indicators.countries import REGIONS, countries
from indicators.declarations import yeonsu
from scoring.award import Award, Marks, PastAward
from scoring.eligibility import ELIGIBLE, NOT_ELIGIBLE, OPEN, Candidate, evaluate
from scoring.eligibility_kinds import KINDS
from scoring.periods import span
from tests.indicators.damage import Damage, add, cell, delete, drop, move, text

NATIONAL = Path(__file__).parents[1] / "awards" / "learning_municipalities_2026"
CRITERION_IDS = ("plan", "partners", "resources", "monitoring", "access", "culture", "innovation", "network")
ONE_DAY = datetime.timedelta(days=1)
# Round -> days of the award, number of winners, last day on which its winners are no candidates.
ROUNDS = {
    "2015": ("2015-09-28/2015-09-30", 12, "2021-09-30"),
    "2017": ("2017-09-18/2017-09-20", 16, "2023-09-20"),
    "2019": ("2019-09-30", 10, "2025-09-30"),
    "2021": ("2021-10-27", 10, "2027-10-27"),
    "2024": ("2024-12-02", 10, "2030-12-02"),
}


def day(written: str) -> datetime.date:
    return datetime.date.fromisoformat(written)


def block(award: PastAward, name: str, on: datetime.date) -> tuple[str, str]:
    """What the rule about earlier awards says of a city by one of its names."""
    candidate = Candidate("x", (name,), award.country)
    rule = unesco_2024().rule("six_years_after_award")
    answer = evaluate([rule], [candidate], {"deadline": on}, unesco_2024().past)[0].answer(rule.id)
    return answer.outcome, answer.found.ends.isoformat() if answer.found.ends else ""


def test_58_awards_to_57_cities_and_cork_twice() -> None:
    past = unesco_2024().past
    assert Counter(award.round for award in past) == {round: n for round, (_, n, _) in ROUNDS.items()}
    cities = Counter(award.city for award in past)
    assert len(cities) == 57
    assert {city for city, awards in cities.items() if awards > 1} == {"cork"}
    assert {(award.round, award.awarded) for award in past} == {
        (round, span(days)) for round, (days, _, _) in ROUNDS.items()
    }


def test_from_2021_on_one_winner_a_country_in_each_round() -> None:
    for round in ("2021", "2024"):
        winners = [award.country for award in unesco_2024().past if award.round == round]
        assert len(set(winners)) == len(winners)


# As the press texts of the rounds name the countries.
@pytest.mark.parametrize(
    ("round", "winners"),
    [
        ("2015", "AUS BRA CHN ETH FIN GBR IRL JOR KOR MEX PHL PRY"),
        ("2017", "ARG BRA CHN CMR DEU EGY GBR GIN GRC HUN IDN IRL JPN KOR PRT TUN"),
        ("2019", "CHN COL DNK EGY GRC KOR MEX MYS NGA UKR"),
        ("2021", "AUS CHN EGY FRA GBR IRL KOR MEX QAT SAU"),
        ("2024", "CHN CIV ECU GBR IRL KOR MAR MEX QAT SAU"),
    ],
)
def test_countries_of_the_winners(round: str, winners: str) -> None:
    assert sorted(award.country for award in unesco_2024().past if award.round == round) == winners.split()


def test_every_winner_lies_in_its_countrys_region() -> None:
    for award in unesco_2024().past:
        assert award.region == countries()[award.country].region
    regions = {
        round: {a.region for a in unesco_2024().past if a.round == round}
        for round in ("2019", "2021", "2024")
    }
    assert regions["2024"] == set(REGIONS) == regions["2019"]
    assert set(REGIONS) - regions["2021"] == {"africa"}  # which is why a winner in each region is only a wish


@pytest.mark.parametrize("award", unesco_2024().past, ids=lambda award: f"{award.city}-{award.round}")
def test_each_winner_is_barred_to_the_day_under_every_name(award: PastAward) -> None:
    ends = day(ROUNDS[award.round][2])
    for name in (*award.all_names, award.names["en"].upper()):
        assert block(award, name, award.awarded.last) == ("ends_on", ends.isoformat())
        # Of 2015 and 2017 the days of the conference are known and not the day of the award.
        assert block(award, name, ends)[0] == ("ends_on" if award.awarded.known else "not_known")
        assert block(award, name, ends - 2 * ONE_DAY)[0] == "ends_on"
        assert block(award, name, ends + ONE_DAY) == ("holds", ends.isoformat())


def test_the_call_of_2024_named_the_winners_of_2019_and_2021() -> None:
    """The call of 2024: who had won in 2019 or 2021 could not apply by 31 May. Earlier winners could, and Cork did."""
    barred = {
        award.round
        for award in unesco_2024().past
        if block(award, award.names["en"], day("2024-05-31"))[0] == "ends_on"
    }
    assert barred == {"2019", "2021"}
    cork = next(award for award in unesco_2024().past if award.city == "cork")
    assert block(cork, "Cork", day("2024-05-31")) == ("holds", "2021-09-30")
    assert block(cork, "Cork", day("2027-05-31")) == ("ends_on", "2030-12-02")


@pytest.mark.parametrize(
    ("written", "country", "outcome"),
    [
        ("Santiago", "MEX", "ends_on"),
        ("Santiago (Mexico)", "MEX", "ends_on"),
        ("Santiago", "CHL", "holds"),
        ("Bouake", "CIV", "holds"),
        ("Sonderborg", "DNK", "ends_on"),
        ("SEODAEMUN-GU", "KOR", "ends_on"),
        ("Seodaemun-gu, Seoul", "KOR", "not_known"),
        ("Al-Wakra", "QAT", "ends_on"),
        ("上海", "CHN", "ends_on"),
        ("Medellin", "COL", "ends_on"),
        ("Clermont Ferrand", "FRA", "ends_on"),
        ("South Dublin", "IRL", "not_known"),
        ("Dublin", "USA", "holds"),
    ],
)
def test_winners_as_people_write_them(written: str, country: str, outcome: str) -> None:
    rule = unesco_2024().rule("six_years_after_award")
    candidate = Candidate("x", (written,), country)
    standing = evaluate([rule], [candidate], {"deadline": day("2024-05-31")}, unesco_2024().past)[0]
    assert standing.answer(rule.id).outcome == outcome


READY = {
    "member": "yes",
    "member_since": "2019",
    "nominated": "yes",
    "commission": "NOR",
    "mayor_signed": "yes",
    "consent_signed": "yes",
    "progress_report": "filed",
}


# What differs from a town that is ready -> verdict, first free day, rules in the way.
@pytest.mark.parametrize(
    ("facts", "on", "verdict", "free_from", "in_the_way"),
    [
        ({}, "2024-05-31", ELIGIBLE, "", ""),
        ({"progress_report": "not_due"}, "2024-05-31", ELIGIBLE, "", ""),
        ({"progress_report": "not_filed"}, "2024-05-31", NOT_ELIGIBLE, "", "report_filed"),
        ({"progress_report": ""}, "2024-05-31", OPEN, "", "report_filed"),
        ({"mayor_signed": "no"}, "2024-05-31", NOT_ELIGIBLE, "", "mayor_signed"),
        ({"consent_signed": ""}, "2024-05-31", OPEN, "", "consent_signed"),
        ({"member_since": "2023-05-31"}, "2024-05-31", NOT_ELIGIBLE, "2024-06-01", "member_over_12_months"),
        ({"member_since": "2023-05-31"}, "2024-06-01", ELIGIBLE, "", ""),
        ({"member_since": "2024-02-14"}, "2024-05-31", NOT_ELIGIBLE, "2025-02-15", "member_over_12_months"),
        (
            {"member": "no", "member_since": ""},
            "2024-05-31",
            NOT_ELIGIBLE,
            "",
            "member member_over_12_months",
        ),
        (
            {"name": "Dublin", "country": "IRL"},
            "2027-05-31",
            NOT_ELIGIBLE,
            "2027-10-28",
            "six_years_after_award",
        ),
        ({"name": "Dublin", "country": "IRL"}, "2027-10-28", ELIGIBLE, "", ""),
        ({"country": "USA"}, "2026-12-31", ELIGIBLE, "", ""),
        ({"country": "USA"}, "2027-01-01", NOT_ELIGIBLE, "", "member_state"),
        ({"country": "LIE"}, "2024-05-31", NOT_ELIGIBLE, "", "member_state"),
        ({"country": "VAT"}, "2024-05-31", NOT_ELIGIBLE, "", "member_state"),
        ({"country": "PSE"}, "2024-05-31", ELIGIBLE, "", ""),
    ],
)
def test_a_candidate_of_the_unesco_award(
    facts: dict[str, str], on: str, verdict: str, free_from: str, in_the_way: str
) -> None:
    award = unesco_2024()
    known = READY | facts
    candidate = Candidate("x", (known.pop("name", "Nordvik"),), known.pop("country", "NOR"), known)
    standing = evaluate(award.eligibility, [candidate], {"deadline": day(on)}, award.past, award.states)[0]
    assert standing.verdict == verdict
    assert (standing.free_from.isoformat() if standing.free_from else "") == free_from
    assert [answer.rule for answer in standing.answers if not answer.passes] == in_the_way.split()


def test_eight_criteria_of_equal_weight_with_their_links() -> None:
    award = unesco_2024()
    assert [(one.id, one.weight) for one in award.criteria] == [(id, 0.125) for id in CRITERION_IDS]
    links = {one.id: " ".join(one.nodes) for one in award.criteria}
    assert links == {
        "plan": "10.1 10.2",
        "partners": "11.1 11.2",
        "resources": "12.1 12.2 12.3 12.4",
        "monitoring": "10.3",
        "access": "4 5 6 7.2",
        "culture": "9",
        "innovation": "",
        "network": "",
    }
    assert {theme for one in award.criteria for theme in one.themes} <= {one.code for one in yeonsu().themes}


def test_what_the_shipped_award_says_of_itself() -> None:
    award = unesco_2024()
    assert (award.confirmed, award.counts) == (False, "progress_since_joining")
    assert award.marks == Marks(1, 5, 0.5)
    assert award.dates == {"deadline": day("2024-05-31"), "conferred": day("2024-12-02")}
    assert {rule.kind for rule in award.eligibility} <= set(KINDS)
    assert (award.rule("member_over_12_months").months, award.rule("six_years_after_award").months) == (
        12,
        72,
    )
    assert award.rule("two_per_commission").number == 2
    binding = {(rule.kind, rule.of): rule.number for rule in award.selection if rule.binding}
    assert binding == {("winners", ""): 10, ("at_most_per", "country"): 1}
    assert [one.kind for one in award.tie_breaks][-1] == "vote"
    assert "UNESCO publishes neither" in award.rubric_by["en"]


def test_every_anchor_is_of_its_own_in_both_languages() -> None:
    for words in unesco_2024().criterion_words.values():
        anchors = [anchor for one in words.values() for anchor in one.anchors.values()]
        assert len(anchors) == len(set(anchors)) == 40
        assert all(list(one.anchors) == [1, 2, 3, 4, 5] for one in words.values())


def test_every_source_is_used_and_has_an_address() -> None:
    award = unesco_2024()
    rules = (*award.criteria, *award.eligibility, *award.selection, *award.tie_breaks)
    used = {source for rule in rules for source in rule.sources}
    used |= {one.source for one in award.past}
    used |= {one.source for several in award.states.absences.values() for one in several}
    assert used == set(award.sources)
    assert all(source.url.startswith("https://") for id, source in award.sources.items() if id != "own")


def test_a_national_award_is_another_folder() -> None:
    award = load_award(NATIONAL)
    assert (award.marks, award.regions, award.languages) == (Marks(0, 3, 1.0), ("north", "south"), ("en",))
    assert [one.weight for one in award.criteria] == [0.5, 0.25, 0.25]
    assert [one.round for one in award.past] == ["2024"]  # the other series is not its business
    towns = [
        Candidate("a", ("Aalto",), "FIN", {"population": "6000", "region": "north"}),
        Candidate("b", ("Berga",), "FIN", {"population": "4999", "region": "north"}),
        Candidate("c", ("Cedra",), "SWE", {"population": "6000", "region": "north"}),
        Candidate("d", ("Dalen",), "FIN", {"population": "6000", "region": "south"}),
        Candidate("e", ("Eiden",), "FIN", {"population": "", "region": "south"}),
    ]
    standings = evaluate(award.eligibility, towns, award.dates, award.past, award.states)
    assert {one.candidate: one.verdict for one in standings} == {
        "a": ELIGIBLE,  # two years after 29 February 2024 are over with 28 February 2026
        "b": NOT_ELIGIBLE,
        "c": NOT_ELIGIBLE,
        "d": ELIGIBLE,
        "e": OPEN,
    }
    ends = standings[0].answer("two_years_after_award").found.ends
    assert ends == day("2026-02-28")
    assert standings[0].answer("three_per_region").on == day("2026-03-15")


def shelf_copy(into: Path) -> Path:
    return Path(shutil.copytree(AWARDS, into / "awards"))


def loaded(shelf: Path) -> Award:
    return load_award(shelf / "unesco_2024", key_features(), yeonsu())


U = "unesco_2024"
TOML, CRITERIA, RULES = f"{U}/award.toml", f"{U}/criteria.csv", f"{U}/eligibility.csv"
SELECTION, TIES = f"{U}/selection.csv", f"{U}/tie_breaks.csv"
ZH = f"{U}/words/zh"
WON, AWAY = "awards/winners.csv", "awards/absences.csv"
SIX, TWELVE = "six_years_after_award", "member_over_12_months"

# Case -> damage to the shelf, file, line, what the reason says.
BROKEN: dict[str, tuple[Damage, str, int, str]] = {
    "no settings": (delete(TOML), TOML, 0, "the file is missing"),
    "no rules": (delete(RULES), RULES, 0, "the file is missing"),
    "no rubric": (delete(f"{ZH}/rubric.csv"), f"{ZH}/rubric.csv", 0, "the file is missing"),
    # award.toml
    "unknown key": (text(TOML, "counts =", "count ="), TOML, 8, 'the key "count" is unknown here'),
    "unknown count": (text(TOML, "progress_since_joining", "fame"), TOML, 8, 'counts is "fame"'),
    "text for a flag": (text(TOML, "= false", '= "no"'), TOML, 7, "must be true or false"),
    "other framework": (text(TOML, "key_features_2013", "hdi"), TOML, 9, 'framework is "hdi"'),
    "other declaration": (text(TOML, "yeonsu_2021", "beijing"), TOML, 10, 'declaration is "beijing"'),
    "name missing": (text(TOML, 'zh = "2024', 'fr = "2024'), TOML, 15, 'the key "fr" is unknown here'),
    "no section": (text(TOML, "[marks]", "[mark]"), TOML, 25, 'the key "mark" is unknown here'),
    "marks upside down": (text(TOML, "highest = 5", "highest = 1"), TOML, 27, "must lie from 2 to 100"),
    "step of a third": (text(TOML, "step = 0.5", "step = 0.3"), TOML, 28, "whole steps must make up a level"),
    "step of nothing": (text(TOML, "step = 0.5", "step = 0"), TOML, 28, "whole steps must make up a level"),
    "date as text": (text(TOML, "= 2024-05-31", '= "2024-05-31"'), TOML, 31, "must be a day"),
    "moment for a day": (text(TOML, "= 2024-05-31", "= 2024-05-31T12:00:00Z"), TOML, 31, "must be a day"),
    "no deadline": (text(TOML, "deadline =", "closing ="), TOML, 30, 'the key "deadline" is missing'),
    "conferred too soon": (text(TOML, "2024-12-02", "2024-05-30"), TOML, 32, "before the deadline"),
    "region missing": (text(TOML, '"africa", ', ""), TOML, 11, 'regions lacks "africa"'),
    "region of another kind": (text(TOML, '"africa"', '"africa", "moon"'), TOML, 11, "all five or none"),
    # the shelf
    "winner of no country": (
        text("winners.csv", "安曼市,JOR", "安曼市,JRO"),
        WON,
        2,
        "no country in countries.csv",
    ),
    "winner of another country": (
        text("winners.csv", "安曼市,JOR", "安曼市,CHN"),
        WON,
        2,
        'lies in "asia_pacific"',
    ),
    "winner twice": (
        text("winners.csv", ",2015,bahir_dar,", ",2015,amman,"),
        WON,
        3,
        'city "amman" stands twice in the round of 2015',
    ),
    "two ids for a city": (text("winners.csv", ",2024,cork,", ",2024,corcaigh,"), WON, 52, "share a name"),
    "a day that is none": (text("winners.csv", "2021-10-27", "2021-02-30"), WON, 40, "no calendar has"),
    "award of no source": (text("winners.csv", ",awards_2021", ",news"), WON, 40, 'source is "news"'),
    "name missing in a language": (text("winners.csv", ",安曼,", ",,"), WON, 2, "name_zh is empty"),
    "absence upside down": (text("absences.csv", "2023-07-09", "2018-07-09"), AWAY, 5, "lies after last"),
    "absence in an absence": (text("absences.csv", "USA,2027", "USA,2022"), AWAY, 6, "not over by then"),
    "absence from a month on": (
        text("absences.csv", "NIC,2027-01-01", "NIC,2027-01"),
        AWAY,
        4,
        "must be one day",
    ),
    "absence of nobody": (text("absences.csv", "LIE", "LXX"), AWAY, 3, "no country in countries.csv"),
    "source in one language": (
        drop("words/zh/sources.csv", "own"),
        "awards/words/zh/sources.csv",
        0,
        'there is no line for id "own"',
    ),
    # criteria
    "criterion twice": (cell(CRITERIA, "plan", id="network"), CRITERIA, 9, 'id "network" stands twice'),
    "some weights": (cell(CRITERIA, "plan", weight="2"), CRITERIA, 3, "give all of them one, or none"),
    "weight below 0": (cell(CRITERIA, "plan", weight="-1"), CRITERIA, 2, "must be 0 or more"),
    "no feature": (cell(CRITERIA, "plan", nodes="10.9"), CRITERIA, 2, 'no feature or focus area "10.9"'),
    "a measurement": (cell(CRITERIA, "plan", nodes="10.1.1"), CRITERIA, 2, 'focus area "10.1.1"'),
    "no theme": (cell(CRITERIA, "plan", themes="99"), CRITERIA, 2, 'no theme "99" in yeonsu_2021'),
    "criterion of no source": (cell(CRITERIA, "plan", source=""), CRITERIA, 2, "source is empty"),
    "criterion of another source": (cell(CRITERIA, "plan", source="x"), CRITERIA, 2, 'source is "x"'),
    # eligibility
    "unknown kind": (cell(RULES, SIX, kind="luck"), RULES, 4, 'kind is "luck"'),
    "period without a unit": (cell(RULES, SIX, threshold="6"), RULES, 4, "write it as in 12 months"),
    "period in weeks": (cell(RULES, TWELVE, threshold="52 weeks"), RULES, 3, "write it as in 12 months"),
    "no period": (cell(RULES, TWELVE, threshold="0 months"), RULES, 3, "must lie from 1 to 1200"),
    "quota of none": (cell(RULES, "two_per_commission", threshold="0"), RULES, 7, "must be at least 1"),
    "quota of a half": (cell(RULES, "two_per_commission", threshold="1.5"), RULES, 7, "not a whole number"),
    "nothing accepted": (cell(RULES, "nominated", threshold=""), RULES, 6, "threshold is empty"),
    "no such option": (cell(RULES, "nominated", threshold="maybe"), RULES, 6, "none of the options"),
    "options of a date": (cell(RULES, TWELVE, options="yes no"), RULES, 3, "has none"),
    "threshold of a state": (cell(RULES, "member_state", threshold="1"), RULES, 5, "has none"),
    "unknown date": (cell(RULES, SIX, asked_on="dawn"), RULES, 4, 'asked_on is "dawn"'),
    "unknown confidence": (cell(RULES, SIX, confidence="sure"), RULES, 4, 'confidence is "sure"'),
    "no fact": (cell(RULES, SIX, fact=""), RULES, 4, "fact is empty"),
    "rule twice": (cell(RULES, "nominated", id="member"), RULES, 6, 'id "member" stands twice'),
    # selection
    "no number of winners": (drop(SELECTION, "ten_winners"), SELECTION, 0, 'no line of kind "winners"'),
    "winners of something": (cell(SELECTION, "ten_winners", of="africa"), SELECTION, 2, "is of nothing"),
    "wish for no region": (cell(SELECTION, "wish_africa", of="moon"), SELECTION, 4, 'of is "moon"'),
    "one per what": (cell(SELECTION, "one_per_country", of="colour"), SELECTION, 3, 'of is "colour"'),
    "minimum too high": (
        cell(SELECTION, "no_criterion_empty", number="6"),
        SELECTION,
        9,
        "must lie from 1 to 5",
    ),
    "minimum of no criterion": (cell(SELECTION, "no_criterion_empty", of="x"), SELECTION, 9, 'of is "x"'),
    "same bound twice": (cell(SELECTION, "wish_africa", of="arab_states"), SELECTION, 5, "stands twice"),
    "binding perhaps": (
        cell(SELECTION, "wish_africa", binding="perhaps"),
        SELECTION,
        4,
        'binding is "perhaps"',
    ),
    "id of another table": (
        cell(SELECTION, "ten_winners", id="member"),
        SELECTION,
        2,
        'id "member" stands in another table of rules',
    ),
    # tie-breaks
    "tie-break by no criterion": (cell(TIES, "higher_access", of="x"), TIES, 3, 'of is "x"'),
    "tie-break after the vote": (
        move(TIES, "region_without_winner", "vote_of_jury"),
        TIES,
        5,
        "nothing can stand after it",
    ),
    "tie-break twice": (
        cell(TIES, "region_without_winner", kind="lowest_mark"),
        TIES,
        4,
        "the second can decide nothing",
    ),
    # words
    "level without an anchor": (
        text(
            f"{ZH}/rubric.csv",
            "plan,5,规划已落实，与居民一起评估并至少更新过一次；城市的变化可追溯到规划。\n",
            "",
        ),
        f"{ZH}/rubric.csv",
        0,
        'there is no line for level 5 of criterion "plan"',
    ),
    "level beyond": (add(f"{ZH}/rubric.csv", "plan", "6", "x"), f"{ZH}/rubric.csv", 42, 'level is "6"'),
    "level twice": (add(f"{ZH}/rubric.csv", "plan", "5", "x"), f"{ZH}/rubric.csv", 42, "stands twice"),
    "anchor of nothing": (add(f"{ZH}/rubric.csv", "x", "5", "x"), f"{ZH}/rubric.csv", 42, 'criterion is "x"'),
    "rule without words": (drop(f"{ZH}/rules.csv", SIX), f"{ZH}/rules.csv", 0, f'no line for id "{SIX}"'),
    "words of no rule": (add(f"{ZH}/rules.csv", "x", "x", "x"), f"{ZH}/rules.csv", 23, '"x" is not in'),
    "no question": (drop(f"{ZH}/questions.csv", "member"), f"{ZH}/questions.csv", 0, 'for fact "member"'),
    "region without a name": (
        drop(f"{ZH}/terms.csv", "region.africa"),
        f"{ZH}/terms.csv",
        0,
        'for key "region.africa"',
    ),
    "option without a name": (
        drop(f"{ZH}/terms.csv", "option.filed"),
        f"{ZH}/terms.csv",
        0,
        'for key "option.filed"',
    ),
    "criterion without a title": (
        cell(f"{ZH}/criteria.csv", "plan", title=""),
        f"{ZH}/criteria.csv",
        2,
        "title is empty",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_wrong_folder_is_refused_with_file_line_and_reason(case: str, tmp_path: Path) -> None:
    damage, file, line, reason = BROKEN[case]
    shelf = shelf_copy(tmp_path)
    damage(shelf)
    with pytest.raises(CatalogueError) as refused:
        loaded(shelf)
    assert (refused.value.file, refused.value.line) == (file, line)
    assert reason in refused.value.reason


def test_a_city_in_two_countries_is_refused(tmp_path: Path) -> None:
    shelf = shelf_copy(tmp_path)
    path = shelf / "winners.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (number,) = (number for number, line in enumerate(lines) if ",2024,cork," in line)
    lines[number] = lines[number].replace(",IRL,", ",GBR,")
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(CatalogueError, match='city "cork" stands in IRL in the round of 2015') as refused:
        loaded(shelf)
    assert refused.value.line == number + 1


@pytest.mark.parametrize("name", ["criteria.csv", "tie_breaks.csv"])
def test_an_empty_table_is_refused(name: str, tmp_path: Path) -> None:
    shelf = shelf_copy(tmp_path)
    path = shelf / U / name
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="the table holds no") as refused:
        loaded(shelf)
    assert (refused.value.file, refused.value.line) == (f"{U}/{name}", 0)


def test_links_need_the_framework_they_lead_to(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(NATIONAL.parent, tmp_path / "awards")) / NATIONAL.name
    cell("criteria.csv", "reading", nodes="1.1")(folder)
    with pytest.raises(CatalogueError, match="the award names no framework"):
        load_award(folder)
    cell("criteria.csv", "reading", nodes="", themes="7")(folder)
    with pytest.raises(CatalogueError, match="the award names no declaration"):
        load_award(folder)
    cell("criteria.csv", "reading", themes="", weight="0")(folder)
    cell("criteria.csv", "meeting", weight="0")(folder)
    cell("criteria.csv", "making", weight="0")(folder)
    with pytest.raises(CatalogueError, match="no criterion weighs anything"):
        load_award(folder)
