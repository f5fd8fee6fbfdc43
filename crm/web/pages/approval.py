"""Approval: the road of an outcome from draft to approval, the lists, and the page on which it is decided."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import Account, Approval, Concurrence, Outcome
from crm.models.labels import label
from crm.permissions import may, readable, sees_values
from crm.queries.authority import given_to, may_decide, may_review, may_submit
from crm.queries.concurrence import approvals_listed, approvals_waiting_with, with_deciders
from crm.queries.content import content_of
from crm.queries.content_words import Difference, differences
from crm.queries.one_outcome import OutcomeParts
from crm.values.concurrence import PENDING, ApprovalStatus
from crm.web.pages.concurrence import Reading, RequestLine, in_whose_place, reading, request_lines
from crm.web.pages.links import Badge, Link, outcome_link
from crm.web.pages.paging import Paging, page_of
from crm.web.text import UNKNOWN, time_text

_TONES = {
    ApprovalStatus.SUBMITTED: "warn",
    ApprovalStatus.REVIEWED: "warn",
    ApprovalStatus.APPROVED: "good",
    ApprovalStatus.RETURNED: "bad",
    ApprovalStatus.REOPENED: "bad",
    ApprovalStatus.RECALLED: "calm",
}


@dataclass(frozen=True, slots=True)
class Station:
    """One station of the road: drafting, concurrence, review, approval."""

    name: str
    badge: Badge
    text: str
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The section of an outcome's page. `missing` is what the approval waits for; `changed` what was edited since what
    was approved or submitted last. `is_kept`: the reader is not shown what departments say about it."""

    lines: tuple[RequestLine, ...]
    stations: tuple[Station, ...]
    missing: tuple[str, ...]
    changed: tuple[Difference, ...]
    approval: UUID | None
    document_number: str
    may_ask: bool
    may_submit: bool
    is_kept: bool = False


_KEPT = Exchange((), (), (), (), None, "", may_ask=False, may_submit=False, is_kept=True)


def exchange(parts: OutcomeParts, reader: Account, today: date) -> Exchange:
    outcome = parts.outcome
    if not sees_values(reader, outcome):
        return _KEPT
    requests = parts.requests
    approval = parts.rounds[0] if parts.rounds else None
    is_open = outcome.archived_at is None
    running = approval is not None and approval.status in {*PENDING, ApprovalStatus.APPROVED}
    works_here = may_submit(reader, outcome, today)
    return Exchange(
        lines=request_lines(requests, reader, today),
        stations=stations(approval, requests),
        missing=missing(parts),
        changed=_changed(outcome, approval),
        approval=approval.pk if approval else None,
        document_number=approval.document_number if approval else "",
        may_ask=is_open and may(reader, "concurrence.ask", outcome),
        may_submit=is_open and not running and works_here and may(reader, "approval.submit", outcome),
    )


def missing(parts: OutcomeParts) -> tuple[str, ...]:
    return tuple(_("Concurrence of %(unit)s") % {"unit": c.org_unit} for c in parts.unsettled)


def _changed(outcome: Outcome, approval: Approval | None) -> tuple[Difference, ...]:
    if approval is None or approval.status != ApprovalStatus.REOPENED:
        return ()
    return differences(approval.content, content_of(outcome))


def stations(approval: Approval | None, requests: list[Concurrence]) -> tuple[Station, ...]:
    return (_drafting(approval), _concurring(requests), _reviewing(approval), _deciding(approval))


def _drafting(approval: Approval | None) -> Station:
    if approval is None:
        return Station(_("Draft"), Badge(_("Not submitted"), "calm"), UNKNOWN)
    return Station(
        _("Draft"), Badge(_("Put forward"), "good"), _by(approval.submitted_by, approval.created_at), approval.note
    )


def _concurring(requests: list[Concurrence]) -> Station:
    if not requests:
        return Station(_("Concurrence"), Badge(_("Nobody asked"), "calm"), UNKNOWN)
    settled = len([c for c in requests if c.is_settled])
    open_ones = [str(c.org_unit) for c in requests if c.mandatory and not c.is_settled]
    told = _("%(settled)d of %(asked)d settled") % {"settled": settled, "asked": len(requests)}
    tone = "warn" if open_ones else "good"
    return Station(_("Concurrence"), Badge(told, tone), ", ".join(open_ones) or UNKNOWN)


def _reviewing(approval: Approval | None) -> Station:
    if approval is None or approval.reviewed_at is None:
        badge = Badge(_("Not reviewed yet"), "calm")
        return Station(_("Review"), badge, UNKNOWN)
    by = _by(approval.reviewed_by, approval.reviewed_at)
    return Station(_("Review"), Badge(_("Reviewed"), "good"), by, approval.review_opinion)


