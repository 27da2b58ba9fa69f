from django.core.management.base import BaseCommand, CommandError

from safeguarding_site import seeds
from safeguarding_site.editing.roles import grant_editors


class Command(BaseCommand):
    help = "Loads the content the site comes with. Creates what is missing; never touches what an editor has made."

    def handle(self, *args, **options):
        try:
            loaded = seeds.load_all()
        except seeds.SeedError as error:
            raise CommandError(f"{error}\nNothing was loaded.") from error
        seeds.sync_site()
        grant_editors()
        self.stdout.write(f"{len(loaded)} pieces of content loaded." if loaded else "All content is there already.")
