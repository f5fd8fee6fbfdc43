"""Every report of the house by its key: what it asks, its figures, and the report object that is made of them.

The page, the files, the command and the library of editions go through here: a report that stands here has them all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.permissions import EVERYTHING, Sight
from crm.values.periods import Quarter
from reports.building.quarterly import build_quarterly
from reports.building.triangle import build_triangle
from reports.figures.quarterly import quarterly
from reports.figures.triangle import triangle
from reports.report import Language, Report

Ask = Literal["period", "year", "event", "unit", "programme"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a report is asked: as of when, in which language, and what its kind asks beside. `about` is the id of the
    event, the unit or the programme."""

    as_of: datetime
    language: Language
    period: Quarter | None = None
    year: int | None = None
    about: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReportKind:
    """`asks` are answered by every question that comes to `figures`. `figures` reads; `build` takes the figures, a
    language and a sight, and `organisation` and `is_demo` by name where they are not the installation's."""

    key: str
    name: Promise
    lead: Promise
    asks: tuple[Ask, ...]
    figures: Callable[[Question], Any]
    build: Callable[..., Report]

    def report(self, question: Question, sight: Sight = EVERYTHING) -> Report:
        """The report, whole, as its reader may see it."""
        return self.build(self.figures(question), question.language, sight)


def _quarter(question: Question) -> Quarter:
    assert question.period is not None
    return question.period


REPORTS: Final[dict[str, ReportKind]] = {
    kind.key: kind
    for kind in (
        ReportKind(
            "quarterly",
            _("Quarterly report"),
            _("What a quarter and its year have brought: numbers, amounts, jobs, fulfilment, reasons for delay."),
            ("period",),
            lambda question: quarterly(_quarter(question), question.as_of),
            build_quarterly,
        ),
        ReportKind(
            "cohorts",
            _("Fulfilment by cohort and age"),
            _("What became of the investment MOUs of each quarter of signing, each held against others of its age."),
            (),
            lambda question: triangle(question.as_of),
            build_triangle,
        ),
    )
}
