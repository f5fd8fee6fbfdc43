"""Makes every published report again, on another day and in another place, in a process of its own:
`python -m tests.reports.publishing.made_again 2027-12-31T23:30:00 America/Los_Angeles` prints what it saw as JSON."""

import json
import os
import sys
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import django
import time_machine


def main(moment: str, zone: str) -> None:
    # Before anything of the house is imported: what reads the clock while it is imported is moved too.
    with time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))):
        django.setup()
        os.environ["TZ"] = zone  # Django has put the process into the zone of its settings
        time.tzset()
        from crm.models import Publication
        from reports.publishing import run_again

        print(time.strftime("It is %Y-%m-%d %H:%M %Z"), file=sys.stderr)
        told = {}
        for edition in Publication.objects.all():
            again = run_again(edition)
            told[edition.report] = {one.format: one.is_same for one in again.documents}
            told[edition.report]["figures"] = again.figures_are_same
        print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
