"""The check list as text: what is written, what is read, and that both fit together."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.cli.terminal import LEVELS, SIGNS
from llmpath.curriculum.catalog import Catalog
from llmpath.curriculum.entries import Concept
from llmpath.exchange.checklist import checklist_of
from llmpath.exchange.checklist_reader import (
    Box,
    NoteThere,
    Wanted,
    entries_from,
    read_checklist,
    wanted_from,
)
from llmpath.messages import Texts
from llmpath.progress.log import MAX_NOTE, STATES, Log
from llmpath.progress.progress import Progress
from llmpath.text.clean import clean
from llmpath.view.screens.words import Look
from tests.support import NOW, VERBS, catalog_of, entry, progress_of, resource, small, topic

TODAY = NOW.date()
LOOK = Look(Texts("en"), SIGNS, LEVELS, True, TODAY)
ADDRESSES = [item.id for item in small().items()]
HOSTILE = st.text(
    st.one_of(st.sampled_from("-*+[]xX ()<>!#`_>\n\r\t&;\\"), st.characters()), min_size=1, max_size=40
) | st.sampled_from(
    ["- [x] a <!-- llmpath: words -->", "-->\n- [x] b <!-- llmpath: words -->", "<!-- llmpath-curriculum: other -->"]
)


def states_in(text: str, catalog: Catalog | None = None) -> dict[str, str]:
    """What a check list says, by address; nothing of it may be misread."""
    reading = read_checklist(text, catalog or small())
    assert reading.misread == []
    return {box.item: box.state for box in reading.boxes}


def ticked(text: str, addresses: set[str]) -> str:
    """The text after somebody ticked the boxes of these items, looking at the comments."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        words = line.partition("<!-- llmpath: ")[2].split()
        if words and words[0] in addresses:
            lines[number] = line.replace("- [ ]", "- [x]", 1)
    return "\n".join(lines)


def states_after(progress: Progress, wanted: list[Wanted]) -> dict[str, str]:
    """Every item's own state once that is done."""
    states = {address: progress.own_state(address) for address in ADDRESSES}
    made = {"start": "doing", "skip": "skipped", "done": "done"}
    return states | {each.item: made[each.verb] for each in wanted if each.verb}


def progress_with(states: dict[str, str], notes: dict[str, str] | None = None, catalog: Any = None) -> Progress:
    entries = [entry(NOW, VERBS[state], item) for item, state in states.items()]
    written = [entry(NOW, "note", item, text=text) for item, text in (notes or {}).items()]
    return Progress(catalog or small(), Log([*entries, *written]))


def test_the_check_list_shows_parts_topics_concepts_and_resources() -> None:
    catalog = catalog_of([topic("numbers"), topic("words", ["numbers"])])
    progress = Progress(
        catalog,
        Log(
            [
                entry(NOW, "done", "numbers", on=date(2026, 11, 20)),
                entry(NOW, "skip", "words"),
                entry(NOW, "start", "words/one"),
                entry(NOW, "note", "numbers", text="very *good*\ntalk", on=date(2026, 11, 20)),
                entry(NOW + timedelta(days=1), "note", "numbers", text="- [ ] again"),
            ]
        ),
    )
    assert checklist_of(catalog, progress, LOOK) == (
        """# Small Course

<!-- llmpath-curriculum: small -->

Five topics.

**100 % · 1 of 1 topic · 1 skipped**

"""
        + Texts("en")("checklist.how")
        + r"""

## 1 All

The part all.

### 1.1 Numbers

What numbers is.

- [x] **Numbers** · about 1 h <!-- llmpath: numbers done 2026-11-20 -->
  > **2026-11-20** very \*good\*
  >
  > talk
  >
  > **2026-11-22** \- \[ \] again

**Concepts**

- [ ] The Idea of Numbers <!-- llmpath: numbers/idea -->

**Core**

- [ ] [One](https://example.org/one) · article · 60 min · English · introductory — About one. <!-- llmpath: numbers/one -->

**Going deeper**

- [ ] [Two](https://example.org/two) · article · 30 min · English · introductory — About two. <!-- llmpath: numbers/two -->

### 1.2 Words

What words is.

*Builds on 1.1 Numbers*

- [ ] **Words** · *skipped* · about 1 h <!-- llmpath: words skipped 2026-11-21 -->

**Concepts**

- [ ] The Idea of Words <!-- llmpath: words/idea -->

**Core**

- [ ] [One](https://example.org/one) · *under way* · article · 60 min · English · introductory — About one. <!-- llmpath: words/one doing 2026-11-21 -->

**Going deeper**

- [ ] [Two](https://example.org/two) · article · 30 min · English · introductory — About two. <!-- llmpath: words/two -->
"""  # noqa: E501 - an item is one line
    )


