"""What list, show, resources and search answer."""

import pytest

from tests.support import Home


def heading_of(text: str, part: str) -> str:
    """What stands at the right of a part's heading."""
    [line] = [line for line in text.splitlines() if line.startswith(part)]
    return line.removeprefix(part).strip()


@pytest.mark.parametrize(
    ("commands", "figure"),
    [
        ([], "0/2"),
        (["done numbers"], "1/2"),
        (["skip numbers"], "0/1"),
        (["skip numbers", "done words"], "1/1"),
        (["skip numbers words"], "2 skipped"),
    ],
)
def test_a_part_counts_what_is_done_of_what_is_not_skipped(commands: list[str], figure: str, course: Home) -> None:
    for command in commands:
        assert course.call(*command.split()).code == 0
    assert heading_of(course.call("list").out, "1 Basics") == figure


def test_what_is_missing_and_under_way_is_said_where_only_what_is_to_do_is_listed(course: Home) -> None:
    course.call("done", "numbers", "words")
    course.call("start", "attention", "agents")
    ran = course.call("list", "--state", "todo")
    assert "Tuning" in ran.out
    assert ran.out.splitlines()[-1] == "2 more are under way: llmpath list --state doing"
    assert course.call("list", "--state", "todo", "--json").json()["under_way"] == 2
    course.call("done", "attention", "tuning")
    ran = course.call("list", "--state", "todo")
    assert ran.out.splitlines()[-3:] == [
        "No topic is in that state.",
        "",
        "One more is under way: llmpath list --state doing",
    ]
    assert "under way:" not in course.call("list", "--state", "doing").out
    assert "under way:" not in course.call("list", "basics", "--state", "todo").out
