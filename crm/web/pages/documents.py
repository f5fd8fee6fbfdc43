"""Documents as lines: what they prove, and where they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from crm.models import Document
from crm.models.labels import label
from crm.values.evidence import Grade
from crm.web.text import day_text


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """`download` is empty where only a number or a source says where the paper is."""

    id: UUID
    title: str
    grade: str
    download: str
    file: str
    document_number: str
    dated: str
    source: str


def document_line(document: Document) -> DocumentLine:
    has_file = bool(document.file)
    return DocumentLine(
        id=document.pk,
        title=document.title,
        grade=label(Grade(document.grade)),
        download=reverse("document-download", args=[document.pk]) if has_file else "",
        file=f"{document.file_name} ({filesizeformat(document.size or 0)})" if has_file else "",
        document_number=document.document_number,
        dated=day_text(document.dated_on) if document.dated_on else "",
        source=document.source,
    )


def document_lines(found: Iterable[Document]) -> tuple[DocumentLine, ...]:
    return tuple(document_line(document) for document in found)
