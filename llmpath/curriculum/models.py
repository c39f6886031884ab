"""The one definition of a curriculum: what an author may write, checked where it enters.

Build, validation, JSON Schema and export use these models. The daily commands never import this module:
they hold the light twins of `entries`, which a test compares with these.
"""

import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag
from pydantic_core import PydanticCustomError

from llmpath.curriculum.kinds import ACCESS, KINDS, LEVELS, NEEDS, STATUSES
from llmpath.text.clean import clean
from llmpath.text.urls import MAX_URL, url_problem

if TYPE_CHECKING:  # pydantic takes a tuple for the values of a Literal, a type checker does not
    from typing import TypeAlias

    Kind: TypeAlias = str
    Level: TypeAlias = str
    Access: TypeAlias = str
    Need: TypeAlias = str
    Status: TypeAlias = str
else:
    Kind, Level, Access, Need, Status = (Literal[values] for values in (KINDS, LEVELS, ACCESS, NEEDS, STATUSES))

OWN_PROBLEMS = frozenset(
    {"invisible_character", "address_characters", "address_form", "address_scheme", "address_user"}
)
"""Codes of the problems that only these models find; their texts have the same names."""

ID_PATTERN = r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$"
REFERENCE_PATTERN = r"^[a-z0-9.-]+/[a-z0-9.-]+$"
NAME_PATTERN = r"^[a-z0-9.-]+(?:/[a-z0-9.-]+)?$"

MAX_TEXT = 2_000
MAX_ENTRIES = 5_000


def _one_paragraph(text: str) -> str:
    """Lines of a text in one: a line break is a space, and nothing between Chinese characters."""
    if "\n" not in text:
        return text
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    whole = lines[0]
    for line in lines[1:]:
        whole += line if _is_wide(whole[-1]) and _is_wide(line[0]) else f" {line}"
    return whole


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _no_control_characters(text: str) -> str:
    cleaned = clean(text)
    for before, after in zip(text, cleaned, strict=True) if cleaned != text else ():
        if before not in ("\n", after):
            detail = f"U+{ord(before):04X}"
            raise PydanticCustomError("invisible_character", "has the character {detail}", {"detail": detail})
    return text


def _web_address(address: str) -> str:
    if problem := url_problem(address):
        raise PydanticCustomError(problem, "is not an address that a browser can be handed")
    return address


Id = Annotated[
    str,
    StringConstraints(pattern=ID_PATTERN, max_length=80),
    Field(description="Lower-case letters, digits and single hyphens or dots: `supervised-fine-tuning`."),
]
LanguageTag = Annotated[
    str,
    StringConstraints(pattern=LANGUAGE_PATTERN),
    Field(description="A language tag: `en`, `zh-Hans`, `zh-Hant`, `de`, `pt-BR`."),
]
Words = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_TEXT, strip_whitespace=True),
    AfterValidator(_no_control_characters),
    AfterValidator(_one_paragraph),
]
Text = Annotated[
    dict[LanguageTag, Words],
    Field(
        min_length=1,
        description="One text in each language of the curriculum: `title.en = ...`.",
        json_schema_extra={"additionalProperties": False},
    ),
]
Url = Annotated[
    str,
    StringConstraints(max_length=MAX_URL),
    AfterValidator(_web_address),
    Field(
        description="An address that begins with http:// or https://, percent-encoded where needed.",
        json_schema_extra={"format": "uri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"},
    ),
]
Minutes = Annotated[int, Field(ge=1, le=60_000)]
Aliases = Annotated[
    list[Words],
    Field(max_length=50, description="Other names a learner may type, in any language; unique in the curriculum."),
]
Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN, max_length=161)]
FormerIds = Annotated[
    list[Name],
    Field(
        max_length=10,
        description="Ids that this had in earlier versions, as `TOPIC/ID` where it stood in another topic; "
        "progress follows them.",
    ),
]


def _shape(value: object) -> str:
    return "alternatives" if isinstance(value, list) else "resource"


CoreSlot = Annotated[
    Annotated[Id, Tag("resource")] | Annotated[list[Id], Field(min_length=2, max_length=20), Tag("alternatives")],
    Discriminator(_shape),
]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, regex_engine="rust-regex")


