"""Whatever happened before, as of whatever two moments: page, workbook, PDF and API say the same numbers, and what
lies between the two moments explains the difference."""

import html
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from crm.actions import ledger
from crm.actions.accounts import open_account, system_caller
from crm.actions.fx import Rate, import_rates
from crm.values.measures import Basis, Measure, Role, Series
from crm.values.periods import SEOUL
from reports.figures.restatement import restatement
from tests.api.conftest import ApiClient, client_of  # noqa: F401  a fixture
from tests.laws.scenarios import NOW, World, figure, make_world
from tests.laws.test_no_sequence_breaks_a_law import FIRST, LAST, City, pick, settle

pytestmark = pytest.mark.django_db
Numbers = list[list[Decimal | None]]
UNKNOWN = "–"
# What the API calls the columns of each table, in the order of the columns.
TABLES = {
    "counts": ("confirmed", "provisional", "unconfirmed"),
    "stages": ("confirmed", "provisional", "unconfirmed"),
    "money": ("total", "annual", "unstated", "krw_total", "krw_annual"),
    "jobs": ("announced", "committed", "realised"),
}
SPANS = {"quarter": "quarter", "year": "year_to_date"}


class PrintedCity(City):
    """The same people at work, and at the end somebody prints what they did, as of two of their moments."""

    leader: ClassVar[Client]
    api: ClassVar[ApiClient]
    printed: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = [0, -1]

    @initialize()
    def begin(self) -> None:
        super().begin()
        self.pledge_jobs(0, 20, Series.ANNOUNCED)

    @rule(rate=st.integers(900, 1400), day=st.integers(1, 28))
    def learn_a_rate(self, rate: int, day: int) -> None:
        """Late: what had no value in won gets one."""
        told = Rate("USD", date(2023, 1, day), Decimal(rate), 1, "서울외국환중개")
        self.attempt(lambda: import_rates(system_caller(self.now), [told]))

    @rule(number=pick, heads=st.integers(1, 300), series=st.sampled_from((Series.ANNOUNCED, Series.COMMITTED)))
    def pledge_jobs(self, number: int, heads: int, series: Series) -> None:
        told = figure(measure=Measure.JOBS, value=Decimal(heads), currency="", series=series, basis=Basis.TOTAL)
        self.attempt(lambda: ledger.post_figure(self.by("officer"), self.outcome(number), told))

    @rule(first=pick, second=pick)
    def ask_as_of_two_moments(self, first: int, second: int) -> None:
        self.asked = [first, second]

    def teardown(self) -> None:
        moments = sorted(self.readings)
        try:
            chosen = sorted({moments[number % len(moments)] for number in self.asked})
            for moment in chosen:
                every_format_says_the_same(moment)
            for earlier, later in pairwise(chosen):
                the_difference_is_explained(earlier, later)
        finally:
            super().teardown()


def every_format_says_the_same(moment: datetime) -> None:
    asked = {"period": f"{moment.year}Q1", "as_of": moment.astimezone(SEOUL).isoformat()}
    answer = PrintedCity.api.get("figures/quarterly", asked)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    page = PrintedCity.leader.get("/reports/quarterly/", asked).content.decode()
    files = {format: _file(format, asked) for format in ("xlsx", "pdf")}
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    text = _pdf_text(files["pdf"])
    for span, name in SPANS.items():
        for table, columns in TABLES.items():
            numbers = [[_number(row[column]) for column in columns] for row in told[name][table]]
            key = f"{span}_{table}"
            assert _page_numbers(page, key, len(columns)) == numbers, (key, moment)
            assert _sheet_numbers(book, key, len(columns)) == numbers, (key, moment)
            for row in numbers:
                assert _printed(row) in text, (key, moment, row)
            PrintedCity.printed[table] += len(numbers)


def the_difference_is_explained(earlier: datetime, later: datetime) -> None:
    """By the figures that the API gives as of the two moments, and by the table that is printed."""
    asked = {"period": f"{NOW.year}Q1", "from": earlier.isoformat(), "to": later.isoformat()}
    answer = PrintedCity.api.get("figures/restatement", asked)
    assert answer.status_code == 200, answer.content
    for bridge in answer.json()["bridges"]:
        moved = sum(Decimal(value) for _cause, value in bridge["by_cause"])
        assert Decimal(bridge["opening"]) + moved == Decimal(bridge["closing"])
        PrintedCity.printed["bridges"] += 1
    for whole in restatement(FIRST, LAST, earlier, later).bridges:
        assert whole.opening + sum(value for _cause, value in whole.by_cause) == whole.closing


def _file(format: str, asked: dict[str, str]) -> bytes:
    answer = PrintedCity.leader.get("/reports/quarterly/download/", {**asked, "format": format, "lang": "ko"})
    assert answer.status_code == 200
    return bytes(answer.content)


def _number(value: str | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _read(text: str) -> Decimal | None:
    return None if text == UNKNOWN else Decimal(text.replace(",", ""))


def _page_numbers(page: str, key: str, count: int) -> Numbers:
    figure = re.search(rf'<figure class="table-figure" id="{key}">(.*?)</figure>', page, re.DOTALL)
    assert figure is not None, key
    rows = re.findall(r"<tr[^>]*>((?:<td.*?</td>)+)</tr>", figure[1], re.DOTALL)
    cells = [[html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td.*?</td>", row)] for row in rows]
    return [[_read(cell.strip()) for cell in row[-count:]] for row in cells]


def _sheet_numbers(book: Any, key: str, count: int) -> Numbers:
    sheet, area = book.defined_names[key].attr_text.split("!")
    _header, *rows = book[sheet.strip("'")][area]
    return [[_read(str(cell.value)) for cell in row[-count:]] for row in rows]


def _pdf_text(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return " ".join(re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in pages)


def _printed(row: list[Decimal | None]) -> str:
    return " ".join(UNKNOWN if value is None else f"{value:,f}" for value in row)


@pytest.fixture
def city(world: World, client_of: Any) -> Iterator[type[PrintedCity]]:  # noqa: F811  the fixture by its name
    settle(world)
    reader = open_account(system_caller(NOW), None, username="leader", name="간부", role=Role.LEADERSHIP)
    PrintedCity.leader = Client(headers={"accept-language": "ko"})
    PrintedCity.leader.force_login(reader, "django.contrib.auth.backends.ModelBackend")
    PrintedCity.api = client_of(Role.LEADERSHIP)
    PrintedCity.printed = Counter()
    yield PrintedCity


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_page_workbook_pdf_and_api_say_the_same_whatever_happened(city: type[PrintedCity]) -> None:
    how = settings(
        max_examples=8, stateful_step_count=12, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
    )
    run_state_machine_as_test(city, settings=how)
    # Histories in which nothing was printed, or nothing differed, would show nothing.
    assert [name for name in (*TABLES, "bridges") if not city.printed[name]] == []
