"""The rows of a bulk request, one after the other: what each would record or change, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from api.problems import Clash, PreconditionFailed, Unprocessable, refused
from api.resources import changes_of, external_name, refuse_taken_id, standing_for
from crm.actions.base import Caller
from crm.actions.batches import record_batch
from crm.actions.external_ids import record_by_name
from crm.queries.names import Holder, Name, holders

Error = dict[str, str]


@dataclass(slots=True)
class Result:
    """What became of one row. `status` is what the row would have been answered alone; 0 while it waits."""

    index: int
    status: int = 0
    id: UUID | None = None
    version: int | None = None
    errors: list[Error] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        if self.errors:
            return {"index": self.index, "status": self.status, "errors": self.errors}
        record = {"id": str(self.id), "version": self.version} if self.id is not None else {}
        return {"index": self.index, "status": self.status, **record}

    def land(self, status: int, pk: UUID, version: int) -> None:
        self.status, self.id, self.version = status, pk, version

    def refuse(self, error: Exception) -> None:
        """Raises what is no refusal but a fault of ours."""
        found = refused(error)
        # A database that is away is no fault of the row: the whole batch is tried again.
        if found is None or found[0] >= 500:
            raise error
        self.status, _code, errors = found
        self.errors = [{**one, "pointer": f"/rows/{self.index}{one['pointer']}"} for one in errors]


@dataclass(frozen=True, slots=True)
class _New:
    """A row that is to be recorded."""

    result: Result
    make: Callable[[Caller], Any]


@dataclass(frozen=True, slots=True)
class _Changed:
    """A row that says something of a record that is there."""

    record: Any
    changes: dict[str, Any]


class Rows:
    """`view` is the resource, set up for the client's request."""

    def __init__(self, view: Any, who: Caller, rows: Sequence[dict[str, Any]]) -> None:
        self._view, self._who, self._rows = view, who, rows
        self._kind = view.queryset.model.feed_type
        self._names: set[Name] = set()
        self._ids: set[str] = set()
        self._known = self._holders()
        self._reads = view.reading()

    def write(self) -> list[Result]:
        """Each row by itself: what is good lands, what is bad is named. New ones are written together where all of
        them are good."""
        results = [Result(index) for index in range(len(self._rows))]
        new = [found for result, row in zip(results, self._rows, strict=True) if (found := self._take(result, row))]
        if not self._record_together(new):
            for one in new:
                self._attempt(one.result, partial(self._record, one))
        return results

    def _take(self, result: Result, row: dict[str, Any]) -> _New | None:
        """Changes what is there already; of what is not, says how it is recorded."""
        try:
            found = self._read(row)
        except Exception as error:
            result.refuse(error)
            return None
        if isinstance(found, _Changed):
            self._attempt(result, partial(self._change, result, found))
            return None
        return _New(result, found)

    def _attempt(self, result: Result, deed: Callable[[], Any]) -> None:
        try:
            with transaction.atomic():
                deed()
        except Exception as error:
            result.refuse(error)

    def _read(self, row: dict[str, Any]) -> _Changed | Callable[[Caller], Any]:
        """What the row changes, or how it is recorded. It only reads: there is nothing to take back."""
        fields = dict(row)
        name, version = self._name(fields), self._version(fields)
        present = self._present(name, fields)
        if present is not None:
            record = present if name is None else standing_for(self._view, present)
            if version is not None and version != record.version:
                raise PreconditionFailed(record.version)
            return _Changed(record, changes_of(self._view, record, fields, present))
        if version is not None:
            raise Http404
        return self._making(name, fields)

    def _present(self, name: Name | None, fields: dict[str, Any]) -> Any:
        """The record that the row names by what another system calls it, or by its own id."""
        chosen = fields.get("id")
        if isinstance(chosen, str):
            if chosen in self._ids:
                raise Clash(_("This id stands twice among the rows."))
            self._ids.add(chosen)
        # A name that is new is given to a new record only: an id that is a record's already is refused there.
        pk = self._id_of_named(name) if name is not None else _id_of(chosen)
        if pk is None:
            return None
        found = self._view.get_queryset().filter(pk=pk).first()
        if found is None and name is not None:
            raise Http404
        return found

    def _change(self, result: Result, row: _Changed) -> None:
        record = row.record
        self._view.update_record(self._who, record, record.version, row.changes)
        now = type(record)._base_manager.values_list("version", flat=True).get(pk=record.pk)
        result.land(200, record.pk, now)

    def _making(self, name: Name | None, fields: dict[str, Any]) -> Callable[[Caller], Any]:
        valid = self._reads(fields)
        refuse_taken_id(self._view.queryset.model, valid)

        def make(who: Caller) -> Any:
            # Making takes its parts out of the fields; it may be tried twice.
            return self._view.create_record(who, dict(valid))

        was_of = self._known[name].id if name in self._known else None
        return make if name is None else lambda who: record_by_name(who, *name, make, was_of)

    def _id_of_named(self, name: Name) -> UUID | None:
        holder = self._known.get(name)
        return None if holder is None or holder.is_gone else holder.id

    def _record_together(self, new: Sequence[_New]) -> bool:
        """Whether all of them were recorded, in few statements. Where one is refused, none is."""
        try:
            made = record_batch(self._who, [one.make for one in new]) if new else []
        except Exception as error:
            if refused(error) is None:
                raise
            return False
        for one, record in zip(new, made, strict=True):
            one.result.land(201, record.pk, record.version)
        return True

    def _record(self, one: _New) -> None:
        record = one.make(self._who)
        one.result.land(201, record.pk, record.version)

    def _name(self, fields: dict[str, Any]) -> Name | None:
        """Raises Unprocessable for what can be no name, Clash for one that stands in an earlier row."""
        given = fields.pop("external_id", None)
        if given is None:
            return None
        if not isinstance(given, Mapping) or set(given) != {"source", "value"}:
            raise Unprocessable("/external_id", _("Write source and value."), "invalid")
        try:
            name = external_name(*(text if isinstance(text, str) else "" for text in (given["source"], given["value"])))
        except Http404 as error:
            raise Unprocessable("/external_id", _("This can be no name in another system."), "invalid") from error
        if name in self._names:
            raise Clash(_("This name stands in an earlier row."))
        self._names.add(name)
        return name

    def _version(self, fields: dict[str, Any]) -> int | None:
        version = fields.pop("version", None)
        if version is not None and (isinstance(version, bool) or not isinstance(version, int)):
            raise Unprocessable("/version", _("Write a whole number."), "invalid")
        return version

    def _holders(self) -> dict[Name, Holder]:
        """By their names, the records that the rows name: read at once."""
        told = [row["external_id"] for row in self._rows if "external_id" in row]
        values = [one.get("value") for one in told if isinstance(one, Mapping)]
        # No database can be asked for what cannot be printed; that it can be no name is said where its row is read.
        asked = [text for text in values if isinstance(text, str) and text.isprintable()]
        return holders(self._kind, asked)


def _id_of(chosen: Any) -> UUID | None:
    """None for what is none: reading the row says why."""
    try:
        return UUID(chosen) if isinstance(chosen, str) else None
    except ValueError:
        return None
