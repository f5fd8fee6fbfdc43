"""Evidence: the file, or where it is kept."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from crm.actions.documents import Upload
from crm.models import Document
from crm.web.forms.base import RecordForm


class DocumentForm(RecordForm):
    model = Document
    columns = ("title", "grade", "document_number", "dated_on", "source")
    hints: ClassVar[dict[str, Any]] = {
        "document_number": _("The number under which the city's document system keeps it."),
    }

    upload = forms.FileField(label=_("File"), required=False, allow_empty_file=True)
    error_places: ClassVar[dict[str, str]] = {"file": "upload"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = _("Give the file, the document number or the source.")


class DocumentChangeForm(RecordForm):
    """What is said about one that is attached."""

    model = Document
    columns = DocumentForm.columns
    hints = DocumentForm.hints
    error_places: ClassVar[dict[str, str]] = {"file": "source"}


def upload_of(file: "UploadedFile[bytes] | None") -> Upload | None:
    """The file as it arrived. One that is too large is not read whole: the action refuses its size."""
    if file is None:
        return None
    return Upload(file.name or "", file.read(settings.MAX_UPLOAD_BYTES + 1))
