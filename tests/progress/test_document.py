"""A log as text: reading it, whoever wrote it, and what is written."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
import tomli
from hypothesis import example, given
from hypothesis import strategies as st

from llmpath.errors import DamagedProgress
from llmpath.progress.document import blocks_of, lines_of, parsed, same_key, sides_of, text_of

AT = datetime(2026, 11, 21, 22, 34, 5, 1000, tzinfo=timezone(timedelta(hours=8)))
WRITTEN = """
[[log]]
at = 2026-11-21 22:34:05.001+08:00
done = ["quantization", "rag/hybrid-retrieval"]
on = 2026-11-20

[[log]]
at = 2026-11-21 22:34:05.001+08:00
note = ["量化"]
text = "great talk"
curriculum = "ossu"
"""


def test_entries_are_written_for_people() -> None:
    entries = [
        {"at": AT, "done": ["quantization", "rag/hybrid-retrieval"], "on": date(2026, 11, 20)},
        {"at": AT, "note": ["量化"], "text": "great talk", "curriculum": "ossu"},
    ]
    assert blocks_of(entries) == WRITTEN
    assert parsed(text_of({}, entries, "progress").encode(), "p") == (2, entries, {})


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MOMENTS = st.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001 - a zone is added
    datetime(8999, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30))]),
)
NAIVE = st.datetimes().map(lambda value: value.replace(fold=0))
TIMES = st.times().map(lambda value: time(value.hour, value.minute, value.second, value.microsecond))
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(TEXTS, st.booleans(), st.integers(-(2**63), 2**63), st.floats(), st.dates(), MOMENTS, NAIVE, TIMES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
OURS = st.fixed_dictionaries(
    {"at": MOMENTS.map(lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)), "done": st.lists(TEXTS)},
    optional={"on": st.dates(), "text": TEXTS, "of": MOMENTS, "curriculum": TEXTS},
)
FOREIGN = st.dictionaries(TEXTS, VALUES, max_size=4)


@given(st.lists(OURS | FOREIGN, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_whatever_toml_can_hold_is_read_as_it_was_written(entries: list[dict[str, Any]], newline: str) -> None:
    text = f"schema = 2{newline}{blocks_of(entries, newline)}"
    found = parsed(text.encode(), "p").entries
    assert [same_key(table) for table in found] == [same_key(table) for table in entries]


PIECES = [
    '[[log]]\nat = 2026-11-21 22:34:05.001+08:00\ndone = ["a"]\n',
    '[[log]]\nat = 2026-11-21 22:34:05.001+08:00\ndone = ["a"]\nzap = 1\n',
    '[[log]]\nat = 2026-11-21 22:34:05.001+08:00\nnote = ["a", "b"]\ntext = "x"\n',
    '[[log]]\nat = 2026-02-30 22:34:05.001+08:00\ndone = ["a"]\n',
    '[[log]]\ndone = ["a"] # by hand\n\non = 2026-01-05\n',
    '[[log]]\nnote = ["a"]\ntext = """\n[[log]]\nat = 2026-11-21 22:34:05.001+08:00\ndone = ["b"]\n"""\n',
    '[log.more]\nx = 1\n',
    '[other]\nx = 1\n',
    "# a comment\n",
    "\n\n",
    "x = 1\n",
    "'''\n",
    '"""\n',
    "log = []\n",
    "[[log.sub]]\n",
    "on = 2026-01-05\n",
]  # fmt: skip