def test_a_topic_that_is_under_way_only_through_its_entries_has_no_state_of_its_own_in_the_comment() -> None:
    text = checklist_of(small(), progress_of(small(), words__one="done"), LOOK)
    assert "- [ ] **Words** · *under way* · about 1 h <!-- llmpath: words -->" in text
    assert states_in(text)["words"] == "todo"


@given(
    st.dictionaries(st.sampled_from(ADDRESSES), st.sampled_from(STATES)),
    st.dictionaries(st.sampled_from(ADDRESSES), HOSTILE),
    HOSTILE,
)
def test_what_is_written_is_read_back_whatever_titles_and_notes_say(
    states: dict[str, str], notes: dict[str, str], title: str
) -> None:
    hostile = [
        entry._replace(
            title=title,
            summary=title,
            concepts=[Concept("idea", title, title, [], [])],
            resources=[each._replace(title=title, note=title) for each in entry.resources],
        )
        for entry in small().curriculum.topics
    ]
    catalog = catalog_of(hostile)
    text = checklist_of(catalog, progress_with(states, notes, catalog), LOOK)
    reading = read_checklist(text, catalog)
    assert {entry.reason for entry in reading.misread} <= {"wrong_note"}
    assert reading.curriculum == "small"
    assert sorted((box.item, box.state) for box in reading.boxes) == sorted(
        (address, states.get(address, "todo")) for address in ADDRESSES
    )
    assert {box.item: list(box.notes) for box in reading.boxes if box.notes} == {
        address: [NoteThere(TODAY, tidied)]
        for address, note in notes.items()
        if (tidied := tidy(note)) and "\ufffd" not in tidied
    }


def tidy(note: str) -> str:
    """A note without empty lines, with single spaces, and without what could drive a terminal."""
    lines = (clean(re.sub(r"[ \t\r\n\f\v]+", " ", line)).strip() for line in note.splitlines())
    return "\n".join(line for line in lines if line)


@given(
    st.dictionaries(st.sampled_from(ADDRESSES), st.sampled_from(STATES)),
    st.dictionaries(st.sampled_from(ADDRESSES), st.sampled_from(STATES)),
    st.sets(st.sampled_from(ADDRESSES)),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["- [", "* [", "+ [", "   - [", "7. ["]),
    st.sampled_from(["x", "X"]),
)
def test_ticking_marks_just_what_was_ticked_and_nothing_is_ever_unmarked(
    there: dict[str, str], here: dict[str, str], chosen: set[str], line_end: str, bullet: str, tick: str
) -> None:
    text = ticked(checklist_of(small(), progress_with(there), LOOK), chosen)
    text = text.replace("- [x]", f"- [{tick}]").replace("- [", bullet).replace("\n", line_end)
    progress = progress_with(here)
    after = states_after(progress, wanted_from(read_checklist(text, small()).boxes, progress, TODAY))
    for address in ADDRESSES:
        own, said = here.get(address, "todo"), there.get(address, "todo")
        if address in chosen or said == "done":
            assert after[address] == "done"
        elif own == "todo":
            assert after[address] == said
        else:
            assert after[address] == own


@given(st.text(st.one_of(st.sampled_from("-*[]xX <>!lmpath:/#\r\n1.)"), st.characters()), max_size=300))
def test_any_text_is_read_without_failing_and_names_only_known_items(text: str) -> None:
    reading = read_checklist(text, small())
    assert {box.item for box in reading.boxes} <= set(ADDRESSES)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert all(1 <= entry.line <= len(lines) for entry in reading.misread)


