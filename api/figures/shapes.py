"""What figures look like in JSON, read from their own types: the schema cannot say otherwise than the calculation."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from crm.models import LedgerEntry
from crm.values.periods import Quarter
from reports.figures.entries import EntryFigures
from reports.figures.listing import Listing
from reports.figures.outcomes import OutcomeFigures, OutcomeListing

# An entry has a resource of its own, which says its fields.
_ENTRY = {"type": "object", "description": "A ledger entry: as in /ledger-entries, relations by id."}
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    UUID: {"type": "string", "format": "uuid"},
    Quarter: {"type": "string", "examples": ["2023Q1"]},
    EntryFigures: _ENTRY,
    LedgerEntry: _ENTRY,
    type(None): {"type": "null"},
}


def shape_of(kind: Any) -> dict[str, Any]:
    """The JSON schema of a figure's type, as `reports.figures.plain` writes it."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        named = {f.name: shape_of(hints[f.name]) for f in fields(kind)}
        return {"type": "object", "required": list(named), "properties": named}
    inner = get_args(kind)
    if get_origin(kind) in (Union, types.UnionType):
        return {"anyOf": [shape_of(one) for one in inner]}
    if kind is OutcomeListing:
        return shape_of(Listing[OutcomeFigures])
    if get_origin(kind) is Listing:
        return {"type": "array", "items": shape_of(inner[0])}
    if get_origin(kind) is tuple:
        return _list_of(inner)
    if get_origin(kind) is Mapping:
        return {"type": "object", "additionalProperties": shape_of(inner[1])}
    raise TypeError(f"{kind} has no JSON shape")


def _list_of(inner: tuple[Any, ...]) -> dict[str, Any]:
    if inner[-1] is Ellipsis:
        return {"type": "array", "items": shape_of(inner[0])}
    # Not by prefixItems, which generators of clients and checkers of answers read wrongly or not at all.
    items = {"anyOf": [shape_of(one) for one in dict.fromkeys(inner)]}
    return {"type": "array", "items": items, "minItems": len(inner), "maxItems": len(inner)}
