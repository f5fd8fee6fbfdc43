"""What follows from a change of what was concurred in and approved: it is asked about again, and the outcome stands as
it should meanwhile. Called by every action that may change either; nothing here is an action."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.actions import notifying, posting
from crm.actions.base import store
from crm.models import Approval, Concurrence, Outcome, PartnerConfirmation
from crm.models.base import current_work
from crm.queries.concurrence import concurrences_of, is_blocked
from crm.queries.confirmations import claims_of
from crm.queries.content import content_of, contents_of, hash_of
from crm.values.concurrence import PENDING, Answer, ApprovalStatus
from crm.values.evidence import REALISED_GRADES
from crm.values.measures import KIND_RULES, Cause, OutcomeKind, Standing
from crm.values.notifications import Notice

ANSWER_WITHIN = timedelta(days=7)


def settle(outcome: Outcome, reason: str) -> None:
    """Reopens what no longer holds for the outcome's content, and brings its standing and the ledger in line."""
    later: dict[UUID, tuple[Outcome, str]] | None = current_work().settled_later
    if later is not None:
        later[outcome.pk] = (outcome, reason)
        return
    asked = list(concurrences_of(outcome))
    rounds = list(Approval.objects.filter(outcome=outcome).order_by("created_at", "id"))
    if outcome.archived_at is not None or not (asked or rounds):
        return
    content = content_of(outcome)
    told = {"content": content, "content_hash": hash_of(content)}
    for concurrence in asked:
        if concurrence.content_hash != told["content_hash"]:
            _ask_again(concurrence, told)
    for approval in rounds:
        if approval.status in {*PENDING, ApprovalStatus.APPROVED} and approval.content_hash != told["content_hash"]:
            closed = {"status": ApprovalStatus.REOPENED, "closed_at": current_work().recorded_at}
            notifying.decided(Notice.APPROVAL_REOPENED, store(approval, closed))
    _stand(outcome, reason)


@contextmanager
def settled_together() -> Iterator[None]:
    """What is settled within the block is settled at its end, each outcome once as it is then: which of them anybody
    was asked about or is to approve is read for all at once."""
    work = current_work()
    later: dict[UUID, tuple[Outcome, str]] = {}
    work.settled_later = later
    try:
        yield
    finally:
        work.settled_later = None
    about = {"outcome__in": list(later)}
    bound = set(Concurrence.objects.filter(**about).values_list("outcome_id", flat=True))
    bound |= set(Approval.objects.filter(**about).values_list("outcome_id", flat=True))
    for pk, (outcome, reason) in later.items():
        if pk in bound:
            settle(outcome, reason)


def _ask_again(concurrence: Concurrence, told: Mapping[str, Any]) -> None:
    """An open request is about what the outcome says now. An answer holds for what it was given to: another request
    follows it, but not to a department that is not concerned."""
    if concurrence.is_open or concurrence.answer == Answer.NOT_CONCERNED:
        store(concurrence, told)
        return
    work = current_work()
    concurrence.archived_at = work.recorded_at
    concurrence.save()
    again = {
        "outcome": concurrence.outcome,
        "org_unit": concurrence.org_unit,
        "mandatory": concurrence.mandatory,
        "question": concurrence.question,
        "due_on": timezone.localdate(work.recorded_at) + ANSWER_WITHIN,
        **told,
        "asked_by": work.actor,
        "follows": concurrence,
    }
    notifying.asked(store(Concurrence(), again), again=True)


def _stand(outcome: Outcome, reason: str) -> None:
    if outcome.standing == Standing.UNCONFIRMED:
        return
    wanted = Standing.PROVISIONAL if is_blocked(outcome) else _free(outcome)
    if outcome.standing != wanted:
        store(outcome, {"standing": wanted})
        posting.repost(outcome, Cause.RECLASSIFICATION, reason)


def _free(outcome: Outcome) -> Standing:
    """How it stands when nothing is open: what is realised by nature is confirmed by evidence only."""
    if not KIND_RULES[OutcomeKind(outcome.kind)].realised_only:
        return Standing.CONFIRMED
    proved = outcome.documents.filter(grade__in=REALISED_GRADES, archived_at=None).exists()
    return Standing.CONFIRMED if proved else Standing.UNCONFIRMED


@contextmanager
def bind_again(outcomes: Iterable[UUID]) -> Iterator[None]:
    """What was said about the outcomes is bound to their content after the block, where it held for the content before.

    For changes that leave a company what it is and give it another id: nobody has to answer again for those. What did
    not hold before holds no more than that afterwards."""
    found = list(Outcome.objects.filter(pk__in=set(outcomes)))
    before = {pk: (hash_of(content), hash_of(claim)) for pk, content, claim in _contents(found)}
    yield
    for pk, content, claim in _contents(found):
        told = {"content": content, "content_hash": hash_of(content)}
        for model in (Concurrence, Approval):
            for said in model.objects.filter(outcome=pk, content_hash=before[pk][0]):
                store(said, told)
        for link in PartnerConfirmation.objects.filter(outcome=pk, content_hash=before[pk][1]):
            store(link, {"content_hash": hash_of(claim)})


def _contents(outcomes: Sequence[Outcome]) -> Iterator[tuple[UUID, dict[str, Any], dict[str, Any]]]:
    claims = claims_of(outcomes)
    for pk, content in contents_of(outcomes).items():
        yield pk, content, claims[pk]
