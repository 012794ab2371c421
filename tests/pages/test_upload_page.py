"""The upload page as clumsy people use it: wrong files, many files, the same file twice, a reload in between."""

from __future__ import annotations

import re

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from indicators.guard import MEGABYTE
from tests.indicators.faults import A1, PROFILE, RATINGS
from tests.pages.reading import english_phrases, open_page, whole_text
from tests.workbooks import blank, changed, filled

pytestmark = pytest.mark.usefixtures("data_folder")
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = ("plan.pdf", b"%PDF-1.7\n")
CITY_PAGES = ("city_overview", "city_areas", "city_themes", "city_compare")
EVIL = "<img src=x onerror=alert(1)> **b** [x](http://evil.example) $x$ :smile: `c` =1+1"


def _named(name: str, literacy: float = 50) -> bytes:
    def edit(book: Workbook) -> None:
        book[PROFILE]["B4"].value, book[PROFILE]["B4"].data_type = name, "s"
        book[A1]["F5"] = literacy

    return changed(filled(), edit)


def _upload(*files: tuple[str, bytes], app: AppTest | None = None, **address: str) -> AppTest:
    """Drop files into the page."""
    app = app or open_page("city_upload", **{"lang": "en", **address})
    app.get("file_uploader")[0].set_value([(name, data, KIND) for name, data in files])
    app.run()
    assert not app.exception
    return app


def _address(app: AppTest) -> str:
    """The upload in the address."""
    return "".join(app.query_params.get("city", [""]))


def _errors(app: AppTest) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", str(one.value)) for one in app.error]


def _asked(app: AppTest) -> list[str]:
    return [one.label for one in app.button if one.key and one.key.startswith(("same_", "other_"))]


# What is no workbook


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        (*PDF, "The file is a PDF"),
        ("city.xlsx", b"", "The file is empty"),
        ("city.xlsx", b"code;value\n", "The file is a text, not a workbook"),
        (
            "city.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
            "The file is in the old",
        ),
        ("city.xlsx", b"x" * (6 * MEGABYTE), "The file is too large"),
    ],
)
def test_a_wrong_file_is_told_once(name: str, data: bytes, title: str) -> None:
    app = _upload((name, data))
    (said,) = _errors(app)
    assert said.startswith(f"**{name}: {title}")


def test_a_refusal_survives_a_reload_in_either_language() -> None:
    refused = _address(_upload(PDF))
    for language, title in (("en", "The file is a PDF"), ("zh", "文件是 PDF")):
        (said,) = _errors(open_page("city_upload", lang=language, city=refused))
        assert title in said


def test_a_refusal_follows_the_language_switch() -> None:
    app = _upload(("big.xlsx", b"x" * (6 * MEGABYTE)))
    app.query_params["lang"] = "zh"
    app.run()
    (said,) = _errors(app)
    assert "文件过大" in said


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", CITY_PAGES)
def test_other_pages_show_the_refusal_instead_of_zeros(page: str, language: str) -> None:
    app = open_page(page, lang=language, city=_address(_upload(PDF)))
    assert len(app.title) == len(app.error) == 1
    assert not app.metric
    assert "0.0" not in whole_text(app)
    assert len(app.get("page_link")) == 2
    if language == "zh":
        assert english_phrases(app) == []


def test_after_a_refusal_there_is_a_way_back_to_the_city_before() -> None:
    app = _upload(("good.xlsx", filled()))
    good = _address(app)
    _upload(PDF, app=app)
    assert _address(app) not in ("", good)
    labels = [str(link.proto.label) for link in app.get("page_link")]
    assert "Back to Ålesund\\-on\\-Test" in labels


def test_an_unknown_address_is_told_and_forgotten() -> None:
    app = open_page("city_upload", lang="en", city="A" * 22)
    assert [str(one.value)[:36] for one in app.warning] == ["No workbook is kept under this addre"]
    assert _address(app) == ""


# Many files


def test_one_broken_file_among_many_is_named_and_the_others_are_open() -> None:
    files = [(f"{number}.xlsx", _named(f"City {number}")) for number in range(4)]
    app = _upload(*files[:2], PDF, *files[2:])
    (said,) = _errors(app)
    assert said.startswith("**plan.pdf: ")
    assert next(one.value for one in app.subheader) == "City 3"


def test_the_same_file_twice_is_one_workbook() -> None:
    app = _upload(("a.xlsx", filled()), ("b.xlsx", filled()))
    assert "b.xlsx: the same workbook as a.xlsx." in whole_text(app)
    assert _asked(app) == []


