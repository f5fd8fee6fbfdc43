"""The published figures of the council's audit, reproduced from records to the decimal."""

from decimal import Decimal

import pytest

from crm.values.money import format_percent
from crm.values.periods import Quarter
from reports.building.quarterly import build_quarterly
from reports.figures.fulfilment import fulfilment
from reports.figures.quarterly import quarterly
from tests.golden import audit

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    audit.load()


def test_the_audit_is_reproduced_to_the_decimal(loaded: None) -> None:
    found = fulfilment(audit.AUDIT["cut_off"], audit.KNOWN)
    rates = {rate.basis: rate for rate in found.rates}
    assert dict(found.by_status) == {**audit.AUDIT["by_status"], "withdrawn": 0}
    count, money, jobs = rates["count"], rates["money"], rates["jobs"]
    assert (count.numerator, count.denominator) == (101, audit.AUDIT["signed"])
    assert (money.numerator, money.denominator) == (Decimal("530300000000"), Decimal("1697000000000"))
    assert (jobs.numerator, jobs.denominator) == (1617, 7676)
    published = audit.AUDIT["fulfilment_rate_pct"]
    assert format_percent(count.percent) == str(published["count"]) == "42.4"
    assert format_percent(money.percent) == str(published["amount"]) == "31.2"
    assert format_percent(jobs.percent) == str(published["jobs"]) == "21.1"
    assert found.left_out == 0
    # A rate without the age of its cohort misleads: the youngest of these is two months old.
    assert (found.oldest_months, found.youngest_months) == (56, 2)


def test_the_report_prints_the_rates_with_what_they_rest_on(loaded: None) -> None:
    period = Quarter.of(audit.AUDIT["cut_off"])
    report = build_quarterly(quarterly(period, audit.KNOWN), "ko")
    section = next(s for s in report.sections if s.key == "fulfilment")
    table = next(t for t in section.tables if t.key == "fulfilment_rates")
    unrounded = [row.values[4] for row in table.rows]
    assert unrounded == ["42.4370", "31.2493", "21.0657"]
    assert "2020. 9. 30." in " ".join(table.footnotes)
    assert report.is_demo


def test_the_shares_add_up_to_what_was_published() -> None:
    rows = list(audit.mous())
    assert len(rows) == 238
    assert sum(row.pledged for row in rows) == Decimal("1697.0") * 10**9
    assert sum(row.jobs for row in rows) == 7676
    assert sum(row.realised for row in rows) == Decimal("530.3") * 10**9
    assert sum(row.jobs_realised for row in rows) == 1617
