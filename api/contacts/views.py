"""Contacts: every one that is shown is logged first."""

from typing import Any

from django.db import transaction

from api.contacts.filters import ContactFilters
from api.contacts.serializers import ContactSerializer
from api.protocol import caller, header_text
from api.resources import Creates, Deletes, ResourceViewSet, Updates
from crm.actions import organisations
from crm.actions.personal_data import disclose, remove_person
from crm.models import Contact


class ContactViewSet(Deletes, Creates, Updates, ResourceViewSet):
    queryset = Contact.objects.all()
    serializer_class = ContactSerializer
    filterset_class = ContactFilters
    scopes = ("personal",)
    verb = "personal_data.disclose"
    create_action = organisations.record_contact
    update_action = organisations.update_contact
    delete_action = remove_person

    def represent(self, records: list[Any]) -> list[Any]:
        who = caller(self.request)
        purpose = header_text(self.request, "x-purpose", 300) or "API"
        # A page is shown as one: if one showing cannot be logged, none is shown.
        with transaction.atomic():
            return super().represent([disclose(who, contact, purpose) for contact in records])
