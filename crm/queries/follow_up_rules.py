"""What has to be done by rule, on a day: every occasion with the key under which it is planned once."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateField, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.models import Concurrence, Demonstration, FollowUp, FollowUpRule, LedgerEntry, OrgUnit, Outcome, StageStep
from crm.queries.standing_entries import standing_entries
from crm.queries.work_lists import current_outcomes, strong_evidence
from crm.queries.yearly import years_due
from crm.values.demonstrations import DemonstrationStage
from crm.values.follow_up_rules import DEFAULT_RULES, Trigger
from crm.values.measures import KIND_RULES, Basis, FollowUpStatus, Measure
from crm.values.stages import STAGES

# A regular check is planned so long before its day; what is later is planned by a later run.
AHEAD = timedelta(days=31)
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Occasion:
    """One follow-up that a rule asks for. `key` names the rule, its subject and the occasion."""

    key: str
    trigger: Trigger
    title: str
    due_on: date
    outcome: Outcome | None = None
    demonstration: Demonstration | None = None
    org_unit: OrgUnit | None = None


def rules_in_force() -> dict[tuple[str, str], tuple[int, ...]]:
    """The offsets of every rule by trigger and kind: an administrator's own in place of the default."""
    found = {(str(rule.trigger), rule.kind): rule.offsets for rule in DEFAULT_RULES}
    own = FollowUpRule.objects.filter(archived_at=None)
    return found | {(rule.trigger, rule.kind): tuple(rule.offsets) for rule in own}


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that is too short for it."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def live_stages() -> Q:
    """Outcomes that may still become more: not at the last stage of their road, and not off it."""
    found = Q(pk__in=[])
    for kind, rules in STAGES.items():
        road = [rule.stage.value for rule in rules if not rule.off_road]
        found |= Q(kind=kind.value, stage__in=road[:-1])
    return found


def occasions(today: date) -> Iterator[Iterator[Occasion]]:
    """Every occasion of the day, planned already or not, trigger by trigger: a later one sees what was planned."""
    rules = rules_in_force()
    live = current_outcomes().filter(live_stages(), is_synthetic=False).select_related("event", "lead_unit")
    yield _cadence(live, rules, today)
    yield _deadlines(live, rules[Trigger.DEADLINE_NEAR, ""], today)
    yield _requests(rules[Trigger.CONCURRENCE_PENDING, ""], today)
    yield _without_evidence(live, rules[Trigger.EVIDENCE_MISSING, ""], today)
    yield _years(live, rules[Trigger.YEARLY_FIGURE_DUE, ""], today)
    yield _permits(rules[Trigger.PERMIT_EXPIRING, ""], today)
    yield _silences(live, rules[Trigger.NO_CONTACT, ""], today)


def planned_keys(keys: list[str]) -> set[str]:
    """Those of the keys under which something was planned already, whatever became of it."""
    found = FollowUp.objects.filter(rule_key__in=keys).values_list("rule_key", flat=True)
    return {key for key in found if key}


def is_still_needed(follow_up: FollowUp, today: date) -> bool:
    """Whether what a rule planned has still to be done: not where the outcome ended, or what was lacking is there."""
    outcome = follow_up.outcome
    if outcome is not None and not _is_live(outcome):
        return False
    reference = (follow_up.rule_key or "").split(":")
    if follow_up.trigger == Trigger.CONCURRENCE_PENDING:
        asked = Concurrence.objects.filter(pk=reference[1]).first()
        return asked is not None and asked.is_open
    if follow_up.trigger == Trigger.EVIDENCE_MISSING:
        return outcome is None or not current_outcomes().filter(strong_evidence(), pk=outcome.pk).exists()
    if follow_up.trigger == Trigger.YEARLY_FIGURE_DUE and outcome is not None:
        return int(reference[2]) in years_due(outcome, today)
    return True


