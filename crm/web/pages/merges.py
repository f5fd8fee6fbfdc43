"""Organisations that may be one: the review list, two side by side, and what was merged."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.actions.merges import FIELDS, Move, moves, why_not
from crm.models import Account, Merge, Organisation, Outcome, Party, SimilarPair
from crm.permissions import may, readable
from crm.queries.duplicates import pairs_to_review, pairs_told_apart
from crm.web.countries import country_name
from crm.web.pages.links import Badge, Fact, Link, address_of, organisation_link
from crm.web.pages.paging import Paging, page_of
from crm.web.text import UNKNOWN, time_text


@dataclass(frozen=True, slots=True)
class PairLine:
    id: UUID
    first: Link
    second: Link
    why: Badge
    compare: str
    apart: str


@dataclass(frozen=True, slots=True)
class PairsPage:
    """`tabs` are (address, label, whether it is the one shown); `is_decided`: those that were told apart, each with who
    said so and when. `told` are merges of late, each with the way to undo it."""

    tabs: tuple[tuple[str, str, bool], ...]
    is_decided: bool
    lines: tuple[PairLine, ...]
    paging: Paging
    may_merge: bool
    told: tuple[Link, ...]


def review_tabs(place: str, *, is_decided: bool) -> tuple[tuple[str, str, bool], ...]:
    """The lists of what may be one, of organisations and of outcomes: what is open, and what was told apart."""
    lists = (
        ("similar-pairs", _("Organisations"), _("Organisations told apart")),
        ("similar-outcomes", _("Outcomes"), _("Outcomes told apart")),
    )
    return tuple(
        (reverse(name) + query, label, name == place and decided is is_decided)
        for name, to_look_at, told_apart in lists
        for query, label, decided in (("", to_look_at, False), ("?show=apart", told_apart, True))
    )


def pairs_page(shown: str, number: str, reader: Account) -> PairsPage:
    is_decided = shown == "apart"
    found = pairs_told_apart() if is_decided else pairs_to_review()
    paging, rows = page_of(found, number, {"show": "apart"} if is_decided else {}, _pairs)
    may_merge = may(reader, "organisation.merge")
    counts = _outcomes_of([pk for row in rows for pk in (row.first_id, row.second_id)])
    lines = tuple(
        PairLine(
            row.pk,
            organisation_link(row.first, _about(row.first, counts)),
            organisation_link(row.second, _about(row.second, counts)),
            Badge(_("Same name"), "warn") if row.is_same_key else Badge(_("Nearly the same name")),
            f"{reverse('organisation-merge', args=[row.first_id])}?with={row.second_id}" if may_merge else "",
            f"{row.apart_by}, {time_text(row.apart_at)}" if row.apart_at else "",
        )
        for row in rows
    )
    late = Merge.objects.filter(undone_at=None).select_related("kept", "gone")[:5]
    return PairsPage(
        review_tabs("similar-pairs", is_decided=is_decided),
        is_decided,
        lines,
        paging,
        may_merge,
        tuple(_merged(merge) for merge in late),
    )


def _pairs(ids: list[UUID]) -> QuerySet[SimilarPair]:
    return SimilarPair.objects.filter(pk__in=ids).select_related("first", "second", "apart_by")


def _merged(merge: Merge) -> Link:
    return Link(str(merge), reverse("merge", args=[merge.pk]), time_text(merge.created_at))


def _outcomes_of(ids: list[UUID]) -> Mapping[UUID, int]:
    live = Q(archived_at=None, outcome__archived_at=None)
    rows = Party.objects.filter(live, organisation__in=ids).values_list("organisation_id")
    return dict(rows.annotate(Count("outcome", distinct=True)).order_by())


def _about(organisation: Organisation, counts: Mapping[UUID, int]) -> str:
    count = counts.get(organisation.pk, 0)
    told = ngettext("%(n)d outcome", "%(n)d outcomes", count) % {"n": count}
    said = (organisation.business_registration_number, organisation.region, told)
    return " · ".join(part for part in said if part)


@dataclass(frozen=True, slots=True)
class FieldLine:
    """`is_other`: they differ and the kept one has nothing, so that the other's is proposed."""

    name: str
    label: str
    kept: str
    gone: str
    differs: bool
    is_other: bool


