"""Items that a command changed, as results. Pure."""

from collections.abc import Collection, Iterable

from llmpath.curriculum.catalog import Catalog, Item
from llmpath.progress.progress import Progress
from llmpath.view.results.marking import Marked


def marked(catalog: Catalog, progress: Progress, item: Item) -> Marked:
    """An item as a command that changes it shows it."""
    return Marked(
        item.address,
        catalog.numbers[item.topic.id],
        item.entry.title,
        progress.state(item.address),
        is_topic=item.address == item.topic.id,
        on=progress.day(item.address),
    )


def finished_cores(catalog: Catalog, progress: Progress, topics: Iterable[str]) -> list[Marked]:
    """Those topics whose core is read and which are not done yet."""
    chosen: Collection[str] = dict.fromkeys(topics)
    return [
        marked(catalog, progress, Item(name, catalog.topic(name), catalog.topic(name)))
        for name in chosen
        if not progress.is_closed(name) and progress.is_core_read(catalog.briefs[name])
    ]
