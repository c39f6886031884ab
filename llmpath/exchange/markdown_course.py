"""A course made from any list of links in Markdown: its README becomes a curriculum that can be learned from. Pure.

What a document does not say is guessed, and each guess is named in `guessed`. Importing again keeps ids, by address and
then by title, and what an author has changed since.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin, urlsplit
from zlib import crc32

from llmpath.curriculum import graph
from llmpath.exchange.course_layout import Layout, Topic, heading_text, is_generic, layout_of
from llmpath.exchange.guesses import kind_of, language_of_resource, language_of_text, minutes_of_length, minutes_of_text
from llmpath.exchange.link_texts import is_pointer, plain, trimmed
from llmpath.exchange.markdown_outline import Link, Section, sections_of
from llmpath.text.clean import clean

MAX_ID = 60
MAX_TITLE = 300
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
    r"buymeacoffee\.com|ko-fi\.com|gitter\.im|paypal\.)",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"https?://(?:www\.)?(?:(?:twitter|x|github|medium)\.com/@?[\w-]+|linkedin\.com/in/[^/]+|[^/]+/~[^/]+|[^/]+)/?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"desc\w*|notes?|about|summary|comments?|details?|why|简介|描述|说明|說明|备注|備註|介绍|介紹|内容", re.IGNORECASE
)
_NEEDED = re.compile(r"prereq\w*|requires?|requirements?|先修.*|前置.*|预备.*", re.IGNORECASE)
_OWN_HEADING = re.compile(
    r"https?://(?:www\.)?github\.com/[^/]+/[^/#]+(?:/(?:blob|tree)/[^/]+(?:/README[^/]*\.md)?)?/?#|"
    r"(?:\./)?README[^/]*\.md#",
    re.IGNORECASE,
)
"""A link into the document itself, by a whole address."""
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


class _Gathered(NamedTuple):
    """Facts collected over the whole document. `often`: texts that stand on three links or more."""

    base: str
    language: str
    usual: Mapping[str, int]
    often: frozenset[str]
    left_out: Counter[str]
    guessed: Counter[str]
    by_url: dict[str, tuple[str, str]]
    by_title: dict[str, str]
    ticked: list[str]


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
    """The course in a document. `base`: the address against which relative links are meant; `language`: that of its
    words, which is guessed where none is given.

    `usual_minutes`: how long resources of a kind usually take. There are no parts where there is no link to learn from.
    Raises `TooDense`.
    """
    sections = sections_of(markdown)
    layout = layout_of(sections, name or course_id, part_level)
    words = " ".join(f"{section.title} {section.text}" for section in sections)
    texts = Counter(folded_title(link.text) for section in sections for link in section.links)
    often = frozenset(text for text, count in texts.items() if count > 2)
    gathered = _Gathered(
        base, language or language_of_text(words, "en"), usual_minutes, often, Counter(), Counter(), {}, {}, []
    )
    under: Counter[str] = Counter()
    for section in layout.left_out:
        links = sum(1 for link in section.links if not link.url.startswith("#"))
        counter, name = (under, heading_text(section.title)) if section.level else (gathered.left_out, "introduction")
        if links:
            counter[name] += links
    return _built(layout, course_id, gathered, under)


def _built(layout: Layout, course_id: str, gathered: _Gathered, under: Mapping[str, int]) -> Course:
    language = gathered.language
    ids = Ids({course_id})
    parts: list[Document] = []
    topics: dict[str, Document] = {}
    needs: dict[str, list[str]] = {}
    titles = Counter(folded_title(topic.title) for part in layout.parts for topic in part.topics)
    for part in layout.parts:
        part_id = ids.free(part.title, "part")
        made: list[str] = []
        for topic in part.topics:
            is_plain = len(layout.parts) == 1 or (
                titles[folded_title(topic.title)] == 1 and not is_generic(topic.title)
            )
            title = topic.title if is_plain or topic.title == part.title else f"{part.title}: {topic.title}"
            for piece, number in _pieces(topic):
                named = f"{title} ({number})" if number > 1 else title
                topic_id = ids.free(named, "topic")
                document, needed = _topic_document(piece, topic_id, named, gathered)
                if document["resources"]:
                    made.append(topic_id)
                    topics[topic_id] = document
                    needs[topic_id] = needed
        if made:
            title = _title(part.title) or part_id
            summary = next((text for section in part.sections if (text := _sentence(section.text))), title)
            parts.append({"id": part_id, "title": {language: title}, "summary": {language: summary}, "topics": made})
    _require(topics, needs, gathered)
    title = _title(layout.title) or course_id
    outline = {
        "id": course_id,
        "languages": [language],
        "title": {language: title},
        "summary": {language: _sentence(layout.summary) or title},
        "parts": parts,
    }
    return Course(outline, topics, gathered.ticked, gathered.left_out, under, gathered.guessed)


def _pieces(topic: Topic) -> Iterable[tuple[Topic, int]]:
    """A topic with its number; one that is too long for a file in pieces."""
    pieces: list[list[Section]] = []
    count = size = 0
    for section in topic.sections:
        start = 0
        for place, link in enumerate(section.links):
            weight = len(link.url) + len(link.text) + len(link.line)
            if count == MAX_RESOURCES or size + weight > MAX_SIGNS:
                pieces.append([Section(section.level, section.title, section.parent, section.links[start:place])])
                start, count, size = place, 0, 0
            count, size = count + 1, size + weight
        if start or not pieces:
            pieces.append([])
        rest = section.links[start:]
        pieces[-1].append(
            Section(section.level, section.title, section.parent, rest, section.ideas[:MAX_RESOURCES], section.text)
        )
    return [(Topic(topic.title, sections), number) for number, sections in enumerate(pieces, 1)]


def _topic_document(topic: Topic, topic_id: str, title: str, gathered: _Gathered) -> tuple[Document, list[str]]:
    language = gathered.language
    ids = Ids({"exercise"})
    concepts: list[Document] = []
    resources: list[Document] = []
    see_also: list[str] = []
    needed: list[str] = []
    idea_ids: dict[str, str] = {}
    for section in topic.sections:
        for idea, rest in section.ideas:
            if idea in idea_ids or len(idea) > MAX_TITLE // 3 or is_generic(idea) or not _title(idea):
                continue
            idea_ids[idea] = ids.free(idea, "idea")
            texts = {"title": {language: _title(idea)}, "summary": {language: _sentence(rest) or _title(idea)}}
            concepts.append({"id": idea_ids[idea], **texts})
    for section in topic.sections:
        for link in section.links:
            url = _learnable(link, gathered)
            if url is None:
                continue
            key = address_key(url)
            if key in gathered.by_url:
                gathered.left_out["double"] += 1
                if gathered.by_url[key][0] != topic_id:
                    see_also.append("/".join(gathered.by_url[key]))
                continue
            made = _resource(link, url, section, ids, gathered)
            gathered.by_url[key] = (topic_id, made["id"])
            gathered.by_title.setdefault(folded_title(made["title"]), topic_id)
            if link.is_ticked:
                gathered.ticked.append(url)
            if named := [idea_ids[name] for name in link.within if name in idea_ids]:
                made["concepts"] = [*dict.fromkeys(named)]
            resources.append(made)
            needed += [cell for name, cell in link.cells.items() if cell and _NEEDED.fullmatch(name)]
    summary = next((text for section in topic.sections if (text := _sentence(section.text))), _title(title) or topic_id)
    document: Document = {
        "title": {language: _title(title) or topic_id},
        "summary": {language: summary},
        "requires": [],
        "core": [resource["id"] for resource in resources if "minutes" in resource][:MAX_CORE],
        "see_also": [*dict.fromkeys(see_also)][:MAX_LIST],
        "concepts": concepts,
        "resources": resources,
    }
    return {name: value for name, value in document.items() if value or name in ("requires", "resources")}, needed


def _learnable(link: Link, gathered: _Gathered) -> str | None:
    """The address of a link that something can be learned from; what leads elsewhere is counted as left out."""
    url = _web_address(link.url, gathered.base)
    reason = ""
    if link.is_badge:
        reason = "badges"
    elif link.url.startswith("#") or _OWN_HEADING.match(link.url):
        reason = "anchors"
    elif url is None:
        reason = "addresses" if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", link.url) else "relative"
    elif _SOCIAL.match(url):
        reason = "social"
    elif link.follows_by and _PERSON.match(url):
        reason = "authors"
    if reason:
        gathered.left_out[reason] += 1
        return None
    return url


def _resource(link: Link, url: str, section: Section, ids: Ids, gathered: _Gathered) -> Document:
    """The resource of a link. What the document does not say is guessed, and `guessed` names it."""
    hints = " ".join(heading_text(each.title) for each in section.path if each.level > 1)
    title = _title(_resource_title(link, url, section, gathered)) or _title(_name_of(url))
    kind = next((kind_of(None, cell, "") for column, cell in link.cells.items() if column in _TYPE and cell), "")
    if not kind:
        words = f"{link.line} {' '.join(link.cells.values())}"
        kind = kind_of(url, link.text, f"{link.column} {words if len(words) < 200 else ''} {hints}")
    length = ", ".join(cell for name, cell in link.cells.items() if _LENGTH.search(name))
    said = minutes_of_length(length) or minutes_of_text(link.line)
    if said and said >= LONG and kind == "article":
        kind = "course"
    minutes = said or gathered.usual.get(kind)
    resource: Document = {
        "id": ids.free(title, "link"),
        "title": title,
        "url": url,
        "kind": kind,
        "language": language_of_resource(url, title, gathered.language),
    }
    if minutes:
        resource["minutes"] = minutes
    if note := _sentence(_note(link, title)):
        resource["note"] = {gathered.language: note}
    resource["guessed"] = ["kind"] if said or minutes is None else ["kind", "minutes"]
    gathered.guessed.update(resource["guessed"])
    return resource


def _resource_title(link: Link, url: str, section: Section, gathered: _Gathered) -> str:
    """The text of a link, with what it belongs to where the text says only `slides`, or stands on many links."""
    text = link.text.strip(" \"'[]")
    is_named = bool(re.search(r"\w", text)) and not re.match(r"https?://", text)
    if is_named and not is_pointer(text) and folded_title(text) not in gathered.often:
        return text
    if not is_named:
        return link.lead or _words_of(link) or _name_of(url)
    lead = "" if _NO_SUBJECT.match(link.lead) else link.lead
    lead = lead or (heading_text(section.title) if section.level > 1 or is_pointer(text) else "")
    lead = lead if len(lead) <= MAX_TITLE // 2 else ""
    if re.fullmatch(r"\W*(?:link|here|this|url|lesson|\^?\d{1,3})\W*", text, re.IGNORECASE):
        return lead or _words_of(link) or _name_of(url)
    return f"{lead} ({trimmed(text)})" if lead and lead != text else text


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
    rest = re.sub(r"https?://\S+", "", rest).strip(" -–—:：·|,.()[]")
    return rest if len(re.findall(r"\w", rest)) > 3 else ""


def _web_address(url: str, base: str) -> str | None:
    """The address of a link as a browser may be handed it; None where it is none, or where it leads nowhere else."""
    if url.startswith("#") or not url:
        return None
    try:
        whole = urljoin(base, url) if base else url
        whole = f"https:{whole}" if whole.startswith("//") else whole
        parts = urlsplit(whole)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc or "\\" in whole:
        return None
    if len(whole) > 2_000:
        return None
    try:
        netloc = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except UnicodeError:
        return None
    safe = "%/:=&?~#+!$,;'@()*[]"
    query = f"?{quote(parts.query, safe)}" if parts.query else ""
    fragment = f"#{quote(parts.fragment, safe)}" if parts.fragment else ""
    made = f"{parts.scheme.lower()}://{netloc}{quote(parts.path, safe)}{query}{fragment}"
    return made if re.fullmatch(r"[!-~]+", made) else None


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


def _title(text: str) -> str:
    return _short(text, MAX_TITLE)


def _sentence(text: str) -> str:
    return _short(text, 600)


def _short(text: str, most: int) -> str:
    """A text in one line, without what may not be printed, cut at a word where it is too long."""
    whole = plain(clean(text).replace("\ufffd", ""))
    if len(whole) <= most:
        return whole
    return whole[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _require(topics: Mapping[str, Document], needs: Mapping[str, Sequence[str]], gathered: _Gathered) -> None:
    """Reads the columns of prerequisites: a topic builds on topics that come before it, so that no loop arises."""
    places = {topic: place for place, topic in enumerate(topics)}
    built_on = {topic: document["requires"] for topic, document in topics.items()}
    titles = {folded_title(next(iter(document["title"].values()))): topic for topic, document in topics.items()}
    for topic, cells in needs.items():
        if topic not in topics:
            continue
        named = (folded_title(name) for cell in cells for name in re.split(r"[,;/、，；]| and | & ", cell))
        found = {titles.get(name) or gathered.by_title.get(name) for name in named if name}
        required = {name for name in found if name in places and places[name] < places[topic]}
        implied = graph.with_all_required(built_on, (name for other in required for name in built_on[other]))
        built_on[topic] = topics[topic]["requires"] = sorted(required - implied, key=places.__getitem__)[:MAX_LIST]
