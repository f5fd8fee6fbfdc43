"""Who may do what: one policy, read by every entrance.

The table says for each role and verb at which relations to a record the role has it. `may` asks it, `readable` narrows
what is listed, `sees_values` says whether amounts, texts and documents are shown. docs/permissions.md is written from
the table. An account that is not active gets no session and no token: that is seen to where people sign in."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Model, Q, QuerySet, Value

from crm.models import (
    Account,
    ApiToken,
    Approval,
    Attribution,
    ChainLink,
    Concurrence,
    Consultation,
    Contact,
    Delegation,
    Demonstration,
    Directive,
    Document,
    Event,
    EventClaim,
    EventCost,
    FollowUp,
    FollowUpRule,
    FxRate,
    Judge,
    JudgeConflict,
    LedgerEntry,
    ListedOutcome,
    Merge,
    Organisation,
    OrganisationAlias,
    OrgUnit,
    Outcome,
    Participation,
    PartnerConfirmation,
    PitchCriterion,
    PitchEntry,
    Programme,
    Publication,
    SimilarOutcomes,
    SimilarPair,
    Target,
    WebhookEndpoint,
)
from crm.queries.deputising import lent_to
from crm.queries.visibility import (
    cooperates,
    demonstrations_kept_from,
    demonstrations_once_open,
    each_kept_from,
    listed_kept_from,
    outcomes_kept_from,
    outcomes_once_open,
    units_of,
)
from crm.values.measures import Disclosure, Role

M = TypeVar("M", bound=Model)


class Relation(StrEnum):
    """What an account is to a record. COMMON: no unit leads it. OWN: a follow-up of the account or of its unit."""

    LEAD = "lead"
    COOPERATING = "cooperating"
    COMMON = "common"
    OWN = "own"
    OTHER = "other"


Relations = frozenset[Relation]
ANY: Final[Relations] = frozenset(Relation)
LEADING: Final[Relations] = frozenset({Relation.LEAD, Relation.COMMON})
TAKING_PART: Final[Relations] = LEADING | {Relation.COOPERATING, Relation.OWN}

_READING: dict[str, Relations] = {
    "record.read": ANY,
    "report.export": ANY,
    "filter.save": ANY,
    "notification.read": ANY,
}
_WORKING: dict[str, Relations] = _READING | {
    # At a booth people record for colleagues: recording is open to all who work, changing it later is the lead's.
    "outcome.record": ANY,
    "import.read": ANY,
    "import.apply": ANY,
    "import.undo": ANY,
    # Each of the many must be theirs to change: crm/actions/bulk_changes.py.
    "bulk.change": ANY,
    "bulk.record": ANY,
    "outcome.update": LEADING,
    "outcome.step": LEADING,
    "outcome.attribute": LEADING,
    "figure.post": LEADING,
    "figure.correct": LEADING,
    "concurrence.ask": LEADING,
    "approval.submit": LEADING,
    "confirmation.ask": LEADING,
    "confirmation.revoke": LEADING,
    "external_id.name": LEADING,
    "document.attach": TAKING_PART,
    "document.update": TAKING_PART,
    "follow_up.plan": TAKING_PART,
    "follow_up.update": TAKING_PART,
    "follow_up.complete": TAKING_PART,
    "follow_up.snooze": TAKING_PART,
    "chain.link": TAKING_PART,
    "demonstration.record": ANY,
    "demonstration.update": TAKING_PART,
    "demonstration.step": TAKING_PART,
    # Whose answer or decision it is, the action asks of unit, rank and delegation: crm/queries/authority.py.
    "concurrence.answer": ANY,
    "approval.decide": ANY,
    # What all departments share.
    "event.record": ANY,
    "event.update": ANY,
    "event.claim": ANY,
    "participation.record": ANY,
    "participation.update": ANY,
    "organisation.record": ANY,
    "organisation.update": ANY,
    "organisation.tell_apart": ANY,
    "contact.record": ANY,
    "contact.update": ANY,
    "contact.remove": ANY,
    "personal_data.disclose": ANY,
    "consultation.record": ANY,
    "consultation.update": ANY,
    "pitch.record": ANY,
    "pitch.update": ANY,
    "pitch.score": ANY,
    "calendar.open": ANY,
}
_HEADING: dict[str, Relations] = _WORKING | {
    "concurrence.override": LEADING,
    "approval.review": ANY,
    "delegation.give": ANY,
    "follow_up.hand_over": ANY,
    "directive.record": ANY,
    "directive.update": ANY,
    "target.set": ANY,
    "organisation.merge": ANY,
    "record.archive": LEADING,
    "record.restore": LEADING,
}
_ADMINISTERING: dict[str, Relations] = dict.fromkeys(
    [
        *_HEADING,
        "org_unit.record",
        "org_unit.update",
        "programme.record",
        "programme.update",
        "fx.import",
        "account.open",
        "account.update",
        "token.issue",
        "token.revoke",
        "webhook.set",
        "webhook.switch",
        "webhook.replay",
        "personal_data.purge",
        "record.backfill",
        "record.make_synthetic",
        "follow_up.rule",
        "job.run",
        "report.publish",
        "report.schedule",
        "confirmation.answer",
    ],
    ANY,
)

TABLE: Final[dict[Role, dict[str, Relations]]] = {
    Role.OFFICER: _WORKING,
    Role.TEAM_LEAD: _HEADING,
    Role.DIVISION_HEAD: _HEADING,
    Role.BUREAU_HEAD: _HEADING | {"report.publish": ANY, "report.schedule": ANY},
    Role.LEADERSHIP: _READING
    | {"directive.record": ANY, "target.set": ANY, "report.publish": ANY, "report.schedule": ANY},
    Role.ADMINISTRATOR: _ADMINISTERING,
    Role.API_CLIENT: _WORKING,
}
VERBS: Final = tuple(_ADMINISTERING)
SEES_ALL: Final = frozenset({Role.LEADERSHIP, Role.ADMINISTRATOR})

Guarded = Outcome | Demonstration
_WITH_OUTCOME = (Attribution, FollowUp, Document, LedgerEntry, Concurrence, Approval, PartnerConfirmation)
# Of a partly open outcome these are shown to its own circle only; that there is a follow-up is seen by all.
_VALUES = (Document, LedgerEntry, Concurrence, Approval, PartnerConfirmation)
# What can be moved to another outcome or demonstration.
_MOVED: Final = (Document, FollowUp)
_Abouts = dict[UUID, set[frozenset[tuple[type[Model], UUID]]]]
_SHARED = (
    Consultation, Delegation, Directive, Event, EventClaim, EventCost, FollowUpRule, FxRate, Judge, JudgeConflict,
    Merge, Organisation, OrganisationAlias, OrgUnit, Participation, PitchCriterion, PitchEntry, Programme, Publication,
    SimilarPair, Target,
)  # fmt: skip
# Between two records, both of which the reader must be shown: which columns name outcomes, which demonstrations.
_BETWEEN: Final[dict[type[Model], tuple[tuple[str, ...], tuple[str, ...]]]] = {
    ChainLink: (("from_outcome", "to_outcome"), ("from_demonstration", "to_demonstration")),
    SimilarOutcomes: (("first", "second"), ()),
}
# Shown to those who have the verb, and to nobody else.
_ADMINISTERED: Final[dict[type[Model], str]] = {ApiToken: "token.issue", WebhookEndpoint: "webhook.set"}
_HIDDEN: Final = (Disclosure.CLOSED,)
_MASKED: Final = (Disclosure.PARTLY, Disclosure.CLOSED)


class NoRule(LookupError):
    """Nobody has said who reads these records."""


def may(actor: Account, verb: str, record: Any = None) -> bool:
    """Whether the actor has the verb; for a record, whether at the actor's relation to it. What the actor cannot see,
    the actor cannot change."""
    allowed = TABLE[Role(actor.role)].get(verb)
    if allowed is None:
        return False
    if record is None:
        return True
    subjects = subjects_of(record)
    if not all(_is_shown(actor, one, _levels(record)) for one in subjects):
        return False
    return allowed == ANY or _is_own(actor, record) or any(_stands(actor, one, allowed) for one in subjects or (None,))


def relation(actor: Account, record: Guarded | None) -> Relation:
    """What the actor is to an outcome or a demonstration."""
    for one in (Relation.LEAD, Relation.COMMON, Relation.COOPERATING):
        if _stands(actor, record, frozenset({one})):
            return one
    return Relation.OTHER


def sees_values(actor: Account, record: Any) -> bool:
    """Whether amounts, texts and documents of the record are shown to the actor."""
    return all(_is_shown(actor, one, _MASKED) for one in subjects_of(record))


def masked(actor: Account, outcomes: Iterable[Outcome]) -> frozenset[UUID]:
    """The ids of those of the outcomes whose values the actor does not see: in one query."""
    guarded = [o.pk for o in outcomes if o.disclosure_level != Disclosure.OPEN]
    if not guarded or actor.role in SEES_ALL:
        return frozenset()
    kept = _kept_from(actor, *_MASKED).filter(pk__in=guarded)
    return frozenset(kept.values_list("pk", flat=True))


def with_masks(actor: Account, outcomes: QuerySet[Outcome]) -> QuerySet[Outcome]:
    """With `is_masked`: whether the values are kept from the actor. For lists, which then need not ask again."""
    if actor.role in SEES_ALL:
        return outcomes.annotate(is_masked=Value(False))
    return outcomes.annotate(is_masked=ExpressionWrapper(_each_kept_from(actor, *_MASKED), BooleanField()))


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader of reports is not shown of single outcomes and demonstrations: nothing at all of `hidden`, no
    values of `masked`, which holds the hidden ones too."""

    hidden: frozenset[UUID] = frozenset()
    masked: frozenset[UUID] = frozenset()


