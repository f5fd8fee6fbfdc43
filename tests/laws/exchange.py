"""The scenarios of concurrence, approval and delegation: one an action, with the people that each takes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from crm.actions import accounts, approval, concurrence, delegations
from crm.actions.base import Caller
from crm.models import Account, Approval, Concurrence, Delegation
from crm.queries.content import content_hash
from crm.values.concurrence import Answer, Capacity
from crm.values.measures import Role


def _head(w: Any, username: str, unit: Any) -> Account:
    return accounts.open_account(
        w.caller, None, username=username, name=username, role=Role.DIVISION_HEAD, org_unit=unit
    )


def head_of(w: Any) -> Account:
    """The head of the leading unit, opened once."""
    return Account.objects.filter(username="head").first() or _head(w, "head", w.unit)


def _as(w: Any, account: Account) -> Caller:
    return replace(w.caller, account=account)


def _asked(w: Any) -> Concurrence:
    return concurrence.request_concurrence(w.caller, w.outcome, w.heir)


def _concur(w: Any) -> object:
    asked, head = _asked(w), _head(w, "head", w.heir)
    return concurrence.concur(_as(w, head), asked, Answer.AGREE, content_hash=content_hash(w.outcome))


def _submitted(w: Any) -> Approval:
    return approval.submit(w.caller, w.outcome)


def _review(w: Any) -> object:
    head = _head(w, "head", w.unit)
    return approval.review(_as(w, head), _submitted(w), "이상 없음", content_hash=content_hash(w.outcome))


def _approve(w: Any) -> object:
    head = _head(w, "head", w.unit)
    return approval.approve(_as(w, head), _submitted(w), content_hash=content_hash(w.outcome), document_number="AI-1")


def _delegated(w: Any) -> Delegation:
    head = _head(w, "head", w.unit)
    return delegations.give_delegation(
        w.caller, head, w.officer, capacity=Capacity.ACTING, from_on=date(2023, 3, 1), until_on=date(2023, 3, 9)
    )


def _resumed(w: Any) -> Delegation:
    return delegations.resume_delegation(w.caller, delegations.end_delegation(w.caller, _delegated(w)))


EXCHANGE: dict[str, Callable[[Any], object]] = {
    "request_concurrence": _asked,
    "concur": _concur,
    "override_concurrence": lambda w: concurrence.override_concurrence(w.caller, _asked(w), "기한 내 미회신"),
    "withdraw_request": lambda w: concurrence.withdraw_request(w.caller, _asked(w), "잘못 요청함"),
    "submit": _submitted,
    "review": _review,
    "approve": _approve,
    "return_draft": lambda w: approval.return_draft(_as(w, _head(w, "head", w.unit)), _submitted(w), "금액 확인"),
    "recall": lambda w: approval.recall(w.caller, _submitted(w)),
    "give_delegation": _delegated,
    "end_delegation": lambda w: delegations.end_delegation(w.caller, _delegated(w)),
    "resume_delegation": _resumed,
}
