"""Which sections of a document are the parts and topics of a course, and which are none. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

from llmpath.exchange.links import plain
from llmpath.exchange.markdown_outline import Link, Section

_LEFT_OUT = re.compile(
    r"contribut\w*|how to (?:contribute|collaborate)|contributing guidelines?|want to (?:help|contribute)|"
    r"licen[cs]\w*|copyright|"
    r"(?:our )?sponsor\w*|donat\w*|support(?:ers| us| me| the project| this project)?|backers|"
    r"acknowledge?ments?|credits?|testimonials?|(?:meet )?(?:the |our )?instructors?|"
    r"thanks|(?:special )?thanks(?: to.*)?|thank you|(?:core |our |the )?team(?: members)?|maintainers?|"
    r"about (?:me|us|the authors?)|contact(?: us| me)?|social media|follow (?:me|us)|stay in touch|connect with.*|"
    r"badges?|star history|stargazers.*|stars over time|changelog|change log|release notes|code of conduct|"
    r"citation|cite|how to cite|citing.*|disclaimer|feedback|translations?|"
    r"贡献.*|貢獻.*|参与贡献|如何贡献|许可.*|授權.*|授权.*|(?:特别)?致谢|致謝|鸣谢|感谢.*|赞助.*|捐赠|联系.*|聯絡.*|"
    r"关于(?:我|我们|作者)|關於(?:我|我們|作者)|(?:核心)?团队.*|團隊.*|作者|交流群|关注我们|版权.*|版權.*|"
    r"更新日志|星标.*|star.*历史|免责声明|开源协议|license",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"resources?|links?|courses?|books?|videos?|articles?|papers?|tutorials?|blogs?|readings?|tools?|others?|misc\w*|"
    r"additional resources?|further reading|references?|basics?|advanced|introduction|projects?|exercises?|notes?|"
    r"资源|課程|课程|书籍|書籍|视频|影片|文章|论文|論文|教程|工具|其他|其它|参考.*|參考.*|项目|專案|练习",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]\s*|"
    r"[#§]?\s*(?:\d{1,2}(?:\.\d{1,2})+[.)]?(?=\s)|\d{1,3}[.)、:：]|[IVX]{1,5}[.)])\s*)+"
)
COMFORTABLE_LINKS, COMFORTABLE_TOPICS = (3.0, 16.0), (3.0, 60.0)
"""How many links a topic, and how many topics a course has where it is comfortable to learn from."""
COMFORTABLE_PARTS = (1.0, 15.0)
MAX_PARTS = 100
MAX_TOPICS = 2_000
_LISTS = ("li", "tr", "dd", "dt")


class Topic(NamedTuple):
    """A topic to be: its title, and the sections that it is made of, its own first."""

    title: str
    sections: list[Section]


class Part(NamedTuple):
    """A part to be."""

    title: str
    sections: Sequence[Section]
    topics: Sequence[Topic]


class Layout(NamedTuple):
    """The parts, and the sections that belong to none of them, because they are about the document itself."""

    title: str
    summary: str
    parts: Sequence[Part]
    left_out: Sequence[Section]


def heading_text(title: str) -> str:
    """A heading without what is decoration in it: emoji and signs around it, the number before it."""
    words = plain(re.sub(r"(\d)\ufe0f?\u20e3", r"\1. ", title))
    text = re.sub(r"^[^\w《「『(（\"“'`.]+|[^\w》」』)）\"”'`?!？！.+#%]+$", "", words)
    return _NUMBER.sub("", text).strip() or text or words


def _is_about_itself(title: str) -> bool:
    """Whether a heading says that what follows is about the document, each of the things that it lists."""
    named = [each for each in re.split(r"\s*(?:,|/|&|\band\b|和|与)\s*", heading_text(title).rstrip("?!？！")) if each]
    return bool(named) and all(map(_LEFT_OUT.fullmatch, named))


def is_generic(title: str) -> bool:
    """Whether a heading says something only together with the one above it, as `Resources` does."""
    return bool(_GENERIC.fullmatch(heading_text(title)))


def layout_of(sections: Sequence[Section], name: str, part_level: int | None = None) -> Layout:
    """The parts and topics that carry the links. `part_level` (1 to 6) says which headings are parts.

    `name` is the title of a document that has no heading above all others.
    """
    left_out = _left_out(sections)
    dropped = {*left_out}
    kept = [section for section in sections if section not in dropped]
    title, summary = _title_of(sections, name)
    if about := _about(kept):
        left_out.append(about)
    carrying = _totals(kept)
    carriers = Counter(section.level for section in kept if section.level and carrying[section])
    levels = sorted(carriers)
    while len(levels) > 1 and carriers[levels[0]] == 1:  # the title of the document, or one heading around all others
        del levels[0]
    arranged = [parts for choice in _choices(kept, levels, part_level) if (parts := _arranged(kept, choice, title))]
    fitting = [
        parts for parts in arranged if len(parts) <= MAX_PARTS and sum(len(part.topics) for part in parts) <= MAX_TOPICS
    ]
    if fitting:
        return Layout(title, summary, max(fitting, key=_comfort), left_out)
    whole = [section for section in kept if section.links or section.ideas]
    topics = [Topic(title, whole)] if arranged else _grouped(whole, title)
    return Layout(title, summary, [Part(title, [], topics)] if topics else [], left_out)


def _grouped(sections: list[Section], title: str) -> list[Topic]:
    """The topics of a document without headings: its outermost list items, as far as they hold lists."""
    groups: dict[str, list[Link]] = {}
    for section in sections:
        for link in section.links:
            groups.setdefault(link.group, []).append(link)
    if len(groups) < 2:
        return [Topic(title, sections)] if sections else []
    return [Topic(name or title, [Section(1, name, links=links)]) for name, links in groups.items()]


def _left_out(sections: Sequence[Section]) -> list[Section]:
    """The sections about the document itself, with all below them; one that holds most of the links is none."""
    totals = _totals(sections)
    most = sum(len(section.links) for section in sections) / 2
    about = {
        section for section in sections if section.level and _is_about_itself(section.title) and totals[section] <= most
    }
    return [section for section in sections if not about.isdisjoint(section.path)]


def _about(sections: Sequence[Section]) -> Section | None:
    """Links that say what the document is: in the paragraphs above its first real section, if most stand elsewhere.

    They are taken out of their sections.
    """
    headed = [section for section in sections if section.level]
    if not headed:
        return None
    opening = [section for section in sections[:1] if not section.level]
    is_titled = len(headed) > 1 and headed[0].level == min(each.level for each in headed)
    if is_titled and sum(1 for each in headed if each.level == headed[0].level) == 1:
        opening.append(headed[0])
    about = [link for section in opening for link in section.links if link.holder not in _LISTS]
    if not about or len(about) * 2 > sum(len(section.links) for section in sections):
        return None
    for section in opening:
        section.links[:] = [link for link in section.links if link.holder in _LISTS]
    return Section(0, "", links=about)


def _title_of(sections: Sequence[Section], name: str) -> tuple[str, str]:
    """The title of a document, its one heading of the highest level or a first one without links; its first words."""
    headed = [section for section in sections if section.level]
    top = min((section.level for section in headed), default=0)
    highest = [section for section in headed if section.level == top]
    words = next((text for section in (*highest[:1], *sections) if (text := plain(section.text))), "")
    is_title = len(highest) == 1 or (top == 1 and highest and highest[0] is headed[0] and not headed[0].links)
    return heading_text(highest[0].title) if is_title else name, words


def _totals(sections: Sequence[Section]) -> Counter[Section]:
    """For each section how many links stand in it and below."""
    totals: Counter[Section] = Counter()
    for section in sections:
        for each in section.path:
            totals[each] += len(section.links)
    return totals


def _choices(
    sections: Sequence[Section], levels: Sequence[int], part_level: int | None
) -> list[tuple[int | None, int]]:
    """Pairs of levels that parts and topics may have; None: all topics stand in one part."""
    if part_level is not None:
        return [(part_level, next((level for level in levels if level > part_level), part_level + 1))]
    choices = [*((None, level) for level in levels), *pairwise(levels)]
    below: Counter[int] = Counter()
    for section in sections:
        for level in {each.level for each in section.path}:
            below[level] += len(section.links)
    every = sum(len(section.links) for section in sections)
    return [choice for choice in choices if below[choice[0] or choice[1]] * 2 >= every] or choices


def _comfort(parts: Sequence[Part]) -> float:
    """A measure of how easy such parts are to learn from: few links a topic, few topics a part, few parts."""
    topics = [topic for part in parts for topic in part.topics]
    sizes = [sum(len(section.links) for section in topic.sections) for topic in topics]
    lone = sum(1 for part in parts if len(part.topics) == 1) / len(parts) if len(parts) > 1 else 0.6
    crowd = sum(size * size for size in sizes) / sum(sizes)  # in the topic of a link, on average
    outside = _outside(crowd, COMFORTABLE_LINKS) + _outside(len(topics), COMFORTABLE_TOPICS)
    return -outside - _outside(len(parts), COMFORTABLE_PARTS) - lone


def _outside(value: float, bounds: tuple[float, float]) -> float:
    """How far a value lies outside its bounds: 0 inside, 1 at a third of the lower or three times the upper."""
    return max(log(bounds[0] / value, 3), log(value / bounds[1], 3), 0)


def _arranged(sections: Sequence[Section], levels: tuple[int | None, int], title: str) -> list[Part]:
    """The parts with their topics; links right below a part's heading become a topic of its name."""
    part_level, topic_level = levels[0] or 0, levels[1]
    parts: dict[Section | None, tuple[str, list[Section], dict[Section, Topic]]] = {}
    for section in sections:
        holder = next((each for each in section.path if part_level and each.level == part_level), None)
        holder = holder or next((each for each in section.path if 0 < each.level < part_level), None)
        name = heading_text(holder.title) if holder else title
        _, own, topics = parts.setdefault(holder, (name, [], {}))
        topic = next((each for each in section.path if each.level >= topic_level), section)
        if topic is holder or 0 < topic.level < topic_level:
            own.append(section)
        named = name if topic is holder or not topic.level else heading_text(topic.title)
        topics.setdefault(topic, Topic(named or name, [])).sections.append(section)
    return [
        Part(name or title, own, full)
        for name, own, topics in parts.values()
        if (full := [topic for topic in topics.values() if any(section.links for section in topic.sections)])
    ]