EVERYTHING: Final = Sight()


def sight_of(actor: Account) -> Sight:
    if actor.role in SEES_ALL:
        return EVERYTHING
    return _sight(_kept_from(actor, *_MASKED), demonstrations_kept_from(units_of(actor), *_MASKED))


def stands_for(actor: Account) -> Hashable:
    """What the actor's sight depends on beside the record itself."""
    return actor.role in SEES_ALL, units_of(actor), lent_to(actor)


def sight_of_all() -> Sight:
    """What a published report does not show: whatever somebody in the house is not shown either."""
    nobody: frozenset[UUID] = frozenset()
    return _sight(outcomes_kept_from(nobody, *_MASKED), demonstrations_kept_from(nobody, *_MASKED))


def _sight(outcomes: QuerySet[Outcome], demonstrations: QuerySet[Demonstration]) -> Sight:
    columns = ("pk", "disclosure_level")
    kept = dict(outcomes.values_list(*columns).union(demonstrations.order_by().values_list(*columns), all=True))
    return Sight(frozenset(pk for pk, level in kept.items() if level in _HIDDEN), frozenset(kept))


def kept_from(actor: Account) -> Q | None:
    """Of listed outcomes those whose values and texts the actor does not see; None for who sees all."""
    return None if actor.role in SEES_ALL else _listed_kept_from(actor, *_MASKED)


