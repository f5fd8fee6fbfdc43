"""One outcome with all that belongs to it, each part read at most once: for what asks about the same outcome twice."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import CharField, Value

from crm.models import (
    Approval,
    ChainLink,
    Concurrence,
    CooperatingUnit,
    Document,
    LedgerEntry,
    Outcome,
    OutcomeProgramme,
    Party,
)
from crm.queries.concurrence import concurrences_of, waits_among
from crm.queries.ledger import entries_of
from crm.values.measures import Measure, Series


@dataclass(frozen=True, slots=True)
class Tie:
    """Whom or what an outcome is tied to. `what` is party, unit or programme; `role` is a party's."""

    what: str
    id: UUID
    name: str
    role: str


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


class OutcomeParts:
    """Reads what is asked for when it is asked for, and keeps it: a page makes one and throws it away."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome

    @cached_property
    def circle(self) -> list[Tie]:
        """The parties in the order in which they were named, the cooperating units by name, the programmes."""
        live: dict[str, Any] = {"outcome": self.outcome, "archived_at": None}
        found = (
            Party.objects.filter(**live)
            .order_by()
            .values_list(_text("party"), "organisation_id", "organisation__name", "role", "created_at")
        )
        units = (
            CooperatingUnit.objects.filter(**live)
            .order_by()
            .values_list(_text("unit"), "org_unit_id", "org_unit__name", _text(""), "created_at")
        )
        served = (
            OutcomeProgramme.objects.filter(**live)
            .order_by()
            .values_list(_text("programme"), "programme_id", "programme__name", _text(""), "created_at")
        )
        rows = sorted(found.union(units, served, all=True), key=lambda row: (row[4], str(row[1])))
        return [Tie(*row[:4]) for row in rows]

    def tied(self, what: str) -> list[Tie]:
        return [tie for tie in self.circle if tie.what == what]

    @cached_property
    def entries(self) -> list[LedgerEntry]:
        """The whole ledger of the outcome, in the order of recording."""
        return list(entries_of(self.outcome))

    @cached_property
    def live(self) -> list[LedgerEntry]:
        """The entries that stand."""
        undone = {entry.reverses_id for entry in self.entries if entry.reverses_id}
        return [entry for entry in self.entries if entry.reverses_id is None and entry.pk not in undone]

    @cached_property
    def documents(self) -> list[Document]:
        return list(self.outcome.documents.filter(archived_at=None).order_by("created_at", "id"))

    @cached_property
    def requests(self) -> list[Concurrence]:
        """The requests in force, with what a line shows."""
        found = list(concurrences_of(self.outcome).select_related("asked_by", "handed_from"))
        for request in found:
            # The very record, so that what is known of it is not asked again for each request.
            request.outcome = self.outcome
        return found

    @cached_property
    def rounds(self) -> list[Approval]:
        """The rounds of approval, the latest first."""
        found = Approval.objects.filter(outcome=self.outcome).select_related("submitted_by", "reviewed_by")
        return list(found.select_related("decided_by", "on_behalf_of").order_by("-created_at", "-id"))

    @cached_property
    def leads_on(self) -> bool:
        return ChainLink.objects.filter(from_outcome=self.outcome, archived_at=None).exists()

    @property
    def unsettled(self) -> list[Concurrence]:
        return [request for request in self.requests if request.mandatory and not request.is_settled]

    @property
    def waits_for_approval(self) -> bool:
        return waits_among(self.rounds)

    def realised(self, measures: tuple[Measure, ...]) -> set[UUID]:
        """The standing entries of realised value in one of the measures."""
        return {e.pk for e in self.live if e.series == Series.REALISED and e.measure in measures}
