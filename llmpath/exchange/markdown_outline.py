"""A Markdown document as an outline: its sections, and the links, ideas and words in each. Pure.

Markdown is turned into HTML and that is read, since course lists mix both: tables, `<a>` and `<details>` in HTML stand
beside lists and headings in Markdown.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from llmpath.exchange.links import BADGE, BOX, beginning, is_badge_link, is_pointer, plain, title_in

MAX_WORK = 400_000
"""Signs that make a parser work, and cells of tables, that a document may have: thirty times what long lists have."""
MAX_WORDS = 600
"""Characters that are kept of what stands around a link."""
MAX_DEPTH = 40
"""Lists in lists that are told apart; what stands deeper is read as if it stood there."""
BOLD_LEVEL, MAX_LEVEL = 7, 8
"""The level of a paragraph that is bold as a whole, below all headings; and that of a `<summary>` below it."""

_SIGNS = "[<*_`|&!:\\~\n"
_ADDRESS = re.compile(r"https?://[^\s<>\"'）】」』，。；、]+")
_OPENERS = re.compile(
    r"toggle|click|expand|show (?:more|all)|details|see more|点击|點擊|展开|展開|收起|查看", re.IGNORECASE
)
_BY = re.compile(r"(?:\bby|\bfrom|作者[:：]?|@)\s*$", re.IGNORECASE)
_LABEL = re.compile(r".{1,40}[:：]")
"""A paragraph that only announces the list below it."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "summary")
_BLOCKS = frozenset({"p", "li", "tr", "dt", "dd", "blockquote", "td", "th", "div", "br", "center", "caption"})
_ENDED_BY: Mapping[str, tuple[str, ...]] = {"li": ("li",), "tr": ("tr",), "dt": ("dt", "dd"), "dd": ("dt", "dd")}
"""Items that HTML ends, without a tag of their own, where another one begins beside them."""


class TooDense(ValueError):
    """A document has more in it than is read in a few seconds."""


@dataclass
class Link:
    """A link, with what stands around it.

    `text`: its own words; `before`: those before it in its item; `cell`: the number of its cell, or -1; `holder`: the
    tag of what it stands in. `lead`: what it belongs to, where its own words do not say it; `line`: the text of its
    list item, paragraph or row; `cells`: those of its row under the names of their columns; `within`: the bold list
    items around it; `group`: the outermost list item, where that has no link; `is_alone`: no other stands in its item.
    """

    text: str
    url: str
    is_badge: bool = False
    before: str = ""
    cell: int = -1
    holder: str = ""
    lead: str = ""
    line: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    within: Sequence[str] = ()
    group: str = ""
    is_ticked: bool = False
    is_alone: bool = True

    @property
    def column(self) -> str:
        """The name of its column."""
        return [*self.cells, ""][self.cell] if self.cell < len(self.cells) else ""

    @property
    def follows_by(self) -> bool:
        """Whether it names who made what another link leads to."""
        return not self.is_alone and bool(_BY.search(self.before))


@dataclass(eq=False)
class Section:
    """A heading with what stands below it up to the next one. `level` is 1 to 8; 0 for what precedes all headings."""

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
    """A list item, paragraph or table row that is being read.

    `prose` is its text outside links; `kept`: how many of its links stand in the section already.
    """

    tag: str
    depth: int = 0
    text: str = ""
    prose: str = ""
    bold: str = ""
    links: list[Link] = field(default_factory=list)
    kept: int = 0
    cells: list["_Item"] = field(default_factory=list)

    def take(self, text: str, *, is_bold: bool, is_linked: bool) -> None:
        """Adds text to what it is part of; its bold words are those with which it begins."""
        if is_bold and len(self.bold) < MAX_WORDS and not re.search(r"[^\W\d_]", self.text.removesuffix(self.bold)):
            self.bold += text
        self.text = _grown(self.text, text)
        self.prose = self.prose if is_linked else _grown(self.prose, text)
        if self.cells:
            self.cells[-1].take(text, is_bold=is_bold, is_linked=is_linked)

    def named(self, cells: Collection[int] = (), other: str = "") -> str:
        """The text of its first link that names something, in some of its cells or anywhere, and is not `other`."""
        inside = (link.text for link in self.links if not cells or link.cell in cells)
        return next((text for text in inside if text != other and not is_pointer(text)), "")

    @property
    def lead(self) -> str:
        """The subject of the item: its first link that names something, else its bold or its first words."""
        return self.named() or title_in(self.bold, self.prose)

    def lead_in_cell(self, place: int, text: str) -> str:
        """The subject of a link in a cell: another link or words beside it, else before it, whichever says more."""
        beside = self.named({place}, text) or beginning(self.cells[place].prose)
        if re.search(r"\w{2}", beside):
            return beside
        cells = (plain(cell.text) for cell in self.cells[:place])
        words = (cell for cell in cells if re.search(r"[^\W\d]{2}", cell) and len(cell) <= 120)
        first = re.sub(r"^[^\w\"“《「（(]+", "", next(words, ""))
        return max(first, self.named({*range(place)} or {-1}), key=len)


