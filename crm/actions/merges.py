"""Organisations that turn out to be one: made one, with a way back; or told apart, so that nobody asks again."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from crm.actions import notifying
from crm.actions.base import Caller, Conflict, action, check, expect_version, hold, store
from crm.actions.settling import bind_again
from crm.models import (
    Consultation,
    Contact,
    Demonstration,
    Document,
    ExternalId,
    Judge,
    Merge,
    Organisation,
    OrganisationAlias,
    Participation,
    PartnerConfirmation,
    Party,
    PitchEntry,
    Record,
    SimilarPair,
)
from crm.models.base import current_work, record_types
from crm.queries.duplicates import alike_to
from crm.values.names import company_key, initials
from crm.values.notifications import Notice

FIELDS: Final = ("name", "name_en", "country", "region", "sector", "business_registration_number", "note")
# Every column that says which organisation a record is about, and moves with it. A test finds what is missing here.
MOVING: Final[tuple[tuple[type[Record], str], ...]] = (
    (OrganisationAlias, "organisation"),
    (Party, "organisation"),
    (Participation, "organisation"),
    (Contact, "organisation"),
    (Document, "organisation"),
    (Consultation, "exhibitor"),
    (Consultation, "buyer"),
    (Demonstration, "applicant"),
    (PitchEntry, "organisation"),
    (Judge, "organisation"),
    (PartnerConfirmation, "organisation"),
)
# What tells of the organisations themselves and stays with each.
STAYING: Final[tuple[tuple[type[Record], str], ...]] = (
    (Organisation, "merged_into"),
    (Merge, "kept"),
    (Merge, "gone"),
    (SimilarPair, "first"),
    (SimilarPair, "second"),
)
# What the kept organisation may have once only: where it has it already, the other's is archived.
_ONCE: Final[dict[type[Record], tuple[str, ...]]] = {
    OrganisationAlias: ("name",),
    Party: ("outcome_id", "role"),
    Participation: ("event_id",),
}


@dataclass(frozen=True, slots=True)
class Move:
    """One row that goes over. `collides`: the kept organisation has the like, and this one is archived."""

    row: Record
    field: str
    collides: bool


def moves(kept: Organisation, gone: Organisation) -> list[Move]:
    """What a merge would move, in the order of MOVING."""
    found = []
    for model, field in MOVING:
        once = _ONCE.get(model)
        rows = model._base_manager.filter(**{field: gone}, archived_at=None).order_by("created_at", "id")
        there = set()
        if once:
            there = set(model._base_manager.filter(**{field: kept}, archived_at=None).values_list(*once))
        for row in rows:
            found.append(Move(row, field, bool(once) and tuple(getattr(row, name) for name in once or ()) in there))
    return found


def why_not(kept: Organisation, gone: Organisation, found: Collection[Move] = ()) -> str:
    """Why the two cannot be one, in a sentence; empty where they can."""
    if kept.pk == gone.pk:
        return _("An organisation cannot be merged with itself.")
    if kept.archived_at is not None or gone.archived_at is not None:
        return _("One of the two is archived or was merged already.")
    numbers = {o.business_registration_number for o in (kept, gone)} - {""}
    if len(numbers) > 1:
        return _("They have different business registration numbers: they are two legal persons.")
    both = {kept.pk, gone.pk}
    if any(isinstance(m.row, Consultation) and {m.row.exhibitor_id, m.row.buyer_id} == both for m in found):
        return _("They sat in a consultation with each other: correct it first.")
    pitched = {(row.event_id, row.title) for row in PitchEntry.objects.filter(organisation=kept, archived_at=None)}
    if any(isinstance(m.row, PitchEntry) and (m.row.event_id, m.row.title) in pitched for m in found):
        return _("Both pitched the same in the same competition: withdraw one of the entries first.")
    return ""


@action("organisation.merge")
def merge_organisations(
    caller: Caller,
    /,
    kept: Organisation,
    gone: Organisation,
    *,
    reason: str,
    take: Collection[str] = (),
    versions: tuple[int, int] | None = None,
    **named: Any,
) -> Merge:
    """Makes the gone organisation part of the kept one: whatever was its, is the kept one's; its names become other
    names of the kept one; its address leads there. `take` are the fields of FIELDS that the kept one takes over. No
    figure changes. What departments, superiors and partners said stays said: it is the same company.

    `versions` are those of the two that the caller saw. Raises Stale; ValidationError: no reason, two legal persons."""
    if versions is not None:
        expect_version(kept, versions[0])
        expect_version(gone, versions[1])
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: it stays with the entry.")})
    for one in sorted((kept, gone), key=lambda o: o.pk):
        hold(one)
    found = moves(kept, gone)
    if told := why_not(kept, gone, found):
        raise ValidationError({"__all__": told})
    taken = {name: [getattr(kept, name), getattr(gone, name)] for name in FIELDS if name in take}
    taken = {name: values for name, values in taken.items() if values[0] != values[1]}
    gone.archived_at, gone.merged_into = caller.now, kept
    gone.save()
    with bind_again(_outcomes(found)):
        told_moves = [_move(caller, move, kept) for move in found]
    told_moves += _external_ids(kept, gone)
    names = _names(kept, gone, taken)
    _set(kept, {name: values[1] for name, values in taken.items()})
    merged = {"kept": kept, "gone": gone, "author": caller.account, "reason": reason, "moved": told_moves}
    merge = store(Merge(), {**named, **merged, "taken": taken, "names": [str(pk) for pk in names]})
    notifying.merged(Notice.ORGANISATION_MERGED, merge, _outcomes(found))
    return merge


def _outcomes(found: Collection[Move]) -> list[UUID]:
    return [move.row.outcome_id for move in found if isinstance(move.row, Party)]


def _move(caller: Caller, move: Move, kept: Organisation) -> dict[str, str]:
    row = move.row
    if move.collides:
        row.archived_at = caller.now
    else:
        setattr(row, move.field, kept)
        check(row)
    row.save()
    done = "archived" if move.collides else "moved"
    return {"type": row.feed_type, "id": str(row.pk), "field": move.field, "done": done}


def _external_ids(kept: Organisation, gone: Organisation) -> list[dict[str, str]]:
    """The names that other systems use go over, but where the kept one has a name in that system: there the old one
    stays with the gone one, and leads on like its address."""
    sources = set(_of(kept).values_list("source", flat=True))
    told = []
    for row in _of(gone).exclude(source__in=sources):
        store(row, {"record_id": kept.pk})
        told.append({"type": row.feed_type, "id": str(row.pk), "field": "record_id", "done": "moved"})
    return told


def _of(organisation: Organisation) -> Any:
    return ExternalId.objects.filter(record_type=organisation.feed_type, record_id=organisation.pk)


def _names(kept: Organisation, gone: Organisation, taken: Mapping[str, list[str]]) -> list[UUID]:
    """The name that is not the kept one's any more becomes one of its other names."""
    spare = kept.name if "name" in taken else gone.name
    present = set(kept.aliases.filter(archived_at=None).values_list("name", flat=True)) | {
        taken["name"][1] if "name" in taken else kept.name
    }
    if spare in present:
        return []
    alias = OrganisationAlias(key=company_key(spare), initials=initials(company_key(spare)))
    return [store(alias, {"organisation": kept, "name": spare, "source": _("merged")}).pk]


