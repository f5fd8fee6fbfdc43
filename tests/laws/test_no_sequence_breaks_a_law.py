"""Whatever legal actions follow each other, by whomever: the ledger, the stages, the approvals and the past hold."""

import inspect
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar, TypeVar

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from crm.actions import accounts, approval, attribution, concurrence, ledger, outcomes, realisation, stages
from crm.actions.base import Caller, Conflict, Forbidden, Stale
from crm.models import Account, Approval, Attribution, Concurrence, LedgerEntry, OrgUnit, Outcome
from crm.models.base import Record
from crm.queries.concurrence import is_blocked
from crm.queries.content import content_hash
from crm.queries.standing_entries import standing_entries
from crm.values.concurrence import Answer, ApprovalStatus
from crm.values.evidence import Grade
from crm.values.measures import AttributionRole, Basis, Cause, Measure, OutcomeKind, PartyRole, Role, Series, Standing
from crm.values.stages import STAGES, rule_of
from reports.figures.restatement import restatement
from reports.figures.standing import entries, sums
from tests.laws.scenarios import NOW, World, figure, make_world

# Some 350 deeds, each with every law held against it: more than a minute, on a busy machine more than three.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]
FIRST, LAST = date(2022, 1, 1), date(2026, 12, 31)
KINDS = (
    OutcomeKind.INVESTMENT_MOU,
    OutcomeKind.BUSINESS_MOU,
    OutcomeKind.EXPORT_CONTRACT,
    OutcomeKind.FDI_NOTIFIED,
    OutcomeKind.PROMISE,
)
GROUP = ("kind", "series", "standing", "currency", "basis", "stage")
DEEDS = (
    "record post realise correct take_back step ask answer override submit decide edit attribute archive_or_restore"
).split()
REFUSED = (ValidationError, Stale, Conflict, Forbidden)
T = TypeVar("T")
pick = st.integers(0, 2**16)


def one_of(found: Sequence[T], number: int) -> T | None:
    return found[number % len(found)] if found else None


