"""The three languages of the program, and how they are asked for."""

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("en", "zh-Hans", "zh-Hant")

_TRADITIONAL = {"tw", "hk", "mo", "hant"}


def language_of(tag: str) -> str | None:
    """The language that a tag or a locale means: `zh_TW.UTF-8` is `zh-Hant`, `de` is None."""
    words = tag.strip().split(".")[0].split("@")[0].replace("_", "-").lower().split("-")
    if words[0] == "en":
        return "en"
    if words[0] != "zh":
        return None
    return "zh-Hant" if _TRADITIONAL & set(words[1:]) and "hans" not in words[1:] else "zh-Hans"


def default_languages(language: str) -> list[str]:
    """What a reader of a language of the program reads, best first: that, English, and the other Chinese script."""
    others = [each for each in LANGUAGES if each.partition("-")[0] == language.partition("-")[0] and each != language]
    return list(dict.fromkeys([language, "en", *others]))


def locale_language(environ: "Mapping[str, str]") -> str:
    """The language of the user's locale, by the order of POSIX; English where it is none of ours."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(variable):
            return language_of(environ[variable]) or "en"
    return "en"
