"""What passes between JSON and the record: exact numbers, strict objects."""

from collections.abc import Mapping
from datetime import UTC
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from crm.models.fields import ExactDecimalField


@extend_schema_field({"type": "string", "pattern": r"^-?\d+(\.\d+)?$"})
class ExactDecimal(serializers.DecimalField):
    """An exact number as a string, without exponent and trailing zeros. JSON integers are read too; a JSON number
    with a decimal point is refused (`not_exact`), for it may have lost digits on the way."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "not_exact": gettext_lazy("Write an exact number as a string."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 19, "decimal_places": 4, **kwargs})

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, float | bool) or (isinstance(data, str) and "e" in data.lower()):
            self.fail("not_exact")
        return super().to_internal_value(data)

    def to_representation(self, value: Any) -> str:
        text = f"{Decimal(value):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


class UtcDateTime(serializers.DateTimeField):
    """A moment in UTC, whatever zone it came in: `2023-02-07T00:00:00Z`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"default_timezone": UTC, **kwargs})


class RecordSerializer(serializers.ModelSerializer[Any]):
    """A record's fields; what is not known or not writable is refused, never dropped."""

    serializer_field_mapping: ClassVar[dict[Any, Any]] = {
        **serializers.ModelSerializer.serializer_field_mapping,
        ExactDecimalField: ExactDecimal,
        models.DateTimeField: UtcDateTime,
    }
    # The client may choose the id of a new record; that of a present one stays.
    id = serializers.UUIDField(required=False)

    # Uniqueness is checked by the action, with the constraint's own words and conditions.
    def get_validators(self) -> list[Any]:
        return []

    def get_uniqueness_extra_kwargs(
        self, field_names: Any, declared_fields: Any, extra_kwargs: Any
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        return extra_kwargs, {}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            refused = {name: self._refusal(name) for name in data if self._refusal(name)}
            if refused:
                raise serializers.ValidationError(refused)
        return super().to_internal_value(data)

    def _refusal(self, name: str) -> list[ErrorDetail] | None:
        field = self.fields.get(name)
        if field is None:
            return [ErrorDetail(_("There is no such field."), "unknown_field")]
        if field.read_only or (name == "id" and self.instance is not None):
            return [ErrorDetail(_("This field cannot be written."), "read_only")]
        return None


class StrictSerializer(serializers.Serializer[Any]):
    """A plain object in a body; what is not known is refused."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            message = _("There is no such field.")
            unknown = {n: [ErrorDetail(message, "unknown_field")] for n in data if n not in self.fields}
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)
