"""What holds for every list: no link is lost, the result validates, and a second import of it changes nothing."""

import re
import time
import tracemalloc
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmpath.curriculum.models import Outline, Topic
from llmpath.curriculum.rules import problems_of
from llmpath.exchange.course_update import Files, updated
from llmpath.exchange.markdown_course import Course, course_of
from llmpath.exchange.markdown_outline import TooDense

USUAL = {"article": 20, "video": 40, "course": 300, "book": 600, "paper": 60, "notebook": 60}


def imported(markdown: str, language: str = "") -> Course:
    return course_of(markdown, "demo", USUAL, language=language)


def files(course: Course) -> Files:
    return Files(course.outline, course.topics)


def problems(made: Files) -> list[object]:
    outline = Outline.model_validate(made.outline)
    topics = [Topic.model_validate({**document, "id": name}) for name, document in made.topics.items()]
    listed = [topic for part in outline.parts for topic in part.topics]
    assert sorted(listed) == sorted(made.topics)
    return [problem for problem in problems_of(outline, topics, {}) if not problem.is_warning]


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1, max_size=30) | st.sampled_from(
    ["Books", "slides", "Python", "第一章", "a b", "\u202e\u200f", "**bold**", "[x]", "C++ & C#", "|"]
)
PLAIN = st.sampled_from(["Loops", "Trees", "Maps", "Heaps", "图", "Proofs", "Limits", "Sets", "Rings", "Fields"])


@st.composite
def lists(draw: st.DrawFn, words: st.SearchStrategy[str] = WORDS) -> str:
    """A list of links as people write them: headings, nested lists, tables, paragraphs, bare addresses."""
    lines = [f"# {draw(words)}", ""] if draw(st.booleans()) else []
    count = 0
    for _ in range(draw(st.integers(1, 5))):
        lines += ["", "#" * draw(st.integers(1, 5)) + f" {draw(words)}", ""]
        form = draw(st.sampled_from(["list", "nested", "table", "html", "paragraph"]))
        if form == "table":
            lines += ["| Course | Time | Notes |", "| --- | --- | --- |"]
        for _ in range(draw(st.integers(1, 4))):
            count += 1
            link = f"[{draw(PLAIN)} {count}](https://h{count}.example/{count})"
            rest = draw(words)
            lines += {
                "list": [f"- {link} {rest}"],
                "nested": [f"- {rest}", f"    - [ ] {link}"],
                "table": [f"| {link} | 3 h | {rest.replace('|', ' ')} |"],
                "html": [f'<li><a href="https://h{count}.example/{count}">{count}</a></li>'],
                "paragraph": [f"{count}: https://h{count}.example/{count}", ""],
            }[form]
    return "\n".join(lines) + "\n"


def links_in(markdown: str) -> set[str]:
    return set(re.findall(r"https://h\d+\.example/\d+", markdown))


def ids_by_url(made: Files) -> dict[str, str]:
    return {
        url: f"{topic}/{each['id']}"
        for topic, sheet in made.topics.items()
        for each in sheet["resources"]
        for url in (each["url"], *each.get("former_urls", ()))
    }


@settings(deadline=None, max_examples=60)
@given(lists(PLAIN))
def test_every_link_is_one_resource_or_counted_as_left_out(markdown: str) -> None:
    course = imported(markdown)
    found = [each["url"] for sheet in course.topics.values() for each in sheet["resources"]]
    assert len(found) == len(set(found))
    left_out = sum(course.left_out.values()) + sum(course.left_out_under.values())
    assert len(links_in(markdown)) == len(found) + left_out
    assert left_out <= len(found)


@settings(deadline=None, max_examples=80)
@given(lists())
def test_what_is_imported_validates_whatever_its_words_are(markdown: str) -> None:
    course = imported(markdown)
    assert course.outline["parts"] == [] or problems(files(course)) == []


@settings(deadline=None, max_examples=40)
@given(lists())
def test_a_second_import_of_the_same_list_changes_nothing(markdown: str) -> None:
    first = files(imported(markdown))
    if first.outline["parts"]:
        again = updated(first, first, files(imported(markdown)))
        assert again.files == first
        assert again.base == first


