"""The sheet that is brought."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.importing.refusal import Refused
from crm.web.forms.base import PlainForm

_NOTHING = gettext_lazy("Choose a file first; an empty one says nothing.")


class SheetForm(PlainForm):
    """`content` is what the file holds, once the form is valid."""

    file = forms.FileField(
        label=gettext_lazy("Excel workbook or CSV file"),
        help_text=gettext_lazy(
            "Any sheet with a row of headings, such as 구분, 기업명, 체결일, 금액. Nothing is written before you have "
            "seen it."
        ),
        error_messages={"required": _NOTHING, "empty": _NOTHING, "missing": _NOTHING},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv"}),
    )
    content = b""

    def clean_file(self) -> object:
        """One that is too large is not read whole."""
        file = self.cleaned_data["file"]
        self.content = file.read(settings.MAX_UPLOAD_BYTES + 1)
        if len(self.content) > settings.MAX_UPLOAD_BYTES:
            most = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
            raise forms.ValidationError(_("The file is larger than %(most)d MB.") % {"most": most})
        return file

    def refuse(self, refusal: Refused) -> None:
        self.add_error("file", [fault.reason for fault in refusal.faults])