@pytest.mark.parametrize(
    ("mark", "comment", "here", "wanted"),
    [
        (" ", "words", "todo", None),
        (" ", "words", "done", None),
        (" ", "words skipped", "todo", "skip"),
        (" ", "words doing", "todo", "start"),
        (" ", "words skipped", "doing", None),
        (" ", "words doing", "skipped", None),
        (" ", "words doing", "done", None),
        (" ", "words skipped", "done", None),
        (" ", "words done", "todo", None),
        ("x", "words", "todo", "done"),
        ("x", "words", "doing", "done"),
        ("x", "words skipped", "skipped", "done"),
        ("x", "words done", "todo", "done"),
        ("x", "words", "done", None),
    ],
)
def test_what_a_box_does_to_a_record(mark: str, comment: str, here: str, wanted: str | None) -> None:
    boxes = read_checklist(f"- [{mark}] Words <!-- llmpath: {comment} -->", small()).boxes
    progress = progress_with({"words": here})
    assert [each.verb for each in wanted_from(boxes, progress, TODAY)] == ([wanted] if wanted else [])


def test_the_day_comes_from_the_comment_where_its_state_is_what_is_restored() -> None:
    text = """
- [x] a <!-- llmpath: words done 2026-10-01 -->
- [x] b <!-- llmpath: words/one doing 2026-10-02 -->
- [ ] c <!-- llmpath: words/two skipped 2026-10-03 -->
- [x] d <!-- llmpath: agents done 2099-01-01 -->
"""
    wanted = wanted_from(read_checklist(text, small()).boxes, progress_of(small()), TODAY)
    assert wanted == [
        Wanted("words", "done", date(2026, 10, 1), []),
        Wanted("words/one", "done", TODAY, []),
        Wanted("words/two", "skip", date(2026, 10, 3), []),
        Wanted("agents", "done", TODAY, []),
    ]
    assert entries_from(wanted) == [
        {"done": ["words"], "on": date(2026, 10, 1)},
        {"done": ["words/one", "agents"], "on": TODAY},
        {"skip": ["words/two"], "on": date(2026, 10, 3)},
    ]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("- [x] Q <!-- llmpath: words --> ✅ 2026-01-05", date(2026, 1, 5)),
        ("- [x] Q ✅\ufe0f 2026-01-05 <!-- llmpath: words doing 2026-01-02 -->", date(2026, 1, 5)),
        ("- [x] Q [completion:: 2026-01-05] <!-- llmpath: words -->", date(2026, 1, 5)),
        ("- [x] Q <!-- llmpath: words done 2026-01-02 --> ✅ 2026-01-05", date(2026, 1, 2)),
        ("- [x] Q <!-- llmpath: words --> ✅ 2026-02-30", None),
        ("- [ ] Q <!-- llmpath: words --> ✅ 2026-01-05", None),
        ("- [x] Q <!-- llmpath: words --> 📅 2026-01-05", None),
    ],
)
def test_the_day_that_plugins_of_obsidian_write_behind_a_box_is_the_day(line: str, day: date | None) -> None:
    (box,) = read_checklist(line, small()).boxes
    assert box.on == day


CODE = "- [x] Q <!-- llmpath: words -->"


@pytest.mark.parametrize(
    "text",
    [
        f"```md\n{CODE}\n```\n",
        f"~~~\n```\n{CODE}\n~~~\n",
        f"````\n```\n{CODE}\n````\n",
        f"- an entry\n\n  ```\n  {CODE}\n  ```\n",
        f"- ```\n  {CODE}\n  ```\n",
        f"> ```\n> {CODE}\n> ```\n",
        f"```\n{CODE}\n",
    ],
)
def test_boxes_in_fenced_code_are_left_alone(text: str) -> None:
    reading = read_checklist(text, small())
    assert (reading.boxes, reading.misread) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        f"> [!todo] This week\n> {CODE}\n>   > **2026-01-05** a note\n",
        f"> [!todo]\n> > {CODE}\n> >   > **2026-01-05** a note\n",
        f"```\ncode\n```\n{CODE}\n  > **2026-01-05** a note\n",
        f"``` no `fence`\n{CODE}\n  > **2026-01-05** a note\n",
        f"> ```\n> code\n\n{CODE}\n  > **2026-01-05** a note\n",
    ],
)
def test_boxes_in_callouts_and_behind_code_are_read_with_their_notes(text: str) -> None:
    reading = read_checklist(text, small())
    assert reading.boxes == [Box("words", "done", None, [NoteThere(date(2026, 1, 5), "a note")])]


