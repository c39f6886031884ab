"""A list that was edited, imported again: by hand, what stays of ids and of what the author wrote."""

from collections.abc import Callable
from textwrap import dedent
from typing import Any

import pytest

from llmpath.curriculum.models import Outline, Topic
from llmpath.curriculum.rules import problems_of
from llmpath.exchange.course_update import Files, updated
from llmpath.exchange.markdown_course import course_of

LIST = dedent("""
    # Rivers
    ## Springs
    - [Rain](https://r.example/rain)
    - [Snow](https://r.example/snow) - a note
    - **Runoff**: what flows
    ## Deltas
    - [Silt](https://r.example/silt)
    - [Tides](https://r.example/tides)
    """)


def imported(markdown: str) -> Files:
    course = course_of(markdown, "rivers", {"article": 20, "course": 300})
    return Files(course.outline, course.topics)


def again(markdown: str, edit: Callable[[Files], None] = lambda _files: None) -> Files:
    """The course after an import of `LIST`, an author's edit, and an import of another list; it must be sound."""
    base, ours = imported(LIST), imported(LIST)
    edit(ours)
    update = updated(base, ours, imported(markdown))
    assert problems(update.files) == []
    assert updated(update.base, update.files, imported(markdown)).files == update.files
    return update.files


def problems(made: Files) -> list[object]:
    topics = [Topic.model_validate({**document, "id": name}) for name, document in made.topics.items()]
    return [
        problem for problem in problems_of(Outline.model_validate(made.outline), topics, {}) if not problem.is_warning
    ]


def ids(made: Files) -> dict[str, list[str]]:
    return {topic: [each["id"] for each in made.topics[topic]["resources"]] for topic in made.topics}


def entry(made: Files, item: str) -> dict[str, Any]:
    topic, _, name = item.partition("/")
    [found] = [each for each in made.topics[topic]["resources"] if each["id"] == name]
    return dict(found)


OLD = {"springs": ["rain", "snow"], "deltas": ["silt", "tides"]}


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param([], OLD, id="nothing"),
        pytest.param([("[Rain]", "[All about rain]")], OLD, id="title renamed"),
        pytest.param([("r.example/rain", "new.example/rain")], OLD, id="address moved"),
        pytest.param([("## Springs", "## Sources of rivers")], OLD, id="heading renamed"),
        pytest.param([("# Rivers\n", "# Rivers\n# Volume\n")], OLD, id="another level of headings"),
        pytest.param(
            [("- [Rain]", "- [Mist](https://r.example/mist)\n- [Rain]")],
            {"springs": ["mist", "rain", "snow"], "deltas": ["silt", "tides"]},
            id="added",
        ),
        pytest.param(
            [("- [Rain](https://r.example/rain)\n", ""), ("- [Silt]", "- [Rain](https://r.example/rain)\n- [Silt]")],
            {"springs": ["snow"], "deltas": ["rain", "silt", "tides"]},
            id="moved to another topic",
        ),
        pytest.param(
            [("- [Rain](https://r.example/rain)\n", "")],
            {"springs": ["snow", "rain"], "deltas": ["silt", "tides"]},
            id="taken out",
        ),
        pytest.param(
            [("[Rain](https://r.example/rain)", "[Snow](https://r.example/snow-2)")],
            {"springs": ["snow-2", "snow", "rain"], "deltas": ["silt", "tides"]},
            id="another of the same title",
        ),
    ],
)
def test_ids_stay_while_the_list_is_edited(edits: list[tuple[str, str]], expected: object) -> None:
    markdown = LIST
    for before, after in edits:
        assert before in markdown
        markdown = markdown.replace(before, after)
    assert ids(again(markdown)) == expected


def test_what_was_renamed_or_has_moved_says_what_it_was() -> None:
    made = again(LIST.replace("r.example/rain", "new.example/rain"))
    assert entry(made, "springs/rain")["former_urls"] == ["https://r.example/rain"]
    line = "- [Rain](https://r.example/rain)\n"
    made = again(LIST.replace(line, "").replace("- [Tides]", f"{line}- [Tides]"))
    assert entry(made, "deltas/rain")["former_ids"] == ["springs/rain"]


def test_an_id_that_progress_follows_from_is_given_to_nothing_else() -> None:
    line = "- [Rain](https://r.example/rain)\n"
    moved = LIST.replace(line, "").replace("- [Tides]", f"{line}- [Tides]")
    base = imported(LIST)
    first = updated(base, base, imported(moved))
    another = moved.replace("- [Snow]", "- [Rain](https://other.example)\n- [Snow]")
    second = updated(first.base, first.files, imported(another)).files
    assert problems(second) == []
    assert (ids(second)["springs"], ids(second)["deltas"]) == (["rain-2", "snow"], ["silt", "rain", "tides"])


def test_what_is_gone_is_marked_and_comes_back_unmarked() -> None:
    base = imported(LIST)
    without = updated(base, base, imported(LIST.replace("- [Silt](https://r.example/silt)\n", "")))
    assert entry(without.files, "deltas/silt")["status"] == "gone"
    assert without.files.topics["deltas"]["core"] == ["tides"]
    back = updated(without.base, without.files, imported(LIST)).files
    assert "status" not in entry(back, "deltas/silt")
    assert back.topics["deltas"]["core"] == ["silt", "tides"]