def sections_of(markdown: str) -> list[Section]:
    """The sections of a document in their order, that before the first heading included. Raises `TooDense`."""
    from markdown_it import MarkdownIt

    text = _mended(_without_comments(_without_front_matter(markdown)))
    if _work_in(text) > MAX_WORK:
        raise TooDense
    parser = MarkdownIt("commonmark", {"maxNesting": 2 * MAX_DEPTH}).enable(["table", "strikethrough"])
    reader = _Reader()
    reader.feed(parser.render(text))
    reader.close()
    reader.finish()
    return reader.sections


def _grown(text: str, more: str) -> str:
    return text + more if len(text) < MAX_WORDS else text


def _without_front_matter(markdown: str) -> str:
    match = re.match(r"\ufeff?---\r?\n.*?\r?\n---\r?\n", markdown[:20_000], re.DOTALL)
    return markdown[match.end() :] if match else markdown


def _without_comments(markdown: str) -> str:
    """The document without comments, and with the other signs of HTML that nobody sees as plain characters."""
    head, end, tail = markdown.rpartition("-->")  # so that each search below ends
    return re.sub(r"<(?=[!?])", "&lt;", re.sub(r"<!--.*?-->", "", head + end, flags=re.DOTALL) + tail)


def _mended(markdown: str) -> str:
    """The document with what older Markdown let pass: `##Title`, and a space in `[text] (address)`."""
    spaced = re.sub(r"^( {0,3}#{1,6})(?=[^\W_])", r"\1 ", markdown, flags=re.MULTILINE)
    return re.sub(r"\] \((?=https?://)", "](", spaced)


