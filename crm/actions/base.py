"""The gate that every action passes: permission, one transaction, history and feed entry together, or nothing."""

import functools
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Concatenate, Final, Literal, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm import bindings, closing, feed, listings, wordings
from crm.dates import second_text
from crm.models.accounts import Account
from crm.models.base import Record, StaleRecord, Work, _current, current_work, open_work
from crm.models.demonstrations import Demonstration
from crm.models.events import Event
from crm.models.gathering import Gathered
from crm.models.merges import Merge
from crm.models.organisations import Organisation
from crm.models.outcomes import Outcome
from crm.permissions import may, subjects_of
from crm.queries.deputising import on_this_day

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=Record)
Channel = Literal["page", "api", "command", "job", "import"]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls an action, when, from where and why. The clock is read where the caller is made: at the edge.

    `known_at` is set by a backfill only: the moment since which the city has known what is being loaded."""

    account: Account
    now: datetime
    channel: Channel
    address: str = ""
    reason: str = ""
    known_at: datetime | None = None


class Forbidden(Exception):
    """The caller's role has not the verb."""

    def __init__(self, verb: str) -> None:
        super().__init__(verb)
        self.verb = verb


class Stale(Exception):
    """Somebody else changed the record meanwhile. `current` is the record as it is now; `told` is for the reader."""

    told: Final = _("This record was changed since you opened it. Nothing of yours was saved yet.")

    def __init__(self, current: Record) -> None:
        super().__init__(f"{current.feed_type} {current.pk} is at version {current.version}")
        self.current = current


class Conflict(Exception):
    """Another change that came first makes this one impossible."""


# NUL and lone surrogates.
_UNKEPT: Final = re.compile("[\0\ud800-\udfff]")
_SET_BY_SAVING: Final = frozenset({"id", "version", "created_at", "updated_at"})
ACTIONS: dict[str, Callable[..., Any]] = {}


def action(
    verb: str, *, alone: bool = False
) -> Callable[[Callable[Concatenate[Caller, P], T]], Callable[Concatenate[Caller, P], T]]:
    """Makes a function an action. Raises Forbidden, ValidationError, Stale or Conflict, and then nothing is written.

    Actions join an outer transaction and nest; the feed gets one entry a record, at the outermost exit. `alone`: it
    waits until nobody else records, and keeps others waiting until it is through."""

    def wrap(function: Callable[Concatenate[Caller, P], T]) -> Callable[Concatenate[Caller, P], T]:
        @functools.wraps(function)
        def run(caller: Caller, /, *args: P.args, **kwargs: P.kwargs) -> T:
            outer = open_work()
            # What an action does inside of another stands on what the outer one was allowed.
            subject = _subject(args, kwargs) if _comes_alone(outer) else None
            if outer is None or caller is not outer.caller:
                on_this_day(caller.account, timezone.localdate(caller.now))
            if not may(caller.account, verb, subject):
                raise Forbidden(verb)
            if caller.known_at is not None and not may(caller.account, "record.backfill"):
                raise Forbidden("record.backfill")
            about = _about(subject)
            if outer is not None:
                done = function(_at(outer, caller), *args, **kwargs)
                _refuse_moved(caller, verb, subject, about)
                return done
            with _work(caller, function.__name__, alone) as work:
                work.caller = _at(work, caller)
                done = function(work.caller, *args, **kwargs)
                _refuse_moved(caller, verb, subject, about)
                return done

        run.verb = verb  # type: ignore[attr-defined]
        ACTIONS[function.__name__] = run
        return run

    return wrap


def _at(work: Work, caller: Caller) -> Caller:
    """The caller at the time of the work. One that the work has handed on itself is at its time already."""
    return caller if caller is work.caller else replace(caller, now=work.entered_at)


def _comes_alone(outer: Work | None) -> bool:
    """Whether the action is called by itself, or is one of many in a batch."""
    if outer is None:
        return True
    alone, outer.takes_alone = outer.takes_alone, False
    return alone


