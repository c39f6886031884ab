"""A course made from any list of links in Markdown: its README becomes a curriculum that can be learned from. Pure.

What a document does not say is guessed, and each guess is named in `guessed`. Importing again keeps ids, by address and
then by title, and what an author has changed since.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from zlib import crc32

from llmpath.curriculum import graph
from llmpath.exchange.course_headings import Layout, Topic, heading_text, is_generic, layout_of
from llmpath.exchange.links import (
    is_pointer,
    kind_of,
    language_of_resource,
    language_of_text,
    minutes_of_length,
    minutes_of_text,
    plain,
    trimmed,
)
from llmpath.exchange.markdown_outline import Link, Section, sections_of
from llmpath.text.clean import clean
from llmpath.text.urls import url_problem

MAX_ID = 60
MAX_TITLE, MAX_SENTENCE = 300, 600
MAX_RESOURCES = 500
"""In one topic; what is more goes into a topic of its own."""
MAX_SIGNS = 60_000
"""Characters of the titles, notes and addresses in one topic: its file stays far below what `validate` takes."""
MAX_CORE = 8
MAX_LIST = 50
"""Entries in one list of a topic: its prerequisites, and what else is worth seeing."""
LONG = 300
"""Minutes from which nothing is an article any more."""

_LENGTH = re.compile(r"duration|length|time|effort|hours?|workload|时长|時長|时间|時間|課时|课时|用时", re.IGNORECASE)
_TYPE = ("type", "kind", "format", "类型", "類型")
_SOCIAL = re.compile(
    r"https?://(?:www\.)?(?:discord\.(?:gg|com/invite)|t\.me|join\.slack\.com|patreon\.com|opencollective\.com|"
    r"buymeacoffee\.com|ko-fi\.com|gitter\.im|paypal\.|"
    r"github\.com/[^/]+/[^/]+/(?:issues|pulls|discussions|fork|stargazers)(?:/new.*)?/?(?:[?#]|$))",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"https?://(?:www\.)?(?:(?:twitter|x|github|medium)\.com/@?[\w-]+|linkedin\.com/in/[^/]+|[^/]+/~[^/]+|[^/]+)/?$",
    re.IGNORECASE,
)
_PROFILE = re.compile(r"https?://(?:[a-z]+\.)?linkedin\.com/(?:in|school|company)/", re.IGNORECASE)
_ABOUT = re.compile(
    r"desc\w*|notes?|about|summary|comments?|details?|why|简介|描述|说明|說明|备注|備註|介绍|介紹|内容", re.IGNORECASE
)
_NEEDED = re.compile(r"prereq\w*|requires?|requirements?|先修.*|前置.*|预备.*", re.IGNORECASE)
_OWN_HEADING = re.compile(r"#|(?:\./)?README[^/]*\.md#", re.IGNORECASE)
_REPOSITORY_HEADING = re.compile(
    r"https?://(?:www\.)?github\.com/([^/]+/[^/#]+)(?:/(?:blob|tree)/[^/]+(?:/README[^/]*\.md)?)?/?#", re.IGNORECASE
)
"""A link into the README of a repository: into the document itself, where more than one leads there."""
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})
"""Names that no file may have on Windows."""

Document = dict[str, Any]


class Course(NamedTuple):
    """A document as a course: outline and topics as an author would write them, and what was left out and why.

    `left_out` counts links by reason: `introduction`, `badges`, `anchors` (links into the document itself), `addresses`
    (no web page), `relative` (no base to them is known), `social`, `authors`, `double`; `left_out_under` counts them by
    the heading under which they stood, where that is about the document; `guessed` counts guesses by field.
    """

    outline: Document
    topics: Mapping[str, Document]
    ticked: Sequence[str]
    left_out: Mapping[str, int]
    left_out_under: Mapping[str, int]
    guessed: Mapping[str, int]


class Ids:
    """Gives ids made from titles, each once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {*taken}
        self._numbers: Counter[str] = Counter()

    def free(self, title: str, otherwise: str) -> str:
        """An id for a title that nothing else has; `otherwise` is what a title without letters gets."""
        return self.free_id(id_from(title) or otherwise)

    def free_id(self, name: str) -> str:
        """That id, or where something has it, one with a number after it."""
        free = name
        while free in self._taken or free in _RESERVED:
            self._numbers[name] += 1
            free = f"{name}-{self._numbers[name] + 1}"
        self._taken.add(free)
        return free


