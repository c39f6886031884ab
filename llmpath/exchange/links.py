"""What the address of a link and the words around it tell: what it names; its kind, language and minutes. Pure."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

BOX = re.compile(r"^\s*\[([ xX])\]\s+")
"""The box of a task at the beginning of a line."""
_BRACKETS = (("(", ")"), ("[", "]"), ("（", "）"), ("【", "】"))
_EDGES = " \"'-–—:：·|,，、" + "()[]（）【】"
BADGE = re.compile(
    r"shields\.io|badge|/workflows/|travis-ci|codecov|visitor|star-history|api\.star|hits\.|contrib\.rocks|"
    r"repobeats|trendshift",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """A text without emoji codes and superfluous space."""
    return re.sub(r"(?<=[(（[]) ", "", " ".join(re.sub(r":[a-z][a-z0-9_+-]+:", " ", text).split()))


def trimmed(text: str) -> str:
    """A text without the signs that separate it from what stands beside it; no bracket in it loses its other half."""
    whole = plain(BOX.sub("", text))
    words = whole.strip(_EDGES)
    before, _, after = whole.partition(words) if words else ("", "", "")
    for opening, closing in _BRACKETS:
        if opening in before and words.count(closing) > words.count(opening):
            words = opening + words
        elif closing in after and words.count(opening) > words.count(closing):
            words += closing
    return words


def title_in(bold: str, prose: str) -> str:
    """The subject of a line: the bold words at its beginning, else those that it quotes, else its first words."""
    if re.search(r"[^\W\d_]{2}", bold):
        return trimmed(bold).rstrip(".")
    quoted = re.search(r'["“]([^"“”]{4,150})["”]', prose)
    return trimmed(quoted[1]).rstrip(".,") if quoted else beginning(prose)


def beginning(prose: str) -> str:
    """The first words of a line, up to where a sentence ends; empty where that is too long for a title, or an aside."""
    if not re.search(r"\w", re.sub(r"[(（][^()（）]*[)）]", "", prose)):
        return ""
    words = re.split(r"[.!?](?:\s|$)|[。！？]|\s[-–—|]\s", trimmed(prose), maxsplit=1)[0].strip(_EDGES)
    return words if 2 <= len(words) <= 120 and re.search(r"\w", words) else ""


def is_pointer(text: str) -> bool:
    """Whether the text of a link says only what is behind it, as `slides` or `Open in Colab` do."""
    words = trimmed(re.sub(r"[🔗📄📺▶️]", "", text)).rstrip(".")
    return not re.search(r"\w", text) or bool(_POINTERS.fullmatch(words) or _FILE.fullmatch(words))


_FILE = re.compile(r"\.{0,2}/[\w./-]*|[\w./-]+\.(?:ipynb|py|md|pdf|html?)", re.IGNORECASE)
_POINTERS = re.compile(
    r"\^?\d{1,3}|(?:(?:the|an?|view|watch|read|open(?: in| with)?|link to|lecture|course|project|free|full) )*"
    r"(?:lessons?|link|open|here|this|url|web ?site|site|web|home ?page|page|slides?|lectures?|videos?|playlist|code|"
    r"repo(?:sitory)?|"
    r"github|colab|kaggle|notebook|pdf|ps|html|papers?|article|blog|post|arxiv|alt|alternative|mirror|part \d+|book|"
    r"docs?|documentation|project|demo|archived?|data|dataset|youtube|bilibili|audio|transcript|notes|source|download|more|"
    r"assignments?|homeworks?|labs?|solutions?|exams?|syllabus|materials?|resources?|course|chat|badge|"
    r"课程|课件|视频|代码|链接|论文|笔记|官网|课程主页|课程网站|影片|程式碼|連結|論文|投影片|讲义|作业|B站|b站|哔哩哔哩|知乎|"
    r"公众号|网盘|百度网盘|在线阅读|原文|博客|答案|官网链接|项目地址|地址)s?",
    re.IGNORECASE,
)
"""Texts of links that name no thing of their own."""


def is_badge_link(url: str, tag: str) -> bool:
    """Whether a link under a badge says something of the project; in lists, a badge may be how a paper is linked."""
    try:
        kind = kind_of_host(urlsplit(url).hostname or "")
    except ValueError:
        return True
    return tag not in ("li", "tr", "dd", "dt") and kind in ("", "code", "site")


HOSTS: Mapping[str, str] = {
    "youtube.com": "video", "youtu.be": "video", "bilibili.com": "video", "vimeo.com": "video", "ted.com": "video",
    "arxiv.org": "paper", "openreview.net": "paper", "aclanthology.org": "paper", "aclweb.org": "paper",
    "doi.org": "paper", "dl.acm.org": "paper", "papers.nips.cc": "paper", "proceedings.neurips.cc": "paper",
    "proceedings.mlr.press": "paper", "semanticscholar.org": "paper", "nature.com": "paper", "jmlr.org": "paper",
    "ieeexplore.ieee.org": "paper", "link.springer.com": "paper", "sciencedirect.com": "paper",
    "coursera.org": "course", "edx.org": "course", "udacity.com": "course", "udemy.com": "course",
    "ocw.mit.edu": "course", "fast.ai": "course", "deeplearning.ai": "course", "khanacademy.org": "course",
    "datacamp.com": "course", "freecodecamp.org": "course", "pluralsight.com": "course", "codecademy.com": "course",
    "futurelearn.com": "course", "exercism.org": "course", "classcentral.com": "course", "icourse163.org": "course",
    "colab.research.google.com": "notebook", "kaggle.com": "notebook", "nbviewer.org": "notebook",
    "mybinder.org": "notebook",
    "github.com": "code", "gitlab.com": "code", "gist.github.com": "code", "gitee.com": "code", "codeberg.org": "code",
    "readthedocs.io": "docs", "docs.rs": "docs", "developer.mozilla.org": "docs", "gitbook.io": "book",
    "medium.com": "article", "substack.com": "article", "dev.to": "article", "zhihu.com": "article",
    "csdn.net": "article", "juejin.cn": "article", "cnblogs.com": "article", "wikipedia.org": "article",
    "amazon.com": "book", "manning.com": "book", "oreilly.com": "book", "leanpub.com": "book", "goodreads.com": "book",
    "packtpub.com": "book", "nostarch.com": "book", "douban.com": "book", "slideshare.net": "slides",
    "speakerdeck.com": "slides", "twitter.com": "site", "x.com": "site", "reddit.com": "site", "discord.gg": "site",
    "huggingface.co": "model",
}  # fmt: skip
"""Hosts, and what stands on most of their pages."""
CHINESE_HOSTS = (
    "bilibili.com", "zhihu.com", "csdn.net", "juejin.cn", "cnblogs.com", "icourse163.org", "douban.com", "gitee.com",
    "xuetangx.com", "jianshu.com", "segmentfault.com", "mp.weixin.qq.com", "runoob.com", "liaoxuefeng.com",
)  # fmt: skip

_WORDS: tuple[tuple[str, str], ...] = (
    ("leaderboard", r"leaderboards?|排行榜"),
    ("dataset", r"data ?sets?|数据集|資料集"),
    ("notebook", r"notebooks?|colab|ipynb"),
    ("slides", r"slides?|幻灯片|投影片|课件"),
    ("paper", r"papers?|arxiv|论文|論文"),
    ("video", r"videos?|youtube|playlist|screencast|talks?|podcasts?|视频|視頻|影片|录像"),
    ("course", r"courses?|moocs?|lectures?|specialization|bootcamp|cs\d{2,3}\w?|课程|公开课|課程|教程"),
    ("book", r"books?|textbooks?|ebook|chapters?|书|书籍|教材|書籍"),
    ("docs", r"docs?|documentation|reference|manual|api|文档|文件|手册"),
    ("article", r"articles?|blogs?|posts?|essays?|tutorials?|guides?|文章|博客|部落格|指南"),
    ("tool", r"tools?|librar(?:y|ies)|frameworks?|software|playground|工具|框架"),
    ("code", r"code|repo(?:sitory)?|github|projects?|implementation|代码|程式碼|源码"),
)

_NUMBER = r"(\d{1,4}(?:[.,]\d+)?)(?:\s*[-–~至到]\s*(\d{1,4}(?:[.,]\d+)?))?"
_HOUR = r"(?:h|hrs?|hours?|小时|小時|時間)"
_MINUTE = r"(?:m|mins?|minutes?|分钟|分鐘|分(?![\u4e00-\u9fff]))"
_WEEKS = re.compile(rf"{_NUMBER}\s*(?:weeks?|wks?|周|週)", re.IGNORECASE)
_A_WEEK = re.compile(rf"{_NUMBER}\s*{_HOUR}\s*(?:/|per|a|each|每)\s*(?:week|wk|周|週)", re.IGNORECASE)
_HOURS = re.compile(rf"(?<![\w.]){_NUMBER}\s*{_HOUR}(?![a-z])\s*(?:(\d{{1,2}})\s*{_MINUTE}?(?![a-z]))?", re.IGNORECASE)
_MINUTES = re.compile(rf"(?<![\w.]){_NUMBER}\s*{_MINUTE}(?![a-z])", re.IGNORECASE)
_CLOCK = re.compile(r"[\[(](?:(\d{1,2}):)?(\d{1,3}):(\d{2})[\])]")
_BARE_CLOCK = re.compile(r"(?:^|(?<=[\s,]))(?:\d{1,2}:)?\d{1,3}:\d{2}(?![\d:])")
MAX_MINUTES = 60_000
MAX_WEEK = 60

TRADITIONAL = frozenset(
    "學習課程資訊語言數據機構圖書說這個為們來時會對開關應該與處認識傳統實現還過選擇層網絡點題類詞條視頻檔標準環境優經驗練編輯專業導論進階"
)
SIMPLIFIED = frozenset(
    "学习课程资讯语言数据机构图书说这个为们来时会对开关应该与处认识传统实现还过选择层网络点题类词条视频档标准环境优经验练编辑专业导论进阶"
)


def kind_of(url: str | None, title: str, words: str) -> str:
    """The kind of a resource: by its address, else by its title, else by the words around it."""
    parts = urlsplit(url or "")
    path = parts.path.lower()
    if path.endswith(".ipynb"):
        return "notebook"
    host = kind_of_host(parts.hostname or "")
    if host == "model":
        first = path.strip("/").partition("/")[0]
        places = {"datasets": "dataset", "spaces": "tool", "papers": "paper", "docs": "docs", "blog": "article"}
        return places.get(first, "course" if first in ("learn", "course") else "model")
    bracketed = re.search(r"\((\w+)\)$", title)  # as in "Arrays (video)"
    if bracketed and (said := _by_words(bracketed[1])):
        return said
    by_title = _by_words(title)
    if host == "code" and path.endswith((".md", ".pdf", ".html")):
        host = "article" if path.endswith(".md") else ""  # a text that happens to be kept in a repository
    if host == "code" and by_title in ("course", "book", "dataset", "notebook"):
        return by_title
    if host and not (host == "article" and by_title):
        return host
    if (parts.hostname or "").startswith(("docs.", "doc.", "api.")) or "/docs/" in path:
        return "docs"
    found = by_title or _by_words(words)
    return found or ("paper" if path.endswith(".pdf") else "article")


def kind_of_host(host: str) -> str:
    """What stands on most pages of a host; empty where that is not known."""
    while "." in host:
        if host in HOSTS:
            return HOSTS[host]
        host = host.partition(".")[2]
    return ""


def _by_words(text: str) -> str:
    lower = text.lower()
    for kind, pattern in _WORDS:
        if re.search(rf"(?<![a-z])(?:{pattern})(?![a-z])", lower):
            return kind
    return ""


def language_of_text(text: str, default: str) -> str:
    """The language that a text is written in, by its script; `default` for Latin letters and none."""
    if re.search(r"[\u3040-\u30ff]", text):
        return "ja"
    if re.search(r"[\uac00-\ud7af]", text):
        return "ko"
    han = re.findall(r"[\u4e00-\u9fff]", text)
    if han and len(han) * 4 >= len(re.findall(r"[A-Za-z]", text)):
        traditional = sum(1 for sign in han if sign in TRADITIONAL and sign not in SIMPLIFIED)
        simplified = sum(1 for sign in han if sign in SIMPLIFIED and sign not in TRADITIONAL)
        if traditional == simplified:
            return default if default.startswith("zh") else "zh-Hans"
        return "zh-Hant" if traditional > simplified else "zh-Hans"
    if len(re.findall(r"[\u0400-\u04ff]", text)) * 2 > len(re.findall(r"\w", text)):
        return "ru"
    return default


def language_of_resource(url: str, title: str, language: str) -> str:
    """The language of a resource: by the script of its title, else by its host, else that of the document.

    A title in Latin letters stands for English where the document is written in another script.
    """
    if re.search(r"[^\W\d_]", re.sub(r"[\x00-\x7f]", "", title)):
        return language_of_text(title, language)
    host = urlsplit(url).hostname or ""
    if any(host == each or host.endswith(f".{each}") for each in CHINESE_HOSTS):
        return "zh-Hans"
    is_latin = not language.startswith(("zh", "ja", "ko", "ru"))
    return language if is_latin or not re.search(r"[A-Za-z]{3}", title) else "en"


def minutes_of_length(text: str) -> int | None:
    """Minutes, from a cell in a column of lengths, where `66:19` means minutes and seconds."""
    clock = _BARE_CLOCK.search(text)
    return minutes_of_text(f"({clock[0].strip()})" if clock else text)


def minutes_of_text(text: str) -> int | None:
    """Minutes, from the words around a link: `3 h`, `12 weeks, 6 h a week`; None where they say nothing."""
    weekly = _A_WEEK.search(text)
    weeks = _WEEKS.search(text)
    minutes = 0.0
    if weeks and weekly and _mean(weeks) <= MAX_WEEK:
        minutes = _mean(weeks) * _mean(weekly) * 60
    elif not weekly:
        if clock := _CLOCK.search(text):
            minutes = int(clock[1] or 0) * 60 + int(clock[2]) + (int(clock[3]) >= 30)
            minutes = minutes if clock[1] or int(clock[2]) else 0
        elif hours := _HOURS.search(text):
            minutes = _mean(hours) * 60 + int(hours[3] or 0)
        elif found := _MINUTES.search(text):
            minutes = _mean(found)
    rounded = round(minutes)
    return rounded if 1 <= rounded <= MAX_MINUTES else None


def _mean(match: re.Match[str]) -> float:
    """The number of a match, or the middle of its range."""
    first = float(match[1].replace(",", "."))
    return (first + float(match[2].replace(",", "."))) / 2 if match[2] else first
