"""The founding case on record, as the demonstration loads it."""

import io
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management import call_command

CASE: Final = Path(settings.BASE_DIR) / "crm" / "demo" / "ces-2023.yaml"


def load() -> None:
    call_command("load_founding_case", str(CASE), stdout=io.StringIO())
