"""Cards for Anki: imported twice by Anki's own library, nothing is doubled and the text is what was written."""

from pathlib import Path

import pytest

from llmpath.exchange.anki import Card, text_of

CARDS = [
    Card("small/numbers/idea/why", 'Why is "1 < 2 & 3"?', "Because\nit is.", ("small::numbers",)),
    Card("small/words/idea/what", "什么是词？\t制表", "单位", ("small::words", "small::done")),
]


def test_a_card_is_a_line_with_its_guid_first_and_its_tags_last() -> None:
    *head, first, second = text_of(CARDS).splitlines()
    assert head[0] == "#separator:tab"
    assert first.split("\t") == [
        "small/numbers/idea/why",
        "Why is &quot;1 &lt; 2 &amp; 3&quot;?",
        "Because<br>it is.",
        "small::numbers",
    ]
    assert second.split("\t")[1] == "什么是词？ 制表"


def test_anki_imports_it_twice_without_doubles_and_takes_over_what_was_changed(tmp_path: Path) -> None:
    anki = pytest.importorskip("anki.collection", reason="Anki's library is not there for this platform")
    collection = anki.Collection(str(tmp_path / "collection.anki2"))
    path = tmp_path / "cards.txt"
    try:
        for cards in (CARDS, CARDS, [CARDS[0]._replace(back="Otherwise."), CARDS[1]]):
            path.write_text(text_of(cards), encoding="utf-8")
            metadata = collection.get_csv_metadata(path=str(path), delimiter=None)
            collection.import_csv(anki.ImportCsvRequest(path=str(path), metadata=metadata))
        notes = {note.guid: note for note in map(collection.get_note, collection.find_notes(""))}
        assert sorted(notes) == sorted(card.guid for card in CARDS)
        assert notes[CARDS[0].guid].fields == ["Why is &quot;1 &lt; 2 &amp; 3&quot;?", "Otherwise."]
        assert notes[CARDS[1].guid].tags == ["small::done", "small::words"]
    finally:
        collection.close()
