import sys

from django.core.management.base import BaseCommand

from safeguarding_site.safety.canary import (
    SECONDS_A_REQUEST,
    SECONDS_IN_ALL,
    BadAddressError,
    look_at,
)


class Command(BaseCommand):
    help = (
        "Visits a running site and fails when a quick exit, 999 or a protective header is missing, a cookie is set or "
        "another host is named. One line; exit status 0 when all is well, 1 when not, 2 for an address that is none."
    )
    # It looks from outside, and works while the site's own database does not.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("url", help="The site’s address, for example https://safertelford.example")
        parser.add_argument("--timeout", type=float, default=SECONDS_A_REQUEST, help="Seconds for one request.")
        parser.add_argument("--within", type=float, default=SECONDS_IN_ALL, help="Seconds for the whole visit.")

    def handle(self, *args, **options):
        try:
            report = look_at(options["url"], options["timeout"], options["within"])
        except BadAddressError as error:
            self.stderr.write(str(error))
            sys.exit(2)
        # Apart, so that a line in a crontab that throws the first away sends a letter only when something is wrong.
        (self.stderr if report.faults else self.stdout).write(report.line)
        if report.faults:
            sys.exit(1)
