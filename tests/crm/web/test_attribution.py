"""Stating shares on the page of an outcome."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from crm.models import Attribution, Outcome
from tests.builders import Cast, make_event, make_outcome

Text = Callable[[Any], str]


def test_shares_of_99_are_sent_back_with_the_sum(cast: Cast, officer: Client, text: Text) -> None:
    outcome, event = make_outcome(lead_unit=cast.unit), make_event()
    row = {"version": "1", "what_0": f"event:{event.pk}", "role_0": "signed_at", "share_0": "99"}
    answer = officer.post(f"/outcomes/{outcome.pk}/attribution/", row)
    assert "99%" in text(answer) and not Attribution.objects.exists()


def test_two_units_share_an_outcome(cast: Cast, officer: Client, text: Text) -> None:
    outcome = make_outcome(lead_unit=cast.unit)
    rows = {"version": str(outcome.version)}
    for n, (unit, role) in enumerate([(cast.unit, "originated"), (cast.other_unit, "progressed")]):
        rows |= {f"what_{n}": f"unit:{unit.pk}", f"role_{n}": role, f"share_{n}": "50"}
    path = f"/outcomes/{outcome.pk}/attribution/"
    assert officer.post(path, rows).status_code == 302
    section = officer.get(f"/outcomes/{outcome.pk}/work/").context["work"].attribution
    assert [line.share for line in section.lines] == ["50%", "50%"]
    stale = officer.post(path, rows)  # sent again: somebody saved meanwhile
    assert stale.status_code == 200 and "이 변경은 들어 있지 않습니다" in text(stale)
    assert stale.context["form"]["version"].value() == str(outcome.version + 1)
    assert Outcome.objects.get(pk=outcome.pk).version == outcome.version + 1


def test_half_a_row_is_refused(cast: Cast, officer: Client) -> None:
    outcome = make_outcome(lead_unit=cast.unit)
    half = {"version": str(outcome.version), "what_0": f"unit:{cast.unit.pk}"}
    assert officer.post(f"/outcomes/{outcome.pk}/attribution/", half).status_code == 200
    assert not Attribution.objects.exists()