def course_of(
    markdown: str,
    course_id: str,
    usual_minutes: Mapping[str, int],
    *,
    name: str = "",
    base: str = "",
    part_level: int | None = None,
    language: str = "",
) -> Course:
    """The course in a document. There are no parts where there is no link to learn from. Raises `TooDense`.

    `base`: the address against which relative links are meant; `usual_minutes`: how long resources of a kind usually
    take; `language`: that of the document, which is guessed where none is given.
    """
    sections = sections_of(markdown)
    layout = layout_of(sections, name or course_id, part_level)
    words = " ".join(f"{section.title} {section.text}" for section in sections)
    texts = Counter(folded_title(link.text) for section in sections for link in section.links)
    often = frozenset(text for text, count in texts.items() if count > 2)
    inside = Counter(_repository(link.url) for section in sections for link in section.links)
    own = {repository for repository, count in inside.items() if repository and count > 1}
    builder = _Builder(base, language or language_of_text(words, "en"), usual_minutes, often, own)
    return builder.course(layout, course_id)


def _repository(url: str) -> str:
    """The repository into whose README a link leads; empty for any other link."""
    match = _REPOSITORY_HEADING.match(url)
    return match[1].lower() if match else ""


@dataclass
class _Builder:
    """Makes a course of a layout, and counts what it leaves out and guesses.

    `often`: texts of three links or more; `own`: the repositories that the document may be the README of.
    """

    base: str
    language: str
    usual: Mapping[str, int]
    often: Collection[str]
    own: Collection[str]
    left_out: Counter[str] = field(default_factory=Counter)
    guessed: Counter[str] = field(default_factory=Counter)
    by_url: dict[str, tuple[str, str]] = field(default_factory=dict)
    by_title: dict[str, str] = field(default_factory=dict)
    needs: dict[str, list[str]] = field(default_factory=dict)
    ticked: list[str] = field(default_factory=list)

    def course(self, layout: Layout, course_id: str) -> Course:
        """The whole course."""
        under: Counter[str] = Counter()
        for section in layout.left_out:
            links = sum(1 for link in section.links if not link.url.startswith("#"))
            if links and section.level:
                under[heading_text(section.title)] += links
            elif links:
                self.left_out["introduction"] += links
        ids = Ids({course_id})
        parts: list[Document] = []
        topics: dict[str, Document] = {}
        titles = Counter(folded_title(topic.title) for part in layout.parts for topic in part.topics)
        for part in layout.parts:
            part_id = ids.free(part.title, "part")
            made: list[str] = []
            for topic in part.topics:
                is_unique = titles[folded_title(topic.title)] == 1 and not is_generic(topic.title)
                is_plain = len(layout.parts) == 1 or is_unique or topic.title == part.title
                title = topic.title if is_plain else f"{part.title}: {topic.title}"
                for number, sections in enumerate(_pieces(topic), 1):
                    named = f"{title} ({number})" if number > 1 else title
                    topic_id = ids.free(named, "topic")
                    document = self._topic(sections, topic_id, named)
                    if document["resources"]:
                        made.append(topic_id)
                        topics[topic_id] = document
            if made:
                texts = self._texts(_short(part.title) or part_id, (section.text for section in part.sections))
                parts.append({"id": part_id, **texts, "topics": made})
        self._require(topics)
        texts = self._texts(_short(layout.title) or course_id, [layout.summary])
        outline = {"id": course_id, "languages": [self.language], **texts, "parts": parts}
        return Course(outline, topics, self.ticked, self.left_out, under, self.guessed)

    def _texts(self, title: str, summaries: Iterable[str]) -> Document:
        """A title, and as summary the first of some texts that says anything, else the title again."""
        summary = next(filter(None, (_short(text, MAX_SENTENCE) for text in summaries)), title)
        return {"title": {self.language: title}, "summary": {self.language: summary}}

    def _topic(self, sections: Sequence[Section], topic_id: str, title: str) -> Document:
        ids = Ids({"exercise"})
        concepts: list[Document] = []
        resources: list[Document] = []
        see_also: list[str] = []
        idea_ids: dict[str, str] = {}
        for idea, rest in (each for section in sections for each in section.ideas):
            if idea in idea_ids or len(idea) > MAX_TITLE // 3 or is_generic(idea) or not _short(idea):
                continue
            idea_ids[idea] = ids.free(idea, "idea")
            concepts.append({"id": idea_ids[idea], **self._texts(_short(idea), [rest])})
        for section, link in ((each, link) for each in sections for link in each.links):
            url = self._learnable(link)
            if url is None:
                continue
            place = self.by_url.get(address_key(url))
            if place:
                self.left_out["double"] += 1
                if place[0] != topic_id:
                    see_also.append("/".join(place))
                continue
            made = self._resource(link, url, section, ids)
            self.by_url[address_key(url)] = topic_id, made["id"]
            self.by_title.setdefault(folded_title(made["title"]), topic_id)
            if link.is_ticked:
                self.ticked.append(url)
            if named := [idea_ids[name] for name in link.within if name in idea_ids]:
                made["concepts"] = [*dict.fromkeys(named)]
            resources.append(made)
            needed = [cell for name, cell in link.cells.items() if cell and _NEEDED.fullmatch(name)]
            self.needs.setdefault(topic_id, []).extend(needed)
        document: Document = {
            **self._texts(_short(title) or topic_id, (section.text for section in sections)),
            "requires": [],
            "core": [resource["id"] for resource in resources if "minutes" in resource][:MAX_CORE],
            "see_also": [*dict.fromkeys(see_also)][:MAX_LIST],
            "concepts": concepts,
            "resources": resources,
        }
        return {name: value for name, value in document.items() if value or name in ("requires", "resources")}

    def _learnable(self, link: Link) -> str | None:
        """The address of a link that something can be learned from; what leads elsewhere is counted as left out."""
        url = _web_address(link.url, self.base)
        reason = ""
        if link.is_badge:
            reason = "badges"
        elif not link.url or _OWN_HEADING.match(link.url) or _repository(link.url) in self.own:
            reason = "anchors"
        elif url is None:
            reason = "addresses" if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", link.url) else "relative"
        elif _SOCIAL.match(url):
            reason = "social"
        elif _PROFILE.match(url) or (link.follows_by and _PERSON.match(url)):
            reason = "authors"
        if reason:
            self.left_out[reason] += 1
            return None
        return url

    def _resource(self, link: Link, url: str, section: Section, ids: Ids) -> Document:
        """The resource of a link. What the document does not say is guessed, and `guessed` names it."""
        title = _short(self._resource_title(link, url, section)) or _short(_name_of(url))
        kind = next((kind_of(None, cell, "") for column, cell in link.cells.items() if column in _TYPE and cell), "")
        if not kind:
            hints = " ".join(heading_text(each.title) for each in section.path if each.level > 1)
            words = f"{link.line} {' '.join(link.cells.values())}"
            kind = kind_of(url, link.text, f"{link.column} {words if len(words) < 200 else ''} {hints}")
        length = ", ".join(cell for name, cell in link.cells.items() if _LENGTH.search(name))
        said = minutes_of_length(length) or minutes_of_text(link.line)
        if said and said >= LONG and kind == "article":
            kind = "course"
        minutes = said or self.usual.get(kind)
        guessed = ["kind"] if said or minutes is None else ["kind", "minutes"]
        self.guessed.update(guessed)
        note = _short(_note(link, title), MAX_SENTENCE)
        return {
            "id": ids.free(title, "link"),
            "title": title,
            "url": url,
            "kind": kind,
            "language": language_of_resource(url, title, self.language),
            **({"minutes": minutes} if minutes else {}),
            **({"note": {self.language: note}} if note else {}),
            "guessed": guessed,
        }

    def _resource_title(self, link: Link, url: str, section: Section) -> str:
        """The text of a link, with what it belongs to where the text says only `slides`, or stands on many links."""
        text = trimmed(link.text)
        is_named = bool(re.search(r"\w", text)) and not re.match(r"https?://", text)
        if is_named and not is_pointer(text) and folded_title(text) not in self.often:
            return text
        if not is_named:
            return link.lead or _words_of(link) or _name_of(url)
        lead = "" if _NO_SUBJECT.match(link.lead) else link.lead
        lead = lead or (heading_text(section.title) if section.level > 1 or is_pointer(text) else "")
        lead = lead if len(lead) <= MAX_TITLE // 2 else ""
        if re.fullmatch(r"\W*(?:link|here|this|url|lesson|\^?\d{1,3})\W*", text, re.IGNORECASE):
            return lead or _words_of(link) or _name_of(url)
        return f"{lead} ({text})" if lead and lead != text else text

    def _require(self, topics: Mapping[str, Document]) -> None:
        """Reads the columns of prerequisites: a topic builds on topics before it, so that no loop arises."""
        places = {topic: place for place, topic in enumerate(topics)}
        built_on = {topic: document["requires"] for topic, document in topics.items()}
        titles = {folded_title(document["title"][self.language]): topic for topic, document in topics.items()}
        for topic in topics:
            words = " and ".join(self.needs[topic])
            named = filter(None, map(folded_title, re.split(r"[,;/、，；]| and | & ", words)))
            found = {titles.get(name) or self.by_title.get(name) for name in named}
            required = {name for name in found if name in places and places[name] < places[topic]}
            implied = graph.with_all_required(built_on, (name for other in required for name in built_on[other]))
            built_on[topic] = topics[topic]["requires"] = sorted(required - implied, key=places.__getitem__)[:MAX_LIST]