NOTE = "> **2026-01-05** a note"


@pytest.mark.parametrize(
    "text",
    [
        f"# Heading\n    {CODE}\n      {NOTE}\n",
        f"# Heading\n\n\t{CODE}\n\n\t  {NOTE}\n",
        f"prose\n        {CODE}\n  {NOTE}\n",
        f"- an entry\n        {CODE}\n            {NOTE}\n",
        f"1. {CODE[2:]}\n  {NOTE}\n",
        f"* an entry\n  10. {CODE[2:]}\n   {NOTE}\n",
        f"{CODE}\n {NOTE}\n",
        f"prose\n7. {CODE[2:]}\n   {NOTE}\n",
        f"- 1. {CODE}\n     {NOTE}\n",
        f"<details>\n{CODE}\n  {NOTE}\n\n</details>\n",
        f" > [!todo]\n > {CODE}\n >   {NOTE}\n",
        "".join(f"{'  ' * depth}- an entry\n" for depth in range(60)) + f"{'  ' * 60}{CODE}\n{'  ' * 61}{NOTE}\n",
        f"{'> ' * 100}{CODE}\n{'> ' * 100}  {NOTE}\n",
    ],
)
def test_boxes_are_read_with_their_notes_however_far_in_they_stand(text: str) -> None:
    reading = read_checklist(text, small())
    assert reading.boxes == [Box("words", "done", None, [NoteThere(date(2026, 1, 5), "a note")])]
    assert reading.misread == []


@pytest.mark.parametrize("before", ["# Heading\n    ", "prose\n\t", "- an entry\n      ", "prose\n7. [x] milk\n    "])
def test_what_stands_far_in_is_told_where_it_names_no_item(before: str) -> None:
    reading = read_checklist(f"{before}- [x] gone <!-- llmpath: words/gone -->\n", small())
    assert (before.count("\n") + 1, "unknown_item") in [(each.line, each.reason) for each in reading.misread]


def test_code_in_a_note_is_a_part_of_the_note() -> None:
    reading = read_checklist(f"{CODE}\n  > ```\n  > - [x] <!-- llmpath: agents -->\n  > ```\n  > end\n", small())
    assert [box.item for box in reading.boxes] == ["words"]
    assert reading.boxes[0].notes[0].text == "``` - [x] <!-- llmpath: agents --> ``` end"


@pytest.mark.parametrize("code", ["```\n  > a\n  ```", "```\n  - [x] <!-- llmpath: agents -->\n  ```"])
def test_code_below_a_box_is_no_note_and_ends_with_its_entry(code: str) -> None:
    reading = read_checklist(f"{CODE}\n  {code}\n  {NOTE}\n- ```\n- [x] One <!-- llmpath: words/one -->\n", small())
    assert reading.boxes == [
        Box("words", "done", None, [NoteThere(date(2026, 1, 5), "a note")]),
        Box("words/one", "done", None, []),
    ]


def test_of_two_boxes_for_one_item_the_further_one_counts() -> None:
    text = """
- [ ] once <!-- llmpath: words skipped -->
- [x] again <!-- llmpath: words -->
- [ ] and again <!-- llmpath: words -->
"""
    wanted = wanted_from(read_checklist(text, small()).boxes, progress_of(small()), TODAY)
    assert [each.verb for each in wanted] == ["done"]


def test_other_titles_numbers_and_languages_change_nothing() -> None:
    text = "### 9.9 以前的标题\n\n- [x] **以前的标题** <!-- llmpath: words -->\n"
    assert states_in(text) == {"words": "done"}


