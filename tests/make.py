"""Pages for tests, as an editor would leave them: with a revision, published."""

from itertools import count

from wagtail.models import Page

from priorities.models import PriorityIndexPage, PriorityPage
from referrals.models import Service
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


def make_service(phone="0808 2000 247", live=True, topics=("domestic-abuse",), **values):
    number = next(numbers)
    found = list(Topic.objects.filter(key__in=topics))
    service = Service(
        name=values.pop("name", f"Service {number}"),
        slug=values.pop("slug", f"service-{number}"),
        purpose=values.pop("purpose", "It listens."),
        main_topic=found[0] if found else Topic.objects.get(key="mental-health"),
        live=False,
        **values,
    )
    service.contacts = service.contacts.stream_block.to_python([{"type": "phone", "value": {"number": phone}}])
    service.topics = found
    service.save()
    revision = service.save_revision()
    if live:
        revision.publish()
        service.refresh_from_db()
    return service
