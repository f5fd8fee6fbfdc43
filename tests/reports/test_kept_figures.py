"""Figures that were read are kept until something is recorded, and never a moment longer."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.actions import attribution, chains, follow_ups, ledger, outcomes, targets
from crm.actions.accounts import open_account, system_caller, update_account
from crm.models import FeedEntry
from crm.permissions import EVERYTHING, Sight
from crm.sequencer import number_committed
from crm.values.evidence import Grade
from crm.values.measures import AttributionRole, Basis, Disclosure, OutcomeKind, Role
from crm.values.periods import Quarter
from reports import kept
from reports.building.dashboard import PANELS
from reports.building.parts import PARTS
from reports.catalogue import REPORTS, Question, ReportKind
from reports.documents import render
from reports.kept import Moment, present
from reports.publishing import publish
from reports.report import Report
from tests.builders import make_event, make_unit
from tests.laws.scenarios import NOW, World, figure, make_world

pytestmark = pytest.mark.django_db(transaction=True)
QUARTERLY = "/reports/quarterly/?period=2023Q1"
DASHBOARD = "/reports/dashboard/?year=2023&whole"


@pytest.fixture(autouse=True)
def nothing_is_kept() -> Iterator[None]:
    kept.forget()
    yield
    kept.forget()


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def leader(world: World) -> Client:
    client = Client(headers={"accept-language": "ko"})
    reader = open_account(world.caller, None, username="leader", name="간부", role=Role.LEADERSHIP)
    client.force_login(reader, "django.contrib.auth.backends.ModelBackend")
    client.get("/")  # what a first request asks once
    return client


@pytest.fixture
def reader(world: World) -> Client:
    """Who is not shown everything: it is asked what."""
    client, unit = Client(headers={"accept-language": "ko"}), make_unit("다른 부서")
    account = open_account(world.caller, None, username="other", name="담당", role=Role.TEAM_LEAD, org_unit=unit)
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def read(client: Client, address: str) -> tuple[str, int]:
    """What the page says, and how many queries it asked."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    # A form's own mark is another one each time, as are the ids of what it may begin.
    return re.sub(r'(csrf\w+|name="id"|hx-headers|nonce)[^>]+>', "", answer.content.decode()), len(asked)


def record(world: World, title: str = "새 협약") -> Any:
    return outcomes.record_outcome(
        system_caller(timezone.now()),
        outcomes.Testimony("보도자료", Grade.PRESS, figures=[figure()]),
        kind=OutcomeKind.INVESTMENT_MOU,
        title=title,
        event=world.event,
        lead_unit=world.unit,
        signed_on=date(2023, 1, 9),
    )


def signed(moment: Moment) -> int:
    """How many investment MOUs the quarter has, as the pages read it."""
    question = Question(moment.now, "ko", Quarter(2023, 1))
    return len(kept_quarter(moment, question).outcomes.rows)


def kept_quarter(moment: Moment, question: Question, sight: Sight = EVERYTHING) -> Report:
    return REPORTS["quarterly"].kept_report(question, sight, moment)