def renamed() -> Catalog:
    """`words` was once `terms` and `glossary`, and its resource `one` was `first` at another address."""
    one = resource("one", former_ids=["first"], former_urls=["https://old.example.org/first"])
    return catalog_of([topic("words", former_ids=["terms", "glossary"], resources=[one, resource("two")])])


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("terms", "words"),
        ("glossary", "words"),
        ("terms/one", "words/one"),
        ("words/first", "words/one"),
        ("glossary/first", "words/one"),
        ("terms/idea", "words/idea"),
    ],
)
def test_former_ids_are_followed(former: str, now: str) -> None:
    assert states_in(f"- [x] old <!-- llmpath: {former} -->", renamed()) == {now: "done"}


def test_what_was_done_under_a_former_id_is_known() -> None:
    progress = Progress(renamed(), Log([entry(NOW, "done", "terms")]))
    assert wanted_from([Box("words", "done", None)], progress, TODAY) == []


@pytest.mark.parametrize(
    "line",
    [
        "- [x] [One](https://example.org/one) · article",
        "- [x] [One](<https://example.org/one>)",
        "- [x] https://example.org/one",
        "- [x] **[One](https://example.org/one)**.",
        "- [x] [One](https://old.example.org/first)",
        "- [x] [One](https://example.org/one) <!-- llmpath: words/no-more -->",
    ],
)
def test_the_address_of_a_link_serves_where_the_comment_does_not(line: str) -> None:
    assert states_in(line, renamed()) == {"words/one": "done"}


def test_an_address_with_brackets_serves_too() -> None:
    odd = resource("odd", url="https://example.org/a_(b)_c)", former_urls=["https://example.org/?a=<b>"])
    catalog = catalog_of([topic("words", core=[], resources=[odd])])
    text = checklist_of(catalog, progress_of(catalog), LOOK)
    without = text.replace(" <!-- llmpath: words/odd -->", "").replace("- [ ] [Odd]", "- [x] [Odd]")
    assert states_in(without, catalog)["words/odd"] == "done"


def test_an_item_that_an_editor_folded_is_one_item() -> None:
    text = """- [x] [A very long
  title](https://example.org/one) · article · English
  <!-- llmpath: words/two -->
- [ ] **Agents**
  <!-- llmpath: agents doing -->

Prose.
"""
    assert states_in(text) == {"words/two": "done", "agents": "doing"}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "prose with [x] in it",
        "- a bullet",
        "- [a link](https://example.org/one)",
        "## [ ] heading",
        "<!-- a comment of the user's -->",
        "[x] no bullet",
        "llmpath: words",
    ],
)
def test_prose_is_left_alone(line: str) -> None:
    reading = read_checklist(line, small())
    assert (reading.boxes, reading.misread) == ([], [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("- [ ] buy milk", "no_item"),
        ("- [x] buy milk https://example.org/milk", "no_item"),
        ("- [x] gone <!-- llmpath: words/gone -->", "unknown_item"),
        ("- [x] <!-- llmpath: ../../etc/passwd -->", "unknown_item"),
        ("- [/] Words <!-- llmpath: words -->", "wrong_mark"),
        ("- [] Words <!-- llmpath: words -->", "wrong_mark"),
        ("- [xx] Words <!-- llmpath: words -->", "wrong_mark"),
        ("- [x] a <!-- llmpath: words --> - [ ] b <!-- llmpath: agents -->", "several_items"),
        ("Words <!-- llmpath: words -->", "not_a_box"),
        ("> <!-- llmpath: words -->", "not_a_box"),
        ("<!-- llmpath 2.0 -->", "not_a_box"),
        ("- [x] Words <!-- llmpath: words", "not_understood"),
        ("- [x] Words <!-- llmpath: -->", "not_understood"),
    ],
)
def test_lines_that_are_not_understood_are_reported_by_number(line: str, reason: str) -> None:
    reading = read_checklist(f"# Title\n\n{line}\n\n- [x] Agents <!-- llmpath: agents -->\n", small())
    assert [(entry.line, entry.reason, entry.text) for entry in reading.misread] == [
        (3, reason, line.removeprefix("> "))
    ]
    assert reading.boxes == [Box("agents", "done", None, [])]


