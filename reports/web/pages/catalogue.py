"""Whichever report on its page, and the form that asks for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from crm.models import Event
from crm.values.periods import SEOUL
from reports.asking import ABOUT
from reports.catalogue import Ask, Question, ReportKind
from reports.report import Report
from reports.web.pages import report as pages
from reports.web.pages.quarterly import choosable_quarters

_MOST_CHOICES: Final = 500
_YEARS_BACK: Final = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which one of the options, as (value, text), is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class AskingForm:
    choices: tuple[Choice, ...]
    as_of_text: str


def report_page(kind: ReportKind, question: Question, report: Report) -> pages.ReportPage:
    address = reverse("reports:document", args=[kind.key])
    return pages.report_page(report, address, said(kind, question), "")


def said(kind: ReportKind, question: Question) -> dict[str, str]:
    """What the question says in an address, but for its time and its language."""
    answers: dict[Ask, Any] = {"period": question.period, "year": question.year}
    return {ask: str(answers.get(ask, question.about)) for ask in kind.asks}


def form(kind: ReportKind, query: QueryDict, now: datetime) -> AskingForm:
    return AskingForm(tuple(_choice(ask, query, now) for ask in kind.asks), query.get("as_of", "")[:10])


def _choice(ask: Ask, query: QueryDict, now: datetime) -> Choice:
    labels: dict[Ask, str] = {
        "period": _("Quarter"),
        "year": _("Year"),
        "event": _("Event"),
        "unit": _("Unit"),
        "programme": _("Programme"),
    }
    if ask == "period":
        options = choosable_quarters(None, now, translation.get_language() or "ko")
    elif ask == "year":
        this_year = now.astimezone(SEOUL).year
        options = tuple((str(year), str(year)) for year in range(this_year, this_year - _YEARS_BACK, -1))
    else:
        options = (("", _("Choose")), *_records(ask))
    return Choice(ask, labels[ask], options, query.get(ask, "").strip() or options[0][0])


def _records(ask: Ask) -> tuple[tuple[str, str], ...]:
    if ask == "event":
        events = Event.objects.filter(archived_at=None).order_by("-starts_on", "id")
        rows = events.values_list("pk", "name", "starts_on")[:_MOST_CHOICES]
        return tuple((str(pk), f"{name} ({starts_on.year})") for pk, name, starts_on in rows)
    found = ABOUT[ask].objects.filter(archived_at=None).order_by("name", "id")
    return tuple((str(pk), name) for pk, name in found.values_list("pk", "name")[:_MOST_CHOICES])
