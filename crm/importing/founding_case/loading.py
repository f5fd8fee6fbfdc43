"""Writes the founding case by the actions, in one transaction, as a backfill known since the day the file names.

What was loaded before is left as it is, so that loading twice changes nothing."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from crm.actions import accounts, documents, events, external_ids, follow_ups, org_units, organisations, outcomes
from crm.actions.base import Caller
from crm.actions.ledger import Figure
from crm.importing.founding_case.reading import EventRow, FoundingCase, OutcomeRow
from crm.importing.refusal import Fault, Refused
from crm.models import (
    Directive,
    Document,
    Event,
    EventClaim,
    ExternalId,
    Organisation,
    OrgUnit,
    Outcome,
    Programme,
    ProgrammeStatus,
    Record,
    UnitSuccession,
)
from crm.models.labels import label
from crm.values.evidence import Grade
from crm.values.measures import EventKind
from crm.values.periods import SEOUL

SOURCE = "founding-case"
R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class Loaded:
    """What the loading did: how many records were added, how many stood already."""

    added: int = 0
    present: int = 0
    callers: dict[date, Caller] = field(default_factory=dict)


def load_founding_case(case: FoundingCase, now: datetime) -> Loaded:
    """Writes what is not there yet, in one transaction. Raises Refused where an action refuses a row."""
    loader = _Loader(case, now)
    with transaction.atomic(), translation.override("ko"):
        try:
            loader.load()
        except ValidationError as error:
            raise Refused([Fault(loader.at, "; ".join(error.messages))]) from error
    return loader.loaded


class _Loader:
    def __init__(self, case: FoundingCase, now: datetime) -> None:
        self.case = case
        self.now = now
        self.loaded = Loaded()
        self.at = ""

    def load(self) -> None:
        case = self.case
        units = {row["name"]: self._unit(row) for row in case.org_units}
        for old, new in case.successors:
            self._succession(units[old], new)
        programmes = {row["name"]: self._programme(row) for row in case.programmes}
        for name, on, status, source in case.statuses:
            self._status(programmes[name], on, status, source)
        held = {row.code: self._event(row) for row in case.events}
        companies = {code: self._organisation(code, aliases, fields) for code, aliases, fields in case.organisations}
        briefing = next((e for e in held.values() if e.kind == EventKind.BRIEFING), None)
        statement = self._statement(briefing) if briefing else None
        for outcome in case.outcomes:
            self._outcome(outcome, held, companies, programmes, statement)
        for i, text in enumerate(case.directives):
            self._directive(f"directive-{i + 1}", text, briefing)

    def _caller(self, known_on: date | None) -> Caller:
        """Backfilled to the morning of the day since which it was known; None: known from now on."""
        day = known_on or self.now.astimezone(SEOUL).date()
        if day not in self.loaded.callers:
            known_at = datetime.combine(day, time(9), SEOUL) if known_on else None
            self.loaded.callers[day] = accounts.system_caller(self.now, known_at)
        return self.loaded.callers[day]

    def _present(self, model: type[R], code: str) -> R | None:
        self.at = f"{model.feed_type} {code}"
        name = ExternalId.objects.filter(source=SOURCE, record_type=model.feed_type, value=code).first()
        if name is None:
            return None
        self.loaded.present += 1
        return model._base_manager.get(pk=name.record_id)

    def _added(self, record: R, code: str, caller: Caller) -> R:
        external_ids.name_externally(caller, record, SOURCE, code)
        self.loaded.added += 1
        return record

    def _unit(self, row: dict[str, str]) -> OrgUnit:
        caller = self._caller(self.case.known_on)
        code = row["code"] or row["name"]
        return self._present(OrgUnit, code) or self._added(org_units.record_org_unit(caller, **row), code, caller)

    def _succession(self, old: OrgUnit, new_name: str) -> None:
        # The file states no day for it, and it came after the day that the rest was known: known from the loading on.
        caller = self._caller(None)
        heir = self._present(OrgUnit, new_name)
        if heir is None:
            heir = self._added(org_units.record_org_unit(caller, name=new_name), new_name, caller)
        if not UnitSuccession.objects.filter(predecessor=old, successor=heir).exists():
            org_units.record_succession(caller, old, heir)

    def _programme(self, row: dict[str, Any]) -> Programme:
        caller, code = self._caller(self.case.known_on), row["name"]
        present = self._present(Programme, code)
        return present or self._added(org_units.record_programme(caller, **row), code, caller)

    def _status(self, programme: Programme, on: date, status: str, source: str) -> None:
        if not ProgrammeStatus.objects.filter(programme=programme, on=on, status=status).exists():
            caller = self._caller(max(on, self.case.known_on))
            # Read anew: an earlier status raised the programme's version.
            org_units.record_programme_status(caller, Programme.objects.get(pk=programme.pk), on, status, source)

    def _event(self, row: EventRow) -> Event:
        event = self._present(Event, row.code)
        if event is None:
            # A claim can't be known before what it is about.
            caller = self._caller(min([self.case.known_on, *(claim.known_on for claim in row.claims)]))
            event = self._added(events.record_event(caller, **row.fields), row.code, caller)
        for claim in row.claims:
            same = {k: claim.fields[k] for k in ("measure", "value", "source")}
            if not EventClaim.objects.filter(event=event, **same).exists():
                events.state_claim(self._caller(claim.known_on), event, **claim.fields)
        return event

    def _organisation(self, code: str, aliases: list[str], fields: dict[str, Any]) -> Organisation:
        present = self._present(Organisation, code)
        if present is not None:
            return present
        caller = self._caller(self.case.known_on)
        return self._added(organisations.record_organisation(caller, aliases=aliases, **fields), code, caller)

    def _statement(self, briefing: Event) -> Document:
        """What every figure of the case rests on: the city's own statement at its briefing."""
        present = self._present(Document, "briefing")
        if present is not None:
            return present
        caller = self._caller(self.case.known_on)
        document = documents.attach_document(
            caller,
            title=f"{briefing.name} 발표",
            grade=Grade.CITY_STATEMENT,
            event=briefing,
            dated_on=briefing.starts_on,
            source=self._source(),
        )
        return self._added(document, "briefing", caller)

    def _source(self) -> str:
        day = self.case.known_on
        return f"광주광역시 보고회 {day.year}. {day.month}. {day.day}."

    def _outcome(
        self,
        row: OutcomeRow,
        held: dict[str, Event],
        companies: dict[str, Organisation],
        programmes: dict[str, Programme],
        statement: Document | None,
    ) -> None:
        if self._present(Outcome, row.code) is not None:
            return
        caller = self._caller(self.case.known_on)
        parties = [(companies[code], role) for code, role in row.parties]
        title = row.fields["title"] or " · ".join(o.name for o, _role in parties) + f" {label(row.fields['kind'])}"
        source, grade = self._source(), Grade.CITY_STATEMENT
        figures = [Figure(source=source, evidence_grade=grade, evidence=statement, **f) for f in row.figures]
        outcome = outcomes.record_outcome(
            caller,
            outcomes.Testimony(source, grade, statement, figures),
            outcomes.Circle(parties=parties, programmes=[programmes[name] for name in row.programmes]),
            **{**row.fields, "title": title, "event": held.get(row.event)},
        )
        self._added(outcome, row.code, caller)

    def _directive(self, code: str, text: str, briefing: Event | None) -> None:
        if self._present(Directive, code) is not None:
            return
        caller = self._caller(self.case.known_on)
        fields = {"text": text, "event": briefing, "given_on": self.case.known_on}
        self._added(follow_ups.record_directive(caller, **fields), code, caller)