def test_what_a_newer_version_adds_to_a_comment_is_reported_and_the_tick_counts_all_the_same() -> None:
    text = "- [x] Words <!-- llmpath: words done 2026-11-01 p=3 -->"
    reading = read_checklist(text, small())
    assert reading.boxes == [Box("words", "done", date(2026, 11, 1), [])]
    assert [entry.reason for entry in reading.misread] == ["not_understood"]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- llmpath" * 100_000,
        "<!-- llmpath:" + " " * 1_000_000,
        "- [x] " + "https://example.org/)" * 50_000,
        "- [x] https://" + ")" * 1_000_000,
        " " * 1_000_000 + "- [",
        "- [x] a\n" * 50_000,
        "- [x] a\n" + "b\n" * 200_000,
        "<!-- llmpath-curriculum: a" * 50_000,
    ],
)
def test_a_hostile_text_is_read_to_its_end(text: str) -> None:
    assert read_checklist(text, small()).boxes == []


DAY = date(2026, 11, 3)
NOTED = {
    "one line": ("  > read *twice*", [(None, "read *twice*")]),
    "several lines": ("  > one\n  >\n  > two", [(None, "one\ntwo")]),
    "folded by an editor": ("  > a long\n  > sentence", [(None, "a long sentence")]),
    "signs of Markdown": (
        r"  > \*not\* &lt;b> a\_b <https://example.org/a_b>",
        [(None, "*not* <b> a_b https://example.org/a_b")],
    ),
    "entities of remark": ("  > a&#x20;b&#x3A; &amp;c", [(None, "a b: &c")]),
    "a tab before it": ("\t>close", [(None, "close")]),
    "a quotation of its own": ("> somebody else", []),
    "behind more of the title": ("  more of the title\n\n  > set apart", [(None, "set apart")]),
    "set apart": ("\n  > one\n\n  > two", [(None, "one\ntwo")]),
    "folded without its sign": ("  > a long\nsentence\n\nprose", [(None, "a long sentence")]),
    "behind prose": ("\nprose\n\n  > too late", []),
    "behind a heading": ("# heading\n  > too late", []),
    "a wide space before it": ("\u00a0\u00a0> close", [(None, "close")]),
    "nothing": ("  >", []),
    "a day": ("  > **2026-11-03** one\n  >\n  > more", [(DAY, "one\nmore")]),
    "several days": ("  > **2026-11-03** one\n  >\n  > **2026-11-03** two", [(DAY, "one"), (DAY, "two")]),
    "a day in the other form of Markdown": ("  > __2026-11-03__ one", [(DAY, "one")]),
    "a note before the first day": ("  > mine\n  >\n  > **2026-11-03** one", [(None, "mine"), (DAY, "one")]),
    "a day folded by an editor": ("  > **2026-11-03**\n  > one", [(DAY, "one")]),
    "no day": ("  > **2026-11-33** one", [(None, "**2026-11-33** one")]),
    "a day in the text": (r"  > \*\*2026-11-03\*\* one", [(None, "**2026-11-03** one")]),
}


@pytest.mark.parametrize(("lines", "notes"), NOTED.values(), ids=NOTED)
def test_a_quotation_under_a_box_has_its_notes(lines: str, notes: list[tuple[date | None, str]]) -> None:
    text = f"- [ ] Words <!-- llmpath: words -->\n{lines}\n- [x] One <!-- llmpath: words/one -->\n"
    reading = read_checklist(text, small())
    expected = [NoteThere(*note) for note in notes]
    assert reading.boxes == [Box("words", "todo", None, expected), Box("words/one", "done", None, [])]
    assert reading.misread == []


def noted(item: str, *texts: str, state: str = "todo") -> Box:
    return Box(item, state, None, [NoteThere(None, text) for text in texts])


def test_rule_6_notes_are_taken_over_that_were_never_written_here() -> None:
    progress = progress_with({"words": "done"}, {"agents": "mine", "tuning": "two\n\n  lines"})
    boxes = [noted("words", "a", "b", "a"), noted("agents", "mine", "theirs"), noted("tuning", "two\nlines")]
    assert wanted_from(boxes, progress, TODAY) == [
        Wanted("words", "", None, [NoteThere(TODAY, "a"), NoteThere(TODAY, "b")]),
        Wanted("agents", "", None, [NoteThere(TODAY, "theirs")]),
    ]


