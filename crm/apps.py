from django.apps import AppConfig
from django.conf import settings


class CrmConfig(AppConfig):
    name = "crm"

    def ready(self) -> None:
        if settings.GUARD_WRITES:
            from crm.models import guard

            guard.install()
