"""Outcomes that may be one agreement, recorded twice: the review list."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.models import Account, Outcome, SimilarOutcomes
from crm.models.labels import label
from crm.permissions import may, readable
from crm.queries.alike_outcomes import outcome_pairs, titles_alike
from crm.queries.visibility import remember_cooperation, units_of
from crm.values.measures import OutcomeKind
from crm.web.pages.links import Badge, Link, address_of
from crm.web.pages.merges import review_tabs
from crm.web.pages.paging import Paging, page_of
from crm.web.text import day_text, time_text


@dataclass(frozen=True, slots=True)
class One:
    """One of the two. `archive`: where it is put away, empty for who may not."""

    link: Link
    archive: str


@dataclass(frozen=True, slots=True)
class OutcomePairLine:
    """`apart`: who said that they are two, and when. `deed`: whether the reader may say so, or take it back."""

    id: UUID
    both: tuple[One, One]
    kind: str
    why: Badge
    apart: str
    deed: bool


@dataclass(frozen=True, slots=True)
class OutcomePairsPage:
    tabs: tuple[tuple[str, str, bool], ...]
    is_decided: bool
    lines: tuple[OutcomePairLine, ...]
    paging: Paging


def outcome_pairs_page(shown: str, number: str, reader: Account) -> OutcomePairsPage:
    is_decided = shown == "apart"
    found = readable(reader, outcome_pairs(is_decided=is_decided))
    paging, rows = page_of(found, number, {"show": "apart"} if is_decided else {}, _pairs)
    remember_cooperation(units_of(reader), [one for row in rows for one in (row.first, row.second)])
    lines = tuple(_line(row, reader) for row in rows)
    return OutcomePairsPage(review_tabs("similar-outcomes", is_decided=is_decided), is_decided, lines, paging)


def _pairs(ids: list[UUID]) -> QuerySet[SimilarOutcomes]:
    linked = ("first__lead_unit", "second__lead_unit", "apart_by")
    return SimilarOutcomes.objects.filter(pk__in=ids).select_related(*linked)


def _line(pair: SimilarOutcomes, reader: Account) -> OutcomePairLine:
    is_titled = titles_alike(pair.first.title, pair.second.title)
    return OutcomePairLine(
        pair.pk,
        (_one(pair.first, reader), _one(pair.second, reader)),
        label(OutcomeKind(pair.first.kind)),
        Badge(_("Nearly the same title"), "warn") if is_titled else Badge(_("Same amount")),
        f"{pair.apart_by}, {time_text(pair.apart_at)}" if pair.apart_at else "",
        may(reader, "outcome.update", pair),
    )


def _one(outcome: Outcome, reader: Account) -> One:
    about = " · ".join(part for part in (str(outcome.lead_unit or ""), day_text(outcome.signed_on)) if part)
    away = reverse("outcome-archive", args=[outcome.pk]) if may(reader, "record.archive", outcome) else ""
    return One(Link(outcome.title, address_of("outcome", outcome.pk), about), away)
