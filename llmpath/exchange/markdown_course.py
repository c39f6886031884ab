"""A course made from any list of links in Markdown: its README becomes a curriculum that can be learned from. Pure.

What a document does not say is guessed, and each guess is named in `guessed`. Importing again keeps ids, by address and
then by title, and what an author has changed since.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin, urlsplit
from zlib import crc32

from llmpath.exchange.course_layout import Layout, Part, Topic, heading_text, is_generic, layout_of
from llmpath.exchange.guesses import kind_of, language_of_text, minutes_of_text
from llmpath.exchange.markdown_outline import Link, plain, sections_of
from llmpath.text.clean import clean

MAX_BYTES = 4 * 1024 * 1024
MAX_ID = 60
MAX_TITLE = 300
LONG = 300
"""Minutes from which nothing is an article any more."""

_LENGTH = re.compile(r"duration|length|time|effort|hours?|workload|时长|時長|时间|時間|课时|用时", re.IGNORECASE)
_TYPE = ("type", "kind", "format", "类型", "類型")
_SOCIAL = re.compile(
    r"https?://(?:www\.)?(?:discord\.(?:gg|com/invite)|t\.me|join\.slack\.com|patreon\.com|opencollective\.com|"
    r"buymeacoffee\.com|ko-fi\.com|gitter\.im|paypal\.)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"desc\w*|notes?|about|summary|comments?|details?|why|简介|描述|说明|說明|备注|備註|介绍|介紹|内容", re.IGNORECASE
)
_NEEDED = re.compile(r"prereq\w*|requires?|requirements?|prerequisites?|先修.*|前置.*|预备.*", re.IGNORECASE)

Document = dict[str, Any]


class Ticked(NamedTuple):
    """An item whose box is ticked in the document."""

    topic: str
    resource: str


class Course(NamedTuple):
    """What came of a document: the outline and topics as an author would write them, and what was left out and why.

    `left_out`: a reason, or the heading under which it stood, to a number of links; `guessed`: fields to how often.
    """

    outline: Document
    topics: Mapping[str, Document]
    ticked: Sequence[Ticked]
    left_out: Mapping[str, int]
    guessed: Mapping[str, int]


class _Gathered(NamedTuple):
    """What is collected over the whole document."""

    base: str
    language: str
    usual: Mapping[str, int]
    left_out: Counter[str]
    guessed: Counter[str]
    by_url: dict[str, tuple[str, str]]
    by_title: dict[str, str]
    ticked: list[Ticked]


def course_of(
    markdown: str,
    course_id: str,
    usual_minutes: Mapping[str, int],
    *,
    name: str = "",
    base: str = "",
    part_level: int | None = None,
) -> Course:
    """The course in a document. `base`: the address against which relative links are meant.

    `usual_minutes`: how long resources of a kind usually take. No part is left where there is no link to learn from.
    """
    sections = sections_of(markdown)
    layout = layout_of(sections, name or course_id, part_level)
    words = " ".join(f"{section.title} {section.text}" for section in sections)
    gathered = _Gathered(base, language_of_text(words, "en"), usual_minutes, Counter(), Counter(), {}, {}, [])
    for section in layout.left_out:
        if links := [link for link in section.links if not link.url.startswith("#")]:
            gathered.left_out[heading_text(section.title)] += len(links)
    return _built(layout, course_id, gathered)


def _built(layout: Layout, course_id: str, gathered: _Gathered) -> Course:
    language = gathered.language
    taken: set[str] = {course_id}
    parts: list[Document] = []
    topics: dict[str, Document] = {}
    needs: dict[str, list[str]] = {}
    for part in layout.parts:
        made = {}
        part_id = _free(part.title, "part", taken)
        for topic in part.topics:
            title = _topic_title(topic, part, is_only_part=len(layout.parts) == 1)
            topic_id = _free(title, "topic", taken)
            document, needed = _topic_document(topic, topic_id, title, gathered)
            if document["resources"]:
                made[topic_id] = document
                needs[topic_id] = needed
        if made:
            topics |= made
            summary = next((text for section in part.sections if (text := _sentence(section.text))), part.title)
            parts.append(
                {
                    "id": part_id,
                    "title": {language: _title(part.title)},
                    "summary": {language: summary},
                    "topics": [*made],
                }
            )
    _require(topics, needs, gathered)
    title = _title(layout.title) or course_id
    outline = {
        "id": course_id,
        "languages": [language],
        "title": {language: title},
        "summary": {language: _sentence(layout.summary) or title},
        "parts": parts,
    }
    return Course(outline, topics, gathered.ticked, gathered.left_out, gathered.guessed)


def _topic_title(topic: Topic, part: Part, *, is_only_part: bool) -> str:
    if topic.title == part.title or is_only_part or not is_generic(topic.title):
        return topic.title
    return f"{part.title}: {topic.title}"


def _topic_document(topic: Topic, topic_id: str, title: str, gathered: _Gathered) -> tuple[Document, list[str]]:
    language = gathered.language
    taken: set[str] = {"exercise"}
    concepts: list[Document] = []
    resources: list[Document] = []
    needed: list[str] = []
    idea_ids: dict[str, str] = {}
    for section in topic.sections:
        for idea, rest in section.ideas:
            if idea in idea_ids or len(idea) > MAX_TITLE // 3:
                continue
            idea_ids[idea] = _free(idea, "idea", taken)
            texts = {"title": {language: _title(idea)}, "summary": {language: _sentence(rest) or _title(idea)}}
            concepts.append({"id": idea_ids[idea], **texts})
    for section in topic.sections:
        hints = " ".join(heading_text(each.title) for each in section.path if each.level > 1)
        for link in section.links:
            made = _resource(link, hints, topic_id, taken, resources, gathered)
            if made is None:
                continue
            named = [idea_ids[name] for name in link.within if name in idea_ids]
            if named:
                made["concepts"] = named
            needed += [cell for name, cell in link.cells.items() if cell and _NEEDED.fullmatch(name)]
    summary = next((text for section in topic.sections if (text := _sentence(section.text))), _title(title))
    document: Document = {"title": {language: _title(title)}, "summary": {language: summary}, "requires": []}
    if resources:
        document["core"] = _core(resources)
    return document | {"concepts": concepts, "resources": resources}, needed


def _core(resources: Sequence[Document]) -> list[str]:
    """Everything in a short topic; of a long one what comes first, as a list puts first what it wants read first."""
    timed = [resource["id"] for resource in resources if "minutes" in resource]
    return timed[:8]


def _resource(
    link: Link, hints: str, topic_id: str, taken: set[str], resources: list[Document], gathered: _Gathered
) -> Document | None:
    """The resource of a link, added to its topic; None where there is none, or where it stands elsewhere already."""
    url = _web_address(link.url, gathered.base)
    if url is None or link.is_badge or link.is_author or _is_social(url):
        gathered.left_out[_reason(link)] += 1
        return None
    key = address_key(url)
    if key in gathered.by_url:
        gathered.left_out["double"] += 1
        return None
    title = _title(_resource_title(link, url))
    own = _free(title, "link", taken)
    words = f"{link.line} {' '.join(link.cells.values())}"
    kind = next(
        (kind_of(None, cell, "") for column, cell in link.cells.items() if column in ("type", "kind", "类型", "類型")),
        "",
    )
    kind = kind or kind_of(url, link.title, f"{link.column} {words if len(words) < 200 else ''} {hints}")
    language = language_of_text(f"{title} {link.line[:120]}", gathered.language)
    said = minutes_of_text(_length_words(link) or link.line)
    if said and said >= LONG and kind == "article":
        kind = "course"
    minutes = said or gathered.usual.get(kind)
    guessed = ["kind"] if said or minutes is None else ["kind", "minutes"]
    resource: Document = {"id": own, "title": title, "url": url, "kind": kind, "language": language}
    if minutes:
        resource["minutes"] = minutes
    note = _sentence(_note(link, title))
    if note:
        resource["note"] = {gathered.language: note}
    resource["guessed"] = guessed
    gathered.guessed.update(guessed)
    gathered.by_url[key] = (topic_id, own)
    gathered.by_title.setdefault(folded_title(title), topic_id)
    resources.append(resource)
    if link.is_ticked:
        gathered.ticked.append(Ticked(topic_id, own))
    return resource


def _reason(link: Link) -> str:
    if link.is_badge:
        return "badges"
    if link.is_author:
        return "authors"
    if link.url.startswith("#"):
        return "anchors"
    if _is_social(link.url):
        return "social"
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", link.url):
        return "addresses"
    return "relative"


def _is_social(url: str) -> bool:
    return bool(_SOCIAL.match(url))


def _resource_title(link: Link, url: str) -> str:
    title = link.title.strip(" \"'[]")
    if re.search(r"\w", title) and not re.match(r"https?://", title):
        return title
    parts = urlsplit(url)
    before = re.sub(r"https?://\S+", "", link.line).strip(" -–—:：·|*()[]")
    if 2 < len(before) <= MAX_TITLE // 3:
        return before
    query = f"?{parts.query}" if parts.query else ""
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def _note(link: Link, title: str) -> str:
    """What a line says beside the title of its link."""
    if link.cells:
        return next((cell for name, cell in link.cells.items() if _ABOUT.fullmatch(name) and cell != title), "")
    rest = link.line.replace(title, "", 1).strip(" -–—:：·|,.()[]")
    rest = re.sub(r"https?://\S+", "", rest).strip()
    return rest if len(re.findall(r"\w", rest)) > 3 else ""


def _length_words(link: Link) -> str:
    return ", ".join(cell for name, cell in link.cells.items() if _LENGTH.search(name))


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
    """What two addresses of one page share: no scheme, no `www.`, no slash at the end, no trackers."""
    text = re.sub(r"([?&])(?:utm_[a-z]+|si|ref|usp)=[^&#]*", r"\1", url).rstrip("?&/")
    return re.sub(r"^https?://(?:www\.)?", "", text, flags=re.IGNORECASE).rstrip("/")


def _free(title: str, otherwise: str, taken: set[str]) -> str:
    """An id made from a title that nothing else in the set has; it is added."""
    name = _id_from(title) or otherwise
    free, number = name, 2
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    taken.add(free)
    return free


def _id_from(title: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", heading_text(title).lower()).strip("-")[:MAX_ID].strip("-")
    if re.search(r"[^\W\d_]", re.sub(r"[\x00-\x7f]", "", title)):
        mark = f"{crc32(title.encode(errors='replace')):08x}"
        return f"{words}-{mark}" if words else f"t-{mark}"
    return words


def folded_title(title: str) -> str:
    """What two writings of one title share: its letters and digits."""
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
    titles = {folded_title(next(iter(document["title"].values()))): topic for topic, document in topics.items()}
    for topic, cells in needs.items():
        if topic not in topics:
            continue
        named = (folded_title(name) for cell in cells for name in re.split(r"[,;/、，；]| and | & ", cell))
        found = {titles.get(name) or gathered.by_title.get(name) for name in named if name}
        required = {name for name in found if name in places and places[name] < places[topic]}
        implied = {name for other in required for name in _all_required(topics, other)}
        topics[topic]["requires"] = sorted(required - implied, key=places.__getitem__)


def _all_required(topics: Mapping[str, Document], topic: str) -> set[str]:
    found: set[str] = set()
    waiting = list(topics[topic]["requires"])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += topics[name]["requires"]
    return found