def _work_in(markdown: str) -> int:
    """A parser's work: signs of markup and cells of tables, since a short row is filled up to all its columns."""
    work = sum(markdown.count(sign) for sign in _SIGNS) + 3 * markdown.count("[")  # brackets cost the most
    columns = 0
    for line in markdown.split("\n") if work <= MAX_WORK else ():
        if "|" in line and "-" in line and not line.strip(" |:-\t\r>"):
            columns = line.count("|") + 1
            work += columns * columns // 1_000  # the columns of a table are compared with each other
        elif not line.strip():
            columns = 0
        work += columns
    return work


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
        self._depth = 0
        self._columns: list[str] = []
        self._details: list[Section] = []

    # events of the parser

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _HEADINGS:
            self.finish()
            self._heading = _Item(tag)
        elif tag == "details":
            self._details.append(self._section)
        elif tag in ("ul", "ol", "dl", "table"):
            self._depth += 1
            if tag == "table":
                self._columns = []
        elif tag in _ENDED_BY or (tag == "p" and not self._items):
            self._begin_item(tag)
        elif tag in ("td", "th") and self._items:
            self._items[-1].cells.append(_Item(tag))
        else:
            self._begin_inline(tag, values)
        if tag in _BLOCKS:
            self._add(" ")

    def _begin_item(self, tag: str) -> None:
        last = self._items[-1] if self._items else None
        if last and (last.tag == "p" or (last.depth == self._depth and last.tag in _ENDED_BY.get(tag, ()))):
            self._end_item(last.tag)
        if len(self._items) >= MAX_DEPTH:
            self._end_item(self._items[-1].tag)
        if self._items and self._items[-1].tag != "tr":
            self._keep_links(self._items[-1], self._items[:-1])
        self._items.append(_Item(tag, self._depth))

    def _begin_inline(self, tag: str, values: Mapping[str, str]) -> None:
        if tag == "a" and values.get("href"):
            self._end_link()
            self._link, self._link_images = (values["href"].strip(), ""), []
        elif tag == "img":
            self._link_images.append(values.get("src", ""))
            if self._link is not None:
                self._add(f" {values.get('alt', '')} ", is_alt=True)
        elif tag in ("strong", "b"):
            self._bold += 1
        elif tag in ("code", "pre", "script", "style"):
            self._code += 1
        elif tag == "input" and values.get("type") == "checkbox":
            self._add(f"[{'x' if 'checked' in values else ' '}] ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._end_heading()
        elif tag == "details" and self._details:
            self.finish()
            before = self._details.pop()
            if self._section.level > before.level or self._section.parent is before:
                self._section = before
        elif tag in ("ul", "ol", "dl", "table"):
            self._depth = max(self._depth - 1, 0)
            while self._items and self._items[-1].depth > self._depth:
                self._end_item(self._items[-1].tag)
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
        if self._link is not None or self._code or "://" not in data:
            self._add(data)
            return
        place = 0
        for match in _ADDRESS.finditer(data):
            self._add(data[place : match.start()])
            place = match.end()
            self._note_link("", match.group().rstrip(".,;:!?)*_"), is_badge=False)
        self._add(data[place:])

    # what they mean

    def _add(self, text: str, *, is_alt: bool = False) -> None:
        """Adds text to what is open. Words of an image stand for its link; a heading has them only without others."""
        if self._link is not None:
            self._link = (self._link[0], _grown(self._link[1], text))
        target = self._heading or (self._items[-1] if self._items else None)
        if target is None:
            self._section.text = _grown(self._section.text, text)
        elif not (is_alt and target is self._heading):
            is_linked = self._link is not None
            target.take(text, is_bold=bool(self._bold) and not is_alt and not is_linked, is_linked=is_linked)

    def _end_link(self) -> None:
        if self._link is not None:
            url, text = self._link
            self._link = None
            self._note_link(plain(text), url, is_badge=any(BADGE.search(each) for each in self._link_images))

    def _note_link(self, text: str, url: str, *, is_badge: bool) -> None:
        target = self._heading or (self._items[-1] if self._items else None)
        if is_badge:
            is_badge = is_badge_link(url, target.tag if target else "")
        if target is None:
            self._section.links.append(Link(text, url, is_badge, line=text))
        else:
            target.links.append(Link(text, url, is_badge, target.prose, len(target.cells) - 1, target.tag))

    def _end_heading(self) -> None:
        self._end_link()
        heading, self._heading = self._heading, None
        if heading is None:
            return
        images = (link.text for link in heading.links if not link.is_badge)
        title = plain(heading.text) or next(images, "")
        if heading.tag == "summary":
            if not title or _OPENERS.search(title):
                return
            level = min(self._section.level + 1, MAX_LEVEL)
        else:
            level = int(heading.tag[1])
        self._begin_section(level, title)
        self._section.links += [link for link in heading.links if not link.url.startswith("#")]
        for link in self._section.links:
            link.lead = link.line = title

    def _begin_section(self, level: int, title: str) -> None:
        parent: Section | None = self._section
        while parent is not None and parent.level >= level:
            parent = parent.parent
        self._section = Section(level, title, parent)
        self.sections.append(self._section)

    def _end_item(self, tag: str) -> None:
        """Ends the innermost item of that sort, and what was left open inside it."""
        if any(item.tag == tag for item in self._items):
            self.finish(tag)

    def finish(self, tag: str = "") -> None:
        """Ends everything that is still open, or everything inside the innermost item of a sort and that itself."""
        self._end_link()
        while self._items:
            item = self._items.pop()
            self._keep(item)
            if item.tag == tag:
                return

    def _keep(self, item: _Item) -> None:
        if item.tag == "tr" and not self._columns and not item.links:
            self._columns = [plain(cell.text).lower() for cell in item.cells]
            return
        text = plain(BOX.sub("", item.text))
        self._keep_links(item, self._items)
        bold = plain(item.bold).rstrip(":：").strip()
        if item.tag == "p" and bold and not item.links and plain(item.bold) == text and len(bold) <= 80:
            self._begin_section(BOLD_LEVEL, bold)
        elif item.tag in ("li", "dt") and bold and not item.links:
            rest = text.partition(plain(item.bold))[2].strip(" :：-–—")
            self._section.ideas.append((bold, rest))
        elif item.tag in ("p", "dd") and len(self._section.text) < MAX_WORDS and not _LABEL.fullmatch(text):
            self._section.text += f" {text}"

    def _keep_links(self, item: _Item, above: Sequence[_Item]) -> None:
        """Puts the links of an item into the section, those before a list inside it before those in that list."""
        found = item.links[item.kept :]
        item.kept = len(item.links)
        if not found:
            return
        cells = [plain(cell.text) for cell in item.cells]
        line = " · ".join(filter(None, cells)) if cells else plain(BOX.sub("", item.text))
        named = dict(zip(self._columns, cells, strict=False))
        box = BOX.match(item.text)
        around = [each for each in above if each.tag == "li"]
        outer = next((each.lead for each in reversed(around) if each.lead), "")
        within = [plain(each.bold).rstrip(":：").strip() for each in around if each.bold]
        group = next((plain(each.text) for each in around if not each.links), "")
        lead = ""
        for link in found:
            if cells and link.cell >= 0:
                lead = item.lead_in_cell(link.cell, link.text)
            elif not lead:
                lead = title_in(item.bold, link.before) or beginning(item.prose)
            link.lead = lead if lead and lead != link.text else outer
            link.line, link.cells, link.within, link.group = line or link.text, named, within, group
            link.is_ticked = box is not None and box[1] in "xX"
            link.is_alone = len(item.links) == 1
            if not is_pointer(link.text) and not cells:
                lead = link.text
        self._section.links += found
