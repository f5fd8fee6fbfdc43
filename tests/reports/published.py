"""Reports as they are asked and published."""

from datetime import datetime
from uuid import UUID

from crm.actions.base import Caller
from crm.models import Event, OrgUnit, Programme, Publication
from crm.values.periods import Quarter
from reports.catalogue import REPORTS, Question, ReportKind
from reports.publishing import publish
from reports.report import Language, Tongue


def publish_quarterly(
    caller: Caller, period: Quarter, as_of: datetime, language: Language, *, id: UUID | None = None
) -> Publication:
    return publish(caller, REPORTS["quarterly"], Question(as_of, language, period), id=id)


def question_of(kind: ReportKind, as_of: datetime, language: Tongue, **about: Event | OrgUnit | Programme) -> Question:
    """A question of any kind: the first quarter of 2023, that year, and the records that it may be about."""
    said = {"period": "2023Q1", "year": "2023"} | {ask: str(record.pk) for ask, record in about.items()}
    return kind.asked_again(" ".join(said[ask] for ask in kind.asks), as_of, language)
