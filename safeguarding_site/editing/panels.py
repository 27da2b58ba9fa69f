from django.apps import apps
from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component


class FactsToCheckPanel(Panel):
    """Tells an editor, at the top of the form, what this page still lacks. Readers never see it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "safeguarding_site/admin/facts_to_check_panel.html"

        @property
        def facts(self):
            # Asked for late: the page models import this panel.
            model = apps.get_model("safeguarding_site", "FactToCheck")
            return model.still_open().filter(page_id=self.instance.pk) if self.instance.pk else model.objects.none()

        def is_shown(self):
            return super().is_shown() and self.facts.exists()

        def get_context_data(self, parent_context=None):
            return {**super().get_context_data(parent_context), "facts": self.facts}


class FactsToCheckDashboard(Component):
    """The same list for the whole site, on the admin's first page."""

    order = 50
    template_name = "safeguarding_site/admin/facts_to_check_dashboard.html"
    shown = 8

    def get_context_data(self, parent_context):
        model = apps.get_model("safeguarding_site", "FactToCheck")
        facts = model.still_open().select_related("page")
        return {"facts": facts[: self.shown], "total": facts.count()}
