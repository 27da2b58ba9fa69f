from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand

from referrals.link_monitor.check import TIMEOUT, Checker
from referrals.link_monitor.run import OfflineError, check_links
from referrals.models import LinkResult


def read_number(kind):
    def read(text):
        if kind(text) <= 0:
            raise ArgumentTypeError("expected a number above 0")
        return kind(text)

    return read


class Command(BaseCommand):
    help = "Looks whether the links out of the site still lead somewhere. For once a day, at night."

    def add_arguments(self, parser):
        parser.add_argument(
            "--limit", type=read_number(int), help="Look at so many, those not looked at for longest first."
        )
        parser.add_argument("--timeout", type=read_number(float), default=TIMEOUT, help="Seconds for one request.")

    def handle(self, *args, **options):
        try:
            found = check_links(Checker(timeout=options["timeout"]), options["limit"])
        except OfflineError:
            self.stdout.write("Not one host answered, so this machine has no network. Nothing was recorded.")
            return
        parts = [f"{found[status]} {status.replace('_', ' ')}" for status in LinkResult.Status.values if found[status]]
        self.stdout.write(f"{found.total()} links looked at: {', '.join(parts) or 'there are none'}.")
