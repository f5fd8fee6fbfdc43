"""The options of a field: written in one go, escaped, chosen ones chosen."""

from typing import Any

import pytest
from django import forms
from django.test import Client

from crm.models import OrgUnit
from crm.web.forms.choices import Checkboxes, offer
from tests.builders import Cast, make_event, make_outcome, make_unit

pytestmark = pytest.mark.django_db


class Plain(forms.Form):
    pick = forms.ChoiceField(choices=[("a", "<b>&"), ("기타", [("x'y", 'sagt "z"'), ("1000", 1000)])])
    ticks = forms.MultipleChoiceField(choices=[("1", "<i>"), ("2", "둘")], widget=Checkboxes, required=False)


def test_what_is_offered_is_escaped_and_what_is_chosen_stays_chosen() -> None:
    form = Plain({"pick": "x'y", "ticks": ["2"]})
    pick, ticks = str(form["pick"]), str(form["ticks"])
    assert '<option value="a">&lt;b&gt;&amp;</option>' in pick
    assert '<optgroup label="기타"><option value="x&#x27;y" selected>sagt &quot;z&quot;</option>' in pick
    assert '<option value="1000">1000</option>' in pick and 'name="pick"' in pick
    assert (
        '<label for="id_ticks_0"><input type="checkbox" name="ticks" value="1" id="id_ticks_0"> &lt;i&gt;</label>'
        in ticks
    )
    assert 'value="2" id="id_ticks_1" checked>' in ticks


def test_a_refused_field_says_so_at_its_options() -> None:
    form = Plain({"pick": "none of these", "ticks": ["3"]})
    assert 'aria-invalid="true"' in str(form["pick"])
    assert str(form["ticks"]).count('aria-invalid="true"') == 2


def test_records_are_offered_by_their_names_in_one_query(django_assert_num_queries: Any) -> None:
    units = [make_unit(f"<{n}과>") for n in range(30)]

    class ByUnit(forms.Form):
        unit = forms.ModelChoiceField(OrgUnit.objects.none(), empty_label="없음")

    form = ByUnit(initial={"unit": units[3]})
    offer(form.fields["unit"], OrgUnit.objects.order_by("name"))
    with django_assert_num_queries(1):
        told = str(form["unit"])
    assert told.count("<option") == 31 and '<option value="">없음</option>' in told
    assert f'<option value="{units[3].pk}" selected>&lt;3과&gt;</option>' in told


@pytest.mark.parametrize("address", ["/outcomes/new/", "/outcomes/{pk}/edit/", "/outcomes/{pk}/attribution/"])
def test_a_form_takes_as_many_queries_for_many_units_and_events(
    cast: Cast, officer: Client, django_assert_max_num_queries: Any, address: str
) -> None:
    for n in range(20):
        make_unit(f"{n}과"), make_event(f"행사 {n}")
    outcome = make_outcome(lead_unit=cast.unit)
    with django_assert_max_num_queries(12):
        assert officer.get(address.format(pk=outcome.pk)).status_code == 200


def test_an_event_that_a_list_is_narrowed_by_stays_chosen_and_is_named(cast: Cast, officer: Client, text: Any) -> None:
    show, other = make_event("CES 2023"), make_event("MWC 2023")
    make_outcome("솔 협약", event=show)
    make_outcome("하늘 협약", event=other)
    answer = officer.get("/outcomes/", {"event": str(show.pk)})
    assert [line.title for line in answer.context["page"].lines] == ["솔 협약"]
    assert [word.text for word in answer.context["page"].filters.words] == ["행사: CES 2023"]
    assert f'<option value="{show.pk}" selected>' in answer.content.decode()
    assert officer.get("/outcomes/?event=x").context["form"].errors["event"]
