"""Exact decimals on both databases, and how many values are asked for at once.

SQLite keeps a decimal column as a floating point number and sums it as one. Here a decimal is kept as a whole
number of its smallest step, so that the database itself adds exactly.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import models
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _

_LARGEST = 2**63 - 1


@models.Field.register_lookup
class AnyOf(In):
    """`pk__any_of=[…]` is `pk__in=[…]` for a thousand values. PostgreSQL is told them as one array: a place for each in
    the statement takes longer to write and to read than the rows do."""

    lookup_name = "any_of"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        field: Any = self.lhs.output_field
        values = [field.get_db_prep_value(value, connection, prepared=True) for value in self.rhs if value is not None]
        if not values:
            raise EmptyResultSet
        told, params = self.process_lhs(compiler, connection)
        place, array = array_of(field, values, connection)
        return f"{told} = ANY({place})", [*params, array]


def array_of(field: Any, values: Sequence[Any], connection: Any) -> tuple[str, Any]:
    """How PostgreSQL is told values of the field, ready for the database, as one array: the place in the statement, and
    what is passed for it. Ids are written out here: the driver takes five times as long for a list of them."""
    # Without the length of a text: one that is too long would be cut in the array, where the column refuses it.
    kind = re.sub(r"\(.*?\)", "", field.db_type(connection))
    if kind == "uuid":
        return "%s::uuid[]", f"{{{','.join('NULL' if value is None else value.hex for value in values)}}}"
    return f"%s::{kind}[]", list(values)


class ExactSum(models.Sum):
    """A sum of exact decimals that may be larger than 64 bits. SQLite refuses such a sum, and with it every report of
    the quarter: there it is added in two parts, which are put together in Python."""

    _PART = 10**9

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        add = f"SUM(%(expressions)s / {self._PART})", f"SUM(%(expressions)s %%%% {self._PART})"
        return super().as_sql(compiler, connection, template=f"({add[0]} || ' ' || {add[1]})", **extra)

    def get_db_converters(self, connection: Any) -> list[Any]:
        return [self._joined, *super().get_db_converters(connection)]

    def _joined(self, value: Any, *_: Any) -> Any:
        if not isinstance(value, str):
            return value
        high, low = value.split()
        return int(high) * self._PART + int(low)


class QuarterNumber(models.Func):
    """The quarters that have passed since year 0 at a date, as `Quarter.serial` counts them. Computed by the database
    itself, from nothing but the date: both databases may keep it in a column and an index."""

    output_field = models.IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        year, month = (f"CAST(strftime('%%%%{part}', %(expressions)s) AS INTEGER)" for part in "Ym")
        return self.as_sql(compiler, connection, template=f"({year} * 4 + ({month} - 1) / 3)", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        year, quarter = (f"EXTRACT({part} FROM %(expressions)s)::integer" for part in ("YEAR", "QUARTER"))
        return self.as_sql(compiler, connection, template=f"({year} * 4 + {quarter} - 1)::integer", **extra)


class ExactDecimalField(models.BigIntegerField):  # type: ignore[type-arg]
    """A Decimal with a fixed number of decimal places, stored as an integer of that scale. Sums stay exact.

    Raises ValidationError `too_precise` or `too_large` rather than rounding or overflowing."""

    default_error_messages = {
        "invalid": _("Enter a number."),
        "too_precise": _("At most %(places)s decimal places are kept."),
        "too_large": _("This number is too large."),
    }

    def __init__(self, *args: Any, places: int = 4, **kwargs: Any) -> None:
        self.places = places
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[Any, ...]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "places": self.places}

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(int(value)).scaleb(-self.places)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        try:
            number = value if isinstance(value, Decimal) else Decimal(str(value))
        except InvalidOperation as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if not number.is_finite():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number

    def get_prep_value(self, value: Any) -> int | None:
        number = self.to_python(value)
        if number is None:
            return None
        if abs(number) > Decimal(_LARGEST).scaleb(-self.places):
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        scaled = number.scaleb(self.places)
        if scaled != scaled.to_integral_value():
            raise ValidationError(
                self.error_messages["too_precise"], code="too_precise", params={"places": self.places}
            )
        return int(scaled)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        number = self.to_python(value)
        self.validate(number, model_instance)
        self.get_prep_value(number)
        return number

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> Any:
        from django import forms

        return forms.DecimalField(required=not self.blank, label=self.verbose_name, decimal_places=self.places)
