"""python manage.py issue_token ACCOUNT --label "night run" --scopes read,write"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from crm.actions.accounts import issue_token, system_caller
from crm.management.refusals import refusals
from crm.models import Account
from crm.values.scopes import SCOPES


class Command(BaseCommand):
    help = "Issues an API token for an account. It is shown this once and lives a year."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account")
        parser.add_argument("--label", required=True, help="what the token is for")
        parser.add_argument(
            "--scopes", default="read", help=f"comma separated: {', '.join(SCOPES)}; read:outcomes is of one resource"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        account = Account.objects.filter(username=options["account"]).first()
        if account is None:
            raise CommandError(f"There is no account {options['account']}.")
        scopes = [scope.strip() for scope in options["scopes"].split(",")]
        with refusals(options["account"]):
            _token, plain = issue_token(system_caller(timezone.now()), account, options["label"], scopes)
        self.stdout.write(plain)
