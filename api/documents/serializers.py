"""Documents as evidence: what is said about them. Files are attached on the pages."""

from api.fields import RecordSerializer
from crm.models import Document


class DocumentSerializer(RecordSerializer):
    class Meta:
        model = Document
        fields = [
            "id",
            "version",
            "title",
            "grade",
            "outcome",
            "event",
            "organisation",
            "document_number",
            "dated_on",
            "source",
            "file_name",
            "media_type",
            "size",
            "sha256",
            "created_at",
            "updated_at",
            "archived_at",
        ]
        read_only_fields = [
            "version",
            "file_name",
            "media_type",
            "size",
            "sha256",
            "created_at",
            "updated_at",
            "archived_at",
        ]
