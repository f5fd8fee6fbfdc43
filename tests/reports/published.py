"""A quarter's report, published."""

from datetime import datetime
from uuid import UUID

from crm.actions.base import Caller
from crm.models import Publication
from crm.values.periods import Quarter
from reports.catalogue import REPORTS, Question
from reports.publishing import publish
from reports.report import Language


def publish_quarterly(
    caller: Caller, period: Quarter, as_of: datetime, language: Language, *, id: UUID | None = None
) -> Publication:
    return publish(caller, REPORTS["quarterly"], Question(as_of, language, period), id=id)