def correct(ours: Files) -> None:
    rain = ours.topics["springs"]["resources"][0]
    rain |= {"kind": "video", "minutes": 7, "title": "Rain, corrected", "access": "free"}
    ours.topics["springs"]["title"]["en"] = "Where rivers begin"
    ours.outline["parts"][0]["title"]["en"] = "Part one"


def test_corrections_stay_and_are_no_longer_guesses() -> None:
    made = again(LIST.replace("[Rain]", "[Rain!]").replace("## Springs", "## Spring"), correct)
    rain = entry(made, "springs/rain")
    assert (rain["kind"], rain["minutes"], rain["title"], rain["access"]) == ("video", 7, "Rain, corrected", "free")
    assert "guessed" not in rain
    assert made.topics["springs"]["title"] == {"en": "Where rivers begin"}
    assert made.outline["parts"][0]["title"] == {"en": "Part one"}
    assert entry(made, "springs/snow")["guessed"] == ["kind", "minutes"]


def test_a_correction_goes_along_to_another_topic() -> None:
    line = "- [Rain](https://r.example/rain)\n"
    made = again(LIST.replace(line, "").replace("- [Tides]", f"{line}- [Tides]"), correct)
    assert entry(made, "deltas/rain")["title"] == "Rain, corrected"


def take_out(ours: Files) -> None:
    del ours.topics["springs"]["resources"][0]
    ours.topics["springs"]["core"].remove("rain")


def test_what_the_author_took_out_stays_out() -> None:
    assert ids(again(LIST + "- [Sand](https://r.example/sand)\n", take_out)) == {
        "springs": ["snow"],
        "deltas": ["silt", "tides", "sand"],
    }


def take_out_topic(ours: Files) -> None:
    del ours.topics["springs"]  # type: ignore[attr-defined]
    ours.outline["parts"][0]["topics"].remove("springs")


def test_a_topic_that_the_author_took_out_stays_out() -> None:
    assert ids(again(LIST, take_out_topic)) == {"deltas": ["silt", "tides"]}


def add(ours: Files) -> None:
    ours.topics["springs"]["resources"].append({"id": "wells", "title": "Wells", "where": "a book"})
    ours.topics["springs"]["concepts"].append({"id": "own", "title": {"en": "Own"}, "summary": {"en": "Mine."}})
    ours.topics["maps"] = {  # type: ignore[index]
        "title": {"en": "Maps"},
        "summary": {"en": "x"},
        "requires": ["deltas"],
        "resources": [{"id": "atlas", "title": "Atlas", "where": "book"}],
    }
    ours.outline["parts"][0]["topics"].append("maps")
    ours.outline["goals"] = [{"id": "pilot", "title": {"en": "P"}, "summary": {"en": "p"}, "topics": ["maps"]}]


def test_what_the_author_added_stays_and_keeps_its_id() -> None:
    made = again(LIST.replace("- [Rain]", "- [Wells](https://r.example/wells)\n- [Rain]"), add)
    assert ids(made)["springs"] == ["wells-2", "rain", "snow", "wells"]
    assert [each["id"] for each in made.topics["springs"]["concepts"]] == ["runoff", "own"]
    assert (made.outline["parts"][0]["topics"], made.outline["goals"][0]["topics"]) == (
        ["springs", "deltas", "maps"],
        ["maps"],
    )


def test_what_the_author_added_stays_though_its_topic_is_gone_from_the_list() -> None:
    start = LIST.index("## Springs")
    made = again(LIST[:start] + LIST[LIST.index("## Deltas") :], add)
    assert ids(made)["springs"] == ["rain", "snow", "wells"]
    assert entry(made, "springs/rain")["status"] == "gone"
    assert "status" not in entry(made, "springs/wells")


def translate(ours: Files) -> None:
    def translated(value: Any) -> Any:
        if isinstance(value, dict):
            if set(value) == {"en"}:
                return {"en": value["en"], "de": "Wort"}
            return {name: translated(each) for name, each in value.items()}
        return [translated(each) for each in value] if isinstance(value, list) else value

    for topic in [*ours.topics]:
        ours.topics[topic] = translated(ours.topics[topic])  # type: ignore[index]
    ours.outline.update(translated(dict(ours.outline)))
    ours.outline["languages"] = ["en", "de"]


def test_a_language_that_the_author_added_stays_and_what_is_new_is_in_that_of_the_list() -> None:
    made = again(LIST + "- [Sand](https://r.example/sand) - for new land\n", translate)
    assert made.topics["springs"]["title"] == {"en": "Springs", "de": "Wort"}
    assert entry(made, "deltas/sand")["note"] == {"en": "for new land"}


def require(ours: Files) -> None:
    ours.topics["springs"]["requires"] = ["deltas"]


def test_prerequisites_of_the_author_and_of_the_list_make_no_loop() -> None:
    table = "# Rivers\n## Springs\n- [Rain](https://r.example/rain)\n## Deltas\n| Course | Prerequisites |\n| - | - |\n"
    made = again(f"{table}| [Silt](https://r.example/silt) | Springs |\n", require)
    assert made.topics["springs"]["requires"] == ["deltas"]
    assert made.topics["deltas"]["requires"] == []
