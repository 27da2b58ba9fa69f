"""Pages for tests, as an editor would leave them: with a revision, published."""

from itertools import count

from wagtail.models import Page

from priorities.models import PriorityIndexPage, PriorityPage
from safeguarding_site.models import InformationPage, Topic

numbers = count(1)


def make_priority(**values):
    number = next(numbers)
    values = {
        "title": f"Priority {number}",
        "slug": f"priority-{number}",
        "teaser": "What it is about",
        "topic": Topic.objects.get(key="domestic-abuse"),
        **values,
    }
    return publish(PriorityPage(**values), PriorityIndexPage.objects.get())


def make_information(**values):
    number = next(numbers)
    values = {"title": f"Information {number}", "slug": f"information-{number}", **values}
    return publish(InformationPage(**values), Page.objects.get(depth=2))


def publish(page, parent):
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