def _listed_kept_from(actor: Account, *levels: Disclosure) -> Q:
    kept, lent = listed_kept_from(units_of(actor), *levels), lent_to(actor)
    return kept & ~Q(pk__in=lent) if lent else kept


def _kept_from(actor: Account, *levels: Disclosure) -> QuerySet[Outcome]:
    """Kept from the departments that the actor stands for, and not to be decided by the actor as a deputy."""
    kept, lent = outcomes_kept_from(units_of(actor), *levels), lent_to(actor)
    return kept.exclude(pk__in=lent) if lent else kept


def _each_kept_from(actor: Account, *levels: Disclosure) -> Q:
    kept, lent = each_kept_from(units_of(actor), *levels), lent_to(actor)
    return kept & ~Q(pk__in=lent) if lent else kept


def readable(actor: Account, queryset: QuerySet[M]) -> QuerySet[M]:
    """Those of the records that the actor may see. Raises NoRule for a model of which nobody has said who reads it."""
    model = queryset.model
    if model is Contact:
        return queryset if may(actor, "personal_data.disclose") else queryset.none()
    if model in _ADMINISTERED:
        return queryset if may(actor, _ADMINISTERED[model]) else queryset.none()
    if not issubclass(model, (Outcome, ListedOutcome, Demonstration, *_BETWEEN, *_WITH_OUTCOME, *_SHARED)):
        raise NoRule(model.__name__)
    if actor.role in SEES_ALL or issubclass(model, _SHARED):
        return queryset
    units = units_of(actor)
    if model is ListedOutcome:
        return queryset.exclude(_listed_kept_from(actor, *_HIDDEN))
    if model is Outcome:
        return queryset.exclude(_each_kept_from(actor, *_HIDDEN))
    if model is Demonstration:
        return queryset.exclude(pk__in=demonstrations_kept_from(units, *_HIDDEN).values("pk"))
    if model in _BETWEEN:
        return queryset.exclude(_about_hidden(*_BETWEEN[model], actor))
    levels = _MASKED if issubclass(model, _VALUES) else _HIDDEN
    kept = queryset.exclude(outcome__in=_kept_from(actor, *levels).values("pk"))
    if model is FollowUp:
        kept = kept.exclude(demonstration__in=demonstrations_kept_from(units, *_HIDDEN).values("pk"))
    return kept