def _is_live(outcome: Outcome) -> bool:
    return outcome.archived_at is None and Outcome.objects.filter(live_stages(), pk=outcome.pk).exists()


def _cadence(live: QuerySet[Outcome], rules: dict[tuple[str, str], tuple[int, ...]], today: date) -> Iterator[Occasion]:
    """After the event's last day, else after the signing. Of what was missed only the latest check is left to do."""
    for outcome in live.order_by("pk").iterator(chunk_size=_CHUNK):
        base = _base(outcome)
        due = {m: add_months(base, m) for m in rules.get((Trigger.CADENCE, outcome.kind), ()) if base}
        near = sorted(months for months, day in due.items() if day <= today + AHEAD)
        missed = [months for months in near if due[months] < today]
        for months in near:
            if months in missed[:-1]:
                continue
            told = {"months": months, "title": outcome.title}
            title = _("%(months)d-month check: %(title)s") % told if months else _("First check: %(title)s") % told
            key = f"{Trigger.CADENCE}:{outcome.pk}:{months}"
            yield _about(outcome, Trigger.CADENCE, key, title, max(due[months], today), today)


def _base(outcome: Outcome) -> date | None:
    if outcome.event is not None:
        return outcome.event.ends_on or outcome.event.starts_on
    return outcome.signed_on


def _deadlines(live: QuerySet[Outcome], offsets: tuple[int, ...], today: date) -> Iterator[Occasion]:
    dated = live.filter(Q(period_to__isnull=False) | Q(term_years__isnull=False, signed_on__isnull=False))
    for outcome in dated.order_by("pk").iterator(chunk_size=_CHUNK):
        deadline = _deadline(outcome)
        passed = [days for days in offsets if deadline - timedelta(days=days) <= today <= deadline]
        if passed:
            title = _("Deadline %(day)s: %(title)s") % {"day": deadline.isoformat(), "title": outcome.title}
            key = f"{Trigger.DEADLINE_NEAR}:{outcome.pk}:{deadline}:{min(passed)}"
            yield _about(outcome, Trigger.DEADLINE_NEAR, key, title, deadline, today)


def _deadline(outcome: Outcome) -> date:
    if outcome.period_to:
        return date(outcome.period_to, 12, 31)
    return add_months(outcome.signed_on, 12 * (outcome.term_years or 0))  # type: ignore[arg-type]


def _silences(live: QuerySet[Outcome], offsets: tuple[int, ...], today: date) -> Iterator[Occasion]:
    """No follow-up done, no figure posted and no step taken for so long, and nothing planned either."""
    if not offsets:
        return
    days = min(offsets)
    planned = FollowUp.objects.filter(outcome=OuterRef("pk"), status=FollowUpStatus.OPEN, archived_at=None)
    silent = live.exclude(Exists(planned)).annotate(
        last_done=_latest(FollowUp, "done_on", DateField()),
        last_entry=_latest(LedgerEntry, "recorded_at", DateTimeField()),
        last_step=_latest(StageStep, "taken_on", DateField()),
    )
    for outcome in silent.order_by("pk").iterator(chunk_size=_CHUNK):
        contacts = (outcome.created_at, outcome.last_done, outcome.last_entry, outcome.last_step)
        last = max(_day(moment) for moment in contacts if moment is not None)
        times = (today - last).days // days
        if times >= 1:
            title = _("No contact for %(days)d days: %(title)s") % {"days": (today - last).days, "title": outcome.title}
            key = f"{Trigger.NO_CONTACT}:{outcome.pk}:{last}:{times}"
            yield _about(outcome, Trigger.NO_CONTACT, key, title, today + timedelta(days=7), today)


def _latest(model: Any, name: str, kind: Any) -> Subquery:
    rows = model.objects.filter(outcome=OuterRef("pk"), **{f"{name}__isnull": False}).order_by(f"-{name}")
    return Subquery(rows.values(name)[:1], output_field=kind)


