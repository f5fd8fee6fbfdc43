"""The base of every record, and the unit of work in which records may be written.

A record is saved only inside an action's work. `save` writes nothing when nothing changed, compares and sets the
version in one statement, leaves a history row, and tells the work which record changed so that the gate can put
one entry in the change feed.
"""

import functools
import pickle
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.core.validators import MaxLengthValidator
from django.db import DatabaseError, models
from django.db.models.base import ModelState
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from uuid_utils.compat import uuid7

from crm.models import guard
from crm.models.gathering import Gathered

if TYPE_CHECKING:
    from crm.models.accounts import Account


class OutsideAction(RuntimeError):
    """A record was to be written without an action being open."""


class StaleRecord(Exception):
    """Somebody else changed the record since it was read. `record` is what was to be written."""

    def __init__(self, record: "Record") -> None:
        super().__init__(f"{record.feed_type} {record.pk} is no longer at version {record.version}")
        self.record = record


@dataclass(slots=True)
class Work:
    """One action's unit of work: who, when, why, and which records it wrote.

    `recorded_at` is when the system counts it as known; only a backfill has it earlier than `entered_at`,
    the true time of entry. `changed`: by record, the columns that changed of one that stood before. `gathered` holds
    the new rows that are to be written together, where the action gathers; `compared_later` the organisations whose
    names wait to be compared, where it does that together too, `asked_later` what departments are asked at its end,
    `told_later` what people are told then, `settled_later` which outcomes are settled then. `held`: the records that it
    keeps others from changing without having written them. `copies`: the caller's own of what was read anew, to be kept
    usable. `takes_alone`: the next action within it is asked what it may do as if it was called by itself. `caller`:
    the one that its action is handed, and hands on."""

    actor: "Account"
    action: str
    recorded_at: datetime
    entered_at: datetime
    reason: str = ""
    written: dict[tuple[str, UUID], "Record | Entry"] = field(default_factory=dict)
    raised: dict[tuple[str, UUID], "Record"] = field(default_factory=dict)
    changed: dict[tuple[str, UUID], set[str]] = field(default_factory=dict)
    gathered: Gathered | None = None
    compared_later: "list[Any] | None" = None
    asked_later: Any = None
    told_later: Any = None
    settled_later: Any = None
    held: set[tuple[str, UUID]] = field(default_factory=set)
    takes_alone: bool = False
    copies: dict[tuple[str, UUID], "Record"] = field(default_factory=dict)
    caller: Any = None

    @property
    def is_backfill(self) -> bool:
        return self.recorded_at < self.entered_at


_current: ContextVar[Work | None] = ContextVar("work", default=None)


def open_work() -> Work | None:
    return _current.get()


def current_work() -> Work:
    """The work of the running action; raises OutsideAction where there is none."""
    work = _current.get()
    if work is None:
        raise OutsideAction("records are written by actions only (crm/actions)")
    return work


def current_entry_time() -> datetime:
    return current_work().entered_at


def current_action() -> str:
    return current_work().action


class HistoryRow(models.Model):
    """What each history row knows besides the fields: the true time of entry and the action."""

    entered_at = models.DateTimeField(default=current_entry_time)
    action = models.CharField(max_length=60, default=current_action)

    class Meta:
        abstract = True


class FieldHistory(HistoricalRecords):
    """Every version of every field: who, when, from, to; but for the secrets that a model keeps out."""

    def fields_included(self, model: Any) -> list[Any]:
        return [f for f in super().fields_included(model) if f.name not in model.kept_out_of_history]


