"""What falls to a unit and to a programme, against numbers worked out by hand; of the past, as it was known then."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm.actions import ledger, org_units, outcomes, targets
from crm.models import OrgUnit, Outcome, Programme
from crm.permissions import Sight
from crm.values.evidence import Grade
from crm.values.measures import AttributionRole, Measure, OutcomeKind, Series, Standing
from crm.values.periods import Quarter
from reports.building.holdings import build_holding
from reports.figures.fulfilment import fulfilment
from reports.figures.holdings import Holding, programme_holding, unit_holding
from tests.builders import figure, make_document, make_follow_up, make_outcome, make_unit, system
from tests.builders_figures import AIM, WON, divide, later, now, tables_of
from tests.reports.traced import traced_sum

pytestmark = pytest.mark.django_db
PERIOD = Quarter(2023, 1)


@pytest.fixture
def shared(bureau: OrgUnit, division: OrgUnit, programme: Programme) -> Outcome:
    """The division leads one MOU of 600, invested with 250 realised; of another of 400 a quarter falls to it and a
    tenth to its bureau. An export contract of the bureau is provisional. What others lead falls to others."""
    other = make_unit("기후국")
    told: dict[str, Any] = {"standing": Standing.CONFIRMED, "signed_on": date(2023, 2, 1)}
    jobs = figure(10, measure=Measure.JOBS, currency="")
    own = make_outcome("가", figures=[figure(600, **WON), jobs], lead_unit=division, stage="invested", **told)
    paper = make_document(own, grade=Grade.SIGNED_DOCUMENT)
    realised = {"series": Series.REALISED, "evidence_grade": Grade.SIGNED_DOCUMENT, "evidence": paper}
    ledger.post_figure(system(), own, figure(250, **WON, **realised))
    found = make_outcome("나", figures=[figure(400, **WON)], lead_unit=other, **told)
    divide(
        found,
        (division, AttributionRole.ORIGINATED, 25),
        (bureau, AttributionRole.PROGRESSED, 10),
        (other, AttributionRole.PROGRESSED, 65),
    )
    make_outcome("다", figures=[figure(50, **WON)], lead_unit=other, **told)
    provisional = {**told, "standing": Standing.PROVISIONAL, "kind": OutcomeKind.EXPORT_CONTRACT}
    make_outcome("라", lead_unit=bureau, **provisional)
    outcomes.update_outcome(system(), found, outcomes.Circle(programmes=[programme]))
    found.refresh_from_db()
    make_follow_up("착공 확인", outcome=found, org_unit=division)
    make_follow_up("남의 일", outcome=found, org_unit=other)
    targets.set_target(system(), measure=Measure.MONEY, value=Decimal(1000), org_unit=bureau, **WON, **AIM)
    targets.set_target(system(), measure=Measure.COUNT, value=Decimal(4), programme=programme, **AIM)
    targets.set_target(system(), measure=Measure.COUNT, value=Decimal(9), **AIM)
    return found


def told(found: Holding) -> dict[tuple[str, str, str, str], Decimal]:
    return {(f.measure, f.kind, f.series, f.standing): f.value for f in found.quarter.figures}


def test_what_falls_to_a_unit_with_those_below_it(shared: Outcome, bureau: OrgUnit) -> None:
    found = unit_holding(bureau.pk, PERIOD, now())
    assert (found.name, found.below) == ("경제국", ("투자과",))
    assert told(found) == {
        ("count", "investment_mou", "announced", "confirmed"): Decimal("1.35"),
        ("count", "export_contract", "committed", "provisional"): 1,
        ("money", "investment_mou", "announced", "confirmed"): 740,
        ("money", "investment_mou", "realised", "confirmed"): 250,
        ("jobs", "investment_mou", "announced", "confirmed"): 10,
    }
    assert [(one.achieved.target, one.achieved.actual) for one in found.targets] == [(1000, 740)]
    assert [line.title for line in found.follow_ups] == ["착공 확인"]
    assert {head.title: found.shares[head.id] for head in found.outcomes.heads} == {"가": 100, "나": 35, "라": 100}


def test_what_falls_to_a_division_is_less(shared: Outcome, division: OrgUnit) -> None:
    found = told(unit_holding(division.pk, PERIOD, now()))
    assert found["count", "investment_mou", "announced", "confirmed"] == Decimal("1.25")
    assert ("count", "export_contract", "committed", "provisional") not in found


def test_the_fulfilment_of_its_mous_by_shares(shared: Outcome, bureau: OrgUnit) -> None:
    count, money, jobs = unit_holding(bureau.pk, PERIOD, now()).rates
    assert (count.numerator, count.denominator) == (1, Decimal("1.35"))
    assert (money.numerator, money.denominator) == (250, 740)
    assert (jobs.numerator, jobs.denominator, jobs.percent) == (None, 10, None)


def test_where_everything_falls_to_one_unit_its_rates_are_the_city_s(bureau: OrgUnit) -> None:
    for number, stage in enumerate(("invested", "planned", "invested")):
        told = {"standing": Standing.CONFIRMED, "lead_unit": bureau, "stage": stage}
        make_outcome(str(number), figures=[figure(100 * number + 7, **WON)], **told)
    make_outcome("달러", figures=[figure(5, basis="annual")], standing=Standing.CONFIRMED, lead_unit=bureau)
    found, whole = unit_holding(bureau.pk, PERIOD, now()), fulfilment(PERIOD.last_day, now())
    assert (found.rates, found.left_out) == (whole.rates, whole.left_out)


def test_what_falls_to_a_programme(shared: Outcome, programme: Programme) -> None:
    found = programme_holding(programme.pk, PERIOD, now())
    assert told(found) == {
        ("count", "investment_mou", "announced", "confirmed"): 1,
        ("money", "investment_mou", "announced", "confirmed"): 400,
    }
    assert [(one.achieved.target, one.achieved.actual) for one in found.targets] == [(4, 1)]
    assert {line.title for line in found.follow_ups} == {"착공 확인", "남의 일"}
    assert found.requests is None


def test_of_the_past_it_says_what_was_known_then(
    shared: Outcome, bureau: OrgUnit, division: OrgUnit, programme: Programme
) -> None:
    then = now()
    unit, served = unit_holding(bureau.pk, PERIOD, then), programme_holding(programme.pk, PERIOD, then)
    org_units.update_org_unit(later(2), division, parent_unit=None)
    org_units.update_org_unit(later(2), bureau, name="경제산업국")
    outcomes.update_outcome(later(3), shared, outcomes.Circle(programmes=[]), title="바뀜")
    assert unit_holding(bureau.pk, PERIOD, then) == unit
    assert programme_holding(programme.pk, PERIOD, then) == served
    after = unit_holding(bureau.pk, PERIOD, now() + timedelta(days=5))
    assert (after.name, after.below) == ("경제산업국", ())
    assert told(after)["count", "investment_mou", "announced", "confirmed"] == Decimal("0.1")
    assert not programme_holding(programme.pk, PERIOD, now() + timedelta(days=5)).quarter.figures


@pytest.mark.parametrize("which", ["unit", "programme"])
def test_every_number_leads_to_the_entries_that_add_up_to_it(
    shared: Outcome, bureau: OrgUnit, programme: Programme, which: str
) -> None:
    found = (
        unit_holding(bureau.pk, PERIOD, now()) if which == "unit" else programme_holding(programme.pk, PERIOD, now())
    )
    checked = 0
    for key, table in tables_of(build_holding(found, "ko")).items():
        of_figures = key.endswith(("_counts", "_money", "_jobs")) or key in ("held_rates", "targets_reached")
        for row in table.rows if of_figures else ():
            for value, link, column in zip(row.values, row.links, table.columns, strict=True):
                if isinstance(value, Decimal) and column.key not in ("percent", "target", "change"):
                    assert link is not None and traced_sum(link, in_won=row.values[0] == "금액") == value, (key, row)
                    checked += 1
    assert checked == (16 if which == "unit" else 8)


def test_shares_are_printed_where_they_are_not_whole(shared: Outcome, bureau: OrgUnit, programme: Programme) -> None:
    unit = tables_of(build_holding(unit_holding(bureau.pk, PERIOD, now()), "ko"))["held_outcomes"]
    assert [row.values[2] for row in unit.rows if row.values[0] == "나"] == [35]
    served = tables_of(build_holding(programme_holding(programme.pk, PERIOD, now()), "ko"))["held_outcomes"]
    assert "share" not in [column.key for column in served.columns]


def test_what_is_kept_from_the_reader_is_masked(shared: Outcome, bureau: OrgUnit) -> None:
    kept = frozenset([shared.pk])
    report = build_holding(unit_holding(bureau.pk, PERIOD, now()), "ko", Sight(kept, kept))
    words = [value for table in tables_of(report).values() for row in table.rows for value in row.values]
    assert "나" not in words and "착공 확인" not in words and "가" in words


def test_where_nothing_falls_to_it_it_says_so(bureau: OrgUnit) -> None:
    report = build_holding(unit_holding(bureau.pk, PERIOD, now()), "ko")
    empty = [table for table in tables_of(report).values() if not table.rows]
    assert len(empty) == 11 and all(table.empty for table in empty)
    assert "이 분기에 귀속된 확정 성과가 없습니다." in [line.text for line in report.summary]
