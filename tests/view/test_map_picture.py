"""The map as a picture: sound XML, the same each time, with every text in its place."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.curriculum.catalog import Catalog
from llmpath.guide.map import course_map
from llmpath.progress.progress import Progress
from llmpath.view.map_layout import CARD_WIDTH
from llmpath.view.map_picture import picture_of, text_width
from tests.support import catalog_of, progress_of, small, topic
from tests.view.test_map_page import HOSTILE, look, noted

SVG = "{http://www.w3.org/2000/svg}"


def picture(catalog: Catalog, progress: Progress | None = None, goal: str | None = None, **wanted: bool) -> ET.Element:
    course = course_map(catalog, progress or progress_of(catalog), goal, **wanted)
    return ET.fromstring(picture_of(course, look()))  # noqa: S314 - our own picture


def texts(picture: ET.Element, kind: str = "") -> list[str]:
    return ["".join(text.itertext()) for text in picture.iter(f"{SVG}text") if kind in text.get("class", "")]


def test_the_picture_shows_every_topic_with_number_state_and_hours() -> None:
    shown = picture(small(), progress_of(small(), numbers="done"), "agents")
    assert texts(shown, "name") == ["Numbers", "Words", "Attention", "Tuning", "Agents"]
    assert texts(shown).count("1 h left") == 4
    assert {"1.1", "2.3", "done", "to do", "your goal", "Basics", "Models"} <= set(texts(shown))


def test_it_has_a_title_and_a_description_for_those_who_do_not_see_it() -> None:
    shown = picture(small(), None, "agents")
    assert shown.get("role") == "img"
    assert shown.findtext(f"{SVG}title") == "Small Course · Map of the course"
    assert "0 of 5 topics" in (shown.findtext(f"{SVG}desc") or "")
    assert "Goal: Agents, 3 topics to go" in (shown.findtext(f"{SVG}desc") or "")


def test_it_has_its_own_paper_in_light_and_in_dark() -> None:
    text = picture_of(course_map(small(), progress_of(small())), look())
    assert text.count("--paper: #") == 2
    assert "@media (prefers-color-scheme: dark)" in text
    assert "<rect width" in text


def test_the_same_course_gives_the_same_bytes() -> None:
    course = course_map(small(), progress_of(small()))
    assert picture_of(course, look()) == picture_of(course, look())


def test_notes_are_left_out_unless_they_are_asked_for() -> None:
    progress = noted(small(), "words", "my secret")
    for asked in (False, True):
        shown = picture(small(), progress, with_notes=asked)
        tips = ["".join(title.itertext()) for title in shown.iter(f"{SVG}title")]
        assert any("my secret" in tip for tip in tips) is asked


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Retrieval-Augmented Generation", ["Retrieval-", "Augmented", "Generation"]),
        ("機器學習中的數學", ["機器學習中的", "數學"]),
        ("RAG 评估", ["RAG 评估"]),
        ("Supercalifragilisticexpialidocious", ["Supercalifra…"]),
        (
            "How to read what nobody wanted to write and nobody will ever read",
            ["How to read", "what nobody", "wanted to w…"],
        ),
    ],
)
def test_a_title_stands_in_lines_and_ends_in_dots_where_it_is_too_long(title: str, lines: list[str]) -> None:
    assert texts(picture(catalog_of([topic("a", title=title)])), "name") == lines


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=120))
def test_any_title_gives_sound_xml_in_which_no_line_leaves_its_card(title: str) -> None:
    shown = picture(catalog_of([topic("a", title=title)]))
    assert all(text_width(line, 16) <= CARD_WIDTH - 11 for line in texts(shown, "name"))


def test_no_text_becomes_markup() -> None:
    shown = picture(catalog_of([topic("a", title=HOSTILE)]))
    assert {element.tag.removeprefix(SVG) for element in shown.iter()} <= {
        *("svg", "title", "desc", "style", "defs", "marker", "path", "rect", "text", "g", "circle", "use"),
    }
