from django.apps import AppConfig


class PrioritiesConfig(AppConfig):
    name = "priorities"

    def ready(self):
        from wagtail.signals import page_published

        from priorities.models import PriorityPage, tell_topic_its_page

        page_published.connect(tell_topic_its_page, sender=PriorityPage, dispatch_uid="tell_topic_its_page")