def _subject(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> models.Model | None:
    """The record that an action is about: its first argument, or the first that is an outcome or a demonstration."""
    if args and isinstance(args[0], models.Model):
        return args[0]
    return next((value for value in (*args, *kwargs.values()) if isinstance(value, Outcome | Demonstration)), None)


def _about(subject: models.Model | None) -> frozenset[Any]:
    """What a document or a follow-up is about, before it is changed."""
    if subject is None or isinstance(subject, Outcome | Demonstration):
        return frozenset()
    return frozenset(one.pk for one in subjects_of(subject))


def _refuse_moved(caller: Caller, verb: str, subject: models.Model | None, about: frozenset[Any]) -> None:
    """Raises Forbidden where the record is about something else by now to which the caller may do no such thing."""
    if not _about(subject) <= about and not may(caller.account, verb, subject):
        raise Forbidden(verb)


@contextmanager
def _work(caller: Caller, name: str, alone: bool) -> Iterator[Work]:
    token = None
    try:
        with transaction.atomic():
            work = _begun(caller, name, closing.closed_until(alone=alone))
            token = _current.set(work)
            yield work
            _raise_parents(work)
            bindings.raise_versions(work)
            wordings.keep(work)
            listings.keep(work)
            feed.append(work)
    except StaleRecord as error:
        raise Stale(type(error.record)._base_manager.get(pk=error.record.pk)) from error
    except IntegrityError as error:
        raise Conflict(_("Another change came first. Load the record again and repeat yours.")) from error
    finally:
        if token is not None:
            _current.reset(token)


def _begun(caller: Caller, name: str, closed: datetime | None) -> Work:
    """Nothing is recorded at or before a time that a published report is as of: who asked before it and comes to write
    after it is a moment late, and history that was known earlier is refused."""
    now = caller.now if closed is None else max(caller.now, closed + timedelta(microseconds=1))
    known_at = caller.known_at if caller.known_at and caller.known_at < caller.now else now
    if closed is not None and known_at <= closed:
        raise ValidationError(
            _("A report as of %(time)s was published: what was known before it can no longer be added to the record.")
            % {"time": second_text(closed)}
        )
    return Work(caller.account, name, known_at, now, caller.reason)


def _raise_parents(work: Work) -> None:
    """A part that changed raises the version of the record it belongs to, once."""
    # In one order, that two works about the same records wait for one another and not both.
    for key, parent in sorted(work.raised.items(), key=lambda one: one[0]):
        if key not in work.written:
            fresh = type(parent)._base_manager.select_for_update().get(pk=parent.pk)
            fresh.save(raise_version=True)
            parent.catch_up(fresh)


def store(record: R, fields: Mapping[str, Any]) -> R:
    """Sets the fields, checks the whole record and saves it. Raises ValidationError with every wrong field, and for an
    event that was archived, on which nothing is to hang; Conflict for an organisation that was merged away, with which
    nobody would see the record."""
    names = _settable(type(record), record._state.adding)
    if unknown := sorted(fields.keys() - names):
        raise ValidationError({"__all__": _("Unknown or read-only: %(names)s.") % {"names": ", ".join(unknown)}})
    for name, value in fields.items():
        if isinstance(value, Organisation) and not isinstance(record, Merge):
            refuse_merged(value)
        if isinstance(value, Event):
            _refuse_archived(record, name, value)
        setattr(record, name, value)
    check(record)
    record.save()
    return record


def refuse_merged(organisation: Organisation) -> None:
    """Raises Conflict for one that is part of another, saying of which."""
    if organisation.merged_into is not None:
        told = _("This organisation was merged into %(name)s: use that.")
        raise Conflict(str(told) % {"name": organisation.current().name})


def _refuse_archived(record: Record, name: str, event: Event) -> None:
    """What hangs on it already may stay there until it is moved."""
    if event.archived_at is not None and (record._state.adding or getattr(record, f"{name}_id") != event.pk):
        raise ValidationError({name: _("%(name)s is archived: restore it first.") % {"name": event}})


@functools.cache
def _settable(model: type[Record], is_new: bool) -> frozenset[str]:
    return frozenset(f.name for f in model._meta.concrete_fields if f.editable or (is_new and f.name == "id"))


def check(record: models.Model) -> None:
    """Every rule of the model, its constraints included. Raises ValidationError naming the fields."""
    check_texts(record)
    work = open_work()
    # While an action gathers, what only the database can tell is told when the rows are written.
    asks = work is None or work.gathered is None
    try:
        record.full_clean(exclude=_SET_BY_SAVING, validate_unique=asks, validate_constraints=asks)
    except ValidationError:
        # Django takes a database that falls in the middle of a check for a record that is wrong (`Q.check`). Asked
        # anything else it says what happened, and who called tries again instead of giving up.
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        raise


def check_texts(record: models.Model) -> None:
    """Text that both databases can keep, and more than spaces where text is required."""
    fields = _text_fields(type(record))
    values = [getattr(record, f.attname) for f in fields]
    if _are_plain([value for value in values if value]):
        return
    errors: dict[str, Any] = {}
    for f, value in zip(fields, values, strict=True):
        if not value:
            continue
        for text in value if isinstance(value, list) else [value]:
            if not isinstance(text, str):
                continue
            if _UNKEPT.search(text):
                errors[f.name] = _("This text holds characters that cannot be kept.")
            elif not f.blank and text and not text.strip():
                errors[f.name] = f.error_messages["blank"]
    if errors:
        raise ValidationError(errors)


def _are_plain(texts: list[Any]) -> bool:
    """Whether all of them can be kept: asked of all at once, since nearly always they can."""
    if not all(type(text) is str and not text.isspace() for text in texts):
        return False
    return _UNKEPT.search("".join(texts)) is None


@functools.cache
def _text_fields(model: type[models.Model]) -> tuple[Any, ...]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    return tuple(f for f in model._meta.concrete_fields if isinstance(f, kinds) and not f.generated)


@contextmanager
def gathering() -> Iterator[None]:
    """Within the block new records are written many at a time instead of one by one.

    What the database refuses (a name that is taken, say) it refuses for all of them together, as an IntegrityError
    without the field's name: the caller then takes the block again row by row, without gathering."""
    work = current_work()
    if work.gathered is not None:
        yield
        return
    work.gathered = Gathered()
    try:
        with transaction.atomic(), work.gathered.watching():
            yield
    finally:
        work.gathered = None


def expect_version(record: Record, version: int | None) -> None:
    """Raises Stale where the caller saw another version than the one that is about to be changed."""
    if version is not None and record.version != version:
        raise Stale(record)


def hold(record: Record) -> None:
    """Keeps others from changing the record until the action ends. Raises Stale where one did since it was read."""
    work, key = open_work(), (record.feed_type, record.pk)
    if work is not None and (key in work.written or key in work.held):
        return
    everyone = type(record)._base_manager
    if everyone.select_for_update().only("version").get(pk=record.pk).version != record.version:
        raise Stale(everyone.get(pk=record.pk))


def hold_each(model: type[R], ids: Collection[UUID]) -> dict[UUID, R]:
    """Keeps others from changing these records until the action ends, and reads them as they stand: by id. Whoever
    holds many takes them in one order: two of them wait for one another instead of each for the other's."""
    found = {one.pk: one for one in model._base_manager.select_for_update().filter(pk__any_of=list(ids)).order_by("pk")}
    current_work().held.update((model.feed_type, pk) for pk in found)
    return found


def update_each(queryset: models.QuerySet[R], **values: Any) -> int:
    """The one set-wise write: each record gets its history row and its feed entry. Returns how many changed."""
    changed = 0
    for record in queryset.order_by("pk"):
        for name, value in values.items():
            setattr(record, name, value)
        if record.changed_fields():
            check(record)
            record.save()
            changed += 1
    return changed
