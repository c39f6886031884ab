"""The curriculum that ships: what its texts, links and numbers must all fulfil. A failure is mended in data/."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
import tomli

import llmpath
from llmpath.curriculum import graph, library
from llmpath.curriculum.catalog import Catalog
from llmpath.curriculum.kinds import TIMED_KINDS
from llmpath.curriculum.models import Concept, Curriculum, Resource, Topic
from llmpath.curriculum.reader import check_folder
from llmpath.text.names import folded

LANGUAGES = ["en", "zh-Hans", "zh-Hant"]
CHINESE = ["zh-Hans", "zh-Hant"]
HAN = "[\u4e00-\u9fff]"

PARTS = {
    "fundamentals": ["mathematics", "python", "neural-networks", "nlp"],
    "scientist": [
        "architecture",
        "pre-training",
        "post-training-datasets",
        "supervised-fine-tuning",
        "preference-alignment",
        "evaluation",
        "quantization",
        "new-trends",
        "reasoning",
        "multimodal",
    ],
    "engineer": [
        "running-llms",
        "vector-storage",
        "rag",
        "agents",
        "advanced-rag",
        "inference-optimization",
        "deploying",
        "securing",
    ],
}

NAMES = {
    "sft": "supervised-fine-tuning",
    "rlhf": "preference-alignment",
    "dpo": "preference-alignment/dpo",
    "grpo": "preference-alignment/grpo",
    "ppo": "preference-alignment/ppo",
    "orpo": "preference-alignment/dpo-variants",
    "lora": "supervised-fine-tuning/low-rank-adaptation",
    "qlora": "supervised-fine-tuning/quantized-lora",
    "peft": "supervised-fine-tuning/low-rank-adaptation",
    "trl": "supervised-fine-tuning/fine-tuning-frameworks",
    "hyperparameters": "supervised-fine-tuning/training-parameters",
    "moe": "architecture/mixture-of-experts",
    "rope": "architecture/positional-embeddings",
    "alibi": "architecture/positional-embeddings",
    "yarn": "architecture/context-extension",
    "kv cache": "inference-optimization/kv-cache",
    "kv-cache": "inference-optimization/kv-cache",
    "flash attention": "inference-optimization/flash-attention",
    "speculative decoding": "inference-optimization/speculative-decoding",
    "gguf": "quantization/gguf-llama-cpp",
    "llama.cpp": "quantization/gguf-llama-cpp",
    "gptq": "quantization/gptq-awq",
    "awq": "quantization/gptq-awq",
    "exl2": "quantization/gptq-awq",
    "vllm": "deploying/vllm",
    "ollama": "running-llms/ollama",
    "prompt": "running-llms/prompt-engineering",
    "mcp": "agents/agent-protocols",
    "a2a": "agents/agent-protocols",
    "agents": "agents",
    "智能体": "agents",
    "代理": "agents",
    "rag": "rag",
    "检索增强生成": "rag",
    "檢索增強生成": "rag",
    "hyde": "rag/query-rewriting",
    "bm25": "rag/hybrid-retrieval",
    "langchain": "rag/langchain",
    "llamaindex": "rag/llamaindex",
    "langgraph": "agents/langgraph",
    "dspy": "advanced-rag/programming-llms",
    "embeddings": "vector-storage/embedding-models",
    "chunking": "vector-storage/chunking",
    "向量数据库": "vector-storage/vector-databases",
    "向量資料庫": "vector-storage/vector-databases",
    "prompt injection": "securing/prompt-injection",
    "jailbreak": "securing/jailbreaking",
    "red teaming": "securing/red-teaming",
    "量化": "quantization",
    "微调": "supervised-fine-tuning",
    "微調": "supervised-fine-tuning",
    "强化学习": "preference-alignment/reinforcement-learning-basics",
    "強化學習": "preference-alignment/reinforcement-learning-basics",
    "attention": "architecture/self-attention",
    "transformer": "architecture",
    "tokenizer": "architecture/tokenization",
    "bpe": "architecture/tokenization",
    "scaling laws": "pre-training/scaling-laws",
    "mergekit": "new-trends/model-merging",
    "abliteration": "new-trends/interpretability",
    "sae": "new-trends/interpretability",
    "distillation": "new-trends/small-language-models",
    "bleu": "evaluation/traditional-metrics",
    "perplexity": "evaluation/traditional-metrics",
    "llm as a judge": "evaluation/model-based-evaluation",
    "pytorch": "neural-networks/deep-learning-frameworks",
    "backprop": "neural-networks/backpropagation",
    "adam": "neural-networks/optimizers",
    "dropout": "neural-networks/overfitting-regularization",
    "cnn": "neural-networks",
    "numpy": "python/numpy-arrays",
    "pandas": "python/pandas-tables",
    "pca": "python/unsupervised-learning",
    "rnn": "nlp/rnn",
    "lstm": "nlp/lstm-gru",
    "word2vec": "nlp/word-embeddings",
    "bert": "nlp/pretrained-transformers",
    "线性代数": "mathematics/vectors-and-spaces",
    "線性代數": "mathematics/vectors-and-spaces",
    "微积分": "mathematics/single-variable-calculus",
    "微積分": "mathematics/single-variable-calculus",
    "概率": "mathematics/random-variables",
    "機率": "mathematics/random-variables",
    "quantization/gptq-awq": "quantization/gptq-awq",
    "quantization/introduction-to-quantization": "quantization/introduction-to-quantization",
}
"""What people type, and the item that they mean."""

SHARED_LETTERS = {
    "布": "分布, 布: Taiwan's standard form; s2t writes 佈",
    "台": "台灣, 一台: as written every day; s2t writes 臺",
    "群": "社群: Taiwan's standard form; s2t writes 羣",
    "峰": "尖峰: Taiwan's standard form; s2t writes 峯",
    "占": "占用: the form taught in Taiwan; s2t writes 佔",
}
"""Letters of Traditional Chinese that OpenCC takes for simplified ones, and why they are right."""

PRAISE = {
    "en": (
        r"\b(great|excellent|comprehensive|ultimate|must-read|amazing|awesome|perfect|outstanding|in-depth|definitive"
        r"|world-class|brilliant|superb|the best|a guide to)\b"
    ),
    "zh-Hans": "优秀|全面|必读|完美|极佳|出色|绝佳|权威|精彩|卓越|一流",
    "zh-Hant": "優秀|全面|必讀|完美|極佳|出色|絕佳|權威|精彩|卓越|一流",
}


class Text(NamedTuple):
    """One text in one language; `kind` is title, summary, idea (a concept's summary) or note."""

    item: str
    kind: str
    language: str
    words: str


@pytest.fixture(scope="module")
def curriculum() -> Curriculum:
    return llmpath.load_curriculum()


@pytest.fixture(scope="module")
def texts(curriculum: Curriculum) -> list[Text]:
    return [
        Text(item, kind, language, words)
        for item, kind, text in _authored(curriculum)
        for language, words in text.items()
    ]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return library.load_catalog(library.shipped(), "en", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="module")
def terms() -> list[dict[str, Any]]:
    glossary = Path(library.data_folder(), "glossary.toml").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = tomli.loads(glossary)["terms"]
    return entries


def _authored(curriculum: Curriculum) -> Iterator[tuple[str, str, dict[str, str]]]:
    yield curriculum.id, "title", curriculum.title
    yield curriculum.id, "introduction", curriculum.summary
    for part in curriculum.parts:
        yield part.id, "title", part.title
        yield part.id, "introduction", part.summary
    for topic in curriculum.topics:
        yield topic.id, "title", topic.title
        yield topic.id, "summary", topic.summary
        for concept in topic.concepts:
            yield f"{topic.id}/{concept.id}", "title", concept.title
            yield f"{topic.id}/{concept.id}", "idea", concept.summary
        for resource in topic.resources:
            for name, text in (("note", resource.note), ("why", resource.why), ("read", resource.read)):
                if text:
                    yield f"{topic.id}/{resource.id}", name, text
        if topic.exercise:
            for name in ("task", "start", "done_when"):
                yield f"{topic.id}/exercise", name, getattr(topic.exercise, name)


def _resources(curriculum: Curriculum) -> list[tuple[str, Resource]]:
    return [(f"{topic.id}/{resource.id}", resource) for topic in curriculum.topics for resource in topic.resources]


def _slots(topic: Topic) -> list[list[Resource]]:
    by_id = {resource.id: resource for resource in topic.resources}
    return [[by_id[name] for name in ([slot] if isinstance(slot, str) else slot)] for slot in topic.core]


def _minutes(topic: Topic) -> int:
    return sum(slot[0].minutes or 0 for slot in _slots(topic)) + (topic.exercise.minutes if topic.exercise else 0)


def _doubles(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _sentences(text: Text) -> int:
    """How many sentences end: "et al. (2020)" and "llama.cpp" end none."""
    if text.language in CHINESE:
        return len(re.findall("[。！？]", text.words))
    return len(re.findall(r"[.!?][\"')]*(?=$|\s+[\"'(]?[A-Z`]|\s+[0-9])", text.words))


# The outline


def test_the_topics_stand_in_the_promised_parts_and_order(curriculum: Curriculum) -> None:
    assert {part.id: part.topics for part in curriculum.parts} == PARTS
    assert [topic.id for topic in curriculum.topics] == list(chain.from_iterable(PARTS.values()))
    assert curriculum.languages == LANGUAGES


def test_validation_finds_neither_faults_nor_warnings() -> None:
    assert check_folder(Path(library.shipped().folder)).problems == []


def test_prerequisites_come_earlier_and_none_is_implied_by_another(curriculum: Curriculum) -> None:
    requires = {topic.id: topic.requires for topic in curriculum.topics}
    order = list(requires)
    late = [
        (topic, name) for topic, names in requires.items() for name in names if order.index(name) > order.index(topic)
    ]
    assert late == []
    assert list(graph.loops_of(requires)) == []
    assert list(graph.implied_requirements(requires)) == []


def test_no_part_takes_120_hours(curriculum: Curriculum) -> None:
    hours = {part.id: sum(_minutes(curriculum.topic(name)) for name in part.topics) / 60 for part in curriculum.parts}
    assert {part: hours for part, hours in hours.items() if not 20 < hours < 120} == {}


# Names


def test_ids_are_unique_within_their_topic(curriculum: Curriculum) -> None:
    for topic in curriculum.topics:
        entries: list[Concept | Resource] = [*topic.concepts, *topic.resources]
        assert _doubles([name for entry in entries for name in {entry.id, *entry.former_ids}]) == [], topic.id
    assert _doubles([topic.id for topic in curriculum.topics]) == []


def test_aliases_are_unique_in_the_curriculum(curriculum: Curriculum) -> None:
    named: list[Topic | Concept] = [
        *curriculum.topics,
        *(concept for topic in curriculum.topics for concept in topic.concepts),
    ]
    assert _doubles([alias for entry in named for alias in set(map(folded, entry.aliases))]) == []


def test_no_two_topics_or_concepts_share_a_title(texts: list[Text]) -> None:
    titles = {(folded(text.words), text.item) for text in texts if text.kind == "title"}
    assert _doubles([title for title, _ in titles]) == []


def test_no_two_resources_share_a_title(curriculum: Curriculum) -> None:
    titles = {(folded(resource.title), resource.language) for _, resource in _resources(curriculum)}
    assert len(titles) == len(_resources(curriculum))


def test_every_topic_has_aliases_in_chinese(curriculum: Curriculum) -> None:
    assert [topic.id for topic in curriculum.topics if not re.search(HAN, "".join(topic.aliases))] == []


@pytest.mark.parametrize(("name", "address"), NAMES.items())
def test_what_people_type_leads_to_the_item_they_mean(catalog: Catalog, name: str, address: str) -> None:
    assert catalog.resolve(name).id == address


# Texts


def test_every_text_stands_in_all_three_languages(curriculum: Curriculum) -> None:
    wanting = [(item, kind) for item, kind, text in _authored(curriculum) if list(text) != LANGUAGES]
    assert wanting == []


def test_texts_in_simplified_chinese_have_no_traditional_letters(texts: list[Text]) -> None:
    opencc = pytest.importorskip("opencc", reason="OpenCC, of the extra `test`, tells the scripts apart")
    simplified = opencc.OpenCC("t2s")
    wrong = [
        (text.item, letter)
        for text in texts
        if text.language == "zh-Hans"
        for letter, better in zip(text.words, simplified.convert(text.words), strict=True)
        if letter != better
    ]
    assert wrong == []


def test_texts_in_traditional_chinese_have_no_simplified_letters(texts: list[Text]) -> None:
    opencc = pytest.importorskip("opencc", reason="OpenCC, of the extra `test`, tells the scripts apart")
    traditional = opencc.OpenCC("s2t")
    wrong = [
        (text.item, letter)
        for text in texts
        if text.language == "zh-Hant"
        for letter, better in zip(text.words, traditional.convert(text.words), strict=True)
        if letter != better and letter not in SHARED_LETTERS
    ]
    assert wrong == []


def test_chinese_texts_are_chinese_and_english_ones_are_not(texts: list[Text]) -> None:
    without = {text.item for text in texts if text.language in CHINESE and not re.search(HAN, text.words)}
    named_in_latin = {"inference-optimization/flash-attention", "inference-optimization/eagle-3"}
    assert without == named_in_latin
    assert [text.item for text in texts if text.language == "en" and re.search(HAN, text.words)] == []


def test_chinese_texts_have_full_width_punctuation(texts: list[Text]) -> None:
    half_width = re.compile(rf"{HAN}[,;:?!]|{HAN}\.(?!\w)|{HAN}\(|\){HAN}")
    assert [text.item for text in texts if text.language in CHINESE and half_width.search(text.words)] == []


def test_a_space_parts_chinese_from_latin_words(texts: list[Text]) -> None:
    joined = re.compile(rf"{HAN}[A-Za-z0-9`]|[A-Za-z0-9`]{HAN}|[，。；：？！、（）「」“”] | [，。；：？！、）」”]")
    assert [text.item for text in texts if text.language in CHINESE and joined.search(text.words)] == []


def test_each_script_has_its_own_quotation_marks(texts: list[Text]) -> None:
    foreign = {"en": "[“”‘’「」]", "zh-Hans": '[「」『』"]', "zh-Hant": '[“”‘’"]'}
    assert [(text.item, text.language) for text in texts if re.search(foreign[text.language], text.words)] == []


def test_texts_have_no_stray_space_and_nothing_invisible(texts: list[Text]) -> None:
    wrong = [
        (text.item, text.language)
        for text in texts
        if "  " in text.words
        or text.words != text.words.strip()
        or any(unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cn"} for letter in text.words)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [("title", 0, 0), ("introduction", 1, 4), ("summary", 2, 4), ("idea", 1, 3), ("note", 1, 1)],
)
def test_texts_have_as_many_sentences_as_their_place_allows(
    texts: list[Text], kind: str, least: int, most: int
) -> None:
    counted = [(text.item, text.language, _sentences(text)) for text in texts if text.kind == kind]
    assert counted
    assert [found for found in counted if not least <= found[2] <= most] == []


def test_sentences_end_with_a_full_stop_and_lines_with_none(texts: list[Text]) -> None:
    ended = {kind: {text.words[-1] in ".。" for text in texts if text.kind == kind} for kind in {t.kind for t in texts}}
    without = {kind for kind, found in ended.items() if found == {False}}
    assert [kind for kind, found in ended.items() if len(found) > 1] == []
    assert without == {"title", "task", "why", "read"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_praise_nothing(texts: list[Text], language: str) -> None:
    notes = [text for text in texts if text.kind == "note" and text.language == language]
    assert [text.item for text in notes if re.search(PRAISE[language], text.words, re.IGNORECASE)] == []


# The glossary


@pytest.mark.parametrize("language", CHINESE)
def test_texts_keep_to_the_terms_of_the_glossary(texts: list[Text], terms: list[dict[str, Any]], language: str) -> None:
    wrong = []
    for entry in terms:
        term = entry[language]
        for avoided in entry.get("avoid", {}).get(language, []):
            for text in texts:
                words = text.words.replace(term, "\n") if len(term) > len(avoided) else text.words
                if text.language == language and avoided in words:
                    wrong.append(f"{text.item}: {term}, not {avoided}")
    assert wrong == []


@pytest.mark.parametrize("language", CHINESE)
def test_the_glossary_has_only_terms_that_the_texts_use(
    texts: list[Text], terms: list[dict[str, Any]], language: str
) -> None:
    everything = "\n".join(text.words for text in texts if text.language == language)
    assert [entry["en"] for entry in terms if entry[language] not in everything] == []


def test_the_glossary_has_one_entry_for_a_term_and_forbids_none_of_its_own(terms: list[dict[str, Any]]) -> None:
    assert _doubles([entry["en"] for entry in terms]) == []
    wrong = [
        entry["en"]
        for entry in terms
        for language, avoided in entry.get("avoid", {}).items()
        if language not in CHINESE or entry[language] in avoided
    ]
    assert wrong == []


# Resources and cores


def test_resources_have_minutes_where_their_kind_has_a_length(curriculum: Curriculum) -> None:
    untimed = [item for item, each in _resources(curriculum) if each.kind in TIMED_KINDS and each.minutes is None]
    assert untimed == []


def test_every_resource_serves_a_concept_and_every_concept_is_served(curriculum: Curriculum) -> None:
    for topic in curriculum.topics:
        served = [set(resource.concepts) for resource in topic.resources]
        assert all(served), topic.id
        assert set().union(*served) == {concept.id for concept in topic.concepts}, topic.id


def test_an_address_belongs_to_one_resource(curriculum: Curriculum) -> None:
    owners: dict[str, set[str]] = {}
    for item, resource in _resources(curriculum):
        for url in filter(None, (resource.url, *resource.former_urls)):
            parts = urlsplit(url)
            host = parts.netloc.lower().removeprefix("www.")
            key = f"{host}{parts.path.rstrip('/')}?{parts.query}#{parts.fragment}"
            owners.setdefault(key, set()).add(item)
    assert {key: items for key, items in owners.items() if len(items) > 1} == {}


def test_addresses_carry_no_tracking(curriculum: Curriculum) -> None:
    tracking = re.compile(r"[?&](utm_\w+|si|usp|source_id|fbclid|gclid)=")
    assert [item for item, resource in _resources(curriculum) if tracking.search(resource.url or "")] == []


def test_resources_have_titles_in_the_letters_of_their_language(curriculum: Curriculum) -> None:
    wrong = [
        item
        for item, resource in _resources(curriculum)
        if resource.kind != "code"  # a repository is called what its owner calls it
        and (resource.language in CHINESE) != bool(re.search(HAN, resource.title))
    ]
    assert wrong == []


def test_every_source_recommends_something(curriculum: Curriculum) -> None:
    named = {source for _, resource in _resources(curriculum) for source in resource.sources}
    assert named == {source.id for source in curriculum.sources}


def test_see_also_names_resources_of_other_topics_once(curriculum: Curriculum) -> None:
    for topic in curriculum.topics:
        assert _doubles(topic.see_also) == [], topic.id
        assert [address for address in topic.see_also if address.startswith(f"{topic.id}/")] == []


def test_a_core_has_two_to_five_slots_with_something_introductory(curriculum: Curriculum) -> None:
    for topic in curriculum.topics:
        slots = _slots(topic)
        assert 2 <= len(slots) <= 5, topic.id
        assert any(slot[0].level == "intro" for slot in slots), topic.id
        assert all(resource.minutes for slot in slots for resource in slot), topic.id


NOT_IN_A_CORE = {"instruction-evolution", "soft-prompts", "rubric-rewards"}
"""Concepts that the core of their topic does not teach."""


def test_a_core_teaches_every_concept_whichever_alternatives_are_taken(curriculum: Curriculum) -> None:
    missing: set[str] = set()
    for topic in curriculum.topics:
        common = [set.intersection(*(set(resource.concepts) for resource in slot)) for slot in _slots(topic)]
        missing |= {concept.id for concept in topic.concepts} - set().union(*common)
    assert missing == NOT_IN_A_CORE


def test_the_first_of_each_core_slot_says_why_it_is_there_and_no_other_does(curriculum: Curriculum) -> None:
    for topic in curriculum.topics:
        firsts = {slot[0].id for slot in _slots(topic)}
        assert {resource.id for resource in topic.resources if resource.why} == firsts, topic.id


def test_nothing_in_a_core_is_short_gone_or_paid_for(curriculum: Curriculum) -> None:
    for topic in curriculum.topics:
        for slot in _slots(topic):
            assert (slot[0].minutes or 0) >= 15, slot[0].id
            assert all(resource.status != "gone" for resource in slot), slot[0].id
            assert slot[0].access not in ("paid", "partly-paid"), slot[0].id


def test_each_topic_has_something_in_every_language(curriculum: Curriculum) -> None:
    for topic in curriculum.topics:
        assert {resource.language for resource in topic.resources} >= set(LANGUAGES), topic.id
        assert any(resource.language == "zh-Hant" for slot in _slots(topic) for resource in slot), topic.id


def test_every_topic_has_an_exercise_of_one_to_six_hours_in_one_line(curriculum: Curriculum) -> None:
    for topic in curriculum.topics:
        exercise = topic.exercise
        assert exercise is not None, topic.id
        assert 60 <= exercise.minutes <= 360, topic.id
        assert len(exercise.task["en"]) <= 70, topic.id
        assert all(len(exercise.task[language]) <= 36 for language in CHINESE), topic.id


def test_a_topic_takes_five_to_fifteen_hours(curriculum: Curriculum) -> None:
    hours = {topic.id: _minutes(topic) / 60 for topic in curriculum.topics}
    assert {topic: hours for topic, hours in hours.items() if not 5 <= hours <= 15} == {}


def test_hours_show_where_the_weight_lies(curriculum: Curriculum) -> None:
    hours = {topic.id: _minutes(topic) / 60 for topic in curriculum.topics}
    models = ("pre-training", "supervised-fine-tuning", "preference-alignment", "evaluation", "reasoning")
    assert hours["mathematics"] + hours["python"] <= sum(hours[topic] for topic in models)


def test_goals_are_the_four_that_one_may_want_to_become(curriculum: Curriculum) -> None:
    assert [goal.id for goal in curriculum.goals] == ["application-engineer", "fine-tuner", "researcher", "evaluator"]


def test_the_course_says_what_it_is_based_on_and_when_it_was_changed(curriculum: Curriculum) -> None:
    assert curriculum.credit is not None
    assert "LLM Course by Maxime Labonne (Apache-2.0)" in curriculum.credit["en"]
    assert curriculum.updated is not None
    assert all(source.licence for source in curriculum.sources)


def test_a_question_names_a_source_that_is_there_and_is_short_enough_to_grade(curriculum: Curriculum) -> None:
    for topic, questions in curriculum.questions.items():
        for question in questions:
            assert question.where, f"{topic}/{question.id}"
            assert question.ask.keys() == question.answer.keys() == set(LANGUAGES), f"{topic}/{question.id}"