ADDRESSES = [
    QUARTERLY,
    *(f"/reports/quarterly/{part}/?period=2023Q1" for part in PARTS),
    "/reports/dashboard/?year=2023",
    *(f"/reports/dashboard/{panel}/?year=2023" for panel in ("kinds", "bureaus", "targets", "events", "programmes")),
    "/reports/cohorts/?whole",
    "/reports/collaboration/?period=2023Q1&whole",
    "/reports/annual-contracts/?year=2023&whole",
    "/reports/cohorts/download/?format=csv",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_was_read_is_not_read_again(leader: Client, address: str) -> None:
    (first, asked), (again, asked_again) = read(leader, address), read(leader, address)
    assert again == first, "the same figures, as of the same time"
    assert asked_again < asked


@pytest.mark.parametrize(
    "address", [QUARTERLY, DASHBOARD, "/reports/cohorts/?whole", "/reports/quarterly/outcomes/?period=2023Q1"]
)
def test_what_was_recorded_in_between_is_told(world: World, leader: Client, address: str) -> None:
    before, asked = read(leader, address)
    record(world)
    after, asked_again = read(leader, address)
    assert asked_again >= asked
    assert after != before
    assert after == read(leader, address)[0]


def test_the_new_outcome_stands_in_the_new_figures(world: World, leader: Client) -> None:
    address = "/reports/quarterly/download/?period=2023Q1&format=csv"
    assert "새 협약" not in read(leader, address)[0]
    record(world)
    assert "새 협약" in read(leader, address)[0]


def test_the_present_is_the_time_that_was_read_first_until_something_is_recorded(world: World) -> None:
    clock = [NOW + timedelta(hours=hour) for hour in range(1, 5)]
    one, two = (present(lambda at=at: at) for at in clock[:2])
    assert (one.now, two.now) == (clock[0], clock[0])
    record(world)
    assert present(lambda: clock[3]).now == clock[3]


def test_another_day_is_another_present(world: World) -> None:
    evening, morning = datetime(2023, 3, 1, 14, 59, tzinfo=UTC), datetime(2023, 3, 1, 15, 0, tzinfo=UTC)
    read_at: list[datetime] = []
    for now in (evening, evening + timedelta(seconds=59), morning):
        moment = present(lambda now=now: now)
        moment.once(("a question", moment.now), lambda now=now: read_at.append(now))
    assert read_at == [evening, morning]


def test_a_clock_that_was_put_back_tells_nothing_of_the_future(world: World) -> None:
    later = present(lambda: NOW + timedelta(hours=2)).now
    assert present(lambda: later - timedelta(hours=1)).now == later - timedelta(hours=1)


def test_a_past_time_is_read_once_too_and_stays_what_it_was(world: World, leader: Client) -> None:
    address = "/reports/quarterly/download/?period=2023Q1&format=csv&as_of=2023-03-02"
    before, asked = read(leader, address)
    again, asked_again = read(leader, address)
    assert (again, asked_again < asked) == (before, True)
    record(world)
    assert read(leader, address)[0] == before


def test_the_same_figures_serve_both_languages_and_every_reader_sees_what_is_for_him(world: World) -> None:
    moment = present(timezone.now)
    question = Question(moment.now, "ko", Quarter(2023, 1))
    title = world.outcome.title
    with CaptureQueriesContext(connection) as asked:
        assert title in render(kept_quarter(moment, question), "csv").decode()
    kept_from = Sight(masked=frozenset({world.outcome.pk}), hidden=frozenset({world.outcome.pk}))
    with CaptureQueriesContext(connection) as asked_again:
        masked = render(kept_quarter(moment, question, kept_from), "csv").decode()
    assert title not in masked
    assert len(asked_again) < len(asked) / 2
    assert title in render(kept_quarter(moment, replace(question, language="en")), "csv").decode()


def test_within_a_transaction_nothing_is_kept(world: World) -> None:
    with transaction.atomic():
        one = present(timezone.now)
        found = signed(one)
        record(world)
        assert signed(present(timezone.now)) == found + 1
        transaction.set_rollback(True)
    assert (one.position, signed(present(timezone.now))) == (None, found)


def test_what_is_committed_out_of_order_is_not_missed(world: World) -> None:
    """One begins to record and is slow; on PostgreSQL another begins later and is through before."""
    has_written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                record(world, "느린 협약")
                has_written.set()
                assert may_commit.wait(30)
        finally:
            connection.close()

    before = signed(present(timezone.now))
    with ThreadPoolExecutor(1) as pool:
        begun = pool.submit(slow)
        assert has_written.wait(30)
        try:
            is_first = connection.vendor == "postgresql"
            if is_first:
                record(world, "빠른 협약")
            newest = FeedEntry.objects.latest("id").pk
            meanwhile = [signed(present(timezone.now)) for _again in range(2)]
        finally:
            may_commit.set()
        begun.result()
    assert meanwhile == [before + is_first] * 2
    assert (FeedEntry.objects.latest("id").pk == newest) == is_first, "the one with the lower ids came last"
    assert signed(present(timezone.now)) == before + is_first + 1


def test_what_was_written_while_it_was_read_is_not_kept(world: World) -> None:
    moment = present(timezone.now)
    moment.once("a question", lambda: record(world))
    read_again: list[bool] = []
    moment.once("a question", lambda: read_again.append(True))
    assert read_again


def test_where_the_record_stands_is_asked_once_a_page(world: World, leader: Client) -> None:
    kept.forget()
    with CaptureQueriesContext(connection) as asked:
        assert leader.get("/reports/quarterly/notes/?period=2023Q1").status_code == 200
    assert sum("crm_feedstate" in query["sql"] for query in asked) == 1, "whatever it read"


@pytest.mark.parametrize(
    "address",
    [
        *(f"/reports/quarterly/{part}/?period=2023Q1" for part in PARTS),
        *(f"/reports/dashboard/{panel}/?year=2023" for panel in PANELS),
        "/reports/restatement/?period=2023Q1&from=2023-03-02",
    ],
)
def test_the_first_reader_after_something_was_recorded_waits_for_few_queries(
    world: World, reader: Client, address: str
) -> None:
    read(reader, address)  # what a first request asks once
    record(world)
    assert read(reader, address)[1] <= 12


@pytest.mark.parametrize("kind", REPORTS.values(), ids=list(REPORTS))
def test_so_few_are_asked_for_each_report_whole_with_the_form_that_asks_for_it(
    world: World, reader: Client, kind: ReportKind
) -> None:
    make_more(world)
    said = {"period": "2023Q1", "year": "2023", "unit": world.unit.pk, "programme": world.programme.pk}
    said["event"] = world.event.pk
    whole = "" if kind.key == "quarterly" else "&whole"  # that one comes in parts
    address = f"/reports/{kind.key}/?{urlencode({ask: said[ask] for ask in kind.asks})}{whole}"
    read(reader, address)
    record(world)
    at = quote(datetime.now(tz=UTC).isoformat())
    for asked in (address, f"{address}&as_of={at}"):
        kept.forget()
        assert read(reader, asked)[1] <= 12, asked


def make_more(world: World) -> None:
    """What else the reports tell of: targets, an edition of the year before, what came of an outcome, a share of one,
    contracts with a yearly amount, a follow-up."""
    caller, unit = system_caller(timezone.now()), world.unit
    money: dict[str, Any] = {"measure": "money", "series": "announced", "currency": "USD", "source": "계획"}
    for whose in (
        {"year": 2023, "org_unit": unit},
        {"year": 2023, "programme": world.programme},
        {"event": world.event},
    ):
        targets.set_target(caller, value=Decimal(5), **money, **whose)
    edition = make_event("CES 2022", starts_on=date(2022, 1, 5))
    shares = [(world.event, 60), (edition, 40)]
    before = world.outcome
    for number in range(3):
        outcome = record(world, f"협약 {number}")
        divided = [
            attribution.Share(AttributionRole.ORIGINATED, Decimal(share), event=event) for event, share in shares
        ]
        attribution.attribute_outcome(caller, outcome, divided)
        ledger.post_figure(caller, outcome, figure(basis=Basis.ANNUAL))
        chains.link_chain(caller, from_outcome=before, to_outcome=outcome)
        follow_ups.plan_follow_up(caller, title="전화", outcome=outcome, org_unit=unit)
        before = outcome


def test_so_many_are_kept_and_no_more(world: World) -> None:
    moment = present(timezone.now)
    for number in range(kept.MOST_FIGURES + 1):
        moment.once(number, lambda: "")
    present(timezone.now)
    assert len(kept._kept) == kept.MOST_FIGURES
    found: list[int] = []
    moment.once(0, lambda: found.append(0))
    moment.once(kept.MOST_FIGURES, lambda: found.append(1))
    assert found == [0], "the one that was asked for longest ago has gone, the last is there"
    long = (None,) * (kept.MOST_LINES // 2)
    for number in range(3):
        moment.once(("long", number), lambda: long)
    present(timezone.now)
    assert sum(lines for _found, lines in kept._kept.values()) <= kept.MOST_LINES
    moment.once("too long", lambda: long * 3)
    present(timezone.now)
    assert all(key[1] != "too long" for key in kept._kept)


def test_two_at_once_have_the_same(world: World) -> None:
    together = threading.Barrier(2)

    def run(_number: int) -> tuple[int, datetime]:
        try:
            together.wait(10)
            moments = [present(timezone.now) for _again in range(5)]
            return max(signed(moment) for moment in moments), moments[-1].now
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        (one, at), (other, at_other) = pool.map(run, range(2))
    assert (one, at) == (other, at_other)


def test_an_edition_is_read_for_itself(world: World, leader: Client) -> None:
    read(leader, "/reports/quarterly/download/?period=2023Q1&format=csv")
    held = len(kept._kept)
    now = timezone.now()
    with CaptureQueriesContext(connection) as asked:
        publish(system_caller(now), REPORTS["quarterly"], Question(now, "ko", Quarter(2023, 1)))
    assert sum("SUM" in query["sql"] for query in asked) > 3
    assert len(kept._kept) == held


def test_an_entry_that_is_taken_away_leads_to_nothing_older(world: World) -> None:
    """As the sequencer does with those that others stand for."""
    moment, found = present(timezone.now), "before"
    assert moment.once("a question", lambda: found) == "before"
    number_committed()
    assert present(timezone.now).once("a question", lambda: "numbered") == "numbered"

    def rename(title: str) -> None:
        outcomes.update_outcome(system_caller(timezone.now()), world.outcome, title=title)

    stands, newest = FeedEntry.objects.count(), FeedEntry.objects.latest("id").pk
    rename("다른 이름")
    number_committed()
    rename(str(world.outcome.title))
    number_committed()
    assert (FeedEntry.objects.count(), FeedEntry.objects.latest("id").pk > newest) == (stands, True)
    assert present(timezone.now).once("a question", lambda: "after") == "after"


def test_what_others_write_meanwhile_keeps_nothing_from_being_kept(world: World) -> None:
    """Nobody sees it before they are through, however long they take."""
    has_written, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                record(world)
                has_written.set()
                assert may_end.wait(30)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        begun = pool.submit(slow)
        assert has_written.wait(30)
        try:
            one, again = (present(timezone.now).once("a question", object) for _again in range(2))
        finally:
            may_end.set()
        begun.result()
    assert one is again


def test_what_is_kept_from_a_reader_is_read_anew_when_it_changes(world: World) -> None:
    other = make_unit("다른 부서")
    reader = open_account(world.caller, None, username="other", name="담당", role=Role.TEAM_LEAD, org_unit=other)
    client, address = Client(headers={"accept-language": "ko"}), "/reports/quarterly/outcomes/?period=2023Q1"
    client.force_login(reader, "django.contrib.auth.backends.ModelBackend")
    title = str(world.outcome.title)
    shown = [title in read(client, address)[0]]
    for level in (Disclosure.CLOSED, Disclosure.OPEN):
        outcomes.update_outcome(system_caller(timezone.now()), world.outcome, disclosure_level=level)
        shown += [title in read(client, address)[0] for _again in range(2)]
    assert shown == [True, False, False, True, True]
    update_account(system_caller(timezone.now()), reader, role=Role.LEADERSHIP)
    outcomes.update_outcome(system_caller(timezone.now()), world.outcome, disclosure_level=Disclosure.CLOSED)
    assert title in read(client, address)[0], "leadership sees all, from the moment that it is that"
