"""The made-up courses that the benchmark measures: sound, the same every time, of the size that was asked for."""

from pathlib import Path

from tests.bench.growth import QUESTIONS, growth_table
from tests.generated import write_curriculum
from tests.support import Home


def test_the_same_size_is_the_same_curriculum_byte_for_byte(tmp_path: Path) -> None:
    one, other = (write_curriculum(tmp_path / name, 12) for name in ("one", "other"))
    files = sorted(path.relative_to(one) for path in one.rglob("*.toml"))
    assert len(files) == 13
    assert [(one / file).read_bytes() for file in files] == [(other / file).read_bytes() for file in files]


def test_a_generated_curriculum_has_its_size_and_no_fault_in_any_language(tmp_path: Path, home: Home) -> None:
    folder = str(write_curriculum(tmp_path / "course", 30))
    for language in ("en", "zh-Hans", "zh-Hant"):
        listing = home.run("--curriculum", folder, "list", "--json", "--lang", language)
        assert listing.code == 0, listing.err
        topics = listing.json()["topics"]
        assert [topic["id"] for topic in topics] == [f"topic-{number}" for number in range(1, 31)]
        assert {topic["concepts_total"] for topic in topics} == {5}
    assert home.run("--curriculum", folder, "search", "gradient", "--json").json()["matches"]


def test_the_table_has_a_row_for_each_question_and_a_column_for_each_size(tmp_path: Path) -> None:
    lines = growth_table(tmp_path, 1, (2, 4))
    assert "2 / 20" in lines[1]
    assert "4 / 40" in lines[1]
    assert [line[:20].strip() for line in lines[2:]] == list(QUESTIONS)
    assert all(line.count(" ms (") == 2 for line in lines[2:])
