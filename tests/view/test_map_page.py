"""The map's page as text: what is in it, what is left out, and that no text becomes more than text."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from llmpath.curriculum import library
from llmpath.curriculum.catalog import Catalog
from llmpath.curriculum.entries import Concept
from llmpath.guide.map import course_map
from llmpath.messages import Texts
from llmpath.progress.log import Log
from llmpath.progress.progress import Progress
from llmpath.text.languages import LANGUAGES
from llmpath.view.map_page import page_of
from llmpath.view.screens.words import Look
from tests.support import NOW, catalog_of, entry, progress_of, resource, small, topic

HOSTILE = "</script></style><img src=x onerror=alert(1)>\u202eevil\u2066 {{ 7 * 7 }} &amp; \x1b[31m"
VOID = {"meta", "link", "br", "img", "input", "use", "rect", "path"}


def look(language: str = "en", *, show_hours: bool = True) -> Look:
    signs = {"todo": "○", "doing": "◐", "done": "✓", "skipped": "–"}
    return Look(Texts(language), signs, " ▁▃▅█", show_hours, date(2026, 11, 21))


def page(catalog: Catalog, progress: Progress, goal: str | None = None, language: str = "en", **wanted: bool) -> str:
    return page_of(course_map(catalog, progress, goal, with_texts=True, **wanted), look(language))


class Elements(HTMLParser):
    """The elements of a page with their attributes, its visible text, and what is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


@pytest.fixture(scope="module", params=LANGUAGES)
def shipped_page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Catalog, str]:
    language = request.param
    catalog = library.load_catalog(library.shipped(), language, str(tmp_path_factory.mktemp("cache")))
    return language, catalog, page(catalog, progress_of(catalog), None, language)


def test_the_shipped_course_is_one_small_file_in_the_language_in_force(shipped_page: tuple[str, Catalog, str]) -> None:
    language, catalog, text = shipped_page
    elements = Elements(text)
    assert len(text.encode()) <= 600_000
    assert ("html", {"lang": language}) in elements.found
    assert not elements.open
    links = {attributes.get("href") for tag, attributes in elements.found if tag == "a"}
    for each in catalog.curriculum.topics:
        assert each.title in elements.text
        assert f"#topic-{each.id}" in links
        assert {link.url for link in each.resources} <= links


def test_the_page_asks_for_nothing_and_runs_nothing(shipped_page: tuple[str, Catalog, str]) -> None:
    elements = Elements(shipped_page[2])
    policy = next(a["content"] for tag, a in elements.found if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    tags = {tag for tag, _ in elements.found}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "image", "video", "audio", "base"}
    assert not any(name.startswith("on") for _, attributes in elements.found for name in attributes)
    assert all((a.get("href") or "").startswith("#") for tag, a in elements.found if tag == "use")
    style = shipped_page[2].partition("<style>")[2].partition("</style>")[0]
    assert "@import" not in style
    assert {place for place in re.findall(r"url\(([^)]*)\)", style) if not place.startswith("#")} == set()


def test_every_id_is_there_once_and_every_place_that_a_link_names_is_there(
    shipped_page: tuple[str, Catalog, str],
) -> None:
    elements = Elements(shipped_page[2])
    ids = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    wanted = {a["href"] for _, a in elements.found if (a.get("href") or "").startswith("#")}
    assert {f"#{name}" for name in ids} >= wanted


def test_the_same_course_gives_the_same_bytes() -> None:
    assert page(small(), progress_of(small())) == page(small(), progress_of(small()))


def test_states_hours_core_and_the_goal_stand_there_in_words() -> None:
    text = Elements(page(small(), progress_of(small(), numbers="done", words="doing", tuning="skipped"), "agents")).text
    for words in ("done", "under way", "skipped", "to do", "core 0 of 1", "1 h left", "your goal", "Goal: Agents"):
        assert words in text


def test_hours_that_are_turned_off_stand_nowhere() -> None:
    course = course_map(small(), progress_of(small()), with_texts=True)
    assert " h left" not in page_of(course, look(show_hours=False))


def noted(catalog: Catalog, item: str, text: str) -> Progress:
    """Progress with a note on one item, and nothing else."""
    return Progress(catalog, Log([entry(NOW, "note", item, text=text)]))


@pytest.mark.parametrize("item", ["words", "words/idea", "words/one", "words/two"])
def test_notes_are_left_out_unless_they_are_asked_for(item: str) -> None:
    progress = noted(small(), item, "my secret")
    assert "my secret" not in page(small(), progress)
    text = Elements(page(small(), progress, with_notes=True)).text
    assert text.count("Your note, 21 Nov 2026: my secret") == 1


def test_no_text_of_a_curriculum_or_a_note_becomes_markup_or_turns_the_line_around() -> None:
    bad = topic(
        "bad",
        title=HOSTILE,
        summary=HOSTILE,
        concepts=[Concept("idea", HOSTILE, HOSTILE, [], [])],
        resources=[resource("one", title=HOSTILE, note=f"`{HOSTILE}`")],
    )
    catalog = catalog_of([bad])
    text = page(catalog, noted(catalog, "bad", HOSTILE), with_notes=True)
    elements = Elements(text)
    assert "img" not in {tag for tag, _ in elements.found}
    assert not elements.open
    assert not set(text) & {"\u202e", "\u2066", "\x1b"}
    assert "{{ 7 * 7 }} &amp;" in elements.text


def test_what_is_no_web_address_becomes_no_link() -> None:
    catalog = catalog_of([topic("a", resources=[resource("one", url="javascript:alert(1)")])])
    elements = Elements(page(catalog, progress_of(catalog)))
    assert not any("javascript" in (a.get("href") or "") for _, a in elements.found)
    assert "One" in elements.text


def test_what_stands_between_backticks_is_code_and_an_odd_backtick_is_text() -> None:
    catalog = catalog_of([topic("a", summary="Type `llmpath <next>`."), topic("b", summary="A ` alone.")])
    text = page(catalog, progress_of(catalog))
    assert "Type <code>llmpath &lt;next&gt;</code>." in text
    assert "A ` alone." in text
