from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component

from safeguarding_site.page_links import neutral_address_of
from safeguarding_site.shell import exit_source, with_exit_choice

MAY_SETTLE = "safeguarding_site.change_facttocheck"


class FactsToCheckPanel(Panel):
    """Tells an editor, at the top of the form, what this page still lacks. Readers never see it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "safeguarding_site/admin/facts_to_check_panel.html"

        @property
        def facts(self):
            return self.instance.facts_to_check.still_open()

        def is_shown(self):
            may = self.request.user.has_perm(MAY_SETTLE)
            return super().is_shown() and may and bool(self.instance.pk) and self.facts.exists()

        def get_context_data(self, parent_context=None):
            return {**super().get_context_data(parent_context), "facts": self.facts}


class QuickExitPanel(Panel):
    """Tells an editor whether the quick exit stands on this page, and which page says so."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "safeguarding_site/admin/quick_exit_panel.html"

        def is_shown(self):
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            branch = with_exit_choice(self.instance.get_ancestors(inclusive=True).filter(depth__gt=1))
            return {
                **super().get_context_data(parent_context),
                "page": self.instance,
                "source": exit_source(list(branch)),
                "neutral_address": neutral_address_of(self.instance),
            }


class FactsToCheckDashboard(Component):
    """The same list for the whole site, on the admin's first page."""

    order = 50
    template_name = "safeguarding_site/admin/facts_to_check_dashboard.html"
    shown = 8

    def __init__(self, facts):
        self.facts = facts

    def get_context_data(self, parent_context):
        return {"facts": self.facts.select_related("page")[: self.shown], "total": self.facts.count()}