def _day(moment: date | datetime) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def _requests(offsets: tuple[int, ...], today: date) -> Iterator[Occasion]:
    if not offsets:
        return
    open_ = Concurrence.objects.filter(answer="", overridden_at=None, archived_at=None, outcome__archived_at=None)
    for asked in open_.select_related("outcome", "org_unit").order_by("pk").iterator(chunk_size=_CHUNK):
        since = timezone.localdate(asked.created_at) + timedelta(days=min(offsets))
        if today >= min(since, asked.due_on or since):
            title = _("Answer the request for concurrence: %(title)s") % {"title": asked.outcome.title}
            yield Occasion(
                f"{Trigger.CONCURRENCE_PENDING}:{asked.pk}",
                Trigger.CONCURRENCE_PENDING,
                title[:500],
                max(asked.due_on or today, today),
                outcome=asked.outcome,
                org_unit=asked.org_unit.current(today),
            )


def _without_evidence(live: QuerySet[Outcome], offsets: tuple[int, ...], today: date) -> Iterator[Occasion]:
    if not offsets:
        return
    valued = [kind.value for kind, rule in KIND_RULES.items() if rule.has_value]
    begun = timezone.make_aware(datetime.combine(today - timedelta(days=min(offsets)), datetime.max.time()))
    lacking = live.filter(kind__in=valued, created_at__lte=begun).exclude(strong_evidence())
    for outcome in lacking.order_by("pk").iterator(chunk_size=_CHUNK):
        title = _("Evidence is missing: %(title)s") % {"title": outcome.title}
        key = f"{Trigger.EVIDENCE_MISSING}:{outcome.pk}"
        yield _about(outcome, Trigger.EVIDENCE_MISSING, key, title, today + timedelta(days=14), today)


def _years(live: QuerySet[Outcome], offsets: tuple[int, ...], today: date) -> Iterator[Occasion]:
    if not offsets:
        return
    rates = standing_entries().filter(outcome=OuterRef("pk"), measure=Measure.MONEY, basis=Basis.ANNUAL)
    for outcome in live.filter(Exists(rates)).order_by("pk").iterator(chunk_size=_CHUNK):
        for year in years_due(outcome, today):
            title = _("Figure of %(year)d is due: %(title)s") % {"year": year, "title": outcome.title}
            due = date(year, 12, 31) + timedelta(days=min(offsets))
            key = f"{Trigger.YEARLY_FIGURE_DUE}:{outcome.pk}:{year}"
            yield _about(outcome, Trigger.YEARLY_FIGURE_DUE, key, title, max(due, today), today)


def _permits(offsets: tuple[int, ...], today: date) -> Iterator[Occasion]:
    over = (DemonstrationStage.CERTIFIED, DemonstrationStage.STOPPED)
    found = Demonstration.objects.filter(archived_at=None, permit_expires_on__isnull=False).exclude(stage__in=over)
    for demonstration in found.select_related("lead_unit", "site_unit").order_by("pk"):
        expires = demonstration.permit_expires_on
        assert expires is not None
        passed = [days for days in offsets if expires - timedelta(days=days) <= today]
        if passed:
            unit = demonstration.lead_unit or demonstration.site_unit
            told = {"day": expires.isoformat(), "title": demonstration.title}
            yield Occasion(
                f"{Trigger.PERMIT_EXPIRING}:{demonstration.pk}:{expires}:{min(passed)}",
                Trigger.PERMIT_EXPIRING,
                (_("Permit expires %(day)s: %(title)s") % told)[:500],
                max(expires, today),
                demonstration=demonstration,
                org_unit=unit.current(today) if unit else None,
            )


def _about(outcome: Outcome, trigger: Trigger, key: str, title: str, due: date, today: date) -> Occasion:
    unit = outcome.lead_unit.current(today) if outcome.lead_unit else None
    return Occasion(key, trigger, title[:500], due, outcome=outcome, org_unit=unit)