@settings(deadline=None, max_examples=60)
@given(lists(PLAIN), lists(PLAIN), st.randoms(use_true_random=False))
def test_ids_stay_while_a_list_is_edited_and_nothing_is_lost(before: str, after: str, random: Any) -> None:
    first = files(imported(before))
    lines = [line for line in before.split("\n") if random.random() > 0.1]  # some are taken out, some headings too
    if random.random() > 0.5:
        lines.reverse()
    lines += [line.replace("https://h", "https://n") for line in after.split("\n")]
    second = files(imported("\n".join(lines), language=first.outline["languages"][0]))
    if not (first.outline["parts"] and second.outline["parts"]):
        return
    update = updated(first, first, second)
    assert problems(update.files) == []
    old, new, now = ids_by_url(first), ids_by_url(update.files), ids_by_url(second)
    assert set(new) == set(old) | set(now)
    for url, place in old.items():
        entry = resource(update.files, new[url])
        assert place == new[url] or place in entry["former_ids"]
        assert (entry.get("status") == "gone") == (entry["url"] not in now)
    third = updated(update.base, update.files, second)
    assert third.files == update.files


def resource(made: Files, item: str) -> Mapping[str, Any]:
    topic, _, name = item.partition("/")
    return next(each for each in made.topics[topic]["resources"] if each["id"] == name)


HOSTILE = {
    "brackets": "[" * 90_000,
    "images": "![" * 45_000,
    "unclosed comments": "<!--" * 90_000,
    "unclosed instructions": "<?" * 90_000,
    "open tags": "<a href=" * 50_000,
    "items in items": "<ul><li>" * 50_000 + '<a href="https://x.example">x</a>',
    "ten thousand lists": "\n".join(f"{' ' * n}- [a](https://x.example/{n})" for n in range(0, 4_000, 2)),
    "quotes": "> " * 100_000,
    "emphasis": "*a **b " * 50_000,
    "details": "<details><summary>x</summary>" * 10_000,
    "headings": "".join(f"# h{n}\n[x](https://x.example/{n})\n" for n in range(12_000)),
    "one text": "".join(f"- [x](https://x.example/{n})\n" for n in range(20_000)),
    "one heading": "# x\n\n- [x](https://x.example)\n" * 10_000,
    "long address": f"[x](https://x.example/{'a' * 1_000_000})",
    "long text": f"[{'x ' * 500_000}](https://x.example)",
    "controls": "# \x00\x1b[31m\u202e\n- [\x07\u2066\ud83d](https://x.example/\x1b)\n".encode(
        errors="replace"
    ).decode(),
    "schemes": "- [a](javascript:x) [b](data:text/html,x) [c](vbscript:x) [d](file:///etc/passwd) <script>x</script>",
}


@pytest.mark.parametrize("markdown", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markdown_is_refused_or_cleaned_in_bounded_time_and_memory(markdown: str) -> None:
    begin = time.process_time()
    try:
        made = files(imported(markdown))
    except TooDense:
        made = None
    assert time.process_time() - begin < 15
    if made and made.outline["parts"]:
        assert problems(made) == []
        assert all(each["url"].startswith("http") for sheet in made.topics.values() for each in sheet["resources"])


def test_a_line_with_many_bars_makes_no_table_too_dense() -> None:
    rows = "| [a](https://x.example/a) | b |\n" * 4_000
    made = files(imported(f"# x\n\n{'|' * 100}\n\n| a | b |\n| - | - |\n{rows}"))
    assert [each["url"] for sheet in made.topics.values() for each in sheet["resources"]] == ["https://x.example/a"]


@pytest.mark.parametrize(
    "markdown",
    [
        "[" * 10_000_000,
        "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|b\n" * 50_000,
        ("|" + "a|" * 400 + "\n|" + "-|" * 400 + "\n" + "|b\n" * 300 + "\n") * 200,
        "\n" * 5_000_000,
    ],
    ids=["signs", "a wide table", "many wide tables", "lines"],
)
def test_what_no_parser_reads_in_time_is_refused_before_it_is_parsed(markdown: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(TooDense):
            imported(markdown)
        assert tracemalloc.get_traced_memory()[1] < 6 * len(markdown) + 10_000_000
    finally:
        tracemalloc.stop()
