"""By which way SQLite finds the entries of a report. It goes by the shape of a query alone, so that an empty ledger
shows the way; on PostgreSQL the way is the server's own choice, by what it has counted."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.models import OrgUnit
from crm.values.periods import Quarter
from reports.figures.holdings import unit_holding
from reports.figures.triangle import triangle
from reports.figures.year_on_year import year_on_year
from tests.builders import figure, make_outcome
from tests.builders_figures import now

pytestmark = pytest.mark.django_db
PERIOD = Quarter(2023, 1)


def plans(read: Callable[[], object]) -> list[str]:
    """The ways of the queries that read the ledger, one line each; on PostgreSQL none, where only that it is read is
    held."""
    with CaptureQueriesContext(connection) as asked:
        read()
    of_the_ledger = [query["sql"] for query in asked.captured_queries if "crm_ledgerentry" in query["sql"]]
    assert of_the_ledger
    if connection.vendor != "sqlite":
        return []
    found = []
    with connection.cursor() as cursor:
        for query in of_the_ledger:
            cursor.execute(f"EXPLAIN QUERY PLAN {query}")
            found.append("; ".join(row[3] for row in cursor.fetchall()))
    return found


@pytest.mark.parametrize(
    "read", [lambda: triangle(now()), lambda: year_on_year(PERIOD, now(), [])], ids=["cohorts", "year on year"]
)
def test_classes_are_added_up_in_the_order_of_their_index(read: Callable[[], object]) -> None:
    """Sorting a hundred thousand entries takes twice as long as reading them in order."""
    for plan in plans(read):
        assert "USING INDEX ledger_by_class" in plan
        assert "TEMP B-TREE" not in plan


def test_the_entries_of_a_unit_are_found_by_its_outcomes(division: OrgUnit) -> None:
    make_outcome("가", figures=[figure(600)], lead_unit=division, signed_on=date(2023, 2, 1))
    for plan in plans(lambda: unit_holding(division.pk, PERIOD, now())):
        assert "ledger_by_class" not in plan
