"""The rows of a bulk request, one after the other: what each would record or change, and what became of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as ModelRefusal
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from api.problems import Clash, PreconditionFailed, Unprocessable, refused
from api.resources import Deletes, changes_of, external_name, refuse_taken_id, standing_for
from crm.actions.base import Caller, Conflict, Stale
from crm.actions.batches import record_batch
from crm.actions.external_ids import record_by_name
from crm.jobs.names import hand_to_worker
from crm.models import Record
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
            stale = {"version": self.version} if self.version is not None else {}
            return {"index": self.index, "status": self.status, **stale, "errors": self.errors}
        record = {"id": str(self.id), "version": self.version} if self.id is not None else {}
        return {"index": self.index, "status": self.status, **record}

    def land(self, status: int, pk: UUID, version: int) -> None:
        self.status, self.id, self.version = status, pk, version

    def refuse(self, error: Exception) -> None:
        """Raises what is no refusal but a fault of ours."""
        self.status, _code, errors = _refusal(error)
        self.version = _version_at(error)
        self.errors = [{**one, "pointer": f"/rows/{self.index}{one['pointer']}"} for one in errors]


@dataclass(frozen=True, slots=True)
class _Deed:
    """What a row does: records or changes something, and gives it. It may be done again where it came to nothing.
    `name`: what another system calls it; `of`: the record that is changed."""

    result: Result
    status: int
    do: Callable[[Caller], Any]
    name: Name | None
    of: UUID | None = None


class Rows:
    """`view` is the resource, set up for the client's request."""

    def __init__(self, view: Any, who: Caller, rows: Sequence[dict[str, Any]]) -> None:
        self._view, self._who, self._rows = view, who, rows
        self._model = view.queryset.model
        self._names: set[Name] = set()
        self._ids: set[UUID] = set()
        self._known = self._holders()
        chosen = [pk for pk in (_id_of(row.get("id")) for row in rows) if pk]
        everyone = self._model._base_manager
        # Whoever sees them: an id is given once.
        self._taken = set(everyone.filter(pk__any_of=chosen).values_list("pk", flat=True)) if chosen else set()
        self._present = self._seen({holder.id for holder in self._known.values()} | self._taken)
        # Each is changed as it was read here once; where that came to nothing, it is read anew.
        self._unchanged = dict(self._present)
        self._reads = view.reading()

    def write(self) -> list[Result]:
        """Each row by itself: what is good lands, what is bad is named. What can be written together is."""
        results = [Result(index) for index in range(len(self._rows))]
        deeds = [deed for result, row in zip(results, self._rows, strict=True) if (deed := self._take(result, row))]
        self._write(deeds)
        return results

    def _take(self, result: Result, row: dict[str, Any]) -> _Deed | None:
        """What the row does. It only reads: there is nothing to take back."""
        try:
            return self._read(result, row)
        except Exception as error:
            result.refuse(error)
            return None

    def _write(self, deeds: Sequence[_Deed]) -> None:
        """Where one is refused, none of them was written: then each half by itself, down to the one that is refused."""
        if len(deeds) == 1:
            self._write_alone(deeds[0])
        elif deeds and not self._write_together(deeds):
            deeds = self._anew(deeds)
            half = len(deeds) // 2
            self._write(deeds[:half])
            self._write(deeds[half:])

    def _anew(self, deeds: Sequence[_Deed]) -> Sequence[_Deed]:
        """The same; but that somebody else gave a name meanwhile makes a change of what was to be a new record."""
        names = [deed.name for deed in deeds if deed.status == 201 and deed.name is not None]
        found = holders(self._model.feed_type, names) if names else {}
        given = {name: holder for name, holder in found.items() if self._known.get(name) != holder}
        if not given:
            return deeds
        self._known |= given
        self._present |= self._seen({holder.id for holder in given.values()})
        return [one for deed in deeds if (one := self._taken_again(deed) if deed.name in given else deed)]

    def _taken_again(self, deed: _Deed) -> _Deed | None:
        row = self._rows[deed.result.index]
        self._names.discard(deed.name or ("", ""))
        self._ids -= {_id_of(row.get("id"))}
        return self._take(deed.result, row)

    def _write_together(self, deeds: Sequence[_Deed]) -> bool:
        """Whether all of them were written, in few statements."""
        try:
            written = record_batch(self._who, [deed.do for deed in deeds], hand_to_worker)
        except Exception as error:
            _refusal(error)
            return False
        self._land(deeds, written)
        return True

    def _write_alone(self, deed: _Deed) -> None:
        try:
            self._do(deed)
        except (Conflict, ModelRefusal) as error:
            (again,) = self._anew([deed]) or (None,)
            if again is deed:
                deed.result.refuse(error)
            elif again is not None:
                self._do_or_refuse(again)
        except Exception as error:
            deed.result.refuse(error)

    def _do(self, deed: _Deed) -> None:
        # What others changed since the rows were read is no fault of a row that names no version.
        if deed.of is not None:
            self._unchanged.pop(deed.of, None)
        with transaction.atomic():
            self._land([deed], [deed.do(self._who)])

    def _do_or_refuse(self, deed: _Deed) -> None:
        try:
            self._do(deed)
        except Exception as error:
            deed.result.refuse(error)

    def _land(self, deeds: Sequence[_Deed], written: Sequence[Any]) -> None:
        changed = [record.pk for deed, record in zip(deeds, written, strict=True) if deed.status == 200]
        versions = self._model._base_manager.filter(pk__any_of=changed).values_list("pk", "version") if changed else ()
        now = dict(versions)
        for deed, record in zip(deeds, written, strict=True):
            deed.result.land(deed.status, record.pk, now.get(record.pk, record.version))

    def _read(self, result: Result, row: dict[str, Any]) -> _Deed:
        fields = dict(row)
        name, version = self._name(fields), self._version(fields)
        named = self._named(name, fields)
        if named is None:
            if version is not None:
                raise Http404
            return _Deed(result, 201, self._making(name, fields), name)
        record = named if name is None else standing_for(self._view, named)
        if version is not None and version != record.version:
            raise PreconditionFailed(record.version)
        changes = changes_of(self._view, record, fields, named)
        return _Deed(result, 200, self._changing(record, version, changes), name, record.pk)

    def _named(self, name: Name | None, fields: dict[str, Any]) -> Any:
        """The record that the row names by what another system calls it, or by its own id."""
        chosen = _id_of(fields.get("id"))
        if chosen is not None:
            if chosen in self._ids:
                raise Clash(_("This id stands twice among the rows."))
            self._ids.add(chosen)
        # A name that is new is given to a new record only: an id that is a record's already is refused there.
        pk = self._id_of_named(name) if name is not None else chosen
        if pk is None:
            return None
        found = self._present.get(pk)
        if found is None and name is not None:
            raise Http404
        return found

    def _changing(self, record: Any, version: int | None, changes: dict[str, Any]) -> Callable[[Caller], Any]:
        def change(who: Caller) -> Any:
            one = self._unchanged.pop(record.pk, None) or get_object_or_404(self._shown(), pk=record.pk)
            # Changing takes its parts out of the fields.
            self._view.update_record(who, one, version or one.version, dict(changes))
            return one

        return change

    def _making(self, name: Name | None, fields: dict[str, Any]) -> Callable[[Caller], Any]:
        valid = self._reads(fields)
        if valid.get("id") in self._taken:
            refuse_taken_id(self._model, valid)

        def make(who: Caller) -> Any:
            # Making takes its parts out of the fields.
            return self._view.create_record(who, dict(valid))

        was_of = self._known[name].id if name in self._known else None
        return make if name is None else lambda who: record_by_name(who, *name, make, was_of)

    def _id_of_named(self, name: Name) -> UUID | None:
        holder = self._known.get(name)
        return None if holder is None or holder.is_gone else holder.id

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
        told = [row["external_id"] for row in self._rows if isinstance(row.get("external_id"), Mapping)]
        names = [(one.get("source"), one.get("value")) for one in told]
        # No database can be asked for what cannot be printed; that it can be no name is said where its row is read.
        asked = [name for name in names if all(isinstance(text, str) and text.isprintable() for text in name)]
        return holders(self._model.feed_type, asked)

    def _seen(self, ids: Collection[UUID]) -> dict[UUID, Any]:
        """By their ids, those of the records that the client may see: read at once, and held until the batch ends."""
        if not ids:
            return {}
        # Held in one order before they are read: two batches about the same records come after one another, where each
        # would wait for the other, or find old what it has read.
        held = self._model._base_manager.filter(pk__any_of=list(ids)).order_by("pk").select_for_update(no_key=True)
        list(held.values_list("pk"))
        return {record.pk: record for record in self._shown().filter(pk__any_of=list(ids))}

    def _shown(self) -> QuerySet[Any]:
        """What belongs to a record is read by the action that asks for it. What was put away is no longer found."""
        found: QuerySet[Any] = self._view.get_queryset().prefetch_related(None)
        return found.filter(archived_at=None) if isinstance(self._view, Deletes) else found


def _version_at(error: Exception) -> int | None:
    """The version that the record is at, where the row meant another."""
    current = error.current if isinstance(error, Stale) else error
    return current.version if isinstance(current, Record | PreconditionFailed) else None


def _refusal(error: Exception) -> tuple[int, str, list[Error]]:
    """Raises what is no refusal but a fault of ours."""
    found = refused(error)
    # A database that is away is no fault of a row: the whole batch is tried again.
    if found is None or found[0] >= 500:
        raise error
    return found


def _id_of(chosen: Any) -> UUID | None:
    """None for what is none, or is spelled in another way: reading the row says why."""
    try:
        return UUID(chosen) if isinstance(chosen, str) and len(chosen) == len(str(UUID(int=0))) else None
    except ValueError:
        return None
