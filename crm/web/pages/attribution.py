"""Attribution on the page of an outcome: which events and units it falls to, in which shares."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from crm.models import Account, Outcome
from crm.models.labels import label
from crm.permissions import may
from crm.values.measures import AttributionRole
from crm.values.money import format_number


@dataclass(frozen=True, slots=True)
class ShareLine:
    """`share` in per cent, as text."""

    what: str
    role: str
    share: str


@dataclass(frozen=True, slots=True)
class AttributionSection:
    """`is_stated` is False where nobody has stated shares and the whole falls to the event and the leading unit."""

    lines: tuple[ShareLine, ...]
    is_stated: bool
    may_attribute: bool


def attribution_section(outcome: Outcome, reader: Account) -> AttributionSection:
    rows = list(outcome.attributions.filter(archived_at=None).select_related("event", "org_unit"))
    lines = [ShareLine(str(r.event or r.org_unit), label(AttributionRole(r.role)), _per_cent(r.share)) for r in rows]
    if outcome.event is not None and not any(r.event_id for r in rows):
        lines.append(ShareLine(str(outcome.event), label(AttributionRole.SIGNED_AT), _per_cent(100)))
    if outcome.lead_unit is not None and not any(r.org_unit_id for r in rows):
        lines.append(ShareLine(str(outcome.lead_unit), _("Lead unit"), _per_cent(100)))
    is_open = outcome.archived_at is None
    return AttributionSection(tuple(lines), bool(rows), is_open and may(reader, "outcome.attribute", outcome))


def _per_cent(share: object) -> str:
    return f"{format_number(share)}%"  # type: ignore[arg-type]
