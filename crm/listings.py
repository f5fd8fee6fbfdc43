"""What the lists of outcomes are narrowed and ordered by: kept up to date in the transaction of the change itself."""

from typing import Final
from uuid import UUID

from crm.models import Document, LedgerEntry, ListedOutcome, Outcome, guard
from crm.models.base import Work
from crm.models.listings import UNDATED
from crm.queries.work_lists import strong_evidence
from crm.values.names import folded_lines, initial_lines

_COLUMNS: Final = tuple(f.name for f in ListedOutcome._meta.concrete_fields if not f.primary_key)


def keep(work: Work) -> None:
    """Writes down what the work made of each outcome, and of the evidence for each."""
    outcomes = {record.pk: record for record in work.written.values() if isinstance(record, Outcome)}
    touched = outcomes.keys() | _evidenced(work)
    if not touched:
        return
    proven = set(Outcome.objects.filter(strong_evidence(), pk__in=touched).values_list("pk", flat=True))
    others = touched - outcomes.keys()
    with guard.declared(ListedOutcome._meta.db_table):
        ListedOutcome.objects.bulk_create(
            [listed(outcome, pk in proven) for pk, outcome in outcomes.items()],
            update_conflicts=True,
            unique_fields=["outcome_id"],
            update_fields=_COLUMNS,
        )
        for is_proven, ids in ((True, others & proven), (False, others - proven)):
            if ids:
                ListedOutcome.objects.filter(pk__in=ids, is_proven=not is_proven).update(is_proven=is_proven)


def listed(outcome: Outcome, is_proven: bool) -> ListedOutcome:
    text = folded_lines(outcome.title, outcome.title_as_signed, outcome.code, *outcome.also_called)
    return ListedOutcome(
        outcome_id=outcome.pk,
        day=outcome.signed_on or UNDATED,
        is_undated=outcome.signed_on is None,
        created_at=outcome.created_at,
        title=outcome.title,
        kind=outcome.kind,
        stage=outcome.stage,
        standing=outcome.standing,
        disclosure=outcome.disclosure_level,
        lead_unit_id=outcome.lead_unit_id,
        event_id=outcome.event_id,
        is_proven=is_proven,
        is_archived=outcome.archived_at is not None,
        text=text,
        kept=folded_lines(outcome.content, outcome.document_number),
        initials=initial_lines(text),
    )


def _evidenced(work: Work) -> set[UUID]:
    """The outcomes whose evidence the work may have changed."""
    written = [record for record in work.written.values() if isinstance(record, Document | LedgerEntry)]
    found = {record.outcome_id for record in written}
    if changed := [record.pk for record in written if isinstance(record, Document) and record.version > 1]:
        # A document that is told to prove something else proves what it did no more.
        found |= set(Document.history.filter(id__in=changed).values_list("outcome_id", flat=True))
    return {pk for pk in found if pk is not None}
