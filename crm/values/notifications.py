"""What people are told happened to what is theirs: the closed vocabulary, and how long it is kept."""

from datetime import timedelta
from enum import StrEnum
from typing import Final


class Notice(StrEnum):
    """What somebody else, or a job, did."""

    CONCURRENCE_ASKED = "concurrence_asked"
    CONCURRENCE_ASKED_AGAIN = "concurrence_asked_again"
    CONCURRENCE_ANSWERED = "concurrence_answered"
    CONCURRENCE_OVERRIDDEN = "concurrence_overridden"
    CONCURRENCE_WITHDRAWN = "concurrence_withdrawn"
    APPROVAL_WAITS = "approval_waits"
    APPROVAL_RETURNED = "approval_returned"
    APPROVAL_GIVEN = "approval_given"
    APPROVAL_REOPENED = "approval_reopened"
    FOLLOW_UP_ASSIGNED = "follow_up_assigned"
    FOLLOW_UP_HANDED_OVER = "follow_up_handed_over"
    FOLLOW_UP_TAKEN_AWAY = "follow_up_taken_away"
    FOLLOW_UP_CHANGED = "follow_up_changed"
    FOLLOW_UP_PUT_OFF = "follow_up_put_off"
    FOLLOW_UP_DONE = "follow_up_done"
    FOLLOW_UP_DROPPED = "follow_up_dropped"
    FOLLOW_UP_ESCALATED = "follow_up_escalated"
    PARTNER_ANSWERED = "partner_answered"
    OUTCOME_CHANGED = "outcome_changed"
    OUTCOME_FIGURES = "outcome_figures"
    OUTCOME_STEP = "outcome_step"
    OUTCOME_ARCHIVED = "outcome_archived"
    OUTCOME_RESTORED = "outcome_restored"
    ORGANISATION_MERGED = "organisation_merged"
    MERGE_UNDONE = "merge_undone"
    WEBHOOK_OFF = "webhook_off"


KEPT_AFTER_READING: Final = timedelta(days=90)
