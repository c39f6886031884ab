"""Curricula of any size, made up but sound: one size gives one curriculum, byte for byte, on every machine."""

from pathlib import Path
from random import Random
from typing import Any

import tomli_w

CONCEPTS = 5
RESOURCES = 10
PARTS = 4
REACH = 12
"""How far back in teaching order prerequisites stand, so that the way to the last topic is long."""

KINDS = ("article", "video", "paper", "notebook", "book", "code")
RESOURCE_LANGUAGES = ("en", "en", "zh-Hans", "zh-Hant")
SOURCES = ("first-course", "second-course", "third-course")
VOCABULARY = {
    "en": """
        attention model gradient token layer training weight memory data reward sample kernel batch cache index graph
        vector prompt retrieval alignment sparse dense linear random latent signal filter context quality error scale
        search policy loss score input output block stack stream query answer tuning merging routing serving reading
    """,
    "zh-Hans": """
        注意力 模型 梯度 词元 训练 权重 内存 数据 奖励 采样 缓存 索引 向量 提示词 检索 对齐 稀疏 线性 上下文 质量
    """,
    "zh-Hant": """
        注意力 模型 梯度 詞元 訓練 權重 記憶體 資料 獎勵 取樣 快取 索引 向量 提示詞 檢索 對齊 稀疏 線性 上下文 品質
    """,
}
WORDS = {language: text.split() for language, text in VOCABULARY.items()}


def write_curriculum(folder: Path, topics: int) -> Path:
    """Writes a curriculum of `topics` topics, ten resources each, in three languages; returns its folder.

    Topics are named `topic-1` to `topic-N` in teaching order. Each builds on one or two shortly before it.
    """
    names = [f"topic-{number}" for number in range(1, topics + 1)]
    (folder / "topics").mkdir(parents=True)
    _write(folder / "curriculum.toml", _outline(names))
    for number, name in enumerate(names, 1):
        _write(folder / "topics" / f"{name}.toml", _topic(number))
    return folder


def _write(path: Path, document: dict[str, Any]) -> None:
    path.write_bytes(tomli_w.dumps(document).encode())


def _outline(names: list[str]) -> dict[str, Any]:
    dice = Random(0)  # noqa: S311 - no secret hangs on it
    share = -(-len(names) // PARTS)
    parts = [names[start : start + share] for start in range(0, len(names), share)]
    return {
        "id": "generated",
        "languages": list(WORDS),
        "title": _texts(dice, 2),
        "summary": _texts(dice, 20),
        "sources": [{"id": source, "title": source.title(), "language": "en"} for source in SOURCES],
        "parts": [
            {"id": f"part-{number}", "title": _texts(dice, 2), "summary": _texts(dice, 20), "topics": own}
            for number, own in enumerate(parts, 1)
        ],
    }


def _topic(number: int) -> dict[str, Any]:
    dice = Random(number)  # noqa: S311 - no secret hangs on it
    near = range(max(1, number - REACH), number)
    requires = sorted(dice.sample(near, min(len(near), dice.choice((1, 1, 2)))))
    concepts = [f"concept-{place}" for place in range(1, CONCEPTS + 1)]
    return {
        "title": {language: f"{words} {number}" for language, words in _texts(dice, 3).items()},
        "summary": _texts(dice, 60),
        "aliases": [f"alias {number}", f"别名 {number}"],
        "requires": [f"topic-{earlier}" for earlier in requires],
        "exercise": {
            **{name: _texts(dice, 8) for name in ("task", "start", "done_when")},
            "minutes": 60 * dice.randint(1, 5),
        },
        "core": ["resource-1", ["resource-2", "resource-3"], "resource-4"],
        "concepts": [
            {
                "id": concept,
                "title": {language: f"{words} {number}.{place}" for language, words in _texts(dice, 2).items()},
                "summary": _texts(dice, 40),
                "aliases": [f"idea {number}.{place}"],
            }
            for place, concept in enumerate(concepts, 1)
        ],
        "resources": [_resource(dice, number, place, concepts) for place in range(1, RESOURCES + 1)],
    }


def _resource(dice: Random, number: int, place: int, concepts: list[str]) -> dict[str, Any]:
    language = dice.choice(RESOURCE_LANGUAGES)
    return {
        "id": f"resource-{place}",
        "title": f"{_text(dice, language, 5)} {number}.{place}",
        "url": f"https://example.org/{number}/{place}",
        "kind": dice.choice(KINDS),
        "language": language,
        "authors": [f"Author {dice.randint(1, 500)}"],
        "level": dice.choice(("intro", "intermediate", "advanced")),
        "minutes": 5 * dice.randint(1, 40),
        "concepts": [concepts[place % CONCEPTS]],
        "sources": sorted(dice.sample(SOURCES, dice.randint(0, 3))),
        "note": _texts(dice, 15),
    }


def _texts(dice: Random, words: int) -> dict[str, str]:
    return {language: _text(dice, language, words) for language in WORDS}


def _text(dice: Random, language: str, words: int) -> str:
    joint = " " if language == "en" else ""
    return joint.join(dice.choices(WORDS[language], k=words))
