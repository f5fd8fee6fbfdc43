"""Documents: attaching evidence."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from crm.actions.archiving import expect_present, put_away, take_in
from crm.actions.base import Caller, action, expect_version, hold, store
from crm.models import Document, Outcome, PartnerConfirmation, StageStep
from crm.queries.standing_entries import standing_entries
from crm.values.evidence import REALISED_GRADES
from crm.values.measures import KIND_RULES, OutcomeKind, Standing
from crm.values.names import clean

# How programs of Linux and macOS begin; those of Windows with MZ, and a zero byte soon after, which no text has.
_PROGRAMS = (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
# What offices and phones produce. Documents are always handed out as downloads, never run in the page.
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".hwp": "application/x-hwp",
    ".hwpx": "application/hwp+zip",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".eml": "message/rfc822",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrived: its own name and its bytes."""

    name: str
    content: bytes


@action("document.attach")
def attach_document(caller: Caller, /, upload: Upload | None = None, **fields: Any) -> Document:
    """Keeps a document as evidence: a file, or the number or source by which it is found.

    Raises ValidationError: an empty, too large or unknown kind of file."""
    _refuse_file(fields)
    document = Document()
    if upload is not None:
        _keep(document, upload)
    return store(document, fields)


@action("document.update")
def update_document(caller: Caller, /, document: Document, *, version: int | None = None, **changes: Any) -> Document:
    """Changes what is said about a document. Its file and, once figures rest on it, its grade and its outcome stay."""
    expect_version(document, version)
    expect_present(document)
    _refuse_file(changes)
    if document.entries.exists():
        if changes.get("grade", document.grade) != document.grade:
            message = _("Figures rest on this document: its grade stays. Attach it again instead.")
            raise ValidationError({"grade": message})
        if document.outcome is not None and changes.get("outcome", document.outcome) != document.outcome:
            message = _("Figures rest on this document: its outcome stays. Attach it again instead.")
            raise ValidationError({"outcome": message})
    return store(document, changes)


@action("document.update")
def archive_document(caller: Caller, /, document: Document, reason: str) -> Document:
    """Takes a document out of the evidence that is none. Its file is kept. Raises ValidationError: `reason`, and where
    something rests on it."""
    hold(document)
    if document.archived_at is None and (told := _rests_on(document)):
        raise ValidationError({"__all__": told})
    put_away(document, reason)
    return document


@action("document.update")
def restore_document(caller: Caller, /, document: Document) -> Document:
    """Raises ValidationError where what it is evidence for is archived."""
    take_in(document, document.outcome, document.event, document.organisation)
    return document


def _rests_on(document: Document) -> str:
    """What keeps a document, in a sentence; empty where nothing does."""
    if standing_entries().filter(evidence=document).exists():
        return _("Figures rest on this document: correct them or take them back first.")
    if StageStep.objects.filter(evidence=document, archived_at=None).exists():
        return _("A step of the outcome rests on this document: it stays.")
    if PartnerConfirmation.objects.filter(document=document, archived_at=None).exists():
        return _("It is what the partner answered: it stays.")
    if document.outcome is not None and _confirms_alone(document, document.outcome):
        return _("The outcome is confirmed by this document alone: attach other evidence first.")
    return ""


def _confirms_alone(document: Document, outcome: Outcome) -> bool:
    if not KIND_RULES[OutcomeKind(outcome.kind)].realised_only or outcome.standing == Standing.UNCONFIRMED:
        return False
    proofs = outcome.documents.filter(grade__in=REALISED_GRADES, archived_at=None)
    return document.grade in REALISED_GRADES and not proofs.exclude(pk=document.pk).exists()


def _refuse_file(fields: dict[str, Any]) -> None:
    """A file comes as an upload, under its hash; a path from outside would hand out any file of the store."""
    if "file" in fields:
        raise ValidationError({"file": _("Attach a file, or give the document number or the source.")})


def _keep(document: Document, upload: Upload) -> None:
    name = clean(PurePath(upload.name.replace("\\", "/")).name)
    suffix = PurePath(name).suffix.lower()
    if not upload.content:
        raise ValidationError({"file": _("The file is empty.")})
    if len(upload.content) > settings.MAX_UPLOAD_BYTES:
        most = settings.MAX_UPLOAD_BYTES // 1024 // 1024
        raise ValidationError({"file": _("The file is larger than %(most)d MB.") % {"most": most}})
    if suffix not in MEDIA_TYPES:
        known = " ".join(sorted(MEDIA_TYPES))
        raise ValidationError({"file": _("This kind of file is not kept. Kept are: %(known)s") % {"known": known}})
    if _is_program(upload.content):
        raise ValidationError({"file": _("This is a program, whatever its name says. It is not kept.")})
    digest = hashlib.sha256(upload.content).hexdigest()
    path = f"{digest[:2]}/{digest}{suffix}"
    # Written before the transaction ends: a file without a row does no harm, a row without its file would.
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(upload.content))
    document.file.name = path
    document.file_name = name[-200:]
    document.media_type = MEDIA_TYPES[suffix]
    document.size = len(upload.content)
    document.sha256 = digest


def _is_program(content: bytes) -> bool:
    return content.startswith(_PROGRAMS) or (content.startswith(b"MZ") and b"\0" in content[:64])