class Source(_Entry):
    """A published course that the curriculum draws on, and that recommends some of its resources."""

    id: Id = Field(description="What `sources` of a resource names: `llm-course`.")
    title: Words = Field(description="The name under which the course is published.")
    author: Words | None = Field(default=None, description="Who published it, where that is known.")
    url: Url | None = Field(default=None, description="Where it is published.")
    language: LanguageTag = Field(description="The language in which it is written.")
    licence: Words | None = Field(default=None, description="The licence of its texts, or that it is unknown.")


class Concept(_Entry):
    """One key idea of a topic."""

    id: Id = Field(description="Unique within the topic, among its resources too: `gptq-awq`.")
    title: Text = Field(description="Its name, in each language of the curriculum.")
    summary: Text = Field(description="One to three sentences: the idea itself, correct and in plain words.")
    aliases: Aliases = []
    former_ids: FormerIds = []


class Resource(_Entry):
    """One link that a topic can be learned from."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["url"]}, {"required": ["where"]}]})

    id: Id = Field(description="Unique within the topic, among its concepts too: `introduction-to-quantization`.")
    title: Words = Field(description="The title as published, in the resource's own language.")
    url: Url | None = Field(default=None, description="The newest address; unique in the curriculum.")
    where: Words | None = Field(
        default=None, description="Where to find what has no address: `book` for a printed book, a lecture room."
    )
    former_urls: list[Url] = Field(
        default=[], max_length=50, description="Earlier or other addresses of the same thing."
    )
    kind: Kind | None = Field(default=None, description="What sort of thing it is.")
    language: LanguageTag | None = Field(default=None, description="The language in which it is written or spoken.")
    authors: list[Words] = Field(default=[], max_length=100, description="Names as published; empty where unknown.")
    level: Level | None = Field(
        default=None, description="How hard it is for somebody who is about to learn this topic."
    )
    minutes: Minutes | None = Field(
        default=None,
        description="Minutes to go through it once; without them the usual ones of its kind count.",
    )
    read: Text | None = Field(default=None, description="Which chapters or sections the minutes cover, where not all.")
    concepts: list[Id] = Field(default=[], max_length=100, description="Ids of the topic's concepts that it teaches.")
    note: Text | None = Field(default=None, description="One sentence: what it covers, and for whom it is.")
    why: Text | None = Field(
        default=None, description="Why it is in the core, in one line; the first of a slot has it."
    )
    access: Access | None = Field(default=None, description="What it costs to use it.")
    needs: list[Need] = Field(default=[], max_length=10, description="What it has to run on, where that matters.")
    published: Annotated[int, Field(ge=1900, le=2200)] | None = Field(
        default=None, description="The year in which it was published or last rewritten."
    )
    checked: date | None = Field(
        default=None, description="The day on which somebody opened the page and found it as described."
    )
    status: Status | None = Field(default=None, description="Whether it is still there: live, archived or gone.")
    superseded_by: Name | None = Field(
        default=None, description="The resource that replaces it: `RESOURCE`, or `TOPIC/RESOURCE`."
    )
    guessed: list[Id] = Field(
        default=[], max_length=20, description="Fields whose values a program guessed and nobody has checked."
    )
    sources: list[Id] = Field(default=[], max_length=50, description="Ids of the published courses that recommend it.")
    former_ids: FormerIds = []


class Exercise(_Entry):
    """Something to do in a topic, once, by oneself."""

    task: Text = Field(description="What to do, in one line.")
    start: Text = Field(description="What to start from: a model, data, a notebook, a file of one's own.")
    done_when: Text = Field(description="How one knows that it is right and finished.")
    minutes: Minutes = Field(description="Minutes that it takes somebody who has read the core.")
    needs: list[Need] = Field(default=[], max_length=10, description="What it has to run on; a laptop where empty.")


class Question(_Entry):
    """A question on one concept, answered freely and graded by the learner."""

    id: Id = Field(description="Unique within the topic's questions.")
    concept: Id = Field(description="The topic's concept that it asks about.")
    ask: Text = Field(description="The question: understanding or use, not a definition's wording.")
    answer: Text = Field(description="At most 40 words, or 80 Chinese characters.")
    source: Name = Field(description="The resource in which the answer stands: `RESOURCE`, or `TOPIC/RESOURCE`.")
    where: Words | None = Field(default=None, description="Where in it: a section, a page, a minute.")


class QuestionSheet(_Entry):
    """The file `questions/TOPIC.toml`: the questions of one topic."""

    questions: list[Question] = Field(default=[], max_length=MAX_ENTRIES, description="The questions, in any order.")


class Topic(_Entry):
    """A subject with its concepts and resources. Its id is the name of its file."""

    id: Id = Field(description="The name of its file, without `.toml`.")
    title: Text = Field(description="Its name, in each language of the curriculum.")
    summary: Text = Field(description="Two to four sentences: what it is, why it matters, when you have understood it.")
    aliases: Aliases = []
    requires: list[Id] = Field(
        default=[], max_length=30, description="Topics that it builds on. They advise and never block."
    )
    exercise: Exercise | None = Field(default=None, description="Something to do once, by oneself.")
    core: list[CoreSlot] = Field(
        default=[],
        max_length=20,
        description="The shortest set of resources that teaches all concepts, in reading order. "
        "A list inside the list holds alternatives: one of them is enough, and the first is the one that is counted.",
    )
    see_also: list[Annotated[str, StringConstraints(pattern=REFERENCE_PATTERN, max_length=161)]] = Field(
        default=[], max_length=50, description="Resources of other topics that serve this one too: `TOPIC/RESOURCE`."
    )
    former_ids: FormerIds = []
    concepts: list[Concept] = Field(
        default=[], max_length=MAX_ENTRIES, description="Its key ideas, in the order in which they are best understood."
    )
    resources: list[Resource] = Field(
        default=[], max_length=MAX_ENTRIES, description="What it can be learned from, in reading order."
    )


class Part(_Entry):
    """A run of topics that belong together."""

    id: Id = Field(description="Unique in the curriculum, among its topics too: `fundamentals`.")
    title: Text = Field(description="Its name, in each language of the curriculum.")
    summary: Text = Field(description="What it is about, and for whom.")
    topics: list[Id] = Field(max_length=MAX_ENTRIES, description="Ids of its topics, in teaching order.")


class Goal(_Entry):
    """A goal: what a learner wants to become, and the topics that it takes."""

    id: Id = Field(description="Unique in the curriculum, among its parts and topics too: `application-engineer`.")
    title: Text = Field(description="Its name, in each language of the curriculum.")
    summary: Text = Field(description="One sentence: what one can do then.")
    topics: list[Id] = Field(min_length=1, max_length=MAX_ENTRIES, description="Ids of the topics that it needs.")


class Outline(_Entry):
    """The file `curriculum.toml`: the curriculum without its topics, which have a file each."""

    id: Id = Field(description="Progress is kept under it; never change it once somebody uses the curriculum.")
    title: Text = Field(description="Its name, in each of its languages.")
    summary: Text = Field(description="What is learned in it, and by whom.")
    languages: list[LanguageTag] = Field(
        min_length=1, max_length=20, description="Every text stands in each of these; the first is the fall-back."
    )
    sources: list[Source] = Field(
        default=[], max_length=200, description="Published courses that it draws on, and that recommend resources."
    )
    parts: list[Part] = Field(min_length=1, max_length=200, description="Its parts, in teaching order.")
    goals: list[Goal] = Field(default=[], max_length=100, description="What a learner may head for.")
    updated: date | None = Field(default=None, description="The day on which the curriculum was last changed.")
    credit: Text | None = Field(default=None, description="On what it is based, and under which licence.")


class Curriculum(Outline):
    """One course: its outline, its topics in teaching order, and questions by topic."""

    topics: list[Topic]
    questions: dict[str, list[Question]]

    def topic(self, topic_id: str) -> Topic:
        """The topic with that id. Raises `KeyError`."""
        for topic in self.topics:
            if topic.id == topic_id:
                return topic
        raise KeyError(topic_id)


def as_written(outline: Outline, topics: list[Topic], questions: dict[str, list[Question]]) -> Curriculum:
    """A curriculum from its checked files; `topics` in teaching order, `questions` by topic."""
    fields: dict[str, Any] = {name: getattr(outline, name) for name in Outline.model_fields}
    return Curriculum.model_construct(**fields, topics=topics, questions=questions)