def once_readable(actor: Account, model: type[Model], ids: Iterable[UUID]) -> set[UUID]:
    """Those of the records, hidden from the actor by now, that the actor may have seen before: of the others not even
    that they are there is told."""
    records = list(model._base_manager.filter(pk__in=ids))
    if actor.role in SEES_ALL or issubclass(model, _SHARED):
        return {record.pk for record in records}
    about = _ever_about(model, records)
    subjects = frozenset[tuple[type[Model], UUID]]().union(*(one for found in about.values() for one in found))
    levels = _MASKED if issubclass(model, _VALUES) else _HIDDEN
    units = units_of(actor)
    open_once = outcomes_once_open(units, [pk for kind, pk in subjects if kind is Outcome], *levels)
    open_once |= demonstrations_once_open(units, {pk for kind, pk in subjects if kind is not Outcome}, *levels)
    return {pk for pk, found in about.items() if any({one for _kind, one in those} <= open_once for those in found)}


def _ever_about(model: type[Model], records: Iterable[Any]) -> _Abouts:
    """By record, what it is about and what it was: a document that was moved to a closed outcome was seen before."""
    found: _Abouts = {record.pk: {frozenset((type(one), one.pk) for one in subjects_of(record))} for record in records}
    if not issubclass(model, _MOVED):
        return found
    kinds: dict[str, type[Model]] = {"outcome_id": Outcome, "demonstration_id": Demonstration}
    names = [name for name in kinds if any(f.attname == name for f in model._meta.concrete_fields)]
    for pk, *ids in model.history.filter(id__in=list(found)).values_list("id", *names):
        found[pk].add(frozenset((kinds[name], one) for name, one in zip(names, ids, strict=True) if one is not None))
    return found


def _about_hidden(outcomes: tuple[str, ...], demonstrations: tuple[str, ...], actor: Account) -> Q:
    units = units_of(actor)
    hidden = Q()
    for name in outcomes:
        hidden |= Q(**{f"{name}__in": _kept_from(actor, *_HIDDEN).values("pk")})
    for name in demonstrations:
        hidden |= Q(**{f"{name}__in": demonstrations_kept_from(units, *_HIDDEN).values("pk")})
    return hidden


def subjects_of(record: Any) -> tuple[Guarded, ...]:
    """The outcomes and demonstrations that a record is or is about: none for what all departments share."""
    if isinstance(record, Outcome | Demonstration):
        return (record,)
    if isinstance(record, ChainLink):
        found = (record.from_outcome, record.from_demonstration, record.to_outcome, record.to_demonstration)
        return tuple(one for one in found if one is not None)
    if isinstance(record, SimilarOutcomes):
        return (record.first, record.second)
    if isinstance(record, _WITH_OUTCOME):
        about = (record.outcome, getattr(record, "demonstration", None))
        return tuple(one for one in about if one is not None)
    return ()


def _levels(record: Any) -> tuple[Disclosure, ...]:
    return _MASKED if isinstance(record, _VALUES) else _HIDDEN


def _is_shown(actor: Account, record: Guarded, kept: tuple[Disclosure, ...]) -> bool:
    if record.disclosure_level not in kept or actor.role in SEES_ALL:
        return True
    if _stands(actor, record, frozenset({Relation.LEAD, Relation.COOPERATING})):
        return True
    return isinstance(record, Outcome) and record.pk in lent_to(actor)


def _stands(actor: Account, record: Guarded | None, allowed: Relations) -> bool:
    """Whether the actor's relation to the record is one of these. What is asked of the database is asked last."""
    if record is None or record.lead_unit_id is None:
        if Relation.COMMON in allowed:
            return True
    elif record.lead_unit_id in units_of(actor):
        return Relation.LEAD in allowed
    return Relation.COOPERATING in allowed and record is not None and _cooperates(actor, record)


def _cooperates(actor: Account, record: Guarded) -> bool:
    units = units_of(actor)
    if isinstance(record, Demonstration):
        return record.site_unit_id in units
    return bool(units) and cooperates(units, record)


def _is_own(actor: Account, record: Any) -> bool:
    """A follow-up that the actor or the actor's unit has to do."""
    if not isinstance(record, FollowUp):
        return False
    return record.assignee_id == actor.pk or record.org_unit_id in units_of(actor)
