"""What passes between JSON and the record: exact numbers, moments in UTC, strict objects."""

import re
from collections.abc import Collection, Mapping
from datetime import UTC
from decimal import Decimal
from functools import cached_property
from math import inf
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.fields import empty

from api.accepted import UUID7
from crm.models import Account
from crm.models.fields import ExactDecimalField
from crm.permissions import readable

_EXACT = r"^-?[0-9]+(\.[0-9]+)?$"


class ExactDecimal(serializers.DecimalField):
    """An exact number as a string, without exponent and trailing zeros. JSON integers are read too; a JSON number
    with a decimal point is refused (`not_exact`), for it may have lost digits on the way."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "not_exact": gettext_lazy("Write an exact number as a string."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 19, "decimal_places": 4, **kwargs})

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        # REST framework would take an empty string for null.
        if isinstance(data, str) and not data.strip():
            self.fail("invalid")
        found: tuple[bool, Any] = super().validate_empty_values(data)
        return found

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, float | bool) or (isinstance(data, str) and "e" in data.lower()):
            self.fail("not_exact")
        # Decimal itself reads more than is a number to others: 1_000, full-width digits, NaN.
        if not isinstance(data, int) and not (isinstance(data, str) and re.fullmatch(_EXACT, data)):
            self.fail("invalid")
        return super().to_internal_value(data)

    def to_representation(self, value: Any) -> str:
        text = f"{Decimal(value):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


class ExactDecimalShape(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Read as a string or an integer, written as a string."""

    target_class = "api.fields.ExactDecimal"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        if direction != "request":
            return {"type": "string", "pattern": _EXACT}
        places = self.target.decimal_places
        whole = self.target.max_digits - places
        pattern = rf"^-?0*[0-9]{{1,{whole}}}(\.[0-9]{{1,{places}}})?$"
        return {"type": ["string", "integer"], "pattern": pattern, "minimum": 1 - 10**whole, "maximum": 10**whole - 1}


class UtcDateTime(serializers.DateTimeField):
    """A moment in UTC, whatever zone it came in: `2023-02-07T00:00:00Z`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"default_timezone": UTC, **kwargs})


class NewId(serializers.UUIDField):
    """The id that a client chooses for a new record: a UUIDv7, so that ids sort by the time of their making."""

    default_error_messages: ClassVar[dict[str, Any]] = {"not_uuid7": gettext_lazy("Choose a UUID of version 7.")}

    def to_internal_value(self, data: Any) -> UUID:
        found: UUID = super().to_internal_value(data)
        # Python reads other spellings too, with braces or without hyphens.
        if not isinstance(data, str) or re.fullmatch(UUID7, data) is None:
            self.fail("not_uuid7")
        return found


class NewIdShape(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """A UUID to whoever reads it, of version 7 from whoever writes it."""

    target_class = "api.fields.NewId"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        return {"type": "string", "format": "uuid"} | ({"pattern": UUID7} if direction == "request" else {})


class Reference(serializers.PrimaryKeyRelatedField[Any]):
    """The id of another record. One that the client may not see is to it what one is that there is not. Who reads a
    body is told to the serializer as its `reader`."""

    def get_queryset(self) -> Any:
        found: Any = super().get_queryset()
        reader = self.context.get("reader")
        # Accounts are named by their ids only.
        return found if reader is None or found is None or found.model is Account else readable(reader, found)


class _Strict(serializers.Serializer[Any]):
    """Refuses what is not known, not writable, or of another JSON type, instead of dropping or converting it."""

    create_only: ClassVar[tuple[str, ...]] = ()
    # What the body at hand names.
    _named: Collection[str] = frozenset()

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            refused = {name: [why] for name, value in data.items() if (why := self._refusal(name, value))}
            if refused:
                raise serializers.ValidationError(refused)
            self._named = data.keys()
        return super().to_internal_value(data)

    @cached_property
    def _writable(self) -> list[tuple[Any, bool]]:
        """The writable fields, and whether each is asked also where the body does not name it."""
        return [(field, field.required or field.default is not empty) for field in super()._writable_fields]

    @property
    def _writable_fields(self) -> list[Any]:
        """REST framework's own but for those that may be left out and are: a row of many names a few of its fields."""
        return [field for field, is_asked in self._writable if is_asked or field.field_name in self._named]

    def run_validators(self, value: Any) -> None:
        """As REST framework's, which makes a dictionary for them where there are none too."""
        if self.validators:
            super().run_validators(value)

    def _refusal(self, name: str, value: Any) -> ErrorDetail | None:
        field = self.fields.get(name)
        if (field is not None and field.read_only) or (self.partial and name in self.create_only):
            return ErrorDetail(_("This field cannot be written."), "read_only")
        if field is None:
            return ErrorDetail(_("There is no such field."), "unknown_field")
        return _wrong_type(field, value)


