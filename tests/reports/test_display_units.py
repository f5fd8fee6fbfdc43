"""Amounts in larger units: named in the caption, rounded where they are printed, and made of what is not rounded."""

import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client

from crm.actions import ledger
from crm.actions.accounts import open_account, system_caller
from crm.actions.fx import Rate, import_rates
from crm.queries.standing_entries import standing_entries
from crm.values.measures import Measure, Role
from crm.values.periods import Quarter
from reports.building.units import ShownIn
from reports.catalogue import REPORTS, Question
from reports.documents import render
from reports.report import Table
from tests.laws.scenarios import NOW, World, figure, make_world

pytestmark = pytest.mark.django_db
AS_OF = NOW + timedelta(days=60)
ASKED = {"period": "2023Q1", "as_of": "2023-04-30", "shown_in": "ten_thousand"}


@pytest.fixture
def world() -> World:
    world = make_world()
    import_rates(world.caller, [Rate("USD", world.outcome.signed_on, Decimal("1268.4"), 1, "서울외국환중개")])
    later = replace(world.caller, now=NOW + timedelta(days=1))
    # The rate has valued the entry anew: it is the one that stands that is corrected.
    money = standing_entries().get(outcome=world.outcome, measure=Measure.MONEY)
    ledger.correct_figure(later, money, figure(value=Decimal(57_123_456)), "오기")
    return world


@pytest.fixture
def leader(world: World) -> Client:
    client = Client()
    reader = open_account(system_caller(NOW), None, username="leader", name="간부", role=Role.LEADERSHIP)
    client.force_login(reader, "django.contrib.auth.backends.ModelBackend")
    return client


def money(unit: ShownIn) -> Table:
    report = REPORTS["quarterly"].report(Question(AS_OF, "ko", Quarter(2023, 1), shown_in=unit))
    return next(table for s in report.sections for table in s.tables if table.key == "quarter_money")


@pytest.mark.parametrize(
    ("unit", "foreign", "won"),
    [
        (ShownIn.ONE, Decimal(57_123_456), 1),
        (ShownIn.THOUSAND, Decimal("57123.456"), 10**6),
        (ShownIn.TEN_THOUSAND, Decimal("5712.3456"), 10**8),
        (ShownIn.MILLION, Decimal("57.123456"), 10**8),
    ],
)
def test_the_value_is_exact_in_every_unit(world: World, unit: ShownIn, foreign: Decimal, won: int) -> None:
    keys = [column.key for column in money(unit).columns]
    row = next(row.values for row in money(unit).rows if row.values[keys.index("total")] == foreign)
    in_won = row[keys.index("krw_total")]
    assert isinstance(in_won, Decimal)
    assert in_won * won == Decimal(57_123_456) * Decimal("1268.4")


def test_the_caption_names_the_unit_and_the_page_rounds_half_up(leader: Client) -> None:
    text = leader.get("/reports/quarterly/", ASKED).content.decode()
    assert "단위: 외화 10,000(만달러 등), 억원" in text
    assert ">5,712.3<" in text and ">724.6<" in text
    assert "57,123,456" not in text.split('id="quarter_money"')[1].split("</figure>")[0]


def test_the_workbook_holds_what_it_does_not_show(world: World) -> None:
    question = Question(AS_OF, "ko", Quarter(2023, 1), shown_in=ShownIn.TEN_THOUSAND)
    book = openpyxl.load_workbook(io.BytesIO(render(REPORTS["quarterly"].report(question), "xlsx")))
    sheet, area = book.defined_names["quarter_money"].attr_text.split("!")
    cells = [cell for row in book[sheet.strip("'")][area] for cell in row if cell.value == 5712.3456]
    assert [cell.number_format.split(";")[0] for cell in cells] == ["#,##0.0"]


def test_what_lists_single_records_stays_exact(world: World) -> None:
    question = Question(AS_OF, "ko", Quarter(2023, 1), shown_in=ShownIn.MILLION)
    report = REPORTS["quarterly"].report(question)
    assert any(Decimal(57_123_456) in row.values for row in report.entries.rows)


def test_the_unit_goes_with_the_files_and_the_edition(leader: Client) -> None:
    text = leader.get("/reports/quarterly/", ASKED).content.decode()
    assert text.count("shown_in=ten_thousand") >= 5
    assert 'name="shown_in" value="ten_thousand"' in text
    kind, question = REPORTS["quarterly"], Question(AS_OF, "ko", Quarter(2023, 1), shown_in=ShownIn.MILLION)
    assert kind.asked_again(kind.about(question), AS_OF, "ko") == question


def test_a_unit_that_is_not_offered_is_refused(leader: Client) -> None:
    for page in ("quarterly", "cohorts"):
        assert leader.get(f"/reports/{page}/", {**ASKED, "shown_in": "dozens"}).status_code == 422