class City(RuleBasedStateMachine):
    """Four people of three units at work on a few outcomes, an hour between two deeds."""

    world: ClassVar[World]
    people: ClassVar[dict[str, Account]]
    units: ClassVar[list[OrgUnit]]
    done: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.savepoint()
        self.now: datetime = NOW
        self.readings: dict[datetime, Any] = {}
        self.kept: dict[Any, Any] = {}
        self.records: Counter[str] = Counter()

    def teardown(self) -> None:
        try:
            for moment, read in self.readings.items():
                assert reading(moment) == read, moment
            self._bridges()
        finally:
            transaction.savepoint_rollback(self.undo)

    def _bridges(self) -> None:
        """Between any two moments the entries recorded between them explain the difference, to the last unit."""
        moments = sorted(self.readings)
        for earlier, later in pairwise(moments):
            for bridge in restatement(FIRST, LAST, earlier, later).bridges:
                assert bridge.opening + sum(value for _cause, value in bridge.by_cause) == bridge.closing

    def by(self, who: str) -> Caller:
        return Caller(self.people[who], self.now, "page")

    def attempt(self, deed: Callable[[], object]) -> None:
        """Does it, or is refused; and what is refused has written nothing."""
        self.now += timedelta(hours=1)
        before = (LedgerEntry.objects.count(), Counter(Outcome.objects.values_list("pk", "version")))
        try:
            deed()
            City.done[inspect.stack()[1].function] += 1
        except REFUSED:
            assert before == (LedgerEntry.objects.count(), Counter(Outcome.objects.values_list("pk", "version")))

    def outcome(self, number: int) -> Outcome:
        return one_of(list(Outcome.objects.order_by("created_at", "id")), number)  # type: ignore[return-value]

    def entry(self, number: int) -> LedgerEntry | None:
        found = standing_entries().filter(outcome__isnull=False).exclude(measure=Measure.COUNT)
        return one_of(list(found.order_by("recorded_at", "id")), number)

    @initialize()
    def begin(self) -> None:
        """One outcome that two departments are asked about, and one that is submitted."""
        self.record(OutcomeKind.INVESTMENT_MOU, 5, cooperating=True, term=2)
        self.record(OutcomeKind.EXPORT_CONTRACT, 6, cooperating=False, term=0)
        self.submit(2)

    @rule(kind=st.sampled_from(KINDS), value=st.integers(1, 9), cooperating=st.booleans(), term=st.integers(0, 3))
    def record(self, kind: OutcomeKind, value: int, cooperating: bool, term: int) -> None:
        if Outcome.objects.count() > 5:
            return
        basis = Basis.ANNUAL if term else Basis.TOTAL
        figures = [] if kind == OutcomeKind.PROMISE else [figure(value=Decimal(value), basis=basis)]
        circle = outcomes.Circle(
            parties=[(self.world.company, PartyRole.INVESTOR)],
            cooperating_units=self.units[1:] if cooperating else [],
        )
        self.attempt(
            lambda: outcomes.record_outcome(
                self.by("officer"),
                outcomes.Testimony("보도자료", Grade.PRESS, figures=figures),
                circle,
                kind=kind,
                title=f"성과 {value}",
                lead_unit=self.units[0],
                signed_on=date(2023, value, 1),
                term_years=term or None,
            )
        )

    @rule(number=pick, value=st.integers(1, 99), series=st.sampled_from((Series.ANNOUNCED, Series.COMMITTED)))
    def post(self, number: int, value: int, series: Series) -> None:
        told = figure(value=Decimal(value), series=series, basis=Basis.TOTAL)
        self.attempt(lambda: ledger.post_figure(self.by("officer"), self.outcome(number), told))

    @rule(number=pick, value=st.integers(1, 99), grade=st.sampled_from((Grade.OFFICIAL_RECORD, Grade.PRESS)))
    def realise(self, number: int, value: int, grade: Grade) -> None:
        realised = realisation.Realised(
            measure=Measure.MONEY,
            value=Decimal(value),
            currency="USD",
            grade=grade,
            source="관세청",
            value_date=date(2023, 1, 31),
            document_number="수출신고-1",
            title="수출신고필증",
        )
        self.attempt(lambda: realisation.record_realisation(self.by("officer"), self.outcome(number), realised))

    @rule(number=pick, value=st.integers(1, 99))
    def correct(self, number: int, value: int) -> None:
        entry = self.entry(number)
        if entry is None:
            return
        told = figure(
            measure=Measure(entry.measure),
            value=Decimal(value),
            series=Series(entry.series),
            basis=Basis(entry.basis),
            currency=entry.currency,
            evidence=entry.evidence,
            evidence_grade=Grade(entry.evidence_grade),
        )
        self.attempt(lambda: ledger.correct_figure(self.by("officer"), entry, told, "오기"))

    @rule(number=pick)
    def take_back(self, number: int) -> None:
        entry = self.entry(number)
        if entry is not None:
            self.attempt(lambda: ledger.reverse_figure(self.by("officer"), entry, Cause.CORRECTION, "두 번 적음"))

    @rule(number=pick, stage=pick, reason=st.sampled_from(("", "경영 악화")))
    def step(self, number: int, stage: int, reason: str) -> None:
        outcome = self.outcome(number)
        wanted = one_of(STAGES[OutcomeKind(outcome.kind)], stage)
        assert wanted is not None
        self.attempt(
            lambda: stages.take_step(
                self.by("officer"), outcome, wanted.stage, taken_on=self.now.date() - timedelta(days=1), reason=reason
            )
        )

    @rule(number=pick, unit=st.integers(1, 2))
    def ask(self, number: int, unit: int) -> None:
        self.attempt(
            lambda: concurrence.request_concurrence(self.by("officer"), self.outcome(number), self.units[unit])
        )

    @rule(number=pick, answer=st.sampled_from(Answer), is_stale=st.sampled_from((False, False, True)))
    def answer(self, number: int, answer: Answer, is_stale: bool) -> None:
        asked = one_of(list(Concurrence.objects.filter(archived_at=None).order_by("created_at", "id")), number)
        if asked is None:
            return
        who = "lead_b" if asked.org_unit_id == self.units[1].pk else "lead_c"
        seen = "0" * 64 if is_stale else content_hash(asked.outcome)
        self.attempt(lambda: concurrence.concur(self.by(who), asked, answer, opinion="의견 있음", content_hash=seen))

    @rule(number=pick)
    def override(self, number: int) -> None:
        asked = one_of(list(Concurrence.objects.filter(archived_at=None).order_by("created_at", "id")), number)
        if asked is not None:
            self.attempt(lambda: concurrence.override_concurrence(self.by("head"), asked, "기한 경과"))

    @rule(number=pick)
    def submit(self, number: int) -> None:
        self.attempt(lambda: approval.submit(self.by("officer"), self.outcome(number)))

    @rule(number=pick, gives=st.booleans(), is_stale=st.sampled_from((False, False, True)))
    def decide(self, number: int, gives: bool, is_stale: bool) -> None:
        waiting = one_of(list(Approval.objects.order_by("created_at", "id")), number)
        if waiting is None:
            return
        seen = "0" * 64 if is_stale else content_hash(waiting.outcome)
        if gives:
            self.attempt(lambda: approval.approve(self.by("head"), waiting, content_hash=seen))
        else:
            self.attempt(lambda: approval.return_draft(self.by("head"), waiting, "금액 근거 보완"))

    @rule(number=pick, what=st.sampled_from(("title", "signed_on", "term", "kind", "standing", "note")), value=pick)
    def edit(self, number: int, what: str, value: int) -> None:
        changes: dict[str, dict[str, Any]] = {
            "title": {"title": f"고친 제목 {value % 3}"},
            "signed_on": {"signed_on": date(2023, 1 + value % 12, 1)},
            "term": {"term_years": value % 4 or None},
            "kind": {"kind": one_of(KINDS, value)},
            "standing": {"standing": one_of(tuple(Standing), value)},
            "note": {"note": f"메모 {value}"},
        }
        self.attempt(lambda: outcomes.update_outcome(self.by("officer"), self.outcome(number), **changes[what]))

    @rule(number=pick, share=st.integers(1, 100))
    def attribute(self, number: int, share: int) -> None:
        shares = [
            attribution.Share(AttributionRole.ORIGINATED, Decimal(share), org_unit=self.units[0]),
            attribution.Share(AttributionRole.PROGRESSED, Decimal(100 - share % 100), org_unit=self.units[1]),
        ]
        self.attempt(lambda: attribution.attribute_outcome(self.by("officer"), self.outcome(number), shares))

    @rule(number=pick)
    def archive_or_restore(self, number: int) -> None:
        outcome = self.outcome(number)
        act = outcomes.archive_outcome if outcome.archived_at is None else outcomes.restore_outcome
        self.attempt(lambda: act(self.by("head"), outcome, "두 번 기록됨"))

    @invariant()
    def balances_by_stage_are_the_outcomes_stages(self) -> None:
        counted = {
            (row["kind"], row["stage"], row["standing"]): int(row["total"])
            for row in sums(entries(FIRST, LAST, self.now), Measure.COUNT, "kind", "stage", "standing")
            if row["kind"]
        }
        live = Outcome.objects.filter(archived_at=None).values_list("kind", "stage", "standing")
        assert counted == dict(Counter(live))

    @invariant()
    def every_stage_is_one_of_its_kind(self) -> None:
        for outcome in Outcome.objects.all():
            assert rule_of(OutcomeKind(outcome.kind), outcome.stage) is not None

    @invariant()
    def every_entry_says_what_its_outcome_is(self) -> None:
        for entry in standing_entries().filter(outcome__isnull=False).select_related("outcome"):
            assert (entry.kind, entry.stage, entry.standing) == (
                entry.outcome.kind,  # type: ignore[union-attr]
                entry.outcome.stage,  # type: ignore[union-attr]
                entry.outcome.standing,  # type: ignore[union-attr]
            )

    @invariant()
    def what_is_open_is_not_confirmed(self) -> None:
        for outcome in Outcome.objects.filter(archived_at=None, standing=Standing.CONFIRMED):
            assert not is_blocked(outcome)

    @invariant()
    def an_approval_and_an_answer_hold_for_what_they_were_given_to(self) -> None:
        for given in Approval.objects.filter(status=ApprovalStatus.APPROVED, outcome__archived_at=None):
            assert given.content_hash == content_hash(given.outcome)
        for asked in Concurrence.objects.filter(archived_at=None, outcome__archived_at=None):
            assert asked.content_hash == content_hash(asked.outcome)

    @invariant()
    def a_term_makes_a_total_of_a_rate(self) -> None:
        live = standing_entries().filter(outcome__isnull=False, measure=Measure.MONEY).select_related("outcome")
        derived = {e.derived_from_id: e.value for e in live.filter(derived_from__isnull=False)}
        for entry in live.filter(basis=Basis.ANNUAL):
            years = entry.outcome.term_years  # type: ignore[union-attr]
            assert derived.pop(entry.pk, None) == (entry.value * years if years else None)
        assert derived == {}

    @invariant()
    def nothing_realised_stands_without_strong_evidence(self) -> None:
        for entry in standing_entries().filter(series=Series.REALISED).exclude(measure=Measure.COUNT):
            assert entry.evidence is not None and entry.evidence.grade == entry.evidence_grade

    @invariant()
    def shares_make_a_whole(self) -> None:
        for outcome in Outcome.objects.all():
            shares = [a.share for a in Attribution.objects.filter(outcome=outcome, archived_at=None)]
            assert sum(shares) in (0, 100)

    @invariant()
    def the_ledger_only_grew_and_nothing_is_lost(self) -> None:
        now = {row["id"]: row for row in LedgerEntry.objects.values()}
        assert {pk: now.get(pk) for pk in self.kept} == self.kept
        self.kept = now
        counted = Counter({m.feed_type: m._base_manager.count() for m in Record.__subclasses__()})
        assert not self.records - counted
        self.records = counted

    @invariant()
    def the_past_is_read(self) -> None:
        if len(self.readings) < 12:
            self.readings[self.now] = reading(self.now)


