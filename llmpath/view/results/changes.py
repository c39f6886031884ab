"""What `news` returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.guide.news import Change


class TopicNamed(NamedTuple):
    """The number, title and state of a topic in which something changed."""

    number: str
    title: str
    state: str


class News(NamedTuple):
    """`news`: what changed since the day `since`, None where nothing was seen before; `topics` are those it names."""

    since: str | None
    changes: Sequence[Change]
    topics: Mapping[str, TopicNamed]
    kind: str = "news"