@example([PIECES[0], PIECES[4], "[other]\nx = 1\n", PIECES[0]], "schema = 2\n")
@example([PIECES[0], PIECES[4], "[log.more]\nx = 1\n", PIECES[0]], "schema = 2\n")
@example([PIECES[0], PIECES[5], PIECES[0]], "schema = 2\n")
@given(st.lists(st.sampled_from(PIECES), max_size=7), st.sampled_from(["schema = 2\n", "# c\nschema = 2\n\n", ""]))
def test_a_file_edited_by_hand_is_read_as_a_parser_reads_it(pieces: list[str], beginning: str) -> None:
    text = beginning + "".join(pieces)
    try:
        whole = tomli.loads(f"{text}\n[[log]]\n")
    except ValueError:
        whole = {}
    try:
        found = parsed(text.encode(), "p")
    except DamagedProgress:
        assert whole.get("schema") != 2
    else:
        assert [*found.entries, {}] == whole.pop("log")
        assert {"schema": found.schema, **found.others} == whole


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("", "empty", 0),
        (" \n\n", "empty", 0),
        ("\0\0\0", "zero_filled", 0),
        ('done = ["a"]\n', "no_schema", 0),
        ("schema = '2'\n", "no_schema", 0),
        ("schema = 0\n", "no_schema", 0),
        ("schema = true\n", "no_schema", 0),
        ("schema = 2\n\n[[log]]\nat = \n", "syntax", 4),
        ("schema = 2\nlog = []\n", "log_form", 2),
        ("schema = 2\n\n[log]\nx = 1\n", "log_form", 3),
        ('schema = 2\nlog = [{done = ["a"]}]\n', "log_form", 2),
        ("schema = 2\n<<<<<<< ours\n[[log]]\n=======\n", "merge_markers", 2),
        ("schema = 2\n[[log]]\nx = " + "[" * 100 + "]" * 100 + "\n", "too_deep", 0),
    ],
)
def test_rule_10_what_cannot_be_read_or_added_to_is_damaged(text: str, reason: str, line: int) -> None:
    with pytest.raises(DamagedProgress) as caught:
        parsed(text.encode(), "p")
    assert (caught.value.fields["reason"], caught.value.line) == (reason, line)


def test_a_file_in_another_encoding_is_damaged_and_a_mark_before_it_is_none() -> None:
    with pytest.raises(DamagedProgress) as caught:
        parsed(b"schema = 2\n# \xff\n", "p")
    assert (caught.value.fields["reason"], caught.value.line) == ("not_utf8", 2)
    assert parsed(b"\xef\xbb\xbfschema = 2\r\n", "p") == (2, [], {})


def test_the_line_of_each_entry_is_known_unless_something_in_a_text_looks_like_one() -> None:
    assert lines_of(b"schema = 2\n\n[[log]]\nx = 1\n  [[ log ]]\n", 2) == [3, 5]
    assert lines_of(b'schema = 2\n\n[[log]]\nx = """\n[[log]]\n"""\n', 1) == []


@pytest.mark.parametrize("base", ["", "||||||| base\nb\n"])
def test_rule_7_git_markers_part_a_file_into_its_two_sides(base: str) -> None:
    text = f"a\n<<<<<<< HEAD\no1\no2\n{base}=======\nt\n>>>>>>> other\nz\n"
    assert sides_of(text) == ("a\no1\no2\nz\n", "a\nt\nz\n")
    assert sides_of("a\n=======\nb\n") is None


def test_values_are_the_same_in_any_order_of_keys_and_in_any_time_zone_and_types_are_kept_apart() -> None:
    assert same_key({"a": 1, "b": AT}) == same_key({"b": AT.astimezone(UTC), "a": 1})
    different: list[Any] = [1, 1.0, True, "1", [1], {"1": 1}, date(1, 1, 1), datetime(1, 1, 1), None]  # noqa: DTZ001
    keys = [same_key(value) for value in different]
    assert len(set(keys)) == len(different)


def test_full_stops_behind_a_comma_in_a_note_are_no_key() -> None:
    note = f"see, {'.'.join('a' * 100)}"
    document = parsed(f'schema = 2\n\n[[log]]\nnote = ["x"]\ntext = "{note}"\nmine = 1\n'.encode(), "progress.toml")
    assert document.entries[0]["text"] == note
