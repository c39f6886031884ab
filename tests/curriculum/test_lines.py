"""Where the entries of a TOML text stand, told without parsing it."""

import pytest

from llmpath.curriculum.lines import MAX_KEY_PARTS, Lines

TEXT = '''\
#:schema x
title.en = "A"
title.zh-Hans = "甲"
summary.en = """
[[resources]]
id = "not-this"
\\""" title.de = "nor this"
"""
core = [
    "a = 1",
    ["gpt-2.0"],
]

[[concepts]]
title.en = "B"
id = "b"
[concepts.summary]
en = "of B"

[[resources]]
url = 'https://example.org' # """
id = "gpt-2.0"
[[resources]]
"title" = "without an id"
[[ resources ]]
id = "third"

[extra]
id = "e"
note.en = "x"
'''


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("title", 2),
        ("title.en", 2),
        ("title.zh-Hans", 3),
        ("summary", 4),
        ("core", 9),
        ("core.2", 9),
        ("concepts.b", 14),
        ("concepts.1", 14),
        ("concepts.b.title.en", 15),
        ("concepts.b.id", 16),
        ("concepts.b.summary", 17),
        ("concepts.b.summary.en", 18),
        ("concepts.b.summary.de", 17),
        ("concepts.b.aliases", 14),
        ("resources.gpt-2.0", 20),
        ("resources.gpt-2.0.url", 21),
        ("resources.1.id", 22),
        ("resources.2.title", 24),
        ("resources.third", 25),
        ("extra.note.en", 30),
    ],
)
def test_an_entry_stands_where_its_key_or_its_header_is(entry: str, line: int) -> None:
    assert Lines(TEXT).of(entry) == line


@pytest.mark.parametrize("entry", ["", "requires", "sources.x", "resources.not-this"])
def test_what_is_not_in_the_text_has_no_line(entry: str) -> None:
    assert Lines(TEXT).of(entry) == 0


def test_windows_line_ends_count_once() -> None:
    assert Lines('a = 1\r\n\r\n[[parts]]\r\nid = "p"\r\n').of("parts.p.id") == 4


def test_a_key_of_very_many_parts_is_found() -> None:
    deep = ".".join("a" * (MAX_KEY_PARTS + 1))
    assert Lines(f"x = 1\n{deep} = 1\n").of_deep_key() == 2
    assert Lines(f"x = 1\n[{deep}]\n").of_deep_key() == 2
    assert Lines(f'x = 1\n"a" . {deep} = 1\n').of_deep_key() == 2


def test_a_text_that_only_looks_like_a_deep_key_is_none() -> None:
    deep = ".".join("a" * (MAX_KEY_PARTS + 1))
    assert Lines(f'x = """\n{deep} = 1\n"""\n').of_deep_key() == 0
    assert Lines(f"x = '''\n{deep} = 1\n'''\n").of_deep_key() == 0
    assert Lines(f'x = "{deep} = 1"\n').of_deep_key() == 0


@pytest.mark.parametrize("text", ['a = "', "a = '''", '"', "[[", "[[x]", "a.", "=", '"""\n"""""', "a = '\\", "\\"])
def test_a_text_with_faults_has_lines_too(text: str) -> None:
    assert Lines(f"title = 1\n{text}").of("title") == 1
