"""The closed vocabularies of concurrence (협조), review (검토) and approval (결재)."""

from enum import StrEnum


class Answer(StrEnum):
    """What a department says to an outcome that names it."""

    AGREE = "agree"
    AGREE_WITH_CONDITIONS = "agree_with_conditions"
    DISAGREE = "disagree"
    NOT_CONCERNED = "not_concerned"


class Capacity(StrEnum):
    """In whose place somebody decides: in their own, by standing delegation (전결), for an absent superior (대결)."""

    OWN = "own"
    DELEGATED = "delegated"
    ACTING = "acting"


class ApprovalStatus(StrEnum):
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    RETURNED = "returned"
    REOPENED = "reopened"
    RECALLED = "recalled"


SETTLING = frozenset({Answer.AGREE, Answer.AGREE_WITH_CONDITIONS, Answer.NOT_CONCERNED})
PENDING = frozenset({ApprovalStatus.SUBMITTED, ApprovalStatus.REVIEWED})


class PartnerAnswer(StrEnum):
    """What the partner company says to what the city claims."""

    CONFIRMED = "confirmed"
    OTHER_VALUE = "other_value"
