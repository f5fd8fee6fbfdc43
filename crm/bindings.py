"""What is told of a record and stands in others: the hash of an outcome's content is of its figures too, how a
partner's link stands depends on what the outcome says. For the gate: whose content changed gets a new version, and so
do the links that show it, so that a version stands for one content."""

from collections import Counter
from typing import Any, Final
from uuid import UUID

from crm.models import LedgerEntry, Outcome, PartnerConfirmation, Party
from crm.models.base import Work
from crm.queries.content import TEXTS
from crm.values.measures import Measure, Series

_CLAIMED: Final = frozenset({*TEXTS, "signed_on", "event_id", "lead_unit_id", "archived_at"})


def raise_versions(work: Work) -> None:
    figured = _with_other_figures(work)
    agreed = {pk for pk, series in figured.items() if series != {Series.REALISED}}
    for outcome in _unwritten(Outcome, work, "pk", agreed):
        outcome.save(raise_version=True)
        for copy in _copies_of(outcome, work):
            copy.catch_up(outcome)
        if (known := work.copies.get((outcome.feed_type, outcome.pk))) is not None:
            known.catch_up(outcome)
    for link in _unwritten(PartnerConfirmation, work, "outcome", figured.keys() | _with_other_words(work)):
        link.save(raise_version=True)


def _copies_of(outcome: Outcome, work: Work) -> list[Outcome]:
    """Those by which the callers named it: they stay usable, as a parent's do."""
    entries = (one for one in work.written.values() if isinstance(one, LedgerEntry) and one.outcome_id == outcome.pk)
    known = {id(one.outcome): one.outcome for one in entries if LedgerEntry.outcome.is_cached(one)}
    return [copy for copy in known.values() if copy is not None and copy is not outcome]


def _unwritten(model: Any, work: Work, field: str, ids: set[UUID]) -> list[Any]:
    """Those that did not get their new version by being written themselves. Nothing stands in a new outcome yet."""
    written = {pk for kind, pk in work.written if kind == model.feed_type}
    new = {pk for (kind, pk), one in work.written.items() if kind == Outcome.feed_type and one.version == 1}
    if not (wanted := ids - new - (written if field == "pk" else set())):
        return []
    found = model.objects.select_for_update().filter(**{f"{field}__in": wanted}).order_by("pk")
    return [one for one in found if one.pk not in written]


def _with_other_words(work: Work) -> set[UUID]:
    found = {pk for (kind, pk), names in work.changed.items() if kind == Outcome.feed_type and names & _CLAIMED}
    return found | {one.outcome_id for one in work.written.values() if isinstance(one, Party)}


def _with_other_figures(work: Work) -> dict[UUID, set[str]]:
    """The outcomes whose agreed or realised figures are others than before, with the series of these. What is reversed
    and posted again as it was (with a rate that became known, say) changes none."""
    counted: dict[UUID, Counter[tuple[Any, ...]]] = {}
    for entry in work.written.values():
        if isinstance(entry, LedgerEntry) and entry.outcome_id and _is_told(entry):
            weight = 1 if entry.reverses_id is None else -1
            counted.setdefault(entry.outcome_id, Counter())[_figure(entry)] += weight
    found = {pk: {figure[0] for figure, n in figures.items() if n} for pk, figures in counted.items()}
    return {pk: series for pk, series in found.items() if series}


def _is_told(entry: LedgerEntry) -> bool:
    return entry.measure != Measure.COUNT and entry.derived_from_id is None


def _figure(entry: LedgerEntry) -> tuple[Any, ...]:
    value = abs(entry.value)
    return entry.series, entry.measure, value, entry.currency, entry.basis, entry.for_year, entry.approximate
