"""The map's page in a real browser, opened from disk: by keyboard, by axe, in every language, colour scheme and width.

LLMPATH_SCREENSHOTS names a folder in which pictures of it are kept. Where LLMPATH_CHROMIUM names no Chromium and none
is installed, these tests are skipped; LLMPATH_NEED_CHROMIUM makes that a failure, so that CI never skips them.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from llmpath.text.languages import LANGUAGES
from tests.support import SMALL, Home

pytest.importorskip("playwright", reason="playwright is not installed")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("LLMPATH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions"),
]
NARROW, SMALL_WINDOW, WIDE = 320, 768, 1440
HALF_DONE = {
    "done": ["mathematics", "neural-networks", "nlp", "architecture", "running-llms"],
    "skip": ["python"],
    "start": ["quantization", "quantization/gptq-awq"],
}
Opener = Callable[..., Page]

pytestmark = pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("LLMPATH_NEED_CHROMIUM"), reason="no Chromium: apt-get install chromium"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM or "chromium", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as files: of the shipped course in each language, half done, empty and done; and of `small`."""
    folder = tmp_path_factory.mktemp("pages")
    home = Home(folder / "home")

    def write(name: str, *words: str) -> None:
        written = home.call("export", "html", "-o", str(folder / f"{name}.html"), *words)
        assert written.code == 0, written.err

    write("empty")
    for command, items in HALF_DONE.items():
        assert home.call(command, *items, "--quiet").code == 0
    assert home.call("note", "quantization", "compare GPTQ and AWQ").code == 0
    assert home.call("goal", "agents").code == 0
    for language in LANGUAGES:
        write(language, "--lang", language, "--notes")
    write("small", "--curriculum", str(SMALL))
    assert home.call("done", "fundamentals", "scientist", "engineer").code == 0
    write("done")
    return folder


@pytest.fixture
def opened(browser: Browser, pages: Path) -> Iterator[Opener]:
    """Opens a page, and fails at the end where it asked for anything or said anything."""
    said: list[str] = []
    contexts: list[Any] = []

    def open_page(name: str = "en", width: int = WIDE, scheme: Any = "light", **context: Any) -> Page:
        contexts.append(
            browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True, **context)
        )
        page: Page = contexts[-1].new_page()
        address = (pages / f"{name}.html").as_uri()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.extend({request.url.partition("#")[0]} - {address}))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


