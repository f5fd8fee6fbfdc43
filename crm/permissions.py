"""Who may do what: one table, role × verb, read by every entrance."""

from crm.models.accounts import Account
from crm.models.base import Record
from crm.values.measures import Role

READING = frozenset({"record.read", "report.export"})
WORKING = READING | {
    "event.record",
    "event.update",
    "event.claim",
    "participation.record",
    "participation.update",
    "organisation.record",
    "organisation.update",
    "contact.record",
    "contact.update",
    "personal_data.disclose",
    "outcome.record",
    "outcome.update",
    "outcome.step",
    "outcome.attribute",
    "concurrence.ask",
    "concurrence.answer",
    "approval.submit",
    "approval.decide",
    "confirmation.ask",
    "confirmation.revoke",
    "follow_up.snooze",
    "calendar.open",
    "demonstration.record",
    "demonstration.update",
    "demonstration.step",
    "pitch.record",
    "pitch.update",
    "pitch.score",
    "chain.link",
    "consultation.record",
    "consultation.update",
    "figure.post",
    "figure.correct",
    "document.attach",
    "document.update",
    "follow_up.plan",
    "follow_up.update",
    "follow_up.complete",
    "external_id.name",
}
LEADING = WORKING | {
    "concurrence.override",
    "approval.review",
    "approval.decide",
    "delegation.give",
    "follow_up.hand_over",
    "directive.record",
    "directive.update",
    "record.archive",
    "record.restore",
}
ADMINISTERING = LEADING | {
    "org_unit.record",
    "org_unit.update",
    "programme.record",
    "programme.update",
    "fx.import",
    "account.open",
    "account.update",
    "token.issue",
    "token.revoke",
    "personal_data.purge",
    "record.backfill",
    "record.make_synthetic",
    "follow_up.rule",
    "job.run",
    "confirmation.answer",
}

TABLE: dict[Role, frozenset[str]] = {
    Role.OFFICER: WORKING,
    Role.TEAM_LEAD: LEADING,
    Role.DIVISION_HEAD: LEADING,
    Role.BUREAU_HEAD: LEADING,
    Role.LEADERSHIP: READING | {"directive.record"},
    Role.ADMINISTRATOR: ADMINISTERING,
    Role.API_CLIENT: WORKING,
}


def may(actor: Account, verb: str, record: Record | None = None) -> bool:
    """Whether the actor's role has the verb. `record` is what it is about, for rules that look at it."""
    return verb in TABLE[Role(actor.role)]
