from wagtail import blocks


class QuietVisitBlock(blocks.StaticBlock):
    class Meta:
        icon = "view"
        label = "Start a quiet visit"
        admin_text = "A link that starts a quiet visit, for pages that explain it."
        template = "blocks/quiet_visit.html"
        group = "Safety"
        description = "A link that starts a quiet visit: from then on Back leaves the site at once."


class ExitPracticeBlock(blocks.StaticBlock):
    class Meta:
        icon = "tick"
        label = "Try the exit"
        admin_text = "A place to try “Leave this page” and its keys without leaving."
        template = "blocks/exit_practice.html"
        group = "Safety"
        description = (
            "A place where readers can try “Leave this page” and its keys without leaving. Only where the exit is on."
        )
