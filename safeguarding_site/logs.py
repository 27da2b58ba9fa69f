"""What may be written down. A reader's address, query or words may not, and they hide in messages of every kind."""

import logging
import traceback
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent


def kind_and_places(fault):
    """Return the class of an exception and the lines of code it came through, never its message."""
    return f"{type(fault).__name__}\n{''.join(traceback.format_tb(fault.__traceback__))}".rstrip()


class PlacesOnly(logging.Formatter):
    """Writes what our own code says in full. Of a library it writes who spoke, and where in its code.

    Libraries put what they were given into their words: Django the host and path, psycopg the database's answer.
    """

    def format(self, record):
        if (HOUSE / record.name.partition(".")[0]).is_dir():
            said = record.getMessage()
        else:
            said = f"{record.levelname} from {record.name}, {record.pathname}:{record.lineno}"
        if record.exc_info and record.exc_info[1]:
            said = f"{said}\n{kind_and_places(record.exc_info[1])}"
        return said