class Record(models.Model):
    """What is tracked. Archived, never deleted. `version` rises by one for each action that changes it."""

    feed_type: ClassVar[str]
    part_of: ClassVar[str] = ""
    kept_out_of_history: ClassVar[tuple[str, ...]] = ()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("recorded"), editable=False)
    updated_at = models.DateTimeField(_("last changed"), editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    history = FieldHistory(inherit=True, bases=[HistoryRow], history_change_reason_field=models.TextField(blank=True))

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "feed_type" not in cls.__dict__:
            cls.feed_type = "".join(f"_{c.lower()}" if c.isupper() else c for c in cls.__name__).lstrip("_")

    @classmethod
    def blank(cls) -> Self:
        """A new one, as the class itself makes it: for those who make a thousand, and need not ask every field anew."""
        values, made = _defaults(cls)
        new = cls.__new__(cls)
        new._state = ModelState()
        new.__dict__.update(values)
        for name, make in made:
            new.__dict__[name] = make()
        return new

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        instance = super().from_db(*args, **kwargs)
        instance.__dict__["_loaded"] = instance._state_now()
        return instance

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.__dict__["_loaded"] = self._state_now()

    def _state_now(self) -> dict[str, Any]:
        plain, others = _columns(type(self))
        values = self.__dict__
        known = {name: values[name] for name in plain if name in values}
        return known | {name: _comparable(values[name]) for name in others if name in values}

    def clean_fields(self, exclude: Any = None) -> None:
        """As Django's; that a record at hand exists is not asked of the database again, and nothing is asked of what
        may be empty and is, or is plainly right."""
        values, apart = self.__dict__, frozenset(exclude or ())
        asked = {
            name
            for name, column, may_be_empty, is_right in _plain(type(self))
            if name not in apart
            and not (may_be_empty if (value := values.get(column)) is None or value == "" else is_right(value))
        }
        met = (f for f in _relations(type(self)) if f.name in asked and f.is_cached(self))
        asked -= {f.name for f in met if (one := f.get_cached_value(self)) is not None and not one._state.adding}
        if asked:
            super().clean_fields(exclude={f.name for f in self._meta.fields if f.name not in asked})

    def changed_fields(self) -> set[str]:
        """The attribute names whose values differ from what was read."""
        loaded: dict[str, Any] = self.__dict__.get("_loaded", {})
        return {name for name, value in self._state_now().items() if name in loaded and loaded[name] != value}

    def parent(self) -> "Record | None":
        """The record that this one is a part of, whose version rises with it; None for a record of its own."""
        return getattr(self, self.part_of) if self.part_of else None

    def save(self, *args: Any, raise_version: bool = False, **kwargs: Any) -> None:
        """Writes the record within the running action. Raises OutsideAction, StaleRecord."""
        work = current_work()
        if not self._state.adding and not raise_version and not self.changed_fields():
            return
        self._history_user = None if work.actor._state.adding else work.actor
        self._history_date = work.recorded_at
        self._change_reason = work.reason
        if self._state.adding:
            self._insert(work)
        else:
            with self._declared():
                self._compare_and_set(work)
        self.__dict__["_loaded"] = self._state_now()
        work.written[(self.feed_type, self.pk)] = self
        parent = self.parent()
        if parent is not None:
            work.raised[(parent.feed_type, parent.pk)] = parent

    def catch_up(self, fresh: "Record") -> None:
        """Takes over the version that a part has just raised, so that the caller's own copy stays usable. A copy that
        was stale before stays stale."""
        if self.version == fresh.version - 1:
            self.version, self.updated_at = fresh.version, fresh.updated_at
            self.__dict__["_loaded"] |= {"version": fresh.version, "updated_at": fresh.updated_at}

    def _insert(self, work: Work) -> None:
        self.version = 1
        self.created_at = self.updated_at = work.recorded_at
        if work.gathered is not None:
            work.gathered.add(self)
            return
        with self._declared():
            super().save(force_insert=True)

    def _declared(self) -> AbstractContextManager[None]:
        return guard.declared(self._meta.db_table, _history_table(type(self)))

    def _compare_and_set(self, work: Work) -> None:
        expected, is_first = self.version, (self.feed_type, self.pk) not in work.written
        if is_first:
            self.version = expected + 1
            self.updated_at = work.recorded_at
        self._expected_version = expected
        changed = self.changed_fields()
        work.changed.setdefault((self.feed_type, self.pk), set()).update(changed)
        if is_first and work.gathered is not None:
            work.gathered.change(self, changed | {"version", "updated_at"}, expected)
            return
        try:
            super().save(update_fields=sorted(changed | {"version", "updated_at"}))
        except DatabaseError as error:
            if type(error) is not DatabaseError:
                raise
            self.version = expected
            raise StaleRecord(self) from error

    def _do_update(self, base_qs: Any, *args: Any, **kwargs: Any) -> Any:
        # Django's own statement, narrowed to the version that was read: comparing and setting are one.
        return super()._do_update(base_qs.filter(version=self._expected_version), *args, **kwargs)


class Entry(models.Model):
    """What is only ever added: no update, no delete, in Python as in the database."""

    feed_type: ClassVar[str]
    part_of: ClassVar[str] = ""
    version: ClassVar[int] = 1

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Appends the entry within the running action. Raises OutsideAction; TypeError for a second save."""
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} entries are never changed; post a reversal")
        work = current_work()
        if work.gathered is not None:
            work.gathered.add(self)
        else:
            with guard.declared(self._meta.db_table):
                super().save(force_insert=True)
        work.written[(self.feed_type, self.pk)] = self

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError(f"{type(self).__name__} entries are never deleted; post a reversal")


@functools.cache
def _history_table(model: type[Record]) -> str:
    """Kept, because the library makes a new manager class each time that it is asked for one."""
    table: str = model.history.model._meta.db_table
    return table


@functools.cache
def _columns(model: type[Record]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the columns whose values never change under one's hands, and of the others. A list asks it of
    hundreds of records."""
    others = tuple(f.attname for f in model._meta.concrete_fields if isinstance(f, models.JSONField | models.FileField))
    return tuple(f.attname for f in model._meta.concrete_fields if f.attname not in others), others


@functools.cache
def _defaults(model: type[Record]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """What each column of a new record holds, and what is made for each record by itself: as Django's own making of a
    record, which a text or a number in a column needs no more of."""
    values, made = dict(vars(model())), []
    del values["_state"]
    for f in model._meta.concrete_fields:
        if f.has_default() and callable(f.default):
            made.append((f.attname, f.default))
    return values, made


@functools.cache
def _relations(model: type[Record]) -> "tuple[models.ForeignKey[Any, Any], ...]":
    return tuple(f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey))


@functools.cache
def _plain(model: type[Record]) -> tuple[tuple[str, str, bool, Callable[[Any], bool]], ...]:
    """Of each field its name and column, whether it may be empty, and what says that a value is right without asking
    the field."""
    return tuple((f.name, f.attname, f.blank, _rightness(f)) for f in model._meta.fields)


def _rightness(field: Any) -> Callable[[Any], bool]:
    kind, asked = type(field), [type(one) for one in field.validators]
    if field.choices or field.generated:
        return lambda _value: False
    if kind is models.UUIDField and not asked:
        return lambda value: type(value) is UUID
    if kind is models.CharField and asked == [MaxLengthValidator]:
        longest: int = field.max_length
        return lambda value: type(value) is str and 0 < len(value) <= longest
    return lambda _value: False


def _comparable(value: Any) -> Any:
    if isinstance(value, list | dict):
        # Of plain lists and texts, of which a sheet has a hundred thousand, this is the quickest copy.
        return pickle.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
    if isinstance(value, models.fields.files.FieldFile):
        return value.name
    return value


def record_types() -> dict[str, type[Record]]:
    """Every record that stands by itself, by its feed type; parts are seen through their parents."""
    from django.apps import apps

    found = (m for m in apps.get_app_config("crm").get_models() if issubclass(m, Record))
    return {model.feed_type: model for model in found if not model.part_of}
