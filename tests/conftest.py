"""The cast: a reader, an editor, and the site with the content it comes with."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import call_command
from wagtail.models import Page

from safeguarding_site.editing.roles import EDITORS
from safeguarding_site.models import User


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the content once; each test's changes are rolled back."""
    with django_db_blocker.unblock():
        call_command("load_content", verbosity=0)


@pytest.fixture(autouse=True)
def _forget_cached():
    # Wagtail remembers where sites begin; a rolled-back test must not leave that behind.
    yield
    cache.clear()


@pytest.fixture
def reader(client):
    """A browser of somebody we know nothing about."""
    return client


@pytest.fixture
def editor(db):
    user = User.objects.create_user("erin", email="erin@example.org", password="a long pass phrase")
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


@pytest.fixture
def desk(editor, client):
    """A browser in which the editor is signed in."""
    client.force_login(editor)
    return client


@pytest.fixture
def page_at(db):
    def find(path):
        return Page.objects.get(url_path=f"/safer{path}").specific

    return find


@pytest.fixture
def public_paths(db):
    return [page.url for page in Page.objects.live().filter(depth__gt=1).order_by("path")]
