"""What a user may call an item, and what the program takes it for."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.curriculum.catalog import Catalog, Item
from llmpath.curriculum.entries import Concept, Exercise, Goal, Part, Topic
from llmpath.errors import AmbiguousItem, UnknownItem
from tests.support import catalog_of, resource, small, topic

RICH = catalog_of(
    [
        topic("quantization", aliases=["量化", "model compression"], title="Quantization"),
        topic("quality", aliases=["evals"], title="How Good Is It?"),
        topic(
            "training",
            aliases=["sft"],
            title="Training",
            concepts=[
                Concept("adapters", "Adapters", "", ["lora", "quick tuning"]),
                Concept("loss", "Loss", "", ["objective"]),
            ],
            resources=[
                resource("course", title="Objective"),
                resource("book", title="Adapters in Practice"),
                resource("slides", title="Lossless or Not"),
            ],
            core=["course"],
        ),
        topic("encoders", title="Encoder/Decoder", concepts=[Concept("decoder", "Decoder", "")]),
    ],
    {"first": ["quantization", "quality"], "second": ["training", "encoders"]},
)


def address_of(name: str, catalog: Catalog = RICH) -> str:
    return catalog.resolve(name).id


# one name after the other, in the promised order


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("quantization", "quantization"),
        ("training/adapters", "training/adapters"),
        ("training/book", "training/book"),
        ("1.1", "quantization"),
        ("2.1", "training"),
        ("2.1/adapters", "training/adapters"),
        ("2.1/ad", "training/adapters"),
        ("sft", "training"),
        ("量化", "quantization"),
        ("lora", "training/adapters"),
        ("How Good Is It?", "quality"),
        ("Adapters in Practice", "training/book"),
        ("quant", "quantization"),
        ("model", "quantization"),
        ("how good", "quality"),
        ("training/ad", "training/adapters"),
        ("量", "quantization"),
        ("Adapters in", "training/book"),
    ],
)
def test_an_item_is_named_by_address_number_alias_title_or_a_beginning(name: str, address: str) -> None:
    assert address_of(name) == address


@pytest.mark.parametrize(
    "name",
    [
        "QUANTIZATION",
        " quantization ",
        "ｑｕａｎｔｉｚａｔｉｏｎ",
        "quántization",
        "Quant",
        "１．１",
        "Model  Compression",
        "QUANTIZATION\n",
    ],
)
def test_case_width_accents_and_space_do_not_matter_in_any_kind_of_name(name: str) -> None:
    assert address_of(name) == "quantization"


def test_an_address_goes_before_an_alias() -> None:
    catalog = catalog_of([topic("numbers"), topic("words", aliases=["numbers"])])
    assert address_of("numbers", catalog) == "numbers"


def test_a_number_goes_before_an_alias() -> None:
    catalog = catalog_of([topic("numbers"), topic("words", aliases=["1.1"])])
    assert address_of("1.1", catalog) == "numbers"


def test_an_alias_goes_before_a_title() -> None:
    catalog = catalog_of([topic("numbers", title="Counting"), topic("words", aliases=["counting"])])
    assert address_of("counting", catalog) == "words"


def test_a_whole_title_of_a_resource_goes_before_a_beginning_of_a_topic() -> None:
    catalog = catalog_of([topic("numbers", resources=[resource("one", title="Word")]), topic("words")])
    assert address_of("word", catalog) == "numbers/one"


def test_an_alias_of_a_concept_goes_before_a_title_of_a_topic() -> None:
    concept = Concept("idea", "The Idea", "", ["words"])
    catalog = catalog_of([topic("numbers", concepts=[concept]), topic("text", title="Words")])
    assert address_of("words", catalog) == "numbers/idea"


def test_at_each_step_topics_win_over_concepts_and_concepts_over_resources() -> None:
    with pytest.raises(AmbiguousItem) as raised:
        RICH.resolve("qu")  # the concept that is called "quick tuning" is no candidate
    assert [address for address, _ in raised.value.candidates] == ["quantization", "quality"]
    assert address_of("qui") == "training/adapters"
    assert address_of("objective") == "training/loss"  # its alias goes before the resource of that title
    assert address_of("loss") == "training/loss"
    assert address_of("los") == "training/loss"  # the resource "Lossless or Not" begins so too
    assert address_of("adap") == "training/adapters"


def test_a_beginning_of_a_topics_name_never_reaches_past_a_slash() -> None:
    for name in ("quant/idea", "train/adapters", "1./idea", "sft/adapters"):
        with pytest.raises(UnknownItem):
            RICH.resolve(name)
    assert address_of("Encoder") == "encoders"
    assert address_of("Encoder/Decoder") == "encoders"
    with pytest.raises(UnknownItem):
        RICH.resolve("Encoder/Dec")


def test_a_beginning_of_an_address_reaches_into_the_topic_that_it_names_whole() -> None:
    assert address_of("training/lo") == "training/loss"
    assert address_of("training/b") == "training/book"
    with pytest.raises(AmbiguousItem) as raised:
        RICH.resolve("training/")
    assert [address for address, _ in raised.value.candidates] == ["training/adapters", "training/loss"]


# several, none


def test_an_ambiguous_name_lists_its_candidates_in_teaching_order() -> None:
    with pytest.raises(AmbiguousItem) as raised:
        RICH.resolve("qua")
    assert raised.value.candidates == [("quantization", "Quantization"), ("quality", "How Good Is It?")]
    assert raised.value.exit_code == 3


def test_an_unknown_name_suggests_the_closest_one_for_each_item() -> None:
    with pytest.raises(UnknownItem) as raised:
        RICH.resolve("quantisation")
    assert raised.value.closest[0] == ("quantization", "Quantization")
    assert raised.value.exit_code == 3
    with pytest.raises(UnknownItem) as raised:
        RICH.resolve("training/adaptors")
    assert raised.value.closest[0] == ("training/adapters", "Adapters")


def test_a_name_like_nothing_at_all_suggests_nothing() -> None:
    with pytest.raises(UnknownItem) as raised:
        RICH.resolve("xyzzy")
    assert raised.value.closest == []


@pytest.mark.parametrize("name", ["", " ", "\t", "\u3000"])
def test_an_empty_name_names_nothing(name: str) -> None:
    with pytest.raises(UnknownItem) as raised:
        RICH.resolve(name)
    assert raised.value.closest == []
    with pytest.raises(UnknownItem):
        RICH.resolve_all([name])
    with pytest.raises(UnknownItem):
        RICH.resolve_part(name)


def test_a_part_where_an_item_is_wanted_is_told_apart_from_an_unknown_name() -> None:
    with pytest.raises(UnknownItem) as raised:
        small().resolve("models")
    assert raised.value.part == "models"


# parts


@pytest.mark.parametrize("name", ["models", "Models", "2", "２", " MODELS "])
def test_a_parts_whole_name_names_all_its_topics_where_several_items_are_taken(name: str) -> None:
    assert [item.id for item in small().resolve_all([name])] == ["attention", "tuning", "agents"]


def test_a_topics_address_alias_and_title_go_before_a_part_of_that_name() -> None:
    catalog = catalog_of([topic("numbers", aliases=["basics"]), topic("words")], {"basics": ["numbers", "words"]})
    assert [item.id for item in catalog.resolve_all(["basics"])] == ["numbers"]


def test_a_part_goes_before_a_beginning_of_a_topics_name() -> None:
    catalog = catalog_of([topic("basics-of-it"), topic("words")], {"basics": ["basics-of-it", "words"]})
    assert [item.id for item in catalog.resolve_all(["basics"])] == ["basics-of-it", "words"]


def test_a_beginning_names_a_part_only_where_a_part_is_asked_for() -> None:
    assert small().resolve_part("mod").id == "models"
    with pytest.raises(UnknownItem) as raised:
        small().resolve_all(["mod"])
    assert raised.value.closest == [("models", "Models")]


def test_an_ambiguous_part_lists_its_candidates() -> None:
    catalog = catalog_of([topic("numbers"), topic("words")], {"part-one": ["numbers"], "part-two": ["words"]})
    with pytest.raises(AmbiguousItem) as raised:
        catalog.resolve_part("part")
    assert [name for name, _ in raised.value.candidates] == ["part-one", "part-two"]


def test_several_names_of_one_item_count_once_in_the_order_given() -> None:
    items = small().resolve_all(["sft", "basics", "1.2", "numbers/one", "tuning"])
    assert [item.id for item in items] == ["tuning", "numbers", "words", "numbers/one"]


def test_one_wrong_name_among_several_refuses_all() -> None:
    with pytest.raises(UnknownItem):
        small().resolve_all(["words", "wrods"])


def test_a_goal_may_be_an_item_or_a_part() -> None:
    item, part = small().resolve_item_or_part("sft"), small().resolve_item_or_part("2")
    assert isinstance(item, Item)
    assert item.id == "tuning"
    assert isinstance(part, Part)
    assert part.id == "models"


# what holds for any name

SMALL_NAMES = [
    *((item.id, item.id) for item in small().items()),
    *((number, topic_id) for topic_id, number in small().numbers.items()),
    ("sft", "tuning"),
    ("微调", "tuning"),
    ("The Idea of Words", "words/idea"),
]
DISGUISES: dict[str, Callable[[str], str]] = {
    "as it is": lambda name: name,
    "in capitals": str.upper,
    "in space": lambda name: f"  {name}\u3000",
    "in full width": lambda name: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name),
    "with an accent": lambda name: f"{name[0]}\u0301{name[1:]}",
}


@given(st.sampled_from(SMALL_NAMES), st.sampled_from(sorted(DISGUISES)), st.sampled_from(sorted(DISGUISES)))
def test_a_name_in_any_disguise_means_the_same_item(named: tuple[str, str], one: str, other: str) -> None:
    name, address = named
    assert address_of(DISGUISES[one](DISGUISES[other](name)), small()) == address


@given(st.sampled_from(sorted(small().briefs)), st.integers(1, 20))
def test_a_beginning_of_a_topics_id_leads_to_it_or_to_a_choice_that_has_it(name: str, length: int) -> None:
    try:
        assert address_of(name[:length], small()).partition("/")[0] == name
    except AmbiguousItem as error:
        assert name in [address for address, _ in error.candidates]  # noqa: PT017 - either outcome is right


@given(st.text(max_size=20))
def test_any_text_is_one_item_or_a_clear_refusal(name: str) -> None:
    catalog = small()
    try:
        found = catalog.resolve(name)
    except (UnknownItem, AmbiguousItem) as error:
        assert error.fields["name"] == name  # noqa: PT017 - either outcome is right
    else:
        assert catalog.find(found.id) == found


# the rest of the view


def test_find_wants_the_exact_address() -> None:
    catalog = small()
    found = catalog.find("words/one")
    assert found is not None
    assert found.id == "words/one"
    assert [catalog.find(name) for name in ("Words", "words/", "words/nothing", "nothing/one", "")] == [None] * 5


def test_items_come_in_teaching_order_topics_before_what_is_theirs() -> None:
    addresses = [item.id for item in small().items()]
    assert addresses[:5] == ["numbers", "numbers/idea", "numbers/one", "numbers/two", "words"]
    assert len(addresses) == 20


def test_numbers_count_parts_and_topics_from_one() -> None:
    assert small().numbers == {"numbers": "1.1", "words": "1.2", "attention": "2.1", "tuning": "2.2", "agents": "2.3"}


def test_of_alternatives_in_the_core_the_first_counts() -> None:
    entry: Topic = topic("numbers", core=[["two", "one"], "one"], exercise=Exercise("Do", "It", "All", 15))
    assert [[each.id for each in slot] for slot in entry.core_slots] == [["two", "one"], ["one"]]
    assert catalog_of([entry]).briefs["numbers"].minutes == 30 + 60 + 15


def test_without_a_core_all_resources_count_and_where_minutes_are_unknown_the_usual_ones_of_the_kind() -> None:
    resources = [resource("one", 50), resource("two", None, kind="paper"), resource("three", None, kind=None)]
    brief = catalog_of([topic("numbers", core=[], resources=resources)]).briefs["numbers"]
    assert (brief.core, brief.core_minutes) == ([["one"], ["two"], ["three"]], [50, 60, 30])


# exercises and goals

DO = Exercise("Write a loop", "An editor.", "It ends.", 30)
GOALS = [Goal("builder", "Application Builder", "Builds.", ["tuning", "agents"]), Goal("words-too", "Words", "", [])]


def course() -> Catalog:
    """Three topics, of which one has an exercise, and two goals."""
    return catalog_of([topic("words", exercise=DO), topic("tuning"), topic("agents")], None, GOALS)


@pytest.mark.parametrize("name", ["words/exercise", "1.1/exercise", "Write a loop", "write a l", "words/ex"])
def test_an_exercise_is_an_item_whose_title_is_its_task(name: str) -> None:
    found = course().resolve(name)
    assert (found.id, found.kind, found.entry.title) == ("words/exercise", "exercise", "Write a loop")


def test_a_topic_without_an_exercise_has_none_as_an_item() -> None:
    assert course().find("tuning/exercise") is None
    assert course().briefs["tuning"].names == ["idea", "one", "two"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("builder", "builder"),
        ("application builder", "builder"),
        ("appl", "builder"),
        ("all", "all"),
        ("words", "words"),
        ("words-too", "words-too"),
        ("tuning/one", "tuning/one"),
    ],
)
def test_a_goal_is_an_item_a_part_or_one_of_the_curriculums_own(name: str, meant: str) -> None:
    found = course().resolve_goal(name)
    assert found.id == meant


def test_a_goal_wants_its_topics() -> None:
    wanted = {name: course().topics_of(name) for name in ("builder", "all", "words", "words/one")}
    assert wanted == {
        "builder": ["tuning", "agents"],
        "all": ["words", "tuning", "agents"],
        "words": ["words"],
        "words/one": ["words"],
    }
    assert course().title_of("builder") == "Application Builder"


# former ids


def test_progress_follows_what_moves_between_topics() -> None:
    moved = resource("dolly", former_ids=["dolly-15k", "pre-training/dolly"])
    topics = [
        topic("pre-training", former_ids=["training"]),
        topic("datasets", former_ids=["data"], resources=[moved], core=["dolly"], exercise=DO),
    ]
    former = catalog_of(topics).former
    assert former["pre-training"] == ["training"]
    assert former["pre-training/one"] == ["training/one"]
    assert former["datasets/exercise"] == ["data/exercise"]
    assert former["datasets/dolly"] == [
        "data/dolly",
        "datasets/dolly-15k",
        "data/dolly-15k",
        "pre-training/dolly",
        "training/dolly",
    ]


# what changes something wants a name that cannot be mistaken


@pytest.mark.parametrize(
    "name", ["quantization", "1.1", "sft", "How good is it?", "training/adapters", "quick", "quanti"]
)
def test_a_strict_name_is_whole_or_a_beginning_of_one_item_only(name: str) -> None:
    assert RICH.resolve(name, strict=True) == RICH.resolve(name)


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("qu", ["quantization", "quality", "training/adapters"]),
        ("los", ["training/loss", "training/slides"]),
        ("ho", ["quality"]),
        ("量", ["quantization"]),
    ],
)
def test_anything_less_is_answered_with_candidates(name: str, candidates: list[str]) -> None:
    with pytest.raises(AmbiguousItem) as raised:
        RICH.resolve(name, strict=True)
    assert [item for item, _ in raised.value.candidates] == candidates