def test_a_note_that_was_edited_or_cleared_here_does_not_come_back() -> None:
    old, new = entry(NOW, "note", "words", text="a"), entry(NOW + timedelta(1), "note", "words", text="b", hides=[NOW])
    for hider in (new, {key: value for key, value in new.items() if key != "text"}):
        assert wanted_from([noted("words", "a")], Progress(small(), Log([old, hider])), TODAY) == []


def test_a_note_keeps_its_day_and_one_still_to_come_is_todays() -> None:
    notes = [NoteThere(DAY, "a"), NoteThere(date(2099, 1, 1), "b")]
    wanted = wanted_from([Box("words", "todo", None, notes)], progress_with({}), TODAY)
    assert entries_from(wanted) == [
        {"note": ["words"], "on": DAY, "text": "a"},
        {"note": ["words"], "on": TODAY, "text": "b"},
    ]


def test_of_two_boxes_for_one_item_the_notes_of_both_count() -> None:
    boxes = [noted("words", "a", state="done"), noted("words", "b", "a")]
    for order in (boxes, boxes[::-1]):
        ((item, verb, _, notes),) = wanted_from(order, progress_with({}), TODAY)
        assert (item, verb, {note.text for note in notes}) == ("words", "done", {"a", "b"})


@pytest.mark.parametrize(
    ("note", "is_kept"),
    [
        ("x" * MAX_NOTE, True),
        ("x" * (MAX_NOTE + 1), False),
        ("a\x1b[31mb", False),
        ("a\0b", False),
        ("lost \ufffd", False),
    ],
    ids=["just not too long", "too long", "an escape", "a zero", "a lost character"],
)
def test_a_note_that_no_command_would_write_is_left_out_and_said(note: str, is_kept: bool) -> None:
    reading = read_checklist(f"- [x] Words <!-- llmpath: words -->\n  > {note}\n", small())
    assert reading.boxes == [noted("words", *([note] if is_kept else []), state="done")]
    assert [(entry.line, entry.reason) for entry in reading.misread] == ([] if is_kept else [(1, "wrong_note")])


FORMATTED = {
    "mdformat": r"""- [x] **Words** · about 1 h
      <!-- llmpath: words done 2026-11-20 -->
  > **2026-11-20** read \*twice\* \<b>
  > <https://example.org/a_b>
  >
  > **2026-11-22** - [ ] again

- [ ] [One](https://example.org/one) · *under way* · article
      <!-- llmpath: words/one doing 2026-11-21 -->
""",
    "prettier": r"""- [x] **Words** · about 1 h
      <!-- llmpath: words done 2026-11-20 -->
  > **2026-11-20** read \*twice\* &lt;b>
  > <https://example.org/a_b>
  >
  > **2026-11-22** \- \[ \] again

- [ ] [One](https://example.org/one) · _under way_ · article
      <!-- llmpath: words/one doing 2026-11-21 -->
""",
    "remark": r"""* [x] **Words** · about 1 h <!-- llmpath: words done 2026-11-20 -->
  > **2026-11-20** read \*twice\* \<b> <https://example.org/a_b>
  >
  > **2026-11-22** - \[ ] again

* [ ] [One](https://example.org/one) · *under way* · article <!-- llmpath: words/one doing 2026-11-21 -->
""",
}


@pytest.mark.parametrize("program", FORMATTED)
def test_what_a_formatter_makes_of_a_check_list_loses_nothing(program: str) -> None:
    notes = [
        NoteThere(date(2026, 11, 20), "read *twice* <b> https://example.org/a_b"),
        NoteThere(date(2026, 11, 22), "- [ ] again"),
    ]
    reading = read_checklist(FORMATTED[program], small())
    assert reading.boxes == [
        Box("words", "done", date(2026, 11, 20), notes),
        Box("words/one", "doing", date(2026, 11, 21), []),
    ]
    assert reading.misread == []
