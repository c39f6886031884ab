"""`light.NamedTuple` is `typing.NamedTuple` to whoever uses it."""

from typing import Any, NamedTuple

import pytest

from llmpath import light


class Typed(NamedTuple):
    name: str
    number: int = 3

    @property
    def doubled(self) -> int:
        return self.number * 2


class Light(light.NamedTuple):
    name: str
    number: int = 3

    @property
    def doubled(self) -> int:
        return self.number * 2


BOTH = pytest.mark.parametrize("kind", [Typed, Light])


@BOTH
def test_values_come_by_place_by_name_and_by_default(kind: Any) -> None:
    assert kind("a", 1) == kind(name="a", number=1) == ("a", 1)
    assert kind("a") == ("a", 3)
    assert (kind("a").name, kind("a").number, kind("a").doubled) == ("a", 3, 6)


@BOTH
def test_fields_and_copies(kind: Any) -> None:
    assert kind._fields == ("name", "number")
    assert kind._field_defaults == {"number": 3}
    assert kind._make(["b", 2]) == ("b", 2)
    assert kind("a", 1)._replace(number=5) == ("a", 5)
    assert type(kind("a")._replace(number=5)) is kind
    assert kind("a", 1)._asdict() == {"name": "a", "number": 1}
    assert repr(kind("a", 1)) == f"{kind.__name__}(name='a', number=1)"
    assert hash(kind("a", 1)) == hash(("a", 1))


@BOTH
@pytest.mark.parametrize(
    ("values", "named"), [((), {}), (("a", 1, 2), {}), (("a",), {"nome": 1}), (("a",), {"name": "b"})]
)
def test_a_wrong_set_of_values_is_refused(kind: Any, values: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        kind(*values, **named)


@BOTH
def test_wrong_copies_are_refused(kind: Any) -> None:
    with pytest.raises(TypeError):
        kind._make(["a"])
    with pytest.raises((ValueError, TypeError)):
        kind("a")._replace(nome="b")


@BOTH
def test_it_is_frozen_and_has_no_other_attributes(kind: Any) -> None:
    with pytest.raises(AttributeError):
        kind("a").name = "b"
    with pytest.raises(AttributeError):
        kind("a").other = "b"


@BOTH
def test_it_can_be_matched_by_place(kind: Any) -> None:
    match kind("a", 1):
        case kind(name, number):
            assert (name, number) == ("a", 1)
