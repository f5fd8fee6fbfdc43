"""Who may do what: every cell of the table against real records, and every door under a rule."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from api.protocol import Protocol
from api.urls import RESOURCES
from crm import actions
from crm.actions import follow_ups, org_units, outcomes
from crm.actions.base import ACTIONS, Forbidden
from crm.demo import volume
from crm.management.commands.permissions_table import document
from crm.models import (
    Account,
    Approval,
    ChainLink,
    Concurrence,
    Demonstration,
    Document,
    FollowUp,
    LedgerEntry,
    OrgUnit,
    Outcome,
    PartnerConfirmation,
)
from crm.permissions import TABLE, VERBS, NoRule, Relation, masked, may, readable, relation, sees_values
from crm.values.measures import Disclosure, Role
from tests.builders import figure, make_document, make_follow_up, make_outcome, make_unit, system
from tests.builders_concurrence import person
from tests.builders_demonstrations import make_demonstration

# Verbs of what is not built on an action or a page yet, or is asked by name inside one.
UNUSED = {
    "record.backfill", "report.export", "record.read",
    "confirmation.ask", "confirmation.revoke", "confirmation.answer", "outcome.attribute", "calendar.open",
    "follow_up.snooze", "follow_up.hand_over", "follow_up.rule", "job.run",
}  # fmt: skip
# Doors without a rule, each with its reason.
PUBLIC = {
    "healthz": "the operator's probe",
    "readyz": "the operator's probe",
    "set_language": "changes a cookie",
    "look": "changes a cookie",
    "partner": "a partner's own link, shown once, which is its own key",
    "calendar-feed": "a person's own secret address, which a calendar reads without a session",
    "booth-worker": "how the booth's page is kept, not what it holds",
    "booth-file": "the booth's scripts and styles, which hold nothing",
    "login": "where people become known",
    "logout": "ends a session",
    "api-schema": "says what the API is like, not what it holds",
    "api-docs": "shows the schema",
    "": "an address at which there is nothing",
}


def patterns(resolver: Any) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def rule_of(view: Any) -> str:
    kind = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if kind is not None and issubclass(kind, Protocol):
        return str(kind.verb)
    return str(getattr(view, "verb", ""))


def test_every_route_has_a_rule() -> None:
    found = {p.name or "": rule_of(p.callback) for p in patterns(get_resolver(settings.ROOT_URLCONF))}
    assert len(found) > 50
    assert sorted(name for name, verb in found.items() if verb not in VERBS and name not in PUBLIC) == []
    assert [name for name in PUBLIC if found.get(name) in VERBS] == []


def test_every_verb_is_in_the_table_and_every_one_of_the_table_is_used() -> None:
    for module in pkgutil.iter_modules(actions.__path__):  # actions are known once they are read
        importlib.import_module(f"crm.actions.{module.name}")
    assert volume
    of_actions = {run.verb for run in ACTIONS.values()}  # type: ignore[attr-defined]
    assert of_actions - set(VERBS) == set()
    assert set(VERBS) - of_actions - UNUSED == set()


def test_the_document_says_what_the_table_says() -> None:
    assert (settings.BASE_DIR / "docs" / "permissions.md").read_text() == document()


@pytest.fixture
def unit(db: None) -> OrgUnit:
    return make_unit("인공지능국")


def led(unit: OrgUnit | None, at: Relation, level: Disclosure = Disclosure.OPEN) -> Outcome:
    """An outcome to which somebody of the unit has the relation."""
    lead = {Relation.LEAD: unit, Relation.COMMON: None}.get(at, make_unit("기후국"))
    cooperating = [unit] if at == Relation.COOPERATING and unit else []
    fields = {"lead_unit": lead, "cooperating": cooperating, "disclosure_level": level}
    return make_outcome(figures=[figure()], **fields)


OUTCOME_RELATIONS = (Relation.LEAD, Relation.COOPERATING, Relation.COMMON, Relation.OTHER)


@pytest.mark.parametrize("at", OUTCOME_RELATIONS)
@pytest.mark.parametrize("role", Role)
def test_every_cell_of_the_table_holds_for_an_open_outcome(unit: OrgUnit, role: Role, at: Relation) -> None:
    account, outcome = person("somebody", role, unit), led(unit, at)
    assert relation(account, outcome) == at
    granted = {verb for verb in VERBS if may(account, verb, outcome)}
    assert granted == {verb for verb, allowed in TABLE[role].items() if at in allowed}


@pytest.mark.parametrize("level", Disclosure)
@pytest.mark.parametrize("at", OUTCOME_RELATIONS)
@pytest.mark.parametrize("role", Role)
def test_reading_one_and_reading_lists_agree(unit: OrgUnit, role: Role, at: Relation, level: Disclosure) -> None:
    account, outcome = person("somebody", role, unit), led(unit, at, level)
    make_document(outcome)
    make_follow_up(outcome=outcome)
    inside = at in (Relation.LEAD, Relation.COOPERATING) or role in (Role.LEADERSHIP, Role.ADMINISTRATOR)
    shown, whole = inside or level != Disclosure.CLOSED, inside or level == Disclosure.OPEN
    expected: dict[type[Model], bool] = {Outcome: shown, FollowUp: shown, Document: whole, LedgerEntry: whole}
    for model, is_read in expected.items():
        record = model._base_manager.first()
        assert readable(account, model._base_manager.all()).exists() is is_read, model
        assert may(account, "record.read", record) is is_read, model
    assert sees_values(account, outcome) is whole
    assert (outcome.pk in masked(account, [outcome])) is not whole
    if not shown:
        assert [verb for verb in VERBS if may(account, verb, outcome)] == []


@pytest.mark.parametrize("level", Disclosure)
@pytest.mark.parametrize("role", Role)
def test_demonstrations_follow_the_same_rule(unit: OrgUnit, role: Role, level: Disclosure) -> None:
    account = person("somebody", role, unit)
    made = make_demonstration(lead_unit=make_unit("기후국"), disclosure_level=level)
    shown = level != Disclosure.CLOSED or role in (Role.LEADERSHIP, Role.ADMINISTRATOR)
    assert readable(account, Demonstration.objects.all()).exists() is shown
    assert may(account, "record.read", made) is shown
    assert may(account, "demonstration.update", made) is (role == Role.ADMINISTRATOR)


@pytest.mark.django_db
def test_every_resource_has_a_rule_of_reading(unit: OrgUnit) -> None:
    account = person("somebody", Role.OFFICER, unit)
    for view in RESOURCES.values():
        readable(account, view.queryset.all()).count()
    for model in (ChainLink, Concurrence, Approval, PartnerConfirmation):
        readable(account, model.objects.all()).count()
    with pytest.raises(NoRule):
        readable(account, Account.objects.all())


def test_a_bureau_s_people_stand_for_its_divisions_and_for_what_it_succeeded(unit: OrgUnit) -> None:
    division, old = make_unit("인공지능과", parent_unit=unit), make_unit("미래산업과")
    org_units.record_succession(system(), old, division)
    head, neighbour = person("head", Role.BUREAU_HEAD, unit), person("neighbour", Role.OFFICER, make_unit("경제국"))
    for lead in (division, old):
        outcome = make_outcome(lead_unit=lead)
        assert may(head, "outcome.update", outcome), lead
        assert not may(neighbour, "outcome.update", outcome), lead


def test_the_action_itself_refuses_another_unit_s_officer(unit: OrgUnit) -> None:
    outsider = replace(system(), account=person("outsider", Role.OFFICER, make_unit("경제국")), now=timezone.now())
    outcome = make_outcome(lead_unit=unit)
    with pytest.raises(Forbidden):
        outcomes.update_outcome(outsider, outcome, title="남의 성과")
    with pytest.raises(Forbidden):
        follow_ups.plan_follow_up(outsider, title="남의 할 일", outcome=outcome)


def test_a_follow_up_is_done_by_whom_it_was_given(unit: OrgUnit) -> None:
    helper, other = (
        person("helper", Role.OFFICER, make_unit("경제국")),
        person("other", Role.OFFICER, make_unit("회계과")),
    )
    given = make_follow_up(outcome=make_outcome(lead_unit=unit), assignee=helper, due_on=date(2023, 3, 1))
    assert may(helper, "follow_up.complete", given)
    assert not may(other, "follow_up.complete", given)
