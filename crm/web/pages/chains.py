"""What came of what, as an ordered list on the pages of outcomes, demonstrations and pitches."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.models import Account, Demonstration, Outcome
from crm.models.labels import label
from crm.permissions import may
from crm.queries.chains import ChainStep, Linked, chain_of
from crm.values.demonstrations import DemonstrationStage, PitchRound, PitchStatus
from crm.values.measures import OutcomeKind
from crm.values.stages import Stage
from crm.web.pages.links import Badge, Link


@dataclass(frozen=True, slots=True)
class ChainLine:
    """One record of the chain. `how` says from which neighbour it was reached, where that is not the page's own;
    `link` is the one to take away, None where it is not this record's."""

    kind: str
    where: Link
    state: Badge
    is_here: bool
    how: str
    note: str
    link: UUID | None


@dataclass(frozen=True, slots=True)
class ChainSection:
    """`lines` from the first cause to the last effect; the addresses are empty for who may not link."""

    lines: tuple[ChainLine, ...]
    add_before: str
    add_after: str


def chain_section(record: Linked, reader: Account) -> ChainSection:
    chain = chain_of(record)
    may_link = record.archived_at is None and may(reader, "chain.link", record)
    here = ChainLine(_kind(record), linked(record), _state(record), True, "", "", None)
    before = [_line(step, _("led to: %(title)s"), may_link) for step in chain.before if _is_seen(step, reader)]
    after = [_line(step, _("came of: %(title)s"), may_link) for step in chain.after if _is_seen(step, reader)]
    return ChainSection(
        lines=(*before, here, *after) if before or after else (),
        add_before=address_to_link(record, "before") if may_link and not _is_start(record) else "",
        add_after=address_to_link(record, "after") if may_link else "",
    )


def _is_seen(step: ChainStep, reader: Account) -> bool:
    """What is kept from the reader is neither named nor told by a neighbour."""
    return may(reader, "record.read", step.record) and may(reader, "record.read", step.near)


def address_to_link(record: Linked, way: str) -> str:
    return reverse("chain-new") + "?" + urlencode({"of": f"{record.feed_type}:{record.pk}", "way": way})


def linked(record: Linked) -> Link:
    """The way to a pitch's, a demonstration's or an outcome's own page."""
    name = "outcome" if isinstance(record, Outcome) else "demonstration" if _is_trial(record) else "pitch"
    return Link(str(record), reverse(name, args=[record.pk]))


def _is_trial(record: Linked) -> bool:
    return isinstance(record, Demonstration)


def _is_start(record: Linked) -> bool:
    """An entry in a competition is where a chain begins."""
    return not isinstance(record, Outcome | Demonstration)


def _line(step: ChainStep, how: str, may_link: bool) -> ChainLine:
    is_next = abs(step.depth) == 1
    return ChainLine(
        kind=_kind(step.record),
        where=linked(step.record),
        state=_state(step.record),
        is_here=False,
        how="" if is_next else how % {"title": step.near},
        note=step.link.note,
        link=step.link.pk if is_next and may_link else None,
    )


def _kind(record: Linked) -> str:
    if isinstance(record, Outcome):
        return label(OutcomeKind(record.kind))
    if isinstance(record, Demonstration):
        return _("Demonstration")
    return f"{_('Pitch')} · {record.event}"


def _state(record: Linked) -> Badge:
    if record.archived_at is not None:
        return Badge(_("Archived"), "warn")
    if isinstance(record, Outcome):
        return Badge(label(Stage(record.stage)))
    if isinstance(record, Demonstration):
        return Badge(label(DemonstrationStage(record.stage)))
    if record.status == PitchStatus.RUNNING:
        return Badge(label(PitchRound(record.round)))
    return Badge(record.award or label(PitchStatus(record.status)))
