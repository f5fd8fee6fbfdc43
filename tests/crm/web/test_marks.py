"""What is written without a template of its own: links, badges, the rows of outcomes, long titles."""

from unicodedata import normalize

import pytest
from django.template import Context, Template
from django.test import Client

from crm.values.measures import PartyRole
from crm.web.marks import badge, linked
from crm.web.pages.links import Badge, Link
from tests.builders import Cast, figure, make_event, make_organisation, make_outcome


def written(text: str) -> str:
    return Template("{{ text|truncatechars:10 }}").render(Context({"text": text}))


def test_a_link_and_a_badge_are_escaped() -> None:
    assert linked(Link('<b>"솔"', "/?a=1&b=2", "<참여>")) == (
        '<a href="/?a=1&amp;b=2">&lt;b&gt;&quot;솔&quot;</a> <span class="quiet">(&lt;참여&gt;)</span>'
    )
    assert badge(Badge("<확정>", "good")) == '<span class="badge good">&lt;확정&gt;</span>'


def test_a_link_that_leads_nowhere_is_text_and_none_is_nothing() -> None:
    assert linked(Link("솔 & 달")) == "솔 &amp; 달"
    assert linked(None) == linked("") == badge(None) == ""


def test_a_long_title_is_cut_and_a_short_one_is_not() -> None:
    assert written("가나다라마바사아자차") == "가나다라마바사아자차"
    assert written("가나다라마바사아자차카") == "가나다라마바사아자…"
    assert written(normalize("NFD", "가나다라마바")) == "가나다라마바"  # as a Mac writes it: each letter in parts
    assert linked(Link("가" * 121, "/")) == f'<a href="/">{"가" * 119}…</a>'
    assert written("<b>") == "&lt;b&gt;"


@pytest.mark.django_db
def test_what_stands_in_a_row_is_escaped(cast: Cast, officer: Client) -> None:
    event = make_event("<i>박람회")
    party = make_organisation("<u>솔")
    make_outcome('<b>"협약"', event=event, parties=[(party, PartyRole.INVESTOR)], figures=[figure()])
    for address in ("/outcomes/", f"/events/{event.pk}/", f"/organisations/{party.pk}/"):
        page = officer.get(address).content.decode()
        assert "&lt;b&gt;&quot;협약&quot;</a>" in page and "&lt;u&gt;솔" in page
        assert "<b>" not in page and "<u>" not in page and "<i>" not in page
