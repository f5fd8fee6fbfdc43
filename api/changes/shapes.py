"""What the feed's answers look like, for the schema."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiResponse

_ID: Final = {"type": "string", "format": "uuid"}
_ID_OR_NOT: Final = {"type": ["string", "null"], "format": "uuid"}
_OWN: Final[dict[str, Any]] = {
    "seq": {"type": "integer", "description": "Rises with every change that becomes visible."},
    "type": {"type": "string"},
    "id": _ID,
    "version": {"type": "integer", "description": "Of the record as told here."},
    "deleted": {"type": "boolean"},
    "reason": {"type": ["string", "null"], "description": "deleted, merged, access_lost or purged."},
    "merged_into": _ID_OR_NOT,
    "changed_at": {"type": "string", "format": "date-time"},
    "actor": {**_ID_OR_NOT, "description": "The account that changed it last."},
}
_NAMES: Final[dict[str, Any]] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["source", "value"],
        "properties": {"source": {"type": "string"}, "value": {"type": "string"}},
    },
}
_DATA: Final = {
    "type": ["object", "null"],
    "additionalProperties": True,
    "description": "As the resource of its type shows it; null where the record is gone.",
}
ENTRY: Final[dict[str, Any]] = {
    "type": "object",
    "required": [*_OWN, "external_ids", "data"],
    "properties": {**_OWN, "external_ids": _NAMES, "data": _DATA},
}
_ROW: Final[dict[str, Any]] = {
    "type": "object",
    "required": [*_OWN],
    "properties": _OWN,
    "additionalProperties": True,
}


def _page(items: dict[str, Any]) -> dict[str, Any]:
    named: dict[str, Any] = {
        "epoch": _ID,
        "results": {"type": "array", "items": items},
        "next": {"type": ["string", "null"], "format": "uri"},
        "next_after": {"type": "integer", "description": "The client has everything up to this number."},
        "head": {"type": "integer"},
        "has_more": {"type": "boolean"},
    }
    return {"type": "object", "required": [*named], "properties": named}


_OF_TYPE: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["count", "hash", "buckets"],
    "properties": {
        "count": {"type": "integer"},
        "hash": {"type": "string"},
        "buckets": {"type": "array", "items": {"type": "string"}, "minItems": 256, "maxItems": 256},
    },
}
_UNCHANGED: Final = OpenApiResponse(description="Nothing new since this ETag.")
CHANGES: Final = {(200, "application/json"): _page(ENTRY), 304: _UNCHANGED}
FLAT: Final = {(200, "application/json"): _page({"anyOf": [ENTRY, _ROW]}), 304: _UNCHANGED}
DIGEST: Final = {
    (200, "application/json"): {
        "type": "object",
        "required": ["epoch", "head", "types"],
        "properties": {
            "epoch": _ID,
            "head": {"type": "integer"},
            "types": {"type": "object", "additionalProperties": _OF_TYPE},
        },
    }
}
