"""`NamedTuple` without `typing`: the same to whoever uses it and to mypy, but made in a tenth of the time.

A short process feels it: `typing` takes a third of the interpreter's own start to import, and then compiles a
constructor for every class. Here fields, defaults, `_make`, `_replace` and `_asdict` are as there; a test compares.
"""

from __future__ import annotations

import sys
from operator import itemgetter

TYPE_CHECKING = False
if TYPE_CHECKING or sys.version_info >= (3, 14):  # from there on annotations are code, which typing knows how to read
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - handed on
else:
    _tuple = tuple.__new__
    _GETTERS: list[property] = []  # one for each place, for all classes

    class _FieldsFirst(type):
        """Makes of the annotations of a class its fields, and of their values defaults."""

        def __new__(cls, name, bases, space):
            if bases == (tuple,):
                return type.__new__(cls, name, bases, space)
            fields = tuple(space.get("__annotations__", ()))
            members = {key: value for key, value in space.items() if key not in fields}
            while len(_GETTERS) < len(fields):
                _GETTERS.append(property(itemgetter(len(_GETTERS))))
            members |= zip(fields, _GETTERS, strict=False)
            members["_fields"] = members["__match_args__"] = fields
            members["_field_defaults"] = {field: space[field] for field in fields if field in space}
            members["_defaults"] = (*members["_field_defaults"].values(),)
            members["_count"] = len(fields)
            return type.__new__(cls, name, bases, {"__slots__": (), **members})

    class NamedTuple(tuple, metaclass=_FieldsFirst):
        """A tuple whose places have names."""

        __slots__ = ()

        def __new__(cls, *values, **named):
            if len(values) != cls._count or named:
                values += cls._rest(len(values), named)
            return _tuple(cls, values)

        @classmethod
        def _rest(cls, given, named):
            """The values after the first `given`, by name or by default. Raises `TypeError` for a wrong set."""
            missing = cls._count - given
            if not named and 0 < missing <= len(cls._defaults):
                return cls._defaults[-missing:]
            rest = {**cls._field_defaults, **named}
            names = cls._fields[given:]
            missing = [name for name in names if name not in rest]
            if missing or given > len(cls._fields) or not named.keys() <= set(names):
                raise TypeError(f"{cls.__name__} takes {cls._fields}, got {given} and {tuple(named)}")
            return tuple(rest[name] for name in names)

        @classmethod
        def _make(cls, values):
            made = _tuple(cls, values)
            if len(made) != cls._count:
                raise TypeError(f"{cls.__name__} takes {len(cls._fields)} values, got {len(made)}")
            return made

        def _replace(self, **named):
            unknown = named.keys() - set(self._fields)
            if unknown:
                raise ValueError(f"{type(self).__name__} has no {sorted(unknown)}")
            return type(self)._make(named.get(name, value) for name, value in zip(self._fields, self, strict=True))

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            named = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({named})"

        def __getnewargs__(self):
            return tuple(self)
