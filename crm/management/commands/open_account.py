"""python manage.py open_account NAME --role officer [--unit CODE] [--full-name ...]; the password is asked for."""

import getpass
import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from crm.actions.accounts import open_account, system_caller
from crm.management.refusals import refusals
from crm.models import OrgUnit
from crm.values.measures import Role


class Command(BaseCommand):
    help = "Opens an account. The password comes from ACCOUNT_PASSWORD or is asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", choices=[role.value for role in Role], required=True)
        parser.add_argument("--unit", default="", help="code of the org unit")
        parser.add_argument("--full-name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        unit = OrgUnit.objects.filter(code=options["unit"]).first() if options["unit"] else None
        if options["unit"] and unit is None:
            raise CommandError(f"There is no org unit of code {options['unit']}.")
        password = os.environ.get("ACCOUNT_PASSWORD") or getpass.getpass("Password: ")
        fields = {"username": options["username"], "name": options["full_name"] or options["username"]}
        with refusals(options["username"]):
            validate_password(password)
            open_account(system_caller(timezone.now()), password, **fields, role=options["role"], org_unit=unit)
        self.stdout.write(f"Account {options['username']} is open.")
