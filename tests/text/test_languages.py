"""How languages are asked for."""

import pytest

from llmpath.text.languages import default_languages, language_of, languages_meant


@pytest.mark.parametrize(
    ("language", "tags"),
    [
        ("en", "en en-US en_GB.UTF-8 EN en-GB-oed en@euro"),
        (
            "zh-Hans",
            "zh zh-CN zh_SG zh_CN.UTF-8 zh-Hans zh-Hans-HK ZH-HANS-CN cmn zh-cmn-Hans zh_MY zh_CN.GB18030@x yue-CN",
        ),
        ("zh-Hant", "zh-TW zh_TW.UTF-8 zh_HK zh-MO zh-Hant zh-Hant-TW zh-hant-cn cmn-Hant yue zh-yue-HK zh_TW.Big5"),
        (None, "de C POSIX C.UTF-8 x-klingon 中文 en1 - . @"),
    ],
)
def test_a_tag_or_a_locale_means_a_language_of_ours_or_none(language: str | None, tags: str) -> None:
    assert {tag: language_of(tag) for tag in tags.split()} == dict.fromkeys(tags.split(), language)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("zh", ["zh-Hans", "zh-Hant"]),
        ("Chinese", ["zh-Hans", "zh-Hant"]),
        ("中文", ["zh-Hans", "zh-Hant"]),
        ("zh-TW", ["zh-Hant"]),
        ("繁體中文", ["zh-Hant"]),
        ("English", ["en"]),
        ("de", ["de"]),
        ("pt_BR", ["pt-BR"]),
        ("klingon", []),
        ("", []),
    ],
)
def test_a_word_means_the_languages_of_resources(word: str, meant: list[str]) -> None:
    assert languages_meant(word) == meant


def test_a_reader_reads_their_language_then_english_then_the_other_script() -> None:
    assert default_languages("en") == ["en"]
    assert default_languages("zh-Hans") == ["zh-Hans", "en", "zh-Hant"]
    assert default_languages("zh-Hant") == ["zh-Hant", "en", "zh-Hans"]
