"""Rows of a list as the database writes them: JSON text, of which no record is made and nothing is read twice.

On PostgreSQL, of resources whose fields are columns of their own. Elsewhere REST framework represents the records; both
say the same, which a test reads of every such resource."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final, Self

from django.db import connection
from django.db.models import DateTimeField, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.expressions import Col, Expression
from rest_framework import serializers

from api.fields import ExactDecimal, NewId, RecordSerializer, Reference, UtcDateTime
from crm.models.fields import ExactDecimalField


class _Moment(Func):
    """In UTC, with microseconds where there are any: as Python writes it."""

    template = (
        "REPLACE(TO_CHAR(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '.000000', '') || 'Z'"
    )
    output_field = TextField()


class _Exact(Func):
    """Multiplied, not divided: that is exact however long the number is."""

    template = "TRIM_SCALE((%(expressions)s)::bigint * %(unit)s)::text"
    output_field = TextField()


class _Object(Func):
    """What is told by name, as the text of JSON. From a row of these names: a third faster than name by name. Its parts
    are columns of the table that is read, by its own name, so that a query has nothing to look up."""

    output_field = TextField()

    def __init__(self, told: dict[str, Expression]) -> None:
        super().__init__(*told.values())
        self._names = tuple(told)

    def as_sql(self, compiler: Any, connection: Any, *_told: Any, **_context: Any) -> tuple[str, Any]:
        parts, params = [], []
        for name, value in zip(self._names, self.source_expressions, strict=True):
            sql, own = compiler.compile(value)
            parts.append(f"{sql} AS {connection.ops.quote_name(name)}")
            params += own
        return f"(SELECT ROW_TO_JSON(told) FROM (SELECT {', '.join(parts)}) AS told)::text", tuple(params)

    def resolve_expression(self, *_args: Any, **_how: Any) -> Self:
        return self


def texts(queryset: QuerySet[Any], serializer: RecordSerializer, order: str) -> list[tuple[Any, Any, str]] | None:
    """Of each row what it is sorted by, its id, and the JSON text of what the serializer would say. None where only
    REST framework can say it."""
    told = _told_by(type(serializer)) if connection.vendor == "postgresql" else None
    if told is None or isinstance(queryset.model._meta.get_field(order), ExactDecimalField):
        return None
    found = queryset.select_related(None)
    if order == "id":
        return [(pk, pk, text) for pk, text in found.values_list("pk", told)]
    return list(found.values_list(order, "pk", told))


@cache
def _told_by(kind: type[RecordSerializer]) -> Any:
    """What the database is to write in place of such a serializer; None where it cannot."""
    told = _columns(kind())
    return None if told is None else _Object(told)


def _columns(serializer: RecordSerializer) -> dict[str, Expression] | None:
    if type(serializer).to_representation is not serializers.ModelSerializer.to_representation:
        return None
    model: Any = serializer.Meta.model
    own = {field.name: field for field in model._meta.concrete_fields}
    found: dict[str, Expression] = {}
    for name, field in serializer.fields.items():
        if field.write_only:
            continue
        said = _says(field, own[field.source]) if field.source in own else _always(field, model)
        if said is None:
            return None
        found[name] = said
    return found


def _always(field: Any, model: type[Any]) -> Expression | None:
    """What it says of every record, as the model has it of all of them."""
    constant = getattr(model, field.source, None)
    return Value(constant, IntegerField()) if isinstance(constant, int) else None


def _says(field: Any, column: Any) -> Expression | None:
    """What the field says of its column; None where that is more than the column holds."""
    for kind, says in _SAID.items():
        if type(field) is kind:
            return says(column)
    return None


def _exact(column: Any) -> Expression | None:
    if not isinstance(column, ExactDecimalField):
        return None
    return _Exact(_as_it_is(column), unit=f"{10**-column.places:.{column.places}f}")


def _moment(column: Any) -> Expression | None:
    return _Moment(_as_it_is(column)) if isinstance(column, DateTimeField) else None


def _as_it_is(column: Any) -> Expression:
    return Col(column.model._meta.db_table, column)


_SAID: Final[dict[type, Callable[[Any], Expression | None]]] = {
    ExactDecimal: _exact,
    UtcDateTime: _moment,
    **dict.fromkeys(
        (
            serializers.BigIntegerField,
            serializers.BooleanField,
            serializers.CharField,
            serializers.ChoiceField,
            serializers.DateField,
            serializers.IntegerField,
            NewId,
            Reference,
            serializers.SlugField,
            serializers.UUIDField,
        ),
        _as_it_is,
    ),
}
