"""What a request may say, told in the schema as exactly as the endpoints read it: lengths, patterns, nothing else."""

from collections.abc import Iterator
from typing import Any, Final

# Blank is to Python, which trims what comes: written out, for "\s" is another set in each language.
_BLANKS: Final = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# No database keeps a NUL in a text.
_ANY: Final = r"[^\x00]*"
SAYS_SOMETHING: Final = rf"^{_ANY}[^\x00{_BLANKS}]{_ANY}$"
EMPTY_OR_SAYS_SOMETHING: Final = rf"^({_ANY}[^\x00{_BLANKS}]{_ANY})?$"

# Printable ASCII; what surrounds a header's value is not part of it.
IDEMPOTENCY_KEY: Final = r"^[!-~]([ -~]{0,253}[!-~])?$"
# Either quotation marks and what is in them, or "any".
ETAG: Final = r'(\*|(W/)?"[!#-+\--~]*")'
ETAGS: Final = rf"^{ETAG}( ?, ?{ETAG})*$"
SOURCE: Final = r"^[a-z0-9][a-z0-9._-]{0,59}$"
# What has no slash, nothing that cannot be printed, and is not blank.
_PRINTED: Final = r"[^\x00-\x1f\x7f-\x9f/]*"
_NAMES: Final[dict[str, dict[str, Any]]] = {
    "source": {"pattern": SOURCE},
    "external_id": {
        "minLength": 1,
        "maxLength": 200,
        "pattern": rf"^{_PRINTED}[^\x00-\x1f\x7f-\x9f/{_BLANKS}]{_PRINTED}$",
    },
}
UUID7: Final = r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$"

_YEAR: Final = "(199[0-9]|20[0-9]{2}|2100)"
_LEAP_YEAR: Final = "(199[26]|20([02468][048]|[13579][26]))"
_DAY_OF_YEAR: Final = (
    "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
)
_TIME: Final = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
_ZONE: Final = "(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
QUARTER: Final = rf"^{_YEAR}(-?[Qq][1-4]|년 ?[1-4]분기)$"
AS_OF: Final = rf"^({_YEAR}-({_DAY_OF_YEAR})|{_LEAP_YEAR}-02-29)([T ]{_TIME}{_ZONE}?)?$"
# A year at either end leaves the calendar on its way to UTC.
MOMENT: Final = "^(19|[2-8][0-9])"


def some_of(names: Any) -> str:
    """The pattern of a list with commas between."""
    one = f"({'|'.join(names)})"
    return f"^{one}(,{one})*$"


def tell_parameter(parameter: dict[str, Any]) -> None:
    """A parameter that says nothing is refused, wherever it stands."""
    schema = parameter["schema"]
    if parameter["in"] == "path" and parameter["name"] in _NAMES:
        schema.update(_NAMES[parameter["name"]])
    if parameter["in"] != "query" or not _is_any_text(schema):
        return
    if schema.get("format") == "date-time":
        schema["pattern"] = MOMENT
    if "format" not in schema:
        schema.update(minLength=1, pattern=SAYS_SOMETHING)


def tell_body(schema: dict[str, Any]) -> None:
    """An object is strict, a text has something in it."""
    for part in parts_of(schema):
        if "properties" in part:
            part.setdefault("additionalProperties", False)
        if _is_any_text(part) and "format" not in part and part.get("maxLength") != 0:
            part["pattern"] = SAYS_SOMETHING if part.get("minLength") else EMPTY_OR_SAYS_SOMETHING


def _is_any_text(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "string" and schema.keys().isdisjoint(("enum", "pattern"))


def parts_of(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema and all that stand within it."""
    yield schema
    for inner in (*schema.get("properties", {}).values(), *schema.get("oneOf", ()), *schema.get("anyOf", ())):
        yield from parts_of(inner)
    if isinstance(schema.get("items"), dict):
        yield from parts_of(schema["items"])
