from django.contrib.auth.models import Group, Permission

from safeguarding_site.models import LoadedContent

EDITORS = "Moderators"  # Wagtail's own group of those who may publish

# Beside pages, pictures and documents, which Wagtail's group has already.
GRANTS = {
    "alert": ["add", "change", "delete", "view"],
    "facttocheck": ["change", "view"],
    "topic": ["change", "view"],
    "sitesettings": ["change"],
    "emergencyfacts": ["change"],
}


def grant_editors():
    """Let those who may publish pages also keep what stands on every page. Once: what is taken away stays away."""
    _, first_time = LoadedContent.objects.get_or_create(name="grants")
    if not first_time:
        return
    group, _ = Group.objects.get_or_create(name=EDITORS)
    for model, actions in GRANTS.items():
        codenames = [f"{action}_{model}" for action in actions]
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label="safeguarding_site", codename__in=codenames)
        )
