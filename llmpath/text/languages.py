"""The languages of the program, and how people and locales ask for them. A fourth one is added here first."""

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
"""In the order in which they are offered. Each has a file in `messages`, named as `zh_hans`."""

_NAMES = {
    "english": ["en"], "英语": ["en"], "英文": ["en"], "英語": ["en"],
    "chinese": ["zh-Hans", "zh-Hant"], "中文": ["zh-Hans", "zh-Hant"], "汉语": ["zh-Hans", "zh-Hant"],
    "漢語": ["zh-Hans", "zh-Hant"], "华语": ["zh-Hans", "zh-Hant"], "華語": ["zh-Hans", "zh-Hant"],
    "simplified chinese": ["zh-Hans"], "简体": ["zh-Hans"], "简体中文": ["zh-Hans"], "簡體中文": ["zh-Hans"],
    "traditional chinese": ["zh-Hant"], "繁体": ["zh-Hant"], "繁體": ["zh-Hant"], "繁体中文": ["zh-Hant"],
    "繁體中文": ["zh-Hant"], "正體中文": ["zh-Hant"],
}  # fmt: skip
"""The names by which people ask for a language."""

_CHINESE = {"zh", "cmn", "yue"}
_TRADITIONAL = {"tw", "hk", "mo", "hant"}


def language_of(tag: str) -> str | None:
    """The language of ours that a BCP 47 tag or a POSIX locale means: `zh_TW.UTF-8` is `zh-Hant`, `de` is None.

    A script decides before a region: `zh-Hans-HK` is simplified. `zh` alone is simplified, Cantonese traditional.
    """
    first, *others = tag.strip().partition(".")[0].partition("@")[0].replace("_", "-").lower().split("-")
    if first in _CHINESE:
        subtags = {first, *others}
        is_traditional = bool(subtags & _TRADITIONAL) or ("yue" in subtags and "cn" not in subtags)
        return "zh-Hant" if is_traditional and "hans" not in subtags else "zh-Hans"
    return first if first in LANGUAGES else None


def languages_meant(word: str) -> list[str]:
    """The languages that somebody who looks for resources means: `zh` and `中文` are both scripts, `de` is `de`.

    Empty where the word is no language.
    """
    plain = word.strip().lower().replace("_", "-")
    if plain in _NAMES:
        return _NAMES[plain]
    if plain == "zh":
        return _NAMES["chinese"]
    if found := language_of(plain):
        return [found]
    return [word.strip().replace("_", "-")] if is_tag(plain) else []


def is_tag(word: str) -> bool:
    """Whether a word has the form of a language tag: resources may be in any language, not only in the program's."""
    first, *others = word.split("-")
    return word.isascii() and first.isalpha() and len(first) in (2, 3) and all(each.isalnum() for each in others)


def default_languages(language: str) -> list[str]:
    """The languages that a user of the program reads, best first: the program's, English, the other Chinese script."""
    others = [each for each in LANGUAGES if each.partition("-")[0] == language.partition("-")[0] and each != language]
    return list(dict.fromkeys([language, "en", *others]))


def locale_language(environ: "Mapping[str, str]") -> str:
    """The language of the user's locale, by the order of POSIX; English where it is none of ours."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(variable):
            return language_of(environ[variable]) or "en"
    return "en"
