"""Rounds of review and approval."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from api.approvals.filters import ApprovalFilters
from api.approvals.serializers import ApprovalSerializer
from api.resources import Creates, ResourceViewSet, Updates, says_nothing_new
from crm.actions import approval
from crm.actions.base import Caller
from crm.models import Approval
from crm.values.concurrence import ApprovalStatus


class ApprovalViewSet(Creates, Updates, ResourceViewSet):
    queryset = Approval.objects.select_related("outcome__lead_unit")
    serializer_class = ApprovalSerializer
    filterset_class = ApprovalFilters

    def create_record(self, who: Caller, fields: dict[str, Any]) -> Approval:
        return approval.submit(who, fields.pop("outcome"), **fields)

    def update_record(self, who: Caller, record: Approval, version: int, changes: dict[str, Any]) -> Approval:
        """One step; what the step does not take is refused."""
        if says_nothing_new(record, changes):
            return record
        status = changes.pop("status", "")
        if status not in _TAKES:
            raise ValidationError({"status": _("Choose reviewed, approved, returned or recalled.")})
        _check_fields(status, changes)
        if status == ApprovalStatus.REVIEWED:
            return approval.review(who, record, version=version, **changes)
        if status == ApprovalStatus.APPROVED:
            return approval.approve(who, record, version=version, **changes)
        if status == ApprovalStatus.RETURNED:
            return approval.return_draft(who, record, changes.pop("opinion", ""), version=version, **changes)
        return approval.recall(who, record, version=version)


_TAKES: dict[str, frozenset[str]] = {
    ApprovalStatus.REVIEWED: frozenset({"content_hash", "opinion"}),
    ApprovalStatus.APPROVED: frozenset({"content_hash", "opinion", "document_number", "on_behalf_of"}),
    ApprovalStatus.RETURNED: frozenset({"opinion", "on_behalf_of"}),
    ApprovalStatus.RECALLED: frozenset(),
}


def _check_fields(status: str, changes: dict[str, Any]) -> None:
    errors = {name: _("This step does not take this field.") for name in changes if name not in _TAKES[status]}
    if "content_hash" in _TAKES[status] and not changes.get("content_hash"):
        errors["content_hash"] = _("Send the hash of the content that was read.")
    if errors:
        raise ValidationError(errors)
