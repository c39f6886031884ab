"""How names are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.text.names import folded


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
    ],
)
def test_these_are_the_same_name(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("量化", "微调"), ("微调", "微調"), ("a-b", "ab"), ("2.7", "27"), ("c", "c++")]
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
