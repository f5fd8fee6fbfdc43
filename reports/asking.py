"""What a reader asks for, from what was typed: in the address of a page, or after a command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from crm.dates import as_of_refused
from crm.models import Event, OrgUnit, Programme
from crm.values.periods import FIRST_YEAR, SEOUL, PeriodError, Quarter, parse_as_of
from reports.building.units import ShownIn
from reports.catalogue import REPORTS, TONGUES, Ask, Question, ReportKind
from reports.figures.asked import NotAnswerable, check_asked, first_recorded
from reports.report import Language, Tongue

ABOUT: dict[Ask, type[Event] | type[OrgUnit] | type[Programme]] = {
    "event": Event,
    "unit": OrgUnit,
    "programme": Programme,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page of the quarterly report is asked."""

    period: Quarter
    as_of: datetime
    language: Language
    shown_in: ShownIn = ShownIn.ONE

    def said(self) -> dict[str, str]:
        """The same for an address, or for a form that repeats it."""
        said = {"period": str(self.period), "as_of": self.as_of.astimezone(SEOUL).isoformat(), "lang": self.language}
        return said if self.shown_in == ShownIn.ONE else {**said, "shown_in": self.shown_in.value}


def read_asked(query: Mapping[str, str], now: datetime) -> Asked:
    """The question in the address; what is missing is the current quarter, now, and the reader's language.
    Raises NotAnswerable naming the field."""
    question = read_question(REPORTS["quarterly"], query, now)
    assert question is not None and question.period is not None
    return Asked(question.period, question.as_of, language_of(query.get("lang", "")), question.shown_in)


def read_question(kind: ReportKind, query: Mapping[str, str], now: datetime) -> Question | None:
    """As `read_asked`, with what reports of this kind ask. None: it asks what it is about, and that was not said."""
    as_of_text, period_text = query.get("as_of", "").strip(), query.get("period", "").strip()
    as_of = time_of(as_of_text, "as_of") if as_of_text else now
    period = None
    if "period" in kind.asks:
        period = quarter_of(period_text) if period_text else Quarter.of(now.astimezone(SEOUL).date())
    year = _year(query.get("year", "").strip(), now) if "year" in kind.asks else None
    asked = next((ask for ask in kind.asks if ask in ABOUT), None)
    typed = query.get(asked, "").strip() if asked else ""
    # What it is about and since when anything is recorded come in one statement.
    about, first = _read_about(asked, typed) if asked and typed else (None, None)
    check_asked(period or Quarter.of(as_of.astimezone(SEOUL).date()), as_of, now=now, first=first)
    if asked and not typed:
        return None
    if asked and about is None:
        raise NotAnswerable(asked, _("There is no such record."))
    return Question(min(as_of, now), _tongue(query.get("lang", "")), period, year, about, _shown_in(query))


def read_posted(form: Mapping[str, str], now: datetime) -> tuple[ReportKind, Question]:
    """The report and the question of a form that repeats what its page shows. Raises NotAnswerable naming the field."""
    kind = REPORTS.get(form.get("report", ""))
    question = read_question(kind, form, now) if kind else None
    if kind is None or question is None:
        raise NotAnswerable("report", _("Say what the report is about."))
    return kind, question


def _read_about(ask: Ask, typed: str) -> tuple[UUID | None, Callable[[], datetime | None] | None]:
    """The id of the record, None where there is none; and what tells when the first entry was recorded, where that was
    read with it."""
    try:
        found = UUID(typed)
    except ValueError:
        return None, None
    rows = list(ABOUT[ask].objects.filter(pk=found).values_list(Subquery(first_recorded()), flat=True))
    return (found, lambda: rows[0]) if rows else (None, None)


def _year(text: str, now: datetime) -> int:
    this_year = now.astimezone(SEOUL).year
    if not text:
        return this_year
    if not text.isascii() or not text.isdecimal() or not FIRST_YEAR <= int(text[:5]) <= this_year:
        told = _("Write a year from %(first)d to %(last)d.")
        raise NotAnswerable("year", told % {"first": FIRST_YEAR, "last": this_year})
    return int(text)


def quarter_of(typed: str) -> Quarter:
    try:
        return Quarter.parse(typed)
    except PeriodError as error:
        raise NotAnswerable("period", _("Write the quarter like 2023Q1.")) from error


def time_of(typed: str, field: str) -> datetime:
    try:
        return parse_as_of(typed)
    except PeriodError as error:
        raise NotAnswerable(field, as_of_refused(error)) from error


def _shown_in(query: Mapping[str, str]) -> ShownIn:
    try:
        return ShownIn(query.get("shown_in") or ShownIn.ONE)
    except ValueError as error:
        raise NotAnswerable("shown_in", _("Choose one of the units that are offered.")) from error


def _tongue(text: str) -> Tongue:
    return TONGUES.get(text) or language_of(text)


def language_of(text: str) -> Language:
    wanted = text or translation.get_language() or "ko"
    return "en" if wanted.startswith("en") else "ko"
