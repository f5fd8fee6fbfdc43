"""What a reader asks for: period, as-of time, language and format, from the address of the page."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from crm.values.periods import SEOUL, PeriodError, Quarter, parse_as_of
from reports.figures.asked import NotAnswerable, check_asked
from reports.report import Language


@dataclass(frozen=True, slots=True)
class Asked:
    period: Quarter
    as_of: datetime
    language: Language


def read_asked(query: QueryDict, now: datetime) -> Asked:
    """The question in the address; what is missing is the current quarter, now, and the reader's language.
    Raises NotAnswerable naming the field."""
    period = _period(query.get("period", "").strip(), now)
    as_of = _as_of(query.get("as_of", "").strip(), now)
    check_asked(period, as_of, now)
    return Asked(period, min(as_of, now), _language(query.get("lang", "")))


def _period(text: str, now: datetime) -> Quarter:
    if not text:
        return Quarter.of(now.astimezone(SEOUL).date())
    try:
        return Quarter.parse(text)
    except PeriodError as error:
        raise NotAnswerable("period", _("Write the quarter like 2023Q1.")) from error


def _as_of(text: str, now: datetime) -> datetime:
    if not text:
        return now
    try:
        return parse_as_of(text)
    except ValueError as error:
        raise NotAnswerable("as_of", _("Write the as-of day like 2023-03-31.")) from error


def _language(text: str) -> Language:
    wanted = text or translation.get_language() or "ko"
    return "en" if wanted.startswith("en") else "ko"