@dataclass(frozen=True, slots=True)
class MergePage:
    """`versions` are what the reader saw. `refusal` says why the two cannot be one."""

    kept: Link
    gone: Link
    gone_id: UUID
    swap: str
    versions: str
    fields: tuple[FieldLine, ...]
    moved: tuple[Fact, ...]
    archived: tuple[Fact, ...]
    refusal: str


def merge_page(kept: Organisation, gone: Organisation, reader: Account) -> MergePage:
    found = moves(kept, gone)
    return MergePage(
        kept=organisation_link(kept),
        gone=organisation_link(gone),
        gone_id=gone.pk,
        swap=f"{reverse('organisation-merge', args=[gone.pk])}?with={kept.pk}",
        versions=f"{kept.version}.{gone.version}",
        fields=tuple(_field(name, kept, gone) for name in FIELDS),
        moved=_counted(found, reader, collides=False),
        archived=_counted(found, reader, collides=True),
        refusal=why_not(kept, gone, found),
    )


def _field(name: str, kept: Organisation, gone: Organisation) -> FieldLine:
    column = Organisation._meta.get_field(name)
    mine, other = _shown(name, kept), _shown(name, gone)
    differs = mine != other and other != UNKNOWN
    label = capfirst(str(column.verbose_name))  # type: ignore[union-attr]
    return FieldLine(name, label, mine, other, differs, differs and mine == UNKNOWN)


def _shown(name: str, organisation: Organisation) -> str:
    value = str(getattr(organisation, name))
    return (country_name(value) if name == "country" and value else value) or UNKNOWN


def _counted(found: list[Move], reader: Account, *, collides: bool) -> tuple[Fact, ...]:
    """How many rows of each kind, and the outcomes among them that the reader may see."""
    rows = [move.row for move in found if move.collides is collides]
    counts = Counter(type(row) for row in rows)
    outcomes = [row.outcome_id for row in rows if isinstance(row, Party)]
    named = readable(reader, Outcome.objects.filter(pk__in=outcomes))
    links = tuple(Link(o.title, reverse("outcome", args=[o.pk])) for o in named.order_by("title", "id")[:20])
    return tuple(
        Fact(_kind(model), _records(count), links if model is Party else ()) for model, count in counts.items()
    )


def _records(count: int) -> str:
    return ngettext("%(n)d record", "%(n)d records", count) % {"n": count}


def _kind(model: type) -> str:
    if model is Party:
        return _("Party to outcomes")
    return capfirst(str(model._meta.verbose_name))  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class MergedPage:
    id: UUID
    kept: Link
    gone: str
    facts: tuple[Fact, ...]
    may_undo: bool


def merged_page(merge: Merge, reader: Account) -> MergedPage:
    done = Counter(told["done"] for told in merge.moved)
    facts = [
        Fact(_("Kept"), UNKNOWN, (organisation_link(merge.kept),)),
        Fact(_("Became part of it"), merge.gone.name),
        Fact(
            _("Its history until then"), links=(Link(_("History"), address_of("organisation-history", merge.gone_id)),)
        ),
        Fact(_("Who"), f"{merge.author}, {time_text(merge.created_at)}"),
        Fact(_("Reason"), merge.reason),
        Fact(_("Records moved"), f"{done['moved']:,}"),
        Fact(_("Records archived because the other had the like"), f"{done['archived']:,}"),
    ]
    if merge.undone_at is not None:
        facts.append(Fact(_("Undone"), time_text(merge.undone_at)))
    may_undo = merge.undone_at is None and may(reader, "organisation.merge")
    return MergedPage(merge.pk, organisation_link(merge.kept), merge.gone.name, tuple(facts), may_undo)