def _pieces(topic: Topic) -> Iterator[list[Section]]:
    """The sections of a topic; of one that is too long for a file in pieces."""
    piece: list[Section] = []
    count = size = 0
    for section in topic.sections:
        piece.append(replace(section, links=[], ideas=section.ideas[:MAX_RESOURCES]))
        for link in section.links:
            weight = len(link.url) + len(link.text) + len(link.line)
            if count == MAX_RESOURCES or size + weight > MAX_SIGNS:
                yield piece
                piece, count, size = [Section(section.level, section.title, section.parent)], 0, 0
            piece[-1].links.append(link)
            count, size = count + 1, size + weight
    yield piece


_NO_SUBJECT = re.compile(r"(?:by|from)\s|\W*\d[\d.,:]*\s*(?:min|m|h|hr|hour|分|小时|小時)", re.IGNORECASE)
"""Words beside a link that say who made it or how long it takes, not what it is about."""


def _words_of(link: Link) -> str:
    words = trimmed(re.sub(r"https?://\S+", "", link.line))
    return words if 2 < len(words) <= MAX_TITLE // 3 else ""


def _name_of(url: str) -> str:
    """An address as a title."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def _note(link: Link, title: str) -> str:
    """The words of a line beside the title of its link."""
    if link.cells:
        return next((cell for name, cell in link.cells.items() if _ABOUT.fullmatch(name) and cell != title), "")
    rest = link.line.replace(link.text, "", 1) if link.text else link.line
    rest = trimmed(re.sub(r"https?://\S+", "", rest)).strip(".")
    return rest if len(re.findall(r"\w", rest)) > 3 and folded_title(rest) != folded_title(title) else ""


def _web_address(url: str, base: str) -> str | None:
    """The address of a link as a browser may be handed it; None where it is none, or where it leads nowhere else."""
    try:
        parts = urlsplit(urljoin(base or "https:", url))
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError:
        return None
    inside = (quote(part, "%/:=&?~#+!$,;'@()*[]") for part in (parts.path, parts.query, parts.fragment))
    whole = urlunsplit((parts.scheme, host, *inside))
    return None if url_problem(whole) else whole


def address_key(url: str) -> str:
    """An address in the form that all addresses of one page share: no scheme, `www.`, trailing slash or trackers."""
    text = re.sub(r"([?&])(?:utm_[a-z]+|si|ref|usp)=[^&#]*", r"\1", url).rstrip("?&/")
    return re.sub(r"^https?://(?:www\.)?", "", text, flags=re.IGNORECASE).rstrip("/")


def id_from(title: str) -> str:
    """An id made from a title: its Latin letters and digits, and a sum where others tell titles apart."""
    words = re.sub(r"[^a-z0-9]+", "-", heading_text(title[:1_000]).lower()).strip("-")[:MAX_ID].strip("-")
    if re.search(r"[^\W\d_]", re.sub(r"[\x00-\x7f]", "", title)):
        mark = f"{crc32(title.encode(errors='replace')):08x}"
        return f"{words}-{mark}" if words else f"t-{mark}"
    return words


def folded_title(title: str) -> str:
    """A title in the form that all its spellings share: letters and digits only."""
    return re.sub(r"\W+", " ", title.lower()).strip()


def _short(text: str, most: int = MAX_TITLE) -> str:
    """A text in one line, without what may not be printed, cut at a word where it is too long."""
    whole = plain(clean(text).replace("\ufffd", ""))
    if len(whole) <= most:
        return whole
    return whole[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
