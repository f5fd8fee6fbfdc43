"""Every report of the house by its key: what it asks, its figures, and the report object that is made of them.

The page, the files, the command and the library of editions go through here: a report that stands here has them all."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.permissions import EVERYTHING, Sight
from crm.values.periods import SEOUL, PeriodError, Quarter
from reports.building.annual_contracts import build_annual_contracts
from reports.building.codes import with_codes
from reports.building.follow_ups import build_follow_ups
from reports.building.holdings import build_holding
from reports.building.performance import build_performance
from reports.building.quarterly import build_quarterly
from reports.building.side_by_side import side_by_side
from reports.building.triangle import build_triangle
from reports.building.units import ShownIn, in_units
from reports.building.working_together import build_working_together
from reports.figures.annual_contracts import annual_contracts
from reports.figures.definitions import VERSION
from reports.figures.follow_up_status import follow_up_status
from reports.figures.holdings import programme_holding, unit_holding
from reports.figures.performance import performance
from reports.figures.quarterly import quarterly
from reports.figures.triangle import triangle
from reports.figures.working_together import together_in
from reports.kept import Moment
from reports.report import Language, Report, Tongue

TONGUES: Final[dict[str, Tongue]] = {"ko": "ko", "en": "en", "both": "both"}
# What a report is about that asks nothing.
ALL: Final = "all"
Ask = Literal["period", "year", "event", "unit", "programme"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a report is asked: as of when, in which language, by which set of definitions, and what its kind asks
    beside. `about` is the id of the event, the unit or the programme, `shown_in` what amounts are
    printed in."""

    as_of: datetime
    language: Tongue
    period: Quarter | None = None
    year: int | None = None
    about: UUID | None = None
    shown_in: ShownIn = ShownIn.ONE
    definition: str = VERSION


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
        return self.made_of(self.figures(question), question, sight)

    def kept_report(self, question: Question, sight: Sight, moment: Moment) -> Report:
        """The same, of figures that were read before where nothing was recorded since. For readers: what is issued is
        read for itself."""
        asked = self.key, replace(question, language="ko", shown_in=ShownIn.ONE)
        return self.made_of(moment.once(asked, lambda: self.figures(question)), question, sight)

    def made_of(self, figures: Any, question: Question, sight: Sight, **issued: Any) -> Report:
        """The report that these figures make, each of its tables with its trace code."""
        scope = f"{self.asks[-1]}:{question.about}" if question.about else ""
        tongues: tuple[Language, ...] = ("ko", "en") if question.language == "both" else (question.language,)
        reports = []
        for language in tongues:
            # An edition keeps the set that it went out with.
            report = replace(self.build(figures, language, sight, **issued), definition_version=question.definition)
            with translation.override(language):
                reports.append(in_units(report, question.shown_in))
        whole = side_by_side(*reports) if len(reports) > 1 else reports[0]
        return with_codes(whole, _quarter_of(question), scope)

    def said(self, question: Question) -> dict[str, str]:
        """What the question says in an address, but for its time and its language."""
        answers: dict[Ask, Any] = {"period": question.period, "year": question.year}
        said: dict[str, str] = {ask: str(answers.get(ask, question.about)) for ask in self.asks}
        return said if question.shown_in == ShownIn.ONE else said | {"shown_in": question.shown_in.value}

    def about(self, question: Question) -> str:
        """The same on one line, for `asked_again`: `2023Q1`, or `2023Q1 0192…`; `all` where nothing is asked."""
        return " ".join(self.said(question).values()) or ALL

    def called(self, about: str, language: str) -> str:
        """What the report is called before it is made: its name, and the quarter or the year that it is of."""
        of = about.split()[0] if {"period", "year"} & set(self.asks) else ""
        if "period" in self.asks:
            with suppress(PeriodError):  # of a run that cannot be answered, as it was typed
                of = Quarter.parse(of).label("en" if language == "en" else "ko")
        return f"{self.name} · {of}" if of else str(self.name)

    def asked_again(self, about: str, as_of: datetime, language: str, definition: str = VERSION) -> Question:
        """The question that was kept on one line. Raises ValueError."""
        told = dict(zip((*self.asks, "shown_in"), about.removeprefix(ALL).split(), strict=False))
        id = next((told[ask] for ask in ("event", "unit", "programme") if ask in told), None)
        return Question(
            as_of,
            TONGUES.get(language, "ko"),
            Quarter.parse(told["period"]) if "period" in told else None,
            int(told["year"]) if "year" in told else None,
            UUID(id) if id else None,
            ShownIn(told["shown_in"]) if "shown_in" in told else ShownIn.ONE,
            definition,
        )


def _quarter_of(question: Question) -> Quarter:
    """The quarter that a trace code carries: of a year its last, where none is asked that of the as-of time."""
    if question.period is not None:
        return question.period
    if question.year is not None:
        return Quarter(question.year, 4)
    return Quarter.of(question.as_of.astimezone(SEOUL).date())


def _quarter(question: Question) -> Quarter:
    assert question.period is not None
    return question.period


def _year(question: Question) -> int:
    assert question.year is not None
    return question.year


def _about(question: Question) -> UUID:
    assert question.about is not None
    return question.about


REPORTS: Final[dict[str, ReportKind]] = {
    kind.key: kind
    for kind in (
        ReportKind(
            "quarterly",
            _("Quarterly report"),
            _("What a quarter and its year have brought: numbers, amounts, jobs, fulfilment, reasons for delay."),
            ("period",),
            lambda question: quarterly(_quarter(question), question.as_of, question.definition),
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
        ReportKind(
            "follow-ups",
            _("Status of follow-ups"),
            _("What was planned, done, late or given up in a quarter, by unit and occasion; what is open; directives."),
            ("period",),
            lambda question: follow_up_status(_quarter(question), question.as_of),
            build_follow_ups,
        ),
        ReportKind(
            "collaboration",
            _("Collaboration between departments"),
            _("How units answered one another in a quarter, who works with whom, what is waited for; the year before."),
            ("period",),
            lambda question: together_in(_quarter(question), question.as_of),
            build_working_together,
        ),
        ReportKind(
            "unit",
            _("Results of a unit"),
            _("What falls to a unit with those below it, by shares: outcomes, targets, fulfilment, what it was asked."),
            ("period", "unit"),
            lambda question: unit_holding(_about(question), _quarter(question), question.as_of),
            build_holding,
        ),
        ReportKind(
            "programme",
            _("Results of a programme"),
            _("What the outcomes that serve a programme brought: numbers, amounts, jobs, targets, what is open."),
            ("period", "programme"),
            lambda question: programme_holding(_about(question), _quarter(question), question.as_of),
            build_holding,
        ),
        ReportKind(
            "performance",
            _("Performance report"),
            _("What one event set out to reach, what it brought, where it stands, what is wrong and what comes next."),
            ("event",),
            lambda question: performance(_about(question), question.as_of),
            build_performance,
        ),
        ReportKind(
            "annual-contracts",
            _("Contracts by the year"),
            _("Contracts with a yearly amount: their rates, what was reported for each year, and what is due."),
            ("year",),
            lambda question: annual_contracts(_year(question), question.as_of),
            build_annual_contracts,
        ),
    )
}
