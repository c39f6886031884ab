"""The words and the address of a link: whether it names something, and what it belongs to. Pure."""

import re
from urllib.parse import urlsplit

from llmpath.exchange.guesses import kind_of_host

BOX = re.compile(r"^\s*\[([ xX])\]\s+")
"""The box of a task at the beginning of a line."""
_BRACKETS = (("(", ")"), ("[", "]"), ("（", "）"), ("【", "】"))
_EDGES = " \"'-–—:：·|,，、" + "()[]（）【】"
BADGE = re.compile(
    r"shields\.io|badge|/workflows/|travis-ci|codecov|visitor|star-history|api\.star|hits\.|contrib\.rocks|"
    r"repobeats|trendshift",
    re.IGNORECASE,
)
_PROJECT_PAGE = re.compile(
    r"https?://(?:www\.)?(?:awesome\.re|github\.com/sindresorhus/awesome|makeapullrequest\.com|opensource\.org|"
    r"travis-ci|codecov\.io|img\.shields\.io|star-history\.com|contrib\.rocks|trendshift\.io|"
    r"github\.com/[^/]+/[^/]+/(?:actions|graphs|stargazers|network|watchers|issues|pulls|releases|blob/[^/]+/LICENSE))",
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
    if _PROJECT_PAGE.match(url):
        return True
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return True
    return tag not in ("li", "tr", "dd", "dt") and kind_of_host(host) in ("", "code", "site")