def _deciding(approval: Approval | None) -> Station:
    if approval is None:
        return Station(_("Approval"), Badge(_("Not approved yet"), "calm"), UNKNOWN)
    if approval.status in PENDING:
        return Station(_("Approval"), Badge(_("Waiting for the decision"), "warn"), UNKNOWN)
    who = in_whose_place(approval.decided_by, approval.capacity, approval.on_behalf_of)
    text = f"{who}, {time_text(approval.decided_at)}" if approval.decided_at else UNKNOWN
    return Station(_("Approval"), status_badge(approval.status), text, approval.decision_opinion)


def _by(who: Account | None, at: datetime) -> str:
    return f"{who}, {time_text(at)}"


def status_badge(status: str) -> Badge:
    return Badge(label(ApprovalStatus(status)), _TONES[ApprovalStatus(status)])


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    id: UUID
    about: Link
    lead: str
    badge: Badge
    submitted: str
    decided: str
    document_number: str


def approval_line(approval: Approval) -> ApprovalLine:
    who = in_whose_place(approval.decided_by, approval.capacity, approval.on_behalf_of)
    return ApprovalLine(
        id=approval.pk,
        about=outcome_link(approval.outcome),
        lead=str(approval.outcome.lead_unit or UNKNOWN),
        badge=status_badge(approval.status),
        submitted=_by(approval.submitted_by, approval.created_at),
        decided=f"{who}, {time_text(approval.decided_at)}" if approval.decided_at else "",
        document_number=approval.document_number,
    )


SHOWN = {
    "waiting": gettext_lazy("Waiting with my unit"),
    "mine": gettext_lazy("Submitted by me"),
    "all": gettext_lazy("All"),
}
NOTHING = {
    "waiting": gettext_lazy("Nothing waits with your unit. What is submitted stands here until it is decided."),
    "mine": gettext_lazy("You have submitted nothing yet. An outcome is submitted on its page."),
    "all": gettext_lazy("Nothing was submitted for approval yet. An outcome is submitted on its page."),
}


@dataclass(frozen=True, slots=True)
class ApprovalsPage:
    """`tabs` are (key, label, whether it is the one shown). `nothing` is said where there are no lines."""

    tabs: tuple[tuple[str, str, bool], ...]
    lines: tuple[ApprovalLine, ...]
    paging: Paging
    nothing: str


def approvals_page(shown: str, number: str, reader: Account, today: date) -> ApprovalsPage:
    shown = shown if shown in SHOWN else "waiting"
    found = readable(reader, _found(shown, reader, today))
    paging, rows = page_of(
        found, number, {"show": shown}, lambda ids: with_deciders(Approval.objects.filter(pk__in=ids))
    )
    tabs = tuple((key, str(text), key == shown) for key, text in SHOWN.items())
    return ApprovalsPage(tabs, tuple(approval_line(row) for row in rows), paging, str(NOTHING[shown]))


def _found(shown: str, reader: Account, today: date) -> QuerySet[Approval]:
    if shown == "waiting":
        return approvals_waiting_with(reader, today)
    return approvals_listed().filter(submitted_by=reader) if shown == "mine" else approvals_listed()


@dataclass(frozen=True, slots=True)
class ApprovalPage:
    """`reading.changed` is what was edited since it was submitted; nothing while it waits."""

    line: ApprovalLine
    note: str
    stations: tuple[Station, ...]
    missing: tuple[str, ...]
    requests: tuple[RequestLine, ...]
    reading: Reading
    givers: list[Account]
    may_review: bool
    may_decide: bool
    may_recall: bool

    @property
    def mark(self) -> str:
        """Tells its headings from those of another that is read on the same page."""
        return str(self.line.id)


def approval_page(approval: Approval, reader: Account, today: date) -> ApprovalPage:
    outcome = approval.outcome
    parts = OutcomeParts(outcome)
    requests = parts.requests
    waits, own = approval.status in PENDING, approval.submitted_by_id == reader.pk
    decides = may(reader, "approval.decide", approval) and may_decide(reader, outcome, today) is not None
    reviews = may(reader, "approval.review", approval) and may_review(reader, outcome, today)
    return ApprovalPage(
        line=approval_line(approval),
        note=approval.note,
        stations=stations(approval, requests),
        missing=missing(parts) if waits else (),
        requests=request_lines(requests, reader, today),
        reading=reading(outcome, approval.content),
        givers=_givers(outcome, reader, today),
        may_review=approval.status == ApprovalStatus.SUBMITTED and not own and reviews,
        may_decide=waits and not own and decides,
        may_recall=waits and own,
    )


def _givers(outcome: Outcome, reader: Account, today: date) -> list[Account]:
    givers = {d.giver for d in given_to(reader, today)}
    return [giver for giver in sorted(givers, key=str) if may_decide(reader, outcome, today, giver)]