def reading(moment: datetime) -> Any:
    found = entries(FIRST, LAST, moment)
    return [sums(found, measure, *GROUP) for measure in Measure]


@pytest.fixture
def city() -> Iterator[type[City]]:
    settle(make_world())
    yield City


def settle(world: World) -> None:
    """Four people of three units move in."""
    units = [world.unit, *(_unit(world, name) for name in ("기후환경국", "경제창업실"))]
    roles = {
        "officer": (Role.OFFICER, units[0]),
        "head": (Role.BUREAU_HEAD, units[0]),
        "lead_b": (Role.TEAM_LEAD, units[1]),
        "lead_c": (Role.TEAM_LEAD, units[2]),
    }
    City.world, City.units, City.done = replace(world), units, Counter()
    City.people = {
        name: accounts.open_account(world.caller, None, username=name, name=name, role=role, org_unit=unit)
        for name, (role, unit) in roles.items()
    }


def _unit(world: World, name: str) -> OrgUnit:
    from crm.actions.org_units import record_org_unit

    return record_org_unit(world.caller, name=name)


def test_no_sequence_of_legal_actions_breaks_a_law(city: type[City]) -> None:
    # Not made smaller when it fails: that takes minutes, and the same sequences come every time.
    how = settings(
        max_examples=25, stateful_step_count=14, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
    )
    run_state_machine_as_test(city, settings=how)
    # A machine whose every deed is refused would find nothing.
    assert [name for name in DEEDS if not City.done[name]] == []
