"""Finding organisations by name, alias and initial consonants, and outcomes by what is written on them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm.models import Organisation, OrganisationAlias, Outcome, Party
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
