"""Which sections of a document are the parts and topics of a course, and which are none. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

from llmpath.exchange.markdown_outline import Link, Section, plain

_LEFT_OUT = re.compile(
    r"(?:table of )?contents?|toc|index|contribut\w*|how to contribute|contributing guidelines?|licen[cs]\w*|copyright|"
    r"sponsor\w*|donat\w*|support(?: us| me| the project)?|backers|acknowledge?ments?|credits?|thanks|thank you|team|"
    r"maintainers?|authors?|about (?:me|us|the authors?)|contact(?: us)?|community|communities|chat|social(?: media)?|"
    r"follow (?:me|us)|stay in touch|badges?|stars?|star history|stargazers.*|changelog|change log|release notes|"
    r"code of conduct|citation|cite|how to cite|citing.*|translations?|languages|disclaimer|feedback|"
    r"目录|目錄|贡献.*|貢獻.*|参与贡献|如何贡献|许可.*|授權.*|授权.*|致谢|致謝|鸣谢|赞助.*|捐赠|联系.*|聯絡.*|关于(?:我|我们|作者)|"
    r"關於(?:我|我們|作者)|团队.*|團隊.*|作者|交流群|社区|关注我们|版权.*|版權.*|引用|更新日志|星标.*|star.*历史|目次|免责声明",
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
    r"[#§]?\s*(?:\d{1,3}[.)、:：]|\d{1,2}(?:\.\d{1,2})+\.?|[IVX]{1,5}[.)])\s*)+"
)
COMFORTABLE_LINKS, COMFORTABLE_TOPICS = (3.0, 16.0), (3.0, 60.0)
"""How many links a topic, and how many topics a course has where it is comfortable to learn from."""


class Topic(NamedTuple):
    """A topic to be: its title, and the sections that it is made of, its own first."""

    title: str
    sections: Sequence[Section]


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
    text = re.sub(r"^[^\w《「『(（\"“'`.]+|[^\w》」』)）\"”'`?!？！.+#%]+$", "", plain(title))
    return _NUMBER.sub("", text).strip() or text or plain(title)


def is_generic(title: str) -> bool:
    """Whether a heading says something only together with the one above it, as `Resources` does."""
    return bool(_GENERIC.fullmatch(heading_text(title)))


def layout_of(sections: Sequence[Section], name: str, part_level: int | None = None) -> Layout:
    """The parts and topics that carry the links. `part_level` (1 to 6) says which headings are parts.

    `name` is the title of a document that has no heading above all others.
    """
    kept = [section for section in sections if not _is_left_out(section)]
    left_out = [section for section in sections if _is_left_out(section)]
    title, summary = _title_of(sections, name)
    opening = _opening(kept)
    if opening is not None:
        about = [link for link in opening.links if link.holder not in ("li", "tr", "dd")]
        if len(about) < sum(len(section.links) for section in kept) / 2:
            opening.links[:] = [link for link in opening.links if link not in about]
            left_out.append(Section(1, opening.title, links=about))
    carrying = _totals(kept)
    carriers = Counter(section.level for section in kept if section.level and carrying[id(section)])
    levels = sorted(carriers)
    while len(levels) > 1 and carriers[levels[0]] == 1:  # the title of the document, or one heading around all others
        del levels[0]
    choices = _choices(kept, levels, carrying, part_level)
    if not choices:
        whole = [section for section in kept if section.links or section.ideas]
        topics = _grouped(whole, title)
        return Layout(title, summary, [Part(title, [], topics)] if topics else [], left_out)
    parts = max((_arranged(kept, choice, title) for choice in choices), key=_comfort)
    return Layout(title, summary, parts, left_out)


def _grouped(sections: Sequence[Section], title: str) -> list[Topic]:
    """The topics of a document without headings: its outermost list items, as far as they hold lists."""
    groups: dict[str, list[Link]] = {}
    for section in sections:
        for link in section.links:
            groups.setdefault(link.group, []).append(link)
    if len(groups) < 2:
        return [Topic(title, sections)] if sections else []
    return [Topic(name or title, [Section(1, name, links=links)]) for name, links in groups.items()]


def _is_left_out(section: Section) -> bool:
    return any(_LEFT_OUT.fullmatch(heading_text(each.title)) for each in section.path if each.level)


def _opening(sections: Sequence[Section]) -> Section | None:
    """What stands before the first real section: badges, links to translations, what the document is."""
    headed = [section for section in sections if section.level]
    first = sections[0] if sections and not sections[0].level else None
    if len(headed) > 1 and headed[0].level == 1 and sum(1 for each in headed if each.level == 1) == 1:
        if first is not None:
            headed[0].links[:0] = first.links
            first.links.clear()
        return headed[0]
    return first if headed else None


def _title_of(sections: Sequence[Section], name: str) -> tuple[str, str]:
    """The title of a document, its one heading of the highest level, and its first words."""
    headed = [section for section in sections if section.level]
    top = min((section.level for section in headed), default=0)
    highest = [section for section in headed if section.level == top]
    words = next((text for section in (*highest[:1], *sections) if (text := plain(section.text))), "")
    return heading_text(highest[0].title) if len(highest) == 1 else name, words


def _totals(sections: Sequence[Section]) -> Counter[int]:
    """For each section, by its identity, how many links stand in it and below."""
    totals: Counter[int] = Counter()
    for section in sections:
        for each in section.path:
            totals[id(each)] += len(section.links)
    return totals


def _choices(
    sections: Sequence[Section], levels: Sequence[int], totals: Counter[int], part_level: int | None
) -> list[tuple[int | None, int]]:
    """Pairs of levels that parts and topics may have; None: all topics stand in one part."""
    if part_level is not None:
        below = [level for level in levels if level > part_level]
        return [(part_level, below[0] if below else part_level + 1)]
    choices: list[tuple[int | None, int]] = [(None, level) for level in levels]
    choices += [(upper, lower) for upper, lower in pairwise(levels)]
    every = sum(len(section.links) for section in sections)
    covered = {
        level: sum(totals[id(section)] for section in sections if section.level == level and _is_top(section, level))
        for level in levels
    }
    return [
        choice for choice in choices if covered[choice[1] if choice[0] is None else choice[0]] * 2 >= every
    ] or choices


def _is_top(section: Section, level: int) -> bool:
    return all(above.level != level for above in section.path[:-1])


def _comfort(parts: Sequence[Part]) -> float:
    """How comfortable a course of such parts is: a few links in each topic, a few topics in each of a few parts."""
    topics = [topic for part in parts for topic in part.topics]
    links = sum(len(section.links) for topic in topics for section in topic.sections)
    if not topics or not links:
        return float("-inf")
    lone = sum(1 for part in parts if len(part.topics) == 1) / len(parts) if len(parts) > 1 else 0.5
    return -_outside(links / len(topics), COMFORTABLE_LINKS) - _outside(len(topics), COMFORTABLE_TOPICS) - lone


def _outside(value: float, bounds: tuple[float, float]) -> float:
    """How far a value lies outside its bounds: 0 inside, 1 at a third of the lower or three times the upper."""
    return max(log(bounds[0] / value, 3), log(value / bounds[1], 3), 0)


def _arranged(sections: Sequence[Section], levels: tuple[int | None, int], title: str) -> list[Part]:
    """The parts with their topics; links right below a part's heading become a topic of its name."""
    part_level, topic_level = levels
    parts: dict[int, tuple[str, list[Section], dict[int, list[Section]], dict[int, str]]] = {}
    for section in sections:
        part = next((each for each in section.path if part_level and each.level == part_level), None)
        around = next((each for each in section.path if 0 < each.level < (part_level or 0)), None)
        holder = part or around
        key = id(holder) if holder else 0
        name = heading_text(holder.title) if holder else title
        _, own, topics, names = parts.setdefault(key, (name, [], {}, {}))
        topic = next((each for each in section.path if each.level >= topic_level), None) or section
        if topic is holder or (topic.level and topic.level < topic_level):
            own.append(section)
        topics.setdefault(id(topic), []).append(section)
        names[id(topic)] = name if topic is holder or not topic.level else heading_text(topic.title)
    found: list[Part] = []
    for name, own, topics, names in parts.values():
        full = [
            Topic(names[key] or name, inside)
            for key, inside in topics.items()
            if any(section.links for section in inside)
        ]
        if full:
            found.append(Part(name or title, own, full))
    return found