def _set(organisation: Organisation, fields: Mapping[str, str]) -> None:
    if "name" in fields:
        key = company_key(fields["name"])
        organisation.key, organisation.initials = key, initials(key)
    store(organisation, fields)


@action("organisation.merge")
def undo_merge(caller: Caller, /, merge: Merge, *, reason: str = "") -> Merge:
    """Gives everything back: the rows that moved, the names, the fields. Raises Conflict, and changes nothing, where it
    was undone already, the kept one was merged on, or something that moved belongs to a third by now."""
    hold(merge)
    if merge.undone_at is not None:
        raise Conflict(_("This was undone already."))
    kept, gone = merge.kept, merge.gone
    for one in sorted((kept, gone), key=lambda o: o.pk):
        hold(one)
    if kept.archived_at is not None or gone.merged_into_id != kept.pk:
        raise Conflict(_("%(name)s was itself merged since: undo that first.") % {"name": kept.name})
    rows = [(told, _row(told)) for told in merge.moved]
    _refuse_changed(merge, kept, rows)
    for pk in merge.names:
        alias = OrganisationAlias.objects.get(pk=pk)
        if alias.archived_at is None:
            alias.archived_at = caller.now
            alias.save()
    _set(kept, {name: before for name, (before, _after) in merge.taken.items()})
    gone.archived_at, gone.merged_into = None, None
    check(gone)
    gone.save()
    outcomes = [row.outcome_id for _told, row in rows if isinstance(row, Party)]
    with bind_again(outcomes):
        for told, row in rows:
            _give_back(told, row, gone)
    store(merge, {"undone_at": caller.now})
    notifying.merged(Notice.MERGE_UNDONE, merge, outcomes)
    return merge