def kept(page: Page, name: str) -> None:
    """Keeps a picture of the whole page, where a folder for that is named."""
    if folder := os.environ.get("LLMPATH_SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def violations(page: Page) -> list[str]:
    """What axe finds, rule by rule; every rule of WCAG up to 2.2 AA, and its best practices."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("language", "width"), [*((language, WIDE) for language in LANGUAGES), ("en", SMALL_WINDOW), ("en", NARROW)]
)
def test_axe_finds_nothing_with_every_topic_open(opened: Opener, language: str, width: int, scheme: str) -> None:
    page = opened(language, width, scheme)
    kept(page, f"{language}-{width}-{scheme}")
    open_all(page)
    assert violations(page) == []


@pytest.mark.parametrize("name", ["empty", "done", "small"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_the_beginning_at_the_end_and_in_another_course(
    opened: Opener, name: str, scheme: str
) -> None:
    page = opened(name, WIDE, scheme)
    kept(page, f"{name}-{scheme}")
    assert violations(page) == []


def test_every_topic_is_reached_and_opened_by_keyboard(opened: Opener) -> None:
    page = opened("en")
    count = page.locator("details").count()
    opened_by_key: list[str] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            "[document.activeElement.tagName, document.activeElement.textContent.trim(),"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        if focus[0] == "SUMMARY":
            assert focus[2] != "none"
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.parentElement.open")
            page.keyboard.press("Enter")
            opened_by_key.append(focus[1])
        if len(opened_by_key) == count:
            break
    assert count >= 20
    assert len(set(opened_by_key)) == count


def test_a_card_leads_to_its_topic_and_opens_it(opened: Opener) -> None:
    page = opened("en")
    cards = page.locator("a.card")
    assert cards.count() >= 20
    for place in range(cards.count()):
        cards.nth(place).focus()
        page.keyboard.press("Enter")
        target = str(cards.nth(place).get_attribute("href"))
        assert page.locator(f"details[open] {target}").count() == 1, target


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_card_under_the_pointer_or_in_focus_shows_what_it_builds_on_and_unlocks(opened: Opener, way: str) -> None:
    page = opened("en")
    card = page.locator('a.card[href="#topic-architecture"]')
    near = page.locator('a.card[href="#topic-architecture"] + .near')
    assert not near.is_visible()
    if way == "hover":
        card.hover()
    else:
        page.locator('a.card[href="#topic-nlp"]').focus()
        page.keyboard.press("Tab")
    assert near.is_visible()
    assert near.locator("text").all_text_contents() == ["builds on", *["unlocks"] * 5]
    kept(page, f"architecture-{way}")


@pytest.mark.parametrize("name", [*LANGUAGES, "small"])
def test_nothing_sticks_out_of_the_window(opened: Opener, name: str) -> None:
    page = opened(name)
    open_all(page)
    for width in (NARROW, 360, SMALL_WINDOW, 1280, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_at_twice_the_size_everything_is_still_there_and_nothing_sticks_out(opened: Opener) -> None:
    zoomed = opened("en", WIDE // 2, device_scale_factor=2)
    assert zoomed.evaluate("document.documentElement.scrollWidth") <= WIDE // 2
    larger = opened("en", 1280)
    larger.evaluate("document.documentElement.style.fontSize = '200%'")
    assert larger.evaluate("document.documentElement.scrollWidth") <= 1280
    for page in (zoomed, larger):
        assert page.locator("summary").first.is_visible()


OVERLAPS = """
() => {
  const boxes = [];
  for (const card of document.querySelectorAll("a.card, .rail")) {
    const outer = card.getBoundingClientRect();
    const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.textContent.trim() || node.parentElement.closest(".sr, .base, .flag")) continue;
      const clip = node.parentElement.closest(".name");
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        const bottom = clip ? Math.min(rect.bottom, clip.getBoundingClientRect().bottom) : rect.bottom;
        if (bottom - rect.top < 4) continue;
        const inside = rect.left >= outer.left && rect.right <= outer.right + 1 && bottom <= outer.bottom + 1;
        boxes.push([node.textContent.trim(), rect.left, rect.top, rect.right, bottom, inside]);
      }
    }
  }
  return boxes;
}
"""


@pytest.mark.parametrize("name", [*LANGUAGES, "small", "done"])
def test_on_the_chart_no_text_lies_on_another_or_leaves_its_card(opened: Opener, name: str) -> None:
    page = opened(name)
    for width in (1280, WIDE, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        texts = page.evaluate(OVERLAPS)
        assert len(texts) > 20
        assert [text for text, *_, inside in texts if not inside] == []
        for (one, *a, _), (other, *b, _) in combinations(texts, 2):
            # Boxes of letters are higher than the letters; those of two lines may share a few pixels.
            assert a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 4 or b[3] <= a[1] + 4, (one, other)


def test_the_chart_with_its_roads_is_there_in_a_wide_window_and_cards_without_in_a_small_one(opened: Opener) -> None:
    page = opened("en")
    for width, with_roads in ((1280, True), (WIDE, True), (SMALL_WINDOW, False)):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(".roads").is_visible() is with_roads
    assert "builds on 1.3" in page.locator('a.card[href="#topic-nlp"]').inner_text()


def test_the_flag_of_the_goal_covers_no_other_card(opened: Opener) -> None:
    page = opened("en")
    for width in (SMALL_WINDOW, 1280, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        flag = page.locator(".card .flag").bounding_box()
        assert flag is not None
        for card in page.locator("a.card:not(.end)").all():
            box = card.bounding_box()
            assert box is not None
            beside = flag["x"] >= box["x"] + box["width"] or box["x"] >= flag["x"] + flag["width"]
            assert beside or flag["y"] >= box["y"] + box["height"] or box["y"] >= flag["y"] + flag["height"]


def test_everything_is_there_without_scripts(opened: Opener) -> None:
    page = opened("en", WIDE, java_script_enabled=False)
    page.locator('a.card[href="#topic-quantization"]').click()
    assert page.locator("#topic-quantization").is_visible()
    assert page.get_by_text("compare GPTQ and AWQ").is_visible()


def test_on_paper_the_chart_stands_on_its_own_sheet(opened: Opener, tmp_path: Path) -> None:
    page = opened("en")
    page.emulate_media(media="print")
    assert page.locator(".roads").is_visible()
    assert not page.locator("footer").is_visible()
    printed = Path(os.environ.get("LLMPATH_SCREENSHOTS", tmp_path)) / "en.pdf"
    page.pdf(path=str(printed), prefer_css_page_size=True, print_background=True)
    assert printed.read_bytes().startswith(b"%PDF")
