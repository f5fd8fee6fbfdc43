"""python manage.py serve_demo: prepares the demonstration and serves it on 127.0.0.1:PORT."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from crm.demo.accounts import open_demo_accounts, usernames

FOUNDING_CASE = Path(__file__).resolve().parents[2] / "demo" / "ces-2023.yaml"


class Command(BaseCommand):
    help = "Prepares the database with the founding case and the demonstration accounts, then serves it."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("serve_demo serves demonstration data only: set IEUM_ENV=demo.")
        port = os.environ.get("PORT", "8000")
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise CommandError(f"PORT is {port!r}; set it to a number from 1 to 65535.")
        call_command("migrate", verbosity=0)
        call_command("load_founding_case", str(FOUNDING_CASE), stdout=self.stdout)
        keys = open_demo_accounts(timezone.now())
        self.stdout.write(f"\n  이음 Ieum  http://127.0.0.1:{port}/\n")
        self.stdout.write(f"  accounts   {', '.join(usernames())}\n  password   {keys.password}")
        self.stdout.write(f"  API token  {keys.token}  (http://127.0.0.1:{port}/api/docs/)\n")
        self.stdout.flush()
        bind = [
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            "2",
            "--log-level",
            "warning",
            "--no-control-socket",
        ]
        # The scheduler ends with the server: the server takes over this process, and its number.
        beside = {**os.environ, "IEUM_WITH_PARENT": str(os.getpid())}
        subprocess.Popen([sys.executable, "manage.py", "run_scheduler"], cwd=settings.BASE_DIR, env=beside)
        arguments = [sys.executable, "-m", "gunicorn", "config.wsgi:application", *bind]
        os.execv(sys.executable, arguments)
