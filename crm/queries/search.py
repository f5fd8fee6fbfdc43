"""Finding organisations by name, alias and initial consonants, and outcomes by what is written on them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Replace, StrIndex
from django.db.models.lookups import GreaterThan

from crm.models import (
    Demonstration,
    Document,
    Event,
    ListedOutcome,
    Organisation,
    OrganisationAlias,
    Outcome,
    Party,
    PitchEntry,
    Programme,
    Record,
    Wording,
)
from crm.queries.few import among, few_ids
from crm.queries.standing_entries import standing_entries
from crm.values.measures import Measure
from crm.values.names import clean, company_key, folded, initials, is_initials
from crm.values.registration_numbers import digits_of

R = TypeVar("R", bound=Record)
# Words are looked up that many at a time until enough of what they stand on may be shown.
AT_ONCE: Final = 200


def organisations_matching(text: str) -> QuerySet[Organisation]:
    """Unarchived organisations whose name, English name, alias or number contains the text, by name; of initial
    consonants (ㅂㅌㅍㄹ) those whose initials contain them."""
    found = Organisation.objects.filter(archived_at=None).order_by("key", "id")
    typed = clean(text)
    return found.filter(_named(typed)) if typed else found


def _named(typed: str) -> Q:
    if is_initials(typed):
        return Q(initials__contains=initials(typed)) | Q(name__icontains=typed)
    key = company_key(typed)
    aliases = OrganisationAlias.objects.filter(organisation=OuterRef("pk"), archived_at=None, key__contains=key)
    named = Q(key__contains=key) | Q(name_en__icontains=typed) | Q(Exists(aliases))
    digits = digits_of(typed)
    return named | Q(_numbered(digits)) if digits else named


def _numbered(digits: str) -> GreaterThan:
    bare = Replace("business_registration_number", Value("-"), Value(""))
    return GreaterThan(StrIndex(bare, Value(digits)), 0)


def written_on(model: type[Record], text: str) -> QuerySet[Wording]:
    """The words of records of this kind that contain the text, the latest recorded first."""
    return Wording.objects.filter(_holds("text", text), record_type=model.feed_type).order_by("-id")


def _holds(column: str, text: str) -> GreaterThan:
    return GreaterThan(StrIndex(column, Value(folded(text))), 0)


def first_written_on(found: QuerySet[R], text: str, wanted: int) -> list[R]:
    """The latest recorded of these records with the text in a title, number or file's name."""
    rows: list[R] = []
    wordings = written_on(found.model, text)
    while len(rows) < wanted and (part := list(wordings.values_list("id", "record_id")[:AT_ONCE])):
        known = found.in_bulk([record for _wording, record in part])
        rows += [known[record] for _wording, record in part if record in known]
        if len(part) < AT_ONCE:
            break
        wordings = wordings.filter(id__lt=part[-1][0])
    return rows[:wanted]


def listed_with(found: QuerySet[ListedOutcome], text: str, kept: Q | None = None) -> QuerySet[ListedOutcome]:
    """Those of the outcomes whose title, other names, content or parties contain the text; of those whose content is
    kept from the reader, the content and the document number tell nothing."""
    typed = clean(text)
    named = organisations_matching(typed).order_by().values("pk")
    parties = Party.objects.filter(archived_at=None, organisation__in=named).values("outcome_id")
    inside = Q(_holds("kept", typed))
    if kept is not None:
        inside &= ~kept
    return found.filter(Q(_holds("text", typed)) | inside | Q(pk__in=parties))


def outcomes_named(found: QuerySet[Outcome], text: str, kept: Q | None = None) -> QuerySet[Outcome]:
    """The same of the records themselves; all of them where there is no text."""
    if not clean(text):
        return found
    return found.filter(pk__in=listed_with(ListedOutcome.objects.all(), text, kept).values("pk"))


def outcomes_written(found: QuerySet[ListedOutcome], text: str, wanted: int) -> list[UUID]:
    """The latest recorded of these outcomes with the text in a title, another name or the code."""
    written = found.filter(_holds("text", text)).order_by("-created_at", "-outcome_id")
    few = few_ids(written)
    return list((written if few is None else among(written, few)).values_list("pk", flat=True)[:wanted])


def archived_outcomes(text: str) -> QuerySet[Outcome]:
    """What was put away, the latest first, with the text in a title."""
    found = Outcome.objects.filter(archived_at__isnull=False).order_by("-archived_at", "-id")
    typed = clean(text)
    return found.filter(Q(title__icontains=typed) | Q(code__iexact=typed)) if typed else found


def archived_demonstrations(text: str) -> QuerySet[Demonstration]:
    """Demonstrations that were put away, the latest first, with the text in a title."""
    found = Demonstration.objects.exclude(archived_at=None).order_by("-archived_at", "id")
    return found.filter(title__icontains=clean(text)) if clean(text) else found


def archived_pitches(text: str) -> QuerySet[PitchEntry]:
    """Pitches that were put away, the latest first, with the text in a title."""
    found = PitchEntry.objects.exclude(archived_at=None).select_related("event", "organisation")
    found = found.order_by("-archived_at", "id")
    return found.filter(title__icontains=clean(text)) if clean(text) else found


def outcomes_numbered(text: str) -> QuerySet[Outcome]:
    """Unarchived outcomes of exactly this document number, latest first."""
    return Outcome.objects.filter(document_number=clean(text), archived_at=None).order_by("-signed_on", "id")


def outcomes_of(organisations: Sequence[UUID]) -> QuerySet[Outcome]:
    """Unarchived outcomes to which one of these is a party, latest first."""
    parties = Party.objects.filter(organisation__in=organisations, archived_at=None).values("outcome_id")
    return Outcome.objects.filter(pk__in=parties, archived_at=None).order_by("-signed_on", "id")


def outcomes_worth(value: Decimal, currency: str) -> QuerySet[Outcome]:
    """Unarchived outcomes of which a standing entry states exactly this amount."""
    stated = standing_entries().filter(measure=Measure.MONEY, currency=currency, value=value, outcome__isnull=False)  # type: ignore[misc]
    return Outcome.objects.filter(pk__in=stated.values("outcome_id"), archived_at=None).order_by("-signed_on", "id")


def documents_present() -> QuerySet[Document]:
    """Unarchived documents of outcomes and events."""
    found = Document.objects.filter(archived_at=None).filter(Q(outcome__isnull=False) | Q(event__isnull=False))
    return found.select_related("outcome", "event")


def events_named(text: str) -> QuerySet[Event]:
    typed = clean(text)
    found = Event.objects.filter(Q(name__icontains=typed) | Q(name_en__icontains=typed), archived_at=None)
    return found.order_by("-starts_on", "id")


def programmes_named(text: str) -> QuerySet[Programme]:
    return Programme.objects.filter(name__icontains=clean(text), archived_at=None).order_by("name", "id")