def test_the_same_open_question_twice_is_asked_once() -> None:
    _upload(("a.xlsx", filled()))
    again = _named("ÅLESUND ON TEST", 51)
    assert len(_asked(_upload(("b.xlsx", again), ("c.xlsx", again)))) == 2


# The same city


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("same_", "Kept as a newer workbook of the same city."),
        ("other_", "Kept as a city of its own."),
    ],
)
def test_the_question_is_asked_until_it_is_answered_and_never_again(answer: str, said: str) -> None:
    _upload(("a.xlsx", filled()))
    second = _address(_upload(("b.xlsx", _named("Ålesund-on-Test", 51))))
    # A reload does not lose the question.
    app = open_page("city_upload", lang="en", city=second)
    assert len(_asked(app)) == 2
    next(one for one in app.button if one.key and one.key.startswith(answer)).click().run()
    assert said in whole_text(app)
    assert _asked(app) == []
    app = open_page("city_upload", lang="en", city=second)
    assert _asked(app) == []


def test_of_several_cities_of_one_name_each_can_be_chosen() -> None:
    _upload(("a.xlsx", filled()))
    app = _upload(("b.xlsx", _named("Ålesund-on-Test", 51)))
    next(one for one in app.button if one.key and one.key.startswith("other_")).click().run()
    app = _upload(("c.xlsx", _named("Ålesund-on-Test", 52)))
    assert len(_asked(app)) == 3
    assert "Several cities called Ålesund-on-Test are known." in whole_text(app)


# What is shown


def test_a_problem_of_name_or_rating_is_in_view_without_a_filter() -> None:
    def spoil(book: Workbook) -> None:
        book[PROFILE]["B4"], book[RATINGS]["F4"] = None, 2.5

    app = _upload(("city.xlsx", changed(filled(), spoil)))
    text = whole_text(app)
    assert f"{PROFILE}!B4" in text
    assert "2.5 was found as the level of §7 “" in text
    upload = _address(app)
    for area, shown in (("7", False), ("elsewhere", True)):
        text = whole_text(open_page("city_upload", lang="en", city=upload, **{"in": area}))
        assert (f"{PROFILE}!B4" in text, f"{RATINGS}!F4" in text) == (shown, shown)


@pytest.mark.parametrize("page", ["city_upload", *CITY_PAGES])
def test_a_name_is_shown_and_never_rendered(page: str) -> None:
    app = open_page(page, lang="en", city=_address(_upload(("=1+1 **x**.xlsx", _named(EVIL)))))
    shown = [str(one.value) for kind in ("title", "subheader") for one in app.get(kind)]
    # The joiner keeps addresses from becoming links.
    assert any(re.sub(r"\\(.)|\u2060", r"\1", one).startswith(EVIL) for one in shown)
    for one in app.get("markdown"):
        assert not one.proto.allow_html
        assert "<img" not in re.sub(r"\\.", "", str(one.value))


def _claim_everything(book: Workbook) -> None:
    for sheet in book.worksheets:
        for row in range(4, 40):
            if sheet.title[0].isdigit() and str(sheet.cell(row, 1).value or "").count(".") == 2:
                sheet[f"F{row}"], sheet[f"H{row}"], sheet[f"L{row}"] = (
                    None,
                    "not applicable",
                    "There is none.",
                )


def _keep_only_ratings(book: Workbook) -> None:
    for sheet in book.worksheets:
        for row in range(4, 40):
            if sheet.title[0].isdigit():
                for column in "FGHIJKL":
                    sheet[f"{column}{row}"] = None


UNUSUAL = {
    "blank": blank(),
    "blank in Chinese": blank("zh"),
    "everything claimed out": changed(filled(), _claim_everything),
    "ratings alone": changed(filled(), _keep_only_ratings),
    "a name of a whole page": _named("Wort " * 4000),
}


@pytest.mark.parametrize("data", UNUSUAL.values(), ids=UNUSUAL)
def test_unusual_workbooks_have_pages_of_their_own_worth(data: bytes) -> None:
    upload = _address(_upload(("city.xlsx", data)))
    for page in ("city_upload", *CITY_PAGES):
        app = open_page(page, lang="en", city=upload)
        text = whole_text(app)
        assert len(app.title) == 1
        assert not app.error
        assert re.findall(r"\b(?:nan|NaN|None|inf|null)\b", text.replace("none that", "")) == []
        assert max(len(one.value) for one in app.title) < 300