def _wrong_type(field: Any, value: Any) -> ErrorDetail | None:
    """REST framework makes the string "5" of 5, true of "yes", and nothing of a relation to "", a text of spaces or the
    spaces that make a text too long."""
    if isinstance(field, serializers.BooleanField) and not isinstance(value, bool | None):
        return ErrorDetail(_("Write true or false."), "invalid")
    if isinstance(field, serializers.CharField) and isinstance(value, int | float):
        return ErrorDetail(_("Write a string."), "invalid")
    if isinstance(field, serializers.IntegerField) and (isinstance(value, bool) or not isinstance(value, int | None)):
        return ErrorDetail(_("Write a whole number."), "invalid")
    if isinstance(field, serializers.RelatedField) and value == "":
        return ErrorDetail(_("Write an id, or null."), "invalid")
    if isinstance(field, serializers.CharField) and isinstance(value, str) and value.isspace():
        return ErrorDetail(_("Write a text, or an empty one."), "blank")
    # As it is sent, which the document speaks of: what surrounds it is taken away afterwards.
    if isinstance(field, serializers.CharField) and isinstance(value, str) and len(value) > (field.max_length or inf):
        return ErrorDetail(field.error_messages["max_length"].format(max_length=field.max_length), "max_length")
    return None


class RecordSerializer(_Strict, serializers.ModelSerializer[Any]):
    """A record's fields; what is not known or not writable is refused, never dropped."""

    serializer_field_mapping: ClassVar[dict[Any, Any]] = {
        **serializers.ModelSerializer.serializer_field_mapping,
        ExactDecimalField: ExactDecimal,
        models.DateTimeField: UtcDateTime,
    }
    serializer_related_field = Reference
    # What is told when a record is made and never again; that of a present record stays.
    create_only: ClassVar[tuple[str, ...]] = ("id",)
    id = NewId(required=False)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        return {name: field for name, field in fields.items() if not (self.partial and name in self.create_only)}

    # Uniqueness is checked by the action, with the constraint's own words and conditions.
    def get_validators(self) -> list[Any]:
        return []

    def get_uniqueness_extra_kwargs(
        self, field_names: Any, declared_fields: Any, extra_kwargs: Any
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        return extra_kwargs, {}


class StrictSerializer(_Strict):
    """A plain object in a body, whole also within a change: merge patch replaces lists, it does not reach into them."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            needed = [name for name, field in self.fields.items() if field.required and name not in data]
            if needed:
                why = ErrorDetail(_("This field is required."), "required")
                raise serializers.ValidationError({name: [why] for name in needed})
        return super().to_internal_value(data)


class Texts(serializers.ListField):
    """A list of strings."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**{"child": serializers.CharField(max_length=longest), "max_length": 200, **kwargs})

    def run_child_validation(self, data: Any) -> Any:
        wrong = [(str(i), _wrong_type(self.child, item)) for i, item in enumerate(data)]
        if refused := {place: [why] for place, why in wrong if why}:
            raise serializers.ValidationError(refused)
        return super().run_child_validation(data)
