"""Finding organisations by name, alias and initial consonants, and outcomes by what is written on them."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm.models import Document, Event, FollowUp, Organisation, OrganisationAlias, Outcome, Party, Programme
from crm.queries.standing_entries import standing_entries
from crm.values.measures import Measure
from crm.values.names import clean, company_key, initials, is_initials


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
    return (
        Q(key__contains=key)
        | Q(name_en__icontains=typed)
        | Q(business_registration_number__contains=typed)
        | Q(Exists(aliases))
    )


def outcomes_named(found: QuerySet[Outcome], text: str, kept: QuerySet[Outcome] | None = None) -> QuerySet[Outcome]:
    """Those of the outcomes whose title, other names, content or parties contain the text; of those whose content is
    kept from the reader, the content and the document number tell nothing."""
    typed = clean(text)
    if not typed:
        return found
    named = organisations_matching(typed).order_by().values("pk")
    parties = Party.objects.filter(outcome=OuterRef("pk"), archived_at=None, organisation__in=named)
    inside = Q(content__icontains=typed) | Q(document_number__icontains=typed)
    if kept is not None:
        inside &= ~Q(pk__in=kept.values("pk"))
    written = Q(title__icontains=typed) | Q(title_as_signed__icontains=typed) | Q(code=typed) | inside
    return found.filter(written | Q(Exists(parties)))


def archived_outcomes(text: str) -> QuerySet[Outcome]:
    """What was put away, the latest first, with the text in a title."""
    found = Outcome.objects.exclude(archived_at=None).order_by("-archived_at", "id")
    typed = clean(text)
    return found.filter(Q(title__icontains=typed) | Q(code__iexact=typed)) if typed else found


def outcomes_titled(text: str) -> QuerySet[Outcome]:
    """Unarchived outcomes with the text in a title, or of that code or document number."""
    typed = clean(text)
    written = Q(title__icontains=typed) | Q(title_as_signed__icontains=typed) | Q(code__iexact=typed)
    return Outcome.objects.filter(written | Q(document_number=typed), archived_at=None).order_by("-signed_on", "id")


def outcomes_of(organisations: Sequence[UUID]) -> QuerySet[Outcome]:
    """Unarchived outcomes to which one of these is a party, latest first."""
    parties = Party.objects.filter(organisation__in=organisations, archived_at=None).values("outcome_id")
    return Outcome.objects.filter(pk__in=parties, archived_at=None).order_by("-signed_on", "id")


def outcomes_worth(value: Decimal, currency: str) -> QuerySet[Outcome]:
    """Unarchived outcomes of which a standing entry states exactly this amount."""
    stated = standing_entries().filter(measure=Measure.MONEY, currency=currency, value=value, outcome__isnull=False)  # type: ignore[misc]
    return Outcome.objects.filter(pk__in=stated.values("outcome_id"), archived_at=None).order_by("-signed_on", "id")


def documents_titled(text: str) -> QuerySet[Document]:
    """Unarchived documents of outcomes and events with the text in the title or file name, or of that number."""
    typed = clean(text)
    written = Q(title__icontains=typed) | Q(file_name__icontains=typed) | Q(document_number=typed)
    found = Document.objects.filter(written, archived_at=None).filter(Q(outcome__isnull=False) | Q(event__isnull=False))
    return found.select_related("outcome", "event").order_by("-created_at", "id")


def events_named(text: str) -> QuerySet[Event]:
    typed = clean(text)
    found = Event.objects.filter(Q(name__icontains=typed) | Q(name_en__icontains=typed), archived_at=None)
    return found.order_by("-starts_on", "id")


def follow_ups_titled(text: str) -> QuerySet[FollowUp]:
    """Unarchived follow-ups, those to be done first."""
    found = FollowUp.objects.filter(title__icontains=clean(text), archived_at=None)
    return found.order_by("-status", "due_on", "id")


def programmes_named(text: str) -> QuerySet[Programme]:
    return Programme.objects.filter(name__icontains=clean(text), archived_at=None).order_by("name", "id")
