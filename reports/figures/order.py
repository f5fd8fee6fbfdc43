"""The order in which figures stand: by the lists of the values. What is of no kind, or of no series, stands first."""

from typing import Final

from crm.values.measures import Measure, OutcomeKind, Series

_KINDS: Final = {kind.value: place for place, kind in enumerate(OutcomeKind)}
_SERIES: Final = {series.value: place for place, series in enumerate(Series)}
_MEASURES: Final = {measure.value: place for place, measure in enumerate((Measure.COUNT, Measure.MONEY, Measure.JOBS))}


def by_kind(kind: str) -> int:
    return _KINDS.get(kind, -1)


def by_series(series: str) -> int:
    return _SERIES.get(series, -1)


def by_measure(measure: str) -> int:
    return _MEASURES.get(measure, -1)
