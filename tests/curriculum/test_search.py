"""Search, on a few rows by hand; on the shipped course in each of its languages."""

import pytest

from llmpath.curriculum.search import MAX_MATCHES, Row, found
from tests.support import Home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """One for all: searching changes nothing."""
    return Home(tmp_path_factory.mktemp("search"))


ROWS = [
    Row("quantization", "quantization\n量化\nmodel compression", "fewer bits per weight. 用更少的比特表示权重"),
    Row("retrieval", "rag\nretrieval-augmented generation\n检索增强生成", "answers from documents; 从文档里回答"),
    Row("quantization/gptq", "gptq-awq\ngptq and awq\ngptq 与 awq", "quantization after training, 微调之后"),
    Row("retrieval/paper", "rag-paper\nretrieval for large models", "the paper by lewis"),
]


@pytest.mark.parametrize(
    ("words", "score"),
    [
        ("sparse attention", 100.0),
        ("  Sparse  ATTENTION ", 100.0),
        ("sparse", 95.0),
        ("attention", 90.0),
        ("attention sparse", 85.0),
        ("every second", 75.0),
        ("sparse token", 70.0),
    ],
    ids=[
        "a whole name",
        "letter case and space never matter",
        "the beginning of a name",
        "the middle of a name",
        "the words of a name in any order",
        "a text as it stands",
        "words of the name and of the text",
    ],
)
def test_score_of_a_match(words: str, score: float) -> None:
    assert found([Row("it", "sparse attention", "looks at every second token")], words) == [("it", score)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("quantization", ["quantization", "quantization/gptq"]),
        ("rag", ["retrieval", "retrieval/paper"]),
        ("retrieval", ["retrieval", "retrieval/paper"]),
        ("微调", ["quantization/gptq"]),
    ],
    ids=["a name before a text", "a whole name before its beginning", "topics before the rest", "a text"],
)
def test_best_comes_first(words: str, expected: list[str]) -> None:
    assert [address for address, _ in found(ROWS, words)] == expected


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("量化", "quantization"),
        ("检索", "retrieval"),
        ("文档里", "retrieval"),
        ("rag检索", "retrieval"),
        ("gptq与awq", "quantization/gptq"),
        ("检索 文档", "retrieval"),
    ],
)
def test_chinese_needs_no_spaces(words: str, first: str) -> None:
    assert found(ROWS, words)[0][0] == first


@pytest.mark.parametrize("words", ["quantizaton", "qantization", "quantisation", "modell compresion"])
def test_typing_errors_are_forgiven_and_count_less(words: str) -> None:
    address, score = found(ROWS, words)[0]
    assert address == "quantization"
    assert score < 80


def test_short_words_are_taken_as_they_are() -> None:
    assert found(ROWS, "rb") == []


@pytest.mark.parametrize("words", ["", "   ", "zzzzqqqq"])
def test_nothing_is_found(words: str) -> None:
    assert found(ROWS, words) == []


def test_equal_matches_keep_the_order_of_the_rows() -> None:
    rows = [Row(f"t{number}", f"same {number}", "") for number in range(5)]
    assert [address for address, _ in found(rows, "same")] == ["t0", "t1", "t2", "t3", "t4"]


def test_no_more_are_shown_than_a_person_reads() -> None:
    rows = [Row(f"t{number}", f"same {number}", "") for number in range(100)]
    assert [address for address, _ in found(rows, "same")] == [f"t{number}" for number in range(MAX_MATCHES)]


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("quantization", "quantization"),
        ("监督微调", "supervised-fine-tuning"),
        ("監督式微調", "supervised-fine-tuning"),
        ("retreival augmented generation", "rag"),
        ("agents", "agents"),
    ],
)
def test_every_language_is_searched_whichever_is_spoken(home: Home, language: str, words: str, first: str) -> None:
    ran = home.run("search", words, "--json", "--lang", language)
    assert ran.code == 0
    matches = ran.json()["matches"]
    assert matches[0]["id"] == first
    assert matches[0]["kind"] == "topic"
    scores = [match["score"] for match in matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)


def test_finding_nothing_is_said_and_no_failure(home: Home) -> None:
    ran = home.run("search", "zzzzqqqqxxxx")
    assert (ran.code, ran.err) == (0, "")
    assert "zzzzqqqqxxxx" in ran.out
    assert home.run("search", "zzzzqqqqxxxx", "--json").json() == {
        "kind": "search", "version": 1, "words": "zzzzqqqqxxxx", "matches": []
    }  # fmt: skip


def test_searching_for_nothing_is_a_wrong_command_line(home: Home) -> None:
    ran = home.run("search", "  ")
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
