"""Search, on a few rows by hand; on the shipped course in each of its languages."""

import pytest

from llmpath.curriculum.catalog import Catalog, Names
from llmpath.curriculum.entries import Concept, Curriculum, Exercise, Resource, Topic
from llmpath.curriculum.search import MAX_MATCHES, Row, found, rows_of, snippet
from tests.support import Home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """One for all: searching changes nothing."""
    return Home(tmp_path_factory.mktemp("search"))


def row(item: str, names: str, texts: str) -> Row:
    return Row(item, None, None, names, texts)


ROWS = [
    row("quantization", "quantization\n量化\nmodel compression", "fewer bits per weight. 用更少的比特表示权重"),
    row("retrieval", "rag\nretrieval-augmented generation\n检索增强生成", "answers from documents; 从文档里回答"),
    row("quantization/gptq", "gptq-awq\ngptq and awq\ngptq 与 awq", "quantization after training, 微调之后"),
    row("retrieval/paper", "rag-paper\nretrieval for large models", "the paper by lewis"),
]


def test_every_item_is_a_row_with_its_names_and_texts_in_all_languages_topics_first() -> None:
    def catalog(title: str, summary: str) -> Catalog:
        exercise = Exercise("Write it", "a page", "it reads well", 30)
        video = Resource("talk", "A Talk", note=f"{summary} seen", authors=["Ada"], kind="video", language="en")
        topic = Topic("words", title, summary, ["vocabulary"], exercise=exercise, resources=[video])
        concept = Concept("noun", f"Noun {title}", "a thing")
        topics = [topic._replace(concepts=[concept]), Topic("late", "Late", "")]
        curriculum = Curriculum("x", "X", "", ["en"], [], [], [], None, None, topics, {})
        return Catalog(curriculum, lambda: Names({}, {}, {}, {}))

    assert rows_of([catalog("Words", "What words are"), catalog("词", "词是什么")]) == [
        Row("words", None, None, "words\n词\nvocabulary", "what words are\n词是什么"),
        Row("late", None, None, "late", ""),
        Row("words/noun", None, None, "noun\nnoun words\nnoun词", "a thing"),
        Row("words/talk", "video", "en", "talk\na talk", "what words are seen\nada\n词是什么seen"),
        Row("words/exercise", None, None, "write it", "a page\nit reads well"),
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
    assert found([row("it", "sparse attention", "looks at every second token")], words) == [("it", score)]


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
    assert [match.id for match in found(ROWS, words)] == expected


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
    assert found(ROWS, words)[0].id == first


@pytest.mark.parametrize("words", ["quantizaton", "qantization", "quantisation", "modell compresion"])
def test_typing_errors_are_forgiven_and_count_less(words: str) -> None:
    best = found(ROWS, words)[0]
    assert best.id == "quantization"
    assert best.score < 80


def test_short_words_are_taken_as_they_are() -> None:
    assert found(ROWS, "rb") == []


@pytest.mark.parametrize("words", ["", "   ", "zzzzqqqq"])
def test_nothing_is_found(words: str) -> None:
    assert found(ROWS, words) == []


def test_equal_matches_keep_the_order_of_the_rows() -> None:
    rows = [row(f"t{number}", f"same {number}", "") for number in range(5)]
    assert [match.id for match in found(rows, "same")] == ["t0", "t1", "t2", "t3", "t4"]


def test_all_are_found_and_only_as_many_shown_as_a_person_reads(home: Home) -> None:
    rows = [row(f"t{number}", f"same {number}", "") for number in range(100)]
    assert [match.id for match in found(rows, "same")] == [f"t{number}" for number in range(100)]
    shown = home.run("search", "model", "--json").json()
    assert len(shown["matches"]) == MAX_MATCHES < shown["total"]


def test_only_resources_of_a_kind_or_a_language_are_found_where_one_is_asked_for() -> None:
    rows = [
        Row("t", None, None, "models", ""),
        Row("t/a", "video", "en", "models", ""),
        Row("t/b", "video", "zh-Hans", "models", ""),
        Row("t/c", "paper", "en", "models", ""),
    ]
    assert [match.id for match in found(rows, "models", ["video"])] == ["t/a", "t/b"]
    assert [match.id for match in found(rows, "modles", (), {"en"})] == ["t/a", "t/c"]


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        ("second token", "Looks at every second token."),
        ("TOKEN, looks", "Looks at every second token."),
        ("权重", "用更少的比特表示权重。"),
        ("GPU 显存", "训练时 GPU 显存不够怎么办"),
        ("gpu显存", "训练时 GPU 显存不够怎么办"),
        ("far away", "…on and on and on and it is far away from where it began. It goes on and on and on and…"),
        ("nothing", ""),
    ],
)
def test_the_snippet_is_the_piece_of_text_that_matched(words: str, piece: str) -> None:
    long = "It goes on and on and on and on and on and on and it is far away from where it began. " * 2
    texts = ["Looks at every second token.", "用更少的比特表示权重。", "训练时 GPU 显存不够怎么办", f"Now. {long}"]
    assert snippet(texts, words) == piece


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
        "kind": "search", "version": 1, "words": "zzzzqqqqxxxx", "matches": [], "total": 0
    }  # fmt: skip


def test_searching_for_nothing_is_a_wrong_command_line(home: Home) -> None:
    ran = home.run("search", "  ")
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
