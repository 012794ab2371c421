"""What can be wrong in a framework folder, and the file, line and reason that the loader must name."""

from __future__ import annotations

from tests.indicators.damage import (
    Damage,
    add,
    cell,
    column,
    content,
    delete,
    drop,
    move,
    read,
    text,
    together,
    without_column,
    write,
)

TOML = "framework.toml"
NODES = "nodes.csv"
WORDS = "words/zh/nodes.csv"

# Case -> damage, file, line, reason; the folder is that of the Key Features.
BROKEN: dict[str, tuple[Damage, str, int, str]] = {
    # files and tables
    "no settings": (delete(TOML), TOML, 0, "the file is missing"),
    "no nodes": (delete(NODES), NODES, 0, "the file is missing"),
    "no sources": (delete("sources.csv"), "sources.csv", 0, "the file is missing"),
    "no words of a language": (delete(WORDS), WORDS, 0, "the file is missing"),
    "no ladder": (delete("words/en/ladder.csv"), "words/en/ladder.csv", 0, "the file is missing"),
    "not UTF-8": (
        content(NODES, b"code,\xff\n"),
        NODES,
        1,
        "the file is not UTF-8 (byte 5); save it in UTF-8",
    ),
    "empty file": (content(NODES, b""), NODES, 0, "the file is empty"),
    "header only": (
        lambda folder: write(folder / NODES, read(folder / NODES)[:1]),
        NODES,
        0,
        "the table holds no node",
    ),
    "line too short": (
        text(NODES, "G1,city,group,3,,,,,,,,,,,,,no,,,,,", "G1,city,group,3"),
        NODES,
        3,
        "the line has 4 cells, the header has 22",
    ),
    "quote left open": (
        text(NODES, "G1,city", '"G1,city'),
        NODES,
        3,
        "the line is not well-formed CSV (unexpected end of data)",
    ),
    "missing column": (without_column(NODES, "weight"), NODES, 1, 'the column "weight" is missing'),
    "misspelt column": (column(NODES, "weight", "wieght"), NODES, 1, 'the column "weight" is missing'),
    "unknown column": (
        lambda folder: write(
            folder / "words/en/units.csv", [[*row, "x"] for row in read(folder / "words/en/units.csv")]
        ),
        "words/en/units.csv",
        1,
        'the column "x" is unknown; the columns are "unit", "name"',
    ),
    "repeated column": (
        lambda folder: write(
            folder / "words/en/units.csv", [[*row, row[1]] for row in read(folder / "words/en/units.csv")]
        ),
        "words/en/units.csv",
        1,
        'the column "name" stands twice',
    ),
    # framework.toml
    "bad TOML": (
        text(TOML, 'edition = "2013.1"', "edition = 2013.1.0"),
        TOML,
        4,
        "the file is not well-formed TOML (Expected newline or end of document after a statement)",
    ),
    "missing key": (
        text(TOML, 'edition = "2013.1"\n', ""),
        TOML,
        1,
        'the key "edition" is missing in the top of the file',
    ),
    "missing key of a section": (
        text(TOML, "cap_level = 0.50\n", ""),
        TOML,
        55,
        'the key "cap_level" is missing in [remit]',
    ),
    "misspelt section": (
        text(TOML, "[ages]", "[age]"),
        TOML,
        62,
        'the key "age" is unknown here; the keys are "id", "edition", "root", "languages", "text_status", '
        '"levels", "baskets", "points", "remit", "ages", "bands", "evidence_grades", '
        '"uncertainty"',
    ),
    "misspelt key": (
        text(TOML, "weak = true", "week = true"),
        TOML,
        106,
        'the key "week" is unknown here; the keys are "id", "weak", "half_width"',
    ),
    "unknown text status": (
        text(TOML, '"reconstructed"', '"official"'),
        TOML,
        9,
        'text_status is "official" and must be one of "published", "reconstructed", "own"',
    ),
    "language twice": (
        text(TOML, '["en", "zh"]', '["en", "en"]'),
        TOML,
        6,
        "languages names something twice",
    ),
    "no language": (
        text(TOML, '["en", "zh"]', "[]"),
        TOML,
        6,
        "languages must be a list of texts, at least one",
    ),
    "language is no list": (
        text(TOML, '["en", "zh"]', '"en"'),
        TOML,
        6,
        "languages is 'en' and must be a list of texts",
    ),
    "empty text": (text(TOML, '"2013.1"', '""'), TOML, 4, "edition is empty"),
    "number for a text": (text(TOML, '"2013.1"', "2013.1"), TOML, 4, "edition is 2013.1 and must be a text"),
    "coverage above 1": (
        text(TOML, "coverage = 0.80", "coverage = 80"),
        TOML,
        17,
        "coverage is 80 and must lie from 0 to 1",
    ),
    "text for a number": (
        text(TOML, "coverage = 0.80", 'coverage = "80 %"'),
        TOML,
        17,
        "coverage is '80 %' and must be a number",
    ),
    "true for a number": (
        text(TOML, "coverage = 0.80", "coverage = true"),
        TOML,
        17,
        "coverage is True and must be a number",
    ),
    "half a decimal": (
        text(TOML, "published_decimals = 1", "published_decimals = 1.5"),
        TOML,
        53,
        "published_decimals is 1.5 and must be a whole number",
    ),
    "text for a flag": (
        text(TOML, "weak = true", 'weak = "yes"'),
        TOML,
        106,
        "weak is 'yes' and must be true or false",
    ),
    "unknown aggregation": (
        text(TOML, '"arithmetic"', '"harmonic"'),
        TOML,
        16,
        'aggregation is "harmonic" and must be one of "arithmetic", "geometric"',
    ),
    "aggregation below everything": (
        text(TOML, 'name = "measurement"', 'name = "measurement"\naggregation = "arithmetic"'),
        TOML,
        34,
        "the lowest level has nothing to join, so it has no aggregation",
    ),
    "level twice": (
        text(TOML, 'name = "group"', 'name = "city"'),
        TOML,
        20,
        'name "city" stands twice',
    ),
    "a section for repeated ones": (
        text(
            TOML,
            '[[bands]]\nid = "D"\nfrom = 0\n\n[[bands]]\nid = "C"\nfrom = 40\n\n'
            '[[bands]]\nid = "B"\nfrom = 60\n\n[[bands]]\nid = "A"\nfrom = 80\n',
            '[bands]\nid = "D"\n',
        ),
        TOML,
        68,
        "bands must be repeated sections, each written [[bands]]",
    ),
    "repeated ones for a section": (
        text(TOML, "[ages]", "[[ages]]"),
        TOML,
        62,
        "ages must be one section, written [ages]",
    ),
    "basket of nothing": (
        text(TOML, 'includes = ["core"]', "includes = []"),
        TOML,
        38,
        "includes must be a list of texts, at least one",
    ),
    "ladder that does not fill the points": (
        text(TOML, "ladder_step = 20", "ladder_step = 25"),
        TOML,
        48,
        "ladder_levels times ladder_step must give the maximum",
    ),
    "no floor": (
        text(TOML, "geometric_floor = 1\n", "geometric_floor = 0\n"),
        TOML,
        50,
        "geometric_floor must be above 0",
    ),
    "geometric mean of measurements": (
        text(TOML, 'geometric_level = "focus_area"', 'geometric_level = "measurement"'),
        TOML,
        51,
        'geometric_level is "measurement" and must be one of "city", "group", "focus_area", "feature"',
    ),
    "cap above 1": (
        text(TOML, "cap_overall = 0.15", "cap_overall = 15"),
        TOML,
        60,
        "cap_overall is 15 and must lie from 0 to 1",
    ),
    "refused before marked": (
        text(TOML, "refused_over = 10", "refused_over = 2"),
        TOML,
        65,
        "refused_over is 2 and must lie from 3 to 9999",
    ),
    "bands that do not rise": (
        text(TOML, "from = 60", "from = 40"),
        TOML,
        78,
        'band "B" must start above band "C"',
    ),
    "bands that leave out 0": (
        text(TOML, "from = 0\n", "from = 10\n"),
        TOML,
        70,
        "the first band must start from 0",
    ),
    # sources.csv
    "source twice": (
        add("sources.csv", "sdg4", "x", "x", "", "", ""),
        "sources.csv",
        23,
        'id "sdg4" stands twice; first on line 2',
    ),
    "source without title": (cell("sources.csv", "hdi", title=""), "sources.csv", 8, "title is empty"),
    "source with a strange address": (
        cell("sources.csv", "hdi", url="javascript:alert(1)"),
        "sources.csv",
        8,
        'url is "javascript:alert(1)" and must start with https:// or http://',
    ),
    # the tree
    "unknown parent": (cell(NODES, "1.1", parent="77"), NODES, 7, 'the parent "77" is unknown'),
    "parent later": (
        move(NODES, "1.1", "1.1.1"),
        NODES,
        7,
        'the parent "1.1" stands later, on line 8; it must come first',
    ),
    "circle": (
        together(cell(NODES, "1", parent="1.1"), cell(NODES, "1.1", parent="1")),
        NODES,
        6,
        "the parents run in a circle: 1 → 1.1 → 1",
    ),
    "own parent": (
        cell(NODES, "1", parent="1"),
        NODES,
        6,
        "the parents run in a circle: 1 → 1",
    ),
    "code twice": (cell(NODES, "1.2", code="1.1"), NODES, 9, 'code "1.1" stands twice; first on line 7'),
    "no code": (cell(NODES, "1.2", code=""), NODES, 9, "code is empty"),
    "second root": (
        cell(NODES, "G2", parent=""),
        NODES,
        4,
        '"G2" has no parent; only the root "city" stands without one',
    ),
    "root with a parent": (
        cell(NODES, "city", parent="G1"),
        NODES,
        2,
        'the root "city" must have no parent, not "G1"',
    ),
    "root of a lower level": (
        cell(NODES, "city", level="group"),
        NODES,
        2,
        'the root "city" must be of the first level, "city"',
    ),
    "unknown level": (
        cell(NODES, "1", level="area"),
        NODES,
        6,
        'level is "area" and must be one of "city", "group", "focus_area", "feature", "measurement"',
    ),
    "child of a higher level": (
        cell(NODES, "1", level="city"),
        NODES,
        6,
        '"1" is of level "city" and its parent "G1" of level "group"; a parent must be of a higher level',
    ),
    "nothing underneath": (
        drop(NODES, "1.1.1"),
        NODES,
        7,
        'nothing stands under "1.1", yet only level "measurement" is measured',
    ),
    "negative weight": (
        cell(NODES, "1.1.1", weight="-1"),
        NODES,
        8,
        'weight is "-1" and must not be negative',
    ),
    "no positive weight": (
        cell(NODES, "1.1.1", weight="0"),
        NODES,
        7,
        'no weight under "1.1" is above 0',
    ),
    "text for a weight": (
        cell(NODES, "1.1.1", weight="one"),
        NODES,
        8,
        'weight is "one", which is not a number; write it as in 4.5',
    ),
    "decimal comma": (
        cell(NODES, "2.2.1", lower="4,9"),
        NODES,
        23,
        'lower is "4,9", which is not a number; write it as in 4.5',
    ),
    "not a number": (
        cell(NODES, "2.2.1", upper="nan"),
        NODES,
        23,
        'upper is "nan", which is not a number; write it as in 4.5',
    ),
    "neither yes nor no": (
        cell(NODES, "1.1", wording_verified="maybe"),
        NODES,
        7,
        'wording_verified is "maybe" and must be one of "yes", "no"',
    ),
    "strange goal": (
        cell(NODES, "1", sdg="4.6 18"),
        NODES,
        6,
        'sdg holds "18", which is neither a goal (4) nor a target (4.6)',
    ),
    # measurements
    "measured above the lowest level": (
        cell(NODES, "1.1", unit="percent"),
        NODES,
        7,
        'unit is "percent", but only the lowest level, "measurement", is measured',
    ),
    "no unit": (cell(NODES, "1.1.1", unit=""), NODES, 8, "unit is empty"),
    "unknown direction": (
        cell(NODES, "1.1.1", direction="up"),
        NODES,
        8,
        'direction is "up" and must be one of "1", "-1", "0"',
    ),
    "unknown method": (
        cell(NODES, "1.1.1", method="guess"),
        NODES,
        8,
        'method is "guess" and must be one of "official", "survey", "expert"',
    ),
    "unknown basket": (
        cell(NODES, "1.1.1", basket="small"),
        NODES,
        8,
        'basket is "small" and must be one of "core", "full"',
    ),
    "unknown scale": (
        cell(NODES, "1.1.1", scale="cubic"),
        NODES,
        8,
        'scale is "cubic" and must be one of "linear", "log", "ladder", "none"',
    ),
    "unknown role": (
        cell(NODES, "1.1.1", role="hidden"),
        NODES,
        8,
        'role is "hidden" and must be one of "scored", "shown", "doubtful"',
    ),
    "scored on no scale": (
        cell(NODES, "1.4.1", role="scored"),
        NODES,
        16,
        'scale is "none", so role must not be "scored"',
    ),
    "scored in no direction": (
        cell(NODES, "1.1.1", direction="0"),
        NODES,
        8,
        'direction is "0", so role must not be "scored"',
    ),
    "no goalpost": (cell(NODES, "1.1.1", lower=""), NODES, 8, "lower is empty"),
    "goalposts without kind": (
        cell(NODES, "1.1.1", goalpost_kind=""),
        NODES,
        8,
        'goalpost_kind is "" and must be one of "normative", "statistical", "convention"',
    ),
    "goalposts without a kind below": (
        cell(NODES, "1.1.1", floor_kind=""),
        NODES,
        8,
        'floor_kind is "" and must be one of "normative", "statistical", "convention"',
    ),
    "goalposts without source": (
        cell(NODES, "1.1.1", goalpost_source=""),
        NODES,
        8,
        "goalpost_source is empty",
    ),
    "goalposts without scope": (
        cell(NODES, "1.1.1", goalpost_scope=""),
        NODES,
        8,
        "goalpost_scope is empty",
    ),
    "unknown source": (
        together(drop("sources.csv", "sdgi"), drop("words/zh/sources.csv", "sdgi")),
        NODES,
        8,
        'the source "sdgi" is unknown; sources.csv holds "sdg4", "tool", "unv", "cedaw40", "eu2022boards", '
        '"hdi", "sdg1", "wb2025", "who", "c40climate", "c40waste", "sdg11", "eea2030", "epsr", "efa", '
        '"oecd", "itu2030", "edu2030", "caf", "u4ssc"',
    ),
    "goalposts the wrong way round": (
        cell(NODES, "1.1.1", lower="100", upper="45"),
        NODES,
        8,
        "lower is 100 and must be below upper, 45",
    ),
    "goalposts on one spot": (
        cell(NODES, "1.1.1", lower="100"),
        NODES,
        8,
        "lower is 100 and must be below upper, 100",
    ),
    "logarithm of 0": (
        cell(NODES, "2.1.1", lower="0"),
        NODES,
        20,
        "lower is 0; a log scale needs goalposts above 0",
    ),
    "ladder of other length": (
        cell(NODES, "3.3.1", upper="4"),
        NODES,
        38,
        "a ladder runs from 0 to 5, not from 0 to 4",
    ),
    "goalposts that nobody uses": (
        cell(NODES, "1.4.1", upper="9000"),
        NODES,
        16,
        'upper is "9000", but scale "none" has no goalposts',
    ),
    "plausible the wrong way round": (
        cell(NODES, "1.1.1", plausible_low="200"),
        NODES,
        8,
        "plausible_low is 200 and must be below plausible_high, 100",
    ),
    # words
    "node without words": (drop(WORDS, "2.3"), WORDS, 0, 'there is no line for code "2.3"'),
    "empty title": (cell(WORDS, "2.3", title=""), WORDS, 24, "title is empty"),
    "empty example": (cell(WORDS, "1.1.1", example=""), WORDS, 8, "example is empty"),
    "words for no node": (
        add(WORDS, "12.5", "x", "x", "x", "", ""),
        WORDS,
        120,
        'there is no node "12.5" in nodes.csv',
    ),
    "words twice": (
        add(WORDS, "12.4", "x", "x", "x", "", ""),
        WORDS,
        120,
        'code "12.4" stands twice; first on line 118',
    ),
    "unit without words": (
        drop("words/zh/units.csv", "kg_capita"),
        "words/zh/units.csv",
        0,
        'there is no line for unit "kg_capita"',
    ),
    "unit without a name": (
        cell("words/zh/units.csv", "kg_capita", name=" "),
        "words/zh/units.csv",
        7,
        "name is empty",
    ),
    "ladder without a level": (
        drop("words/en/ladder.csv", "3"),
        "words/en/ladder.csv",
        0,
        'there is no line for level "3"',
    ),
    "ladder without levels": (
        lambda folder: write(folder / "words/en/ladder.csv", read(folder / "words/en/ladder.csv")[:1]),
        "words/en/ladder.csv",
        0,
        'there is no line for level "0"',
    ),
    "ladder too long": (
        add("words/en/ladder.csv", "6", "x", "x"),
        "words/en/ladder.csv",
        8,
        'level is "6"; the ladder runs from 0 to 5',
    ),
    "band without a name": (
        drop("words/zh/terms.csv", "band.B"),
        "words/zh/terms.csv",
        0,
        'there is no line for key "band.B"',
    ),
    "scope without a name": (
        cell(NODES, "1.1.1", goalpost_scope="oecd"),
        "words/en/terms.csv",
        0,
        'there is no line for key "scope.oecd"',
    ),
    "source without words": (
        drop("words/zh/sources.csv", "hdi"),
        "words/zh/sources.csv",
        0,
        'there is no line for id "hdi"',
    ),
    "source without a note": (
        cell("words/zh/sources.csv", "hdi", note=""),
        "words/zh/sources.csv",
        8,
        "note is empty",
    ),
    # several faults: the first of the fixed order is named
    "several faults": (
        together(drop(WORDS, "2.3"), cell(NODES, "2.1.1", lower="0"), cell(NODES, "1.1.1", unit="")),
        NODES,
        8,
        "unit is empty",
    ),
}
