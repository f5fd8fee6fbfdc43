"""The one door through which reports are built: what each begins with, whatever it tells."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.utils import translation

from crm.permissions import EVERYTHING, Sight
from crm.values.periods import SEOUL
from reports.building.words import labels
from reports.figures.definitions import VERSION
from reports.report import NO_TABLE, CoreReport, Language, Note, Report, Section, SummaryLine, Table

F = TypeVar("F")
F_contra = TypeVar("F_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells, in one language, read once. `definition` is the set of definitions that its figures were
    made by; `is_synthetic`: synthetic records are among what it is made of."""

    key: str
    title: str
    as_of: datetime
    period: str
    period_label: str
    summary: Iterable[SummaryLine]
    sections: Iterable[Section]
    notes: Iterable[Note]
    outcomes: Table = NO_TABLE
    entries: Table = NO_TABLE
    definitions: Table = NO_TABLE
    definition: str = VERSION
    is_synthetic: bool = False


class Build(Protocol[F_contra]):
    """Builds a report of figures in Korean or English, as its reader may see it. `organisation` and `is_demo` are the
    installation's where they are not given: a published report keeps those that it went out with."""

    def __call__(
        self,
        figures: F_contra,
        /,
        language: Language,
        sight: Sight = EVERYTHING,
        *,
        organisation: str = "",
        is_demo: bool | None = None,
    ) -> Report: ...


def builder(tell: Callable[[F, Language, Sight], Told]) -> Build[F]:
    """Makes what tells a report, in the language that it is told, one that builds it."""

    @wraps(tell)
    def build(
        figures: F,
        /,
        language: Language,
        sight: Sight = EVERYTHING,
        *,
        organisation: str = "",
        is_demo: bool | None = None,
    ) -> Report:
        with translation.override(language):
            return report_of(tell(figures, language, sight), language, organisation, is_demo)

    return build


def report_of(told: Told, language: Language, organisation: str = "", is_demo: bool | None = None) -> Report:
    """The report, its words read in the language in force. What is made of synthetic records says so."""
    return Report(
        **_cover(told, language, organisation),
        outcomes=told.outcomes,
        entries=told.entries,
        definitions=told.definitions,
        is_demo=(settings.IS_DEMO if is_demo is None else is_demo) or told.is_synthetic,
    )


def core_of(told: Told, language: Language) -> CoreReport:
    """The same without what goes into single records."""
    return CoreReport(**_cover(told, language))


def _cover(told: Told, language: Language, organisation: str = "") -> dict[str, Any]:
    return {
        "key": told.key,
        "title": told.title,
        "organisation": organisation or settings.ORGANISATION,
        "period": told.period,
        "period_label": told.period_label,
        "as_of": told.as_of.astimezone(SEOUL),
        "language": language,
        "definition_version": told.definition,
        "labels": labels(),
        "summary": tuple(told.summary),
        "sections": tuple(told.sections),
        "notes": tuple(told.notes),
    }
