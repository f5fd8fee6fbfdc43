"""Documents as lines: what they prove, and where they are."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.template.defaultfilters import filesizeformat

from crm.models import Account, Document
from crm.models.labels import label
from crm.permissions import may
from crm.queries.visibility import remember_cooperation, units_of
from crm.values.evidence import Grade
from crm.web.pages.links import address_of
from crm.web.previews import is_previewed
from crm.web.text import day_text


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """`download` is empty where only a number or a source says where the paper is, `preview` where there is no picture
    of it. `is_stale`: it confirms what the record does not say any more. `change` is empty for who may not. An archived
    one is shown where figures rested on it."""

    id: UUID
    title: str
    grade: str
    download: str
    preview: str
    file: str
    document_number: str
    dated: str
    source: str
    is_stale: bool
    is_archived: bool
    change: str


def document_line(document: Document, *, is_stale: bool = False, may_change: bool = False) -> DocumentLine:
    has_file = bool(document.file)
    return DocumentLine(
        id=document.pk,
        title=document.title,
        grade=label(Grade(document.grade)),
        download=address_of("document-download", document.pk) if has_file else "",
        preview=address_of("document-preview", document.pk) if is_previewed(document) else "",
        file=f"{document.file_name} ({filesizeformat(document.size or 0)})" if has_file else "",
        document_number=document.document_number,
        dated=day_text(document.dated_on) if document.dated_on else "",
        source=document.source,
        is_stale=is_stale,
        is_archived=document.archived_at is not None,
        change=address_of("document", document.pk) if may_change else "",
    )


def document_lines(
    found: Iterable[Document], stale: Container[UUID] = (), changeable: Container[UUID] = ()
) -> tuple[DocumentLine, ...]:
    """`stale` are those by which a partner confirmed what the record does not say any more; `changeable` those that the
    reader may put right."""
    return tuple(document_line(d, is_stale=d.pk in stale, may_change=d.pk in changeable) for d in found)


def changeable(reader: Account, found: Iterable[Document]) -> frozenset[UUID]:
    """Of documents read with their outcomes those that the reader may put right."""
    present = [document for document in found if document.archived_at is None]
    remember_cooperation(units_of(reader), (d.outcome for d in present if d.outcome is not None))
    return frozenset(d.pk for d in present if may(reader, "document.update", d))
