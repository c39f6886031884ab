"""The curriculum with its progress as data: a table that a spreadsheet may open, and one document."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.cli.terminal import LEVELS, SIGNS
from llmpath.curriculum.catalog import Catalog
from llmpath.curriculum.entries import Concept, Exercise
from llmpath.exchange.tables import COLUMNS, csv_of, export_of
from llmpath.messages import Texts
from llmpath.progress.log import Log
from llmpath.progress.progress import Progress
from llmpath.view.screens.as_json import json_of
from llmpath.view.screens.words import Look
from tests.support import NOW, catalog_of, entry, progress_of, resource, small, topic

FORMULA_SIGNS = "=+-@＝＋－＠"
LOOK = Look(Texts("en"), SIGNS, LEVELS, True, NOW.date())


def rows_of(catalog: Catalog, progress: Progress) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table_of(catalog, progress), newline="")))


def table_of(catalog: Catalog, progress: Progress) -> str:
    return csv_of(json_of(export_of(catalog, progress), LOOK))


def one_topic() -> Catalog:
    """One topic in which everything is said that can be."""
    resources = [
        resource("one", authors=["A. One", "B. Two"], former_urls=["https://old.example.org/"], sources=["course"]),
        resource("two", 30, former_ids=["second"]),
        resource("three", None, kind="code"),
    ]
    return catalog_of(
        [
            topic(
                "words",
                core=[["one", "two"], "three"],
                aliases=["terms", "词"],
                former_ids=["glossary"],
                exercise=Exercise("Count words", "A page.", "They add up.", 15, ["cpu"]),
                see_also=["words/one"],
                resources=resources,
            )
        ]
    )


def test_there_is_a_row_for_each_topic_concept_and_resource_in_teaching_order() -> None:
    rows = rows_of(small(), progress_of(small()))
    assert [(row["type"], row["id"]) for row in rows[:5]] == [
        ("topic", "numbers"),
        ("concept", "numbers/idea"),
        ("resource", "numbers/one"),
        ("resource", "numbers/two"),
        ("topic", "words"),
    ]
    assert len(rows) == 5 * 4


def test_a_row_has_every_field() -> None:
    at = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    entries = [
        entry(at, "start", "words"),
        entry(at, "done", "words/one", on=date(2026, 11, 19)),
        entry(at, "note", "words/one", text='say "hi",\nthen go'),
        entry(at, "note", "words/two", text="later"),
    ]
    progress = Progress(one_topic(), Log(entries))
    topic_row, concept_row, one, two, three, exercise_row = rows_of(one_topic(), progress)
    assert {name: value for name, value in topic_row.items() if value} == {
        "type": "topic",
        "id": "words",
        "number": "1.1",
        "part": "all",
        "topic": "words",
        "title": "Words",
        "state": "doing",
        "on": "2026-11-20",
        "summary": "What words is.",
        "hours": "2.25",
        "hours_left": "1.25",
        "core": "words/one or words/two | words/three",
        "see_also": "words/one",
        "aliases": "terms | 词",
        "former_ids": "glossary",
    }
    assert {name: value for name, value in concept_row.items() if value} == {
        "type": "concept",
        "id": "words/idea",
        "number": "1.1",
        "part": "all",
        "topic": "words",
        "title": "The Idea of Words",
        "state": "todo",
        "summary": "What words is about.",
    }
    assert {name: value for name, value in one.items() if value} == {
        "type": "resource",
        "id": "words/one",
        "number": "1.1",
        "part": "all",
        "topic": "words",
        "title": "One",
        "state": "done",
        "on": "2026-11-19",
        "my_notes": 'say "hi",\nthen go',
        "kind": "article",
        "language": "en",
        "minutes": "60",
        "level": "intro",
        "core": "true",
        "url": "https://example.org/one",
        "note": "About one.",
        "authors": "A. One | B. Two",
        "concepts": "words/idea",
        "sources": "course",
        "former_urls": "https://old.example.org/",
    }
    assert (two["state"], two["on"], two["my_notes"], two["former_ids"]) == ("todo", "", "later", "second")
    assert (three["minutes"], three["kind"], three["core"]) == ("", "code", "true")
    assert {name: value for name, value in exercise_row.items() if value} == {
        "type": "exercise",
        "id": "words/exercise",
        "number": "1.1",
        "part": "all",
        "topic": "words",
        "title": "Count words",
        "state": "todo",
        "minutes": "15",
        "task": "Count words",
        "start": "A page.",
        "done_when": "They add up.",
        "needs": "cpu",
    }


def test_every_field_of_a_record_is_a_column() -> None:
    [words] = json_of(export_of(one_topic(), progress_of(one_topic())), LOOK)["topics"]
    records = [words, words["exercise"], *words["concepts"], *words["resources"]]
    fields = {field for record in records for field in record} - {"resources", "exercise"}
    assert set(COLUMNS) == fields | {"type"}
    assert len(COLUMNS) == len(set(COLUMNS))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "'\n'=1"),
        ("＝1+1", "'＝1+1"),
        ("  =1", "'  =1"),
        ("a;=1", "a;'=1"),
        ("list:\n- one\r\n- two", "list:\n'- one\n'- two"),
        ("a = b, -1", "a = b, -1"),
        ("it's", "it's"),
        ("\x1b[2J\x9b", "\ufffd[2J\ufffd"),
    ],
)
def test_no_cell_begins_a_formula(text: str, wanted: str) -> None:
    [row, *_] = rows_of(catalog_of([topic("words", title=text)]), progress_of(catalog_of([topic("words")])))
    assert row["title"] == wanted


@given(st.text(st.one_of(st.sampled_from("=+-@＝;,\"\n\r\t 'a"), st.characters()), max_size=40))
def test_whatever_the_texts_are_the_table_keeps_its_shape_and_no_cell_or_line_begins_a_formula(text: str) -> None:
    words = topic("words", title=text, aliases=[text], concepts=[Concept("idea", text, text, [text, text])])
    catalog = catalog_of([words])
    table = table_of(catalog, progress_of(catalog))
    for row in csv.reader(io.StringIO(table, newline="")):
        assert len(row) == len(COLUMNS)
        for cell in row:
            for piece in cell.replace(";", "\n").split("\n"):
                assert not piece.lstrip().startswith(tuple(FORMULA_SIGNS))


def test_lines_end_as_rfc_4180_has_it() -> None:
    table = table_of(small(), progress_of(small()))
    assert table.count("\r\n") == table.count("\n") == 21
    assert table.startswith("type,id,number,part,topic,title,state,on,my_notes,")


def test_the_document_has_the_curriculum_with_states_notes_the_goal_and_what_is_gone() -> None:
    at = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    entries = [
        entry(at, "done", "words/two", on=date(2026, 11, 19)),
        entry(at, "note", "words/two", text="good"),
        entry(at, "skip", "gone", on=date(2026, 11, 1)),
        entry(at, "note", "gone", text="was it"),
        {**entry(at, "done", "words"), "curriculum": "other"},
        entry(at, "goal", "words"),
    ]
    whole = export_of(one_topic(), Progress(one_topic(), Log(entries)))
    document = json_of(whole, LOOK)
    notes = [{"at": "2026-11-20T23:30:00+00:00", "text": "was it"}]
    assert document["gone"] == [{"id": "gone", "did": {"state": "skipped", "on": "2026-11-01", "notes": notes}}]
    assert (document["kind"], document["version"], document["goal"]) == ("export", 1, "words")
    figure = {"done": 0, "skipped": 0, "left": 1, "total": 1, "percent": 44, "hours_done": 1.0, "hours_left": 1.25}
    assert document["progress"] == figure
    assert document["curriculum"]["id"] == "small"
    assert document["parts"] == [
        {
            "id": "all",
            "number": 1,
            "title": "All",
            "summary": "The part all.",
            "progress": document["progress"],
            "topics": ["words"],
        }
    ]
    [words] = document["topics"]
    assert words["state"] == "doing"
    assert words["core"] == [["words/one", "words/two"], ["words/three"]]
    assert [each["state"] for each in words["resources"]] == ["todo", "done", "todo"]
    assert words["resources"][1]["on"] == "2026-11-19"
    assert words["resources"][1]["my_notes"] == [{"at": "2026-11-20T23:30:00+00:00", "text": "good"}]
