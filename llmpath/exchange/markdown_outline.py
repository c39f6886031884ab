"""A Markdown document as an outline: its sections, and the links, ideas and words in each. Pure.

Markdown is turned into HTML and that is read, since course lists mix both: tables, `<a>` and `<details>` in HTML stand
beside lists and headings in Markdown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

BADGES = re.compile(
    r"shields\.io|badge|/workflows/|travis-ci|codecov|visitor|star-history|api\.star|hits\.", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s<>\"'）】」』]+")
_OPENERS = re.compile(
    r"toggle|click|expand|show (more|all)|details|see more|点击|點擊|展开|展開|收起|查看", re.IGNORECASE
)
_BOX = re.compile(r"^\s*\[([ xX])\]\s+")
_BY = re.compile(r"(?:\bby|\bfrom|作者[:：]?|@)\s*$", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset({"p", "li", "tr", "dt", "dd", "blockquote", "td", "th", "div", "br", "center", "caption"})
MAX_WORDS = 600
"""Characters that are kept of what stands around a link."""


class Link(NamedTuple):
    """A link, with what stands around it.

    `title`: its own text, or that of what it belongs to where it says only `slides`; `line`: the text of its list item,
    paragraph or row; `cells`: those of its row under the names of their columns, `column` its own; `within`: the bold
    list items around it; `group`: the outermost list item, where that has no link; `holder`: the tag of what it stands
    in; `is_ticked`: whether its task box is ticked, None without one; `is_author`: it is who wrote what stands before.
    """

    title: str
    url: str
    line: str = ""
    cells: Mapping[str, str] = {}
    column: str = ""
    within: Sequence[str] = ()
    group: str = ""
    holder: str = ""
    is_ticked: bool | None = None
    is_badge: bool = False
    is_author: bool = False


class _Seen(NamedTuple):
    """A link as it was read: its text and address, what precedes it in its item, the number of its cell."""

    title: str
    url: str
    is_badge: bool
    before: str
    cell: int


@dataclass
class Section:
    """A heading with what stands below it up to the next one. `level` is 1 to 6; 0 for what precedes all headings."""

    level: int
    title: str
    parent: "Section | None" = None
    links: list[Link] = field(default_factory=list)
    ideas: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""

    @property
    def path(self) -> list["Section"]:
        """The sections around it, outermost first, and itself."""
        return [*(self.parent.path if self.parent else ()), self]


@dataclass
class _Item:
    """A list item, paragraph or table row that is being read."""

    tag: str
    text: str = ""
    bold: str = ""
    links: list[_Seen] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    has_links_below: bool = False


def sections_of(markdown: str) -> list[Section]:
    """The sections of a document in their order, that before the first heading included."""
    from markdown_it import MarkdownIt

    reader = _Reader()
    reader.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(_without_front_matter(markdown)))
    reader.close()
    reader.finish()
    return reader.sections


def _without_front_matter(markdown: str) -> str:
    match = re.match(r"\ufeff?---\r?\n.*?\r?\n---\r?\n", markdown[:20_000], re.DOTALL)
    return markdown[match.end() :] if match else markdown


def plain(text: str) -> str:
    """A text without emoji codes and superfluous space."""
    return " ".join(re.sub(r":[a-z][a-z0-9_+-]+:", " ", text).split())


class _Reader(HTMLParser):
    """Reads HTML once, from beginning to end, without recursion."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections = [Section(0, "")]
        self._section = self.sections[0]
        self._heading: _Item | None = None
        self._items: list[_Item] = []
        self._link: tuple[str, str] | None = None
        self._link_images: list[str] = []
        self._bold = 0
        self._code = 0
        self._columns: list[str] = []
        self._details: list[Section] = []
        self._in_summary = False

    # events of the parser

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _HEADINGS:
            self.finish()
            self._heading = _Item(tag)
        elif tag == "details":
            self._details.append(self._section)
        elif tag == "summary":
            self._heading, self._in_summary = _Item(tag), True
        elif tag in ("li", "tr", "dt", "dd") or (tag == "p" and not self._items):
            self._items.append(_Item(tag))
        elif tag in ("table", "td", "th"):
            self._begin_cell(tag)
        elif tag == "a" and values.get("href"):
            self._end_link()
            self._link, self._link_images = (values["href"].strip(), ""), []
        elif tag == "img":
            self._link_images.append(values.get("src", ""))
            self._add(f" {values.get('alt', '')} ", is_alt=True)
        elif tag in ("strong", "b"):
            self._bold += 1
        elif tag in ("code", "pre", "script", "style"):
            self._code += 1
        elif tag == "input" and values.get("type") == "checkbox":
            self._add(f"[{'x' if 'checked' in values else ' '}] ")
        if tag in _BLOCKS:
            self._add(" ")

    def _begin_cell(self, tag: str) -> None:
        if tag == "table":
            self._columns = []
        elif self._items:
            self._items[-1].cells.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS or tag == "summary":
            self._end_heading()
        elif tag == "details" and self._details:
            self.finish()
            before = self._details.pop()
            if self._section.level > before.level or self._section.parent is before:
                self._section = before
        elif tag == "a":
            self._end_link()
        elif tag in ("li", "tr", "dt", "dd", "p"):
            self._end_item(tag)
        elif tag in ("strong", "b"):
            self._bold = max(self._bold - 1, 0)
        elif tag in ("code", "pre", "script", "style"):
            self._code = max(self._code - 1, 0)
        if tag in _BLOCKS:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        if self._link is None and not self._code and "://" in data:
            for match in _ADDRESS.finditer(data):
                self._note_link("", match.group().rstrip(".,;:!?)*_"), is_badge=False)
        self._add(data)

    # what they mean

    def _add(self, text: str, *, is_alt: bool = False) -> None:
        if self._link is not None:
            self._link = (self._link[0], self._link[1] + text)
        target = self._heading or (self._items[-1] if self._items else None)
        if target is not None:
            if (
                self._bold
                and not is_alt
                and not self._link
                and _BOX.sub("", target.text).strip(" *") in ("", target.bold)
            ):
                target.bold += text
            if len(target.text) < MAX_WORDS:
                target.text += text
            if target.cells:
                target.cells[-1] += text
        elif len(self._section.text) < MAX_WORDS:
            self._section.text += text

    def _end_link(self) -> None:
        if self._link is not None:
            url, title = self._link
            self._link = None
            is_badge = bool(self._link_images) and any(BADGES.search(each) for each in self._link_images)
            self._note_link(plain(title), url, is_badge=is_badge)

    def _note_link(self, title: str, url: str, *, is_badge: bool) -> None:
        target = self._heading or (self._items[-1] if self._items else None)
        if target is None:
            self._section.links.append(Link(title, url, title, is_badge=is_badge))
            return
        before = target.text[: len(target.text) - len(title)] if title and target.text.endswith(title) else target.text
        target.links.append(_Seen(title, url, is_badge, before, len(target.cells) - 1))
        for item in self._items:
            item.has_links_below = True

    def _end_heading(self) -> None:
        self._end_link()
        heading, self._heading = self._heading, None
        if heading is None:
            return
        title = plain(heading.text)
        if self._in_summary:
            self._in_summary = False
            if not title or _OPENERS.search(title):
                return
            level = min(self._section.level + 1, 7)
        else:
            level = int(heading.tag[1])
        parent: Section | None = self._section
        while parent is not None and parent.level >= level:
            parent = parent.parent
        self._section = Section(level, title, parent)
        self.sections.append(self._section)
        for seen in heading.links:
            if not seen.url.startswith("#"):
                link = Link(seen.title or title, seen.url, title, holder="h", is_badge=seen.is_badge)
                self._section.links.append(link)

    def _end_item(self, tag: str) -> None:
        """Ends the innermost item of that sort, and what was left open inside it."""
        if not any(item.tag == tag for item in self._items):
            return
        self._end_link()
        while self._items:
            item = self._items.pop()
            self._keep(item)
            if item.tag == tag:
                return

    def finish(self) -> None:
        """Ends everything that is still open."""
        self._end_link()
        while self._items:
            self._keep(self._items.pop())

    def _keep(self, item: _Item) -> None:
        cells = [plain(cell) for cell in item.cells]
        if item.tag == "tr" and not self._columns and not item.links:
            self._columns = cells
            return
        box = _BOX.match(item.text)
        text = plain(_BOX.sub("", item.text))
        columns = [name.lower() for name in self._columns]
        named = dict(zip(columns, cells, strict=False)) if cells else {}
        within = [plain(around.bold) for around in self._items if around.bold]
        group = next((plain(around.text) for around in self._items if around.tag == "li" and not around.links), "")
        line = " · ".join(filter(None, cells)) if cells else text
        ticked = (box[1] in "xX") if box else None
        lead = next((cell for cell in cells if re.search(r"\w{2}", cell)), "")
        for seen in item.links:
            title = seen.title
            if _is_pointer(title):
                lead = lead or plain(_BOX.sub("", seen.before)).strip(" -–—:：·|,([")
                title = f"{lead} ({title})" if lead and title and lead != title else lead or title
            else:
                lead = title
            column = columns[seen.cell] if 0 <= seen.cell < len(columns) else ""
            is_author = len(item.links) > 1 and bool(_BY.search(seen.before))
            self._section.links.append(
                Link(
                    title,
                    seen.url,
                    line or title,
                    named,
                    column,
                    within,
                    group,
                    item.tag,
                    ticked,
                    seen.is_badge,
                    is_author,
                )
            )
        bold = plain(item.bold).rstrip(":：").strip()
        if item.tag in ("li", "dt") and bold and not item.has_links_below and not item.links:
            rest = plain(_BOX.sub("", item.text)).removeprefix(plain(item.bold)).strip(" :：-–—")
            self._section.ideas.append((bold, rest))
        elif item.tag in ("p", "dd") and len(self._section.text) < MAX_WORDS:
            self._section.text += f" {text}"


def _is_pointer(title: str) -> bool:
    """Whether the text of a link says only what is behind it, as `slides` or `Open in Colab` do."""
    return not re.search(r"\w", title) or bool(POINTERS.fullmatch(title.strip(" []()🔗📄📺▶️.")))


POINTERS = re.compile(
    r"(?:the |an? |view |watch |read |open (?:in|with) )?(?:link|here|url|web ?site|web|home ?page|page|slides?|"
    r"videos?|code|repo|github|colab|notebook|pdf|paper|article|blog|post|arxiv|alt|alternative|mirror|part \d+|book|"
    r"docs?|documentation|project|demo|data|dataset|youtube|bilibili|audio|transcript|notes|source|download|more|"
    r"课程|课件|视频|代码|链接|论文|笔记|官网|课程主页|影片|程式碼|連結|論文|投影片)",
    re.IGNORECASE,
)
"""Texts of links that name no thing of their own."""
