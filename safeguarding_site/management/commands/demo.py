import os
import secrets
import socket
import sys
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from safeguarding_site.editing.roles import EDITORS


class Command(BaseCommand):
    help = "Runs the site for a look around: prepares what is missing, prints where it is, and serves it."

    def handle(self, *args, **options):
        var = Path(os.environ["DEMO_DIR"])
        port = int(os.environ["PORT"])
        refuse_busy_port(port)
        call_command("migrate", verbosity=0)
        call_command("load_content")
        collect_static(var)
        login = editor_login(var)
        self.stdout.write(
            f"\n  The site      {settings.SITE_URL}/\n"
            f"  For editors   {settings.SITE_URL}/admin/\n"
            f"  {login}\n\n  Ctrl-C stops it. Everything it keeps is in {var}.\n"
        )
        self.stdout.flush()
        # In place of this process, so that Ctrl-C reaches gunicorn and nothing is left behind.
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "safeguarding_site.wsgi"]
        os.environ["BIND"] = f"127.0.0.1:{port}"
        os.execv(sys.executable, gunicorn)  # noqa: S606  (our own interpreter, no shell)


def refuse_busy_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise CommandError(f"Port {port} is for the system only. Choose one from 1024 on.") from error
        except OSError as error:
            raise CommandError(
                f"Port {port} is in use by another program. Choose another one: make demo PORT={port + 1}"
            ) from error


def collect_static(var):
    """Collect the static files if they, or the packages that bring some, have changed since the last start."""
    sources = sorted(Path(settings.BASE_DIR / "static").rglob("*")) + [settings.BASE_DIR / "requirements.lock"]
    state = sha256(b"".join(file.read_bytes() for file in sources if file.is_file())).hexdigest()
    stamp = var / "static-state"
    if not stamp.exists() or stamp.read_text() != state:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(state)


def editor_login(var):
    """Return what to say about the editor's login; make it on the first start."""
    note = var / "editor-login.txt"
    users = get_user_model().objects
    if users.filter(username="editor").exists():
        return f"Login         as the first start printed it; kept in {note}"
    password = "-".join(secrets.token_hex(3) for _ in range(3))
    note.touch(mode=0o600)
    note.write_text(f"editor\n{password}\n")
    editor = users.create_user("editor", password=password, first_name="Demo", last_name="Editor")
    editor.groups.add(Group.objects.get(name=EDITORS))
    return f"Login         editor / {password}   (printed once; kept in {note})"
