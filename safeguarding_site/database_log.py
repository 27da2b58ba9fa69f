"""A database server that writes readers' words into its log is pointed out at every `migrate`."""

from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.db import connections

SHIPPED = settings.BASE_DIR / "deploy" / "postgresql.conf"


def shipped_settings():
    """Return {name: value} of the server settings that come with the site."""
    lines = (line.partition("#")[0].strip() for line in SHIPPED.read_text(encoding="utf-8").splitlines())
    return dict(line.split(" = ") for line in lines if line)


@register(Tags.database)
def the_server_keeps_readers_words_out_of_its_log(databases=None, **kwargs):
    found = []
    for name in databases or []:
        if connections[name].vendor == "postgresql":
            found += [
                Warning(
                    f"PostgreSQL may write what readers type into its log: {setting} is {value!r}, expected {expected!r}.",
                    hint="Use deploy/postgresql.conf (docs/running.md).",
                    id="safeguarding_site.W001",
                )
                for setting, value, expected in different_settings(connections[name])
            ]
    return found


def different_settings(connection):
    """Yield (name, value, expected value) of what the server has otherwise. What it does not have loaded is right."""
    expected = shipped_settings()
    with connection.cursor() as cursor:
        for setting in expected:
            cursor.execute("SELECT current_setting(%s, true)", [setting])
            (value,) = cursor.fetchone()
            if value is not None and value != expected[setting]:
                yield setting, value, expected[setting]
