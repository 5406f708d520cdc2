"""Frozen values of the vocabulary as bytes and back: exact, strict, and no code in them.

A value is a JSON array of its fields in their order, in ASCII, so that NUL and lone surrogates survive. An anchor
leaves out what its document's text says anyway: its quote, and context that stands beside it there. So a stored
quote cannot differ from the words it quotes. What is read back is what was written, or ValueError.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Hashable
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from policyview.model import Anchor

T = TypeVar("T")
Json = Any
_Packer = Callable[[Any, str], Json]  # (value, text of its document)
_Unpacker = Callable[[Json, str], Any]


def pack(value: object, text: str = "") -> bytes:
    """A value as bytes; ``text`` is the canonical text that its anchors count in."""
    return json.dumps(_pack(value, text), ensure_ascii=True, separators=(",", ":")).encode("ascii")


def unpack(kind: type[T], content: bytes, text: str = "") -> T:
    """The value of a kind that ``pack`` made with the same text. ValueError for anything else."""
    try:
        return cast(T, _unpacker(cast(Hashable, kind))(json.loads(content), text))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ValueError(f"This is no stored {kind.__name__}.") from error


# --------------------------------------------------------------------------- packing


@cache
def _packer(hint: Hashable) -> _Packer:
    if hint is Anchor:
        return _pack_anchor
    if dataclasses.is_dataclass(hint):
        return _fields_packer(cast(type, hint))
    if hint is tuple:
        return lambda values, text: [_pack(value, text) for value in values]
    if hint is frozenset:
        return lambda values, text: sorted(_pack(value, text) for value in values)
    if issubclass(cast(type, hint), Enum):
        return lambda value, text: value.value
    return lambda value, text: value


def _pack(value: Any, text: str) -> Json:
    return _packer(cast(Hashable, type(value)))(value, text)


def _fields_packer(kind: type) -> _Packer:
    names = [field.name for field in dataclasses.fields(kind)]
    return lambda value, text: [_pack(getattr(value, name), text) for name in names]


def _pack_anchor(anchor: Anchor, text: str) -> Json:
    start, end = anchor.start, anchor.end
    quote = None if start <= end and text[start:end] == anchor.quote else anchor.quote
    prefix = len(anchor.prefix) if text[max(0, start - len(anchor.prefix)):start] == anchor.prefix else anchor.prefix
    suffix = len(anchor.suffix) if text[end:end + len(anchor.suffix)] == anchor.suffix else anchor.suffix
    short = [start, end, anchor.page, prefix, suffix]
    if quote is None and anchor.match == "exact" and anchor.score == 1.0 and not anchor.continues:
        return short
    return [*short, quote, anchor.match, anchor.score, [_pack_anchor(each, text) for each in anchor.continues]]


# --------------------------------------------------------------------------- unpacking


@cache
def _unpacker(hint: Hashable) -> _Unpacker:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Anchor:
        return _unpack_anchor
    if dataclasses.is_dataclass(hint):
        return _fields_unpacker(cast(type, hint))
    if origin is tuple:
        return _tuple_unpacker(arguments)
    if origin is frozenset:
        each = _unpacker(arguments[0])
        return lambda told, text: frozenset([each(value, text) for value in _array(told)])
    if origin is Literal:
        return _choice_unpacker(dict.fromkeys(arguments))
    if origin in (Union, types.UnionType):
        return _union_unpacker(arguments)
    kind = cast(type, hint)
    if issubclass(kind, Enum):
        return _choice_unpacker({member.value: member for member in kind})
    return _plain_unpacker(kind)


def _plain_unpacker(kind: type) -> _Unpacker:
    def plain(told: Json, text: str) -> Any:
        if type(told) is not kind and not (kind is float and type(told) is int):
            raise ValueError(f"Where {kind.__name__} belongs stands {type(told).__name__}.")
        return told

    return plain


def _choice_unpacker(choices: dict[Any, Any]) -> _Unpacker:
    is_same = all(value is None for value in choices.values())

    def choice(told: Json, text: str) -> Any:
        found = choices[told]
        return told if is_same else found

    return choice


def _union_unpacker(arguments: tuple[Any, ...]) -> _Unpacker:
    """Of the kinds that a field may be, the first that fits."""
    unpackers = [_unpacker(each) for each in arguments if each is not type(None)]
    may_be_none = len(unpackers) < len(arguments)

    def union(told: Json, text: str) -> Any:
        if told is None and may_be_none:
            return None
        for unpacker in unpackers[:-1]:
            try:
                return unpacker(told, text)
            except (ValueError, TypeError, KeyError):
                continue
        return unpackers[-1](told, text)

    return union


def _tuple_unpacker(arguments: tuple[Any, ...]) -> _Unpacker:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        each = _unpacker(arguments[0])
        return lambda told, text: tuple([each(value, text) for value in _array(told)])
    unpackers = [_unpacker(argument) for argument in arguments]

    def fixed(told: Json, text: str) -> Any:
        return tuple([unpacker(value, text) for unpacker, value in zip(unpackers, _array(told), strict=True)])

    return fixed


def _array(told: Json) -> list[Json]:
    if type(told) is not list:
        raise ValueError("Where several values belong stands something else.")
    return told


def _fields_unpacker(kind: type) -> _Unpacker:
    unpackers: list[_Unpacker] = []  # found at the first value: a criterion has criteria below it

    def fields(told: Json, text: str) -> Any:
        if not unpackers:
            hints = get_type_hints(kind)
            unpackers.extend(_unpacker(hints[field.name]) for field in dataclasses.fields(kind))
        return kind(*[unpacker(value, text) for unpacker, value in zip(unpackers, _array(told), strict=True)])

    return fields


def _unpack_anchor(told: Json, text: str) -> Anchor:
    start, end, page, prefix, suffix = told[:5]
    quote, match, score, continues = told[5:] if len(told) > 5 else (None, "exact", 1.0, ())
    is_placed = type(start) is int and type(end) is int and (page is None or type(page) is int)
    if not is_placed or match not in ("exact", "folded", "fuzzy") or type(score) not in (int, float):
        raise ValueError("An anchor is not written as one is.")
    if quote is None and not 0 <= start <= end <= len(text):
        raise ValueError("An anchor stands outside its document.")
    return Anchor(
        start, end, page, _words(quote, text[start:end]),
        _words(prefix, text[max(0, start - prefix):start] if type(prefix) is int else ""),
        _words(suffix, text[end:end + suffix] if type(suffix) is int else ""),
        cast(Any, match), score, tuple(_unpack_anchor(each, text) for each in continues),
    )  # fmt: skip


def _words(told: Json, beside: str) -> str:
    """What is told as words; where it is told by its length, what stands in the document."""
    if told is None or type(told) is int:
        return beside
    if type(told) is not str:
        raise ValueError("Words are not written as words.")
    return told