def _row(told: Mapping[str, str]) -> Any:
    types = {model.feed_type: model for model, _field in MOVING} | {ExternalId.feed_type: ExternalId}
    return (types | record_types())[told["type"]]._base_manager.get(pk=told["id"])


def _refuse_changed(merge: Merge, kept: Organisation, rows: Collection[tuple[Mapping[str, str], Any]]) -> None:
    others = [str(row) for told, row in rows if told["done"] == "moved" and getattr(row, _column(told)) != kept.pk]
    others += [
        str(Organisation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name, (_before, after) in merge.taken.items()
        if getattr(kept, name) != after
    ]
    if others:
        raise Conflict(_("Changed since: %(titles)s. Nothing was undone.") % {"titles": ", ".join(others[:5])})


def _column(told: Mapping[str, str]) -> str:
    return told["field"] if told["field"] == "record_id" else f"{told['field']}_id"


def _give_back(told: Mapping[str, str], row: Any, gone: Organisation) -> None:
    if told["done"] == "archived":
        row.archived_at = None
    else:
        setattr(row, _column(told), gone.pk)
    check(row)
    row.save()


def note_similar(organisation: Organisation) -> None:
    """Leaves a pair to look at for each organisation that this one may be. Called by what records or renames one; no
    action of its own."""
    waiting = current_work().compared_later
    if waiting is None:
        _note([organisation])
    else:
        waiting.append(organisation)


@contextmanager
def compared_together(later: Callable[[list[UUID]], None] | None = None) -> Iterator[None]:
    """The organisations that are recorded or renamed within the block are compared with all others at its end; or
    `later` is told their ids, and sees to it that `note_similar_names` is called with them."""
    work = current_work()
    waiting: list[Organisation] = []
    work.compared_later = waiting
    try:
        yield
    finally:
        work.compared_later = None
    if waiting and later is not None:
        later([one.pk for one in waiting])
    elif waiting:
        _note(waiting)


@action("organisation.record")
def note_similar_names(caller: Caller, /, ids: Collection[UUID]) -> None:
    """Leaves a pair to look at for each organisation that one of these may be. Doing it again does nothing new."""
    _note(list(Organisation.objects.filter(pk__in=ids, archived_at=None).order_by("pk")))


def _note(organisations: list[Organisation]) -> None:
    ids = [one.pk for one in organisations]
    alike = {frozenset((pk, other)) for pk, others in alike_to(organisations).items() for other in others}
    known = {}
    for pair in SimilarPair.objects.filter(Q(first__in=ids) | Q(second__in=ids)) if alike else ():
        known[frozenset((pair.first_id, pair.second_id))] = pair
    both = Organisation.objects.in_bulk({pk for pair in alike for pk in pair})
    for two in sorted(sorted(pair) for pair in alike):
        first, second = (both[pk] for pk in two)
        is_same, found = first.key == second.key, known.get(frozenset(two))
        if found is None:
            store(SimilarPair(), {"first": first, "second": second, "is_same_key": is_same})
        elif found.is_same_key != is_same:
            store(found, {"is_same_key": is_same})


@action("organisation.tell_apart")
def tell_apart(caller: Caller, /, pair: SimilarPair) -> SimilarPair:
    """Says that the two are two: nobody is asked about them again."""
    return store(pair, {"apart_at": caller.now, "apart_by": caller.account})


@action("organisation.tell_apart")
def ask_again(caller: Caller, /, pair: SimilarPair) -> SimilarPair:
    """Takes back that they are two."""
    return store(pair, {"apart_at": None, "apart_by": None})
