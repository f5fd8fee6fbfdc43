"""The list of programmes and pledges, each with what sources said of its standing."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from crm.models import OutcomeProgramme, Programme
from crm.queries.work_lists import put_away
from crm.web.text import UNKNOWN, day_text, value_text


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    name: str
    name_en: str
    size: str
    lead_unit: str
    outcomes: int
    statuses: tuple[str, ...]


def programmes_page() -> tuple[ProgrammeLine, ...]:
    found = Programme.objects.filter(archived_at=None).select_related("lead_unit").prefetch_related("statuses")
    served = OutcomeProgramme.objects.filter(archived_at=None).exclude(outcome__in=put_away())
    counts = dict(served.order_by().values_list("programme").annotate(Count("pk")))
    return tuple(_line(programme, counts.get(programme.pk, 0)) for programme in found.order_by("name", "id"))


def _line(programme: Programme, outcomes: int) -> ProgrammeLine:
    amount = programme.size_amount
    return ProgrammeLine(
        name=programme.name,
        name_en=programme.name_en,
        size=value_text(amount, programme.size_currency) if amount is not None else UNKNOWN,
        lead_unit=str(programme.lead_unit) if programme.lead_unit else UNKNOWN,
        outcomes=outcomes,
        statuses=tuple(
            _("%(day)s %(status)s (%(source)s)") % {"day": day_text(s.on), "status": s.status, "source": s.source}
            for s in programme.statuses.all()
        ),
    )
