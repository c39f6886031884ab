"""How names are compared.

After a change of OpenCC: LLMPATH_KEEP_SCRIPTS=1 pytest tests/text/test_names.py writes the table of characters anew.
"""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.text.names import SCRIPTS, folded


@pytest.mark.parametrize(
    "spelling",
    [
        "attention",
        "Attention",
        "ATTENTION",
        "  attention ",
        "\tattention\n",
        "atténtion",
        "atte\u0301ntion",
        "ａｔｔｅｎｔｉｏｎ",
        "ＡＴＴＥＮＴＩＯＮ",
        "\u3000attention\u3000",
    ],
)
def test_case_width_accents_and_surrounding_space_never_matter(spelling: str) -> None:
    assert folded(spelling) == "attention"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("２．７", "2.7"),
        ("quantization／gptq", "quantization/gptq"),
        ("Straße", "STRASSE"),
        ("self  attention", "self attention"),
        ("self\u3000attention", "self attention"),
        ("ＬＬＭ量化", "llm量化"),
        ("ﬁne tuning", "fine tuning"),
        ("İstanbul", "istanbul"),
        ("微调", "微調"),
        ("動手學深度學習", "动手学深度学习"),
        ("臺灣", "台湾"),
        ("爲什麼", "为什么"),
        ("裏", "里"),
        ("RAG 评估", "RAG評估"),
        ("训练 GPU 显存", "訓練GPU顯存"),
    ],
)
def test_these_are_the_same_name(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("量化", "微调"), ("检索 文档", "检索文档"), ("a-b", "ab"), ("2.7", "27"), ("c", "c++")]
)
def test_these_are_different_names(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text())
def test_a_folded_name_is_folded_already(name: str) -> None:
    assert folded(folded(name)) == folded(name)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"])))
def test_composed_and_decomposed_spellings_are_one_name(name: str) -> None:
    assert folded(unicodedata.normalize("NFD", name)) == folded(unicodedata.normalize("NFC", name))


@given(st.text(alphabet="abcäé量Ａ", min_size=1), st.text(alphabet=" \t\u3000\u00a0"))
def test_space_around_a_name_is_not_part_of_it(name: str, space: str) -> None:
    assert folded(f"{space}{name}{space}") == folded(name)


def characters_of(name: str) -> dict[str, str]:
    """A table of OpenCC: each single character and what it becomes first."""
    import opencc

    text = (Path(opencc.__file__).parent / "dictionary" / name).read_text("utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if "\t" in line)
    return {one: other.split()[0] for one, other in pairs if len(one) == len(other.split()[0]) == 1}


def test_the_table_of_characters_is_that_of_opencc() -> None:
    pytest.importorskip("opencc")
    table = {one: other for one, other in characters_of("TSCharacters.txt").items() if one != other}
    for one in table:
        chain = [one]  # 麼 becomes 么, and that becomes 幺
        while (other := table.get(chain[-1], chain[0])) not in chain:
            chain.append(other)
        table[one] = chain[-1]
    table = {one: table[one] for one in sorted(table) if unicodedata.normalize("NFKC", one) == one != table[one]}
    text = f"{''.join(table)}\n{''.join(table.values())}\n"
    if os.environ.get("LLMPATH_KEEP_SCRIPTS"):
        Path(SCRIPTS).write_text(text, "utf-8")
    assert Path(SCRIPTS).read_text("utf-8") == text
