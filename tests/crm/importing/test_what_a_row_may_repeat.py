"""Which outcomes a row may repeat: of its company and kind, signed within a month of its day or at its event."""

from datetime import date

import pytest
from django.test import Client

from crm.values.measures import OutcomeKind, PartyRole
from tests.builders import Cast, make_event, make_organisation, make_outcome
from tests.crm.importing.sheets import HEADINGS, book, bring, company, groups, row

pytestmark = pytest.mark.django_db
MOU = OutcomeKind.BUSINESS_MOU
THERE = {
    "a day before": (MOU, date(2023, 1, 6), ""),
    "a month later": (MOU, date(2023, 2, 7), ""),
    "a month and a day later": (MOU, date(2023, 2, 8), ""),
    "without a day": (MOU, None, "MWC 2023"),
    "at its event, a year later": (MOU, date(2024, 1, 7), "CES 2023"),
    "elsewhere, a year later": (MOU, date(2024, 1, 7), "MWC 2023"),
    "of another kind": (OutcomeKind.INVESTMENT_MOU, date(2023, 1, 7), ""),
}
NEAR = {"a day before", "a month later", "without a day"}


def rows_meant(officer: Client, *days: str) -> list[set[str]]:
    """What the rows of these days may repeat, by their lines. All are of one company and one event."""
    events, party = {name: make_event(name) for name in ("CES 2023", "MWC 2023")}, make_organisation(company(0))
    for title, (kind, signed_on, at) in THERE.items():
        parties = [(party, PartyRole.PARTNER)]
        make_outcome(title, kind=kind, parties=parties, signed_on=signed_on, event=events.get(at))
    told = [row(0, 성과명=f"{number}호 협약", 행사="CES 2023", 체결일=day) for number, day in enumerate(days)]
    sections = bring(officer, book(HEADINGS, *told)).context["page"].groups
    lines = {line.number: {link.text for _pk, link in line.candidates} for group in sections for line in group.rows}
    return [lines[number] for number in sorted(lines)]


def test_only_what_is_near_in_days_or_of_one_event(cast: Cast, officer: Client) -> None:
    assert rows_meant(officer, "2023-01-07") == [NEAR | {"at its event, a year later"}]


def test_each_row_is_near_to_its_own_day(cast: Cast, officer: Client) -> None:
    meant = rows_meant(officer, "2023-01-07", "2024-01-08")
    assert meant[0] == NEAR | {"at its event, a year later"}
    assert meant[1] == {"without a day", "at its event, a year later", "elsewhere, a year later"}


def test_a_row_without_a_day_may_repeat_any_of_its_kind(cast: Cast, officer: Client) -> None:
    assert rows_meant(officer, "2023-01-07", "")[1] >= set(THERE) - {"of another kind", "elsewhere, a year later"}


def test_the_first_and_the_last_day_of_all_have_none_before_and_after(cast: Cast, officer: Client) -> None:
    assert groups(
        bring(officer, book(HEADINGS, *(row(0, 성과명=day, 체결일=day) for day in ("1900-01-01", "9999-12-31"))))
    )
