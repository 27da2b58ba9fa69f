from django.contrib.auth.models import Group, Permission
from wagtail import hooks

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

# What came later has a name of its own: the first grants of a site that runs already are made.
SEARCH_GRANTS = {
    "wordspeopleuse": ["add", "change", "delete", "view"],
    "dangerrule": ["add", "change", "delete", "view"],
    "editorspick": ["add", "change", "delete", "view"],
    "searchweek": ["view"],
}


def grant_editors():
    """Let those who may publish pages also keep what stands on every page. Once: what is taken away stays away.

    A room adds what its records need through the hook "register_editor_grants": (app label, {model: actions}), and a
    name for the part, when it comes to a site whose other grants were given long ago.
    """
    group, _ = Group.objects.get_or_create(name=EDITORS)
    of_hall = [("safeguarding_site", GRANTS), ("safeguarding_site", SEARCH_GRANTS, "search")]
    of_rooms = [grants() for grants in hooks.get_hooks("register_editor_grants")]
    for app_label, grants, *part in [*of_hall, *of_rooms]:
        _, first_time = LoadedContent.objects.get_or_create(name=":".join(["grants", app_label, *part]))
        if not first_time:
            continue
        for model, actions in grants.items():
            codenames = [f"{action}_{model}" for action in actions]
            group.permissions.add(*Permission.objects.filter(content_type__app_label=app_label, codename__in=codenames))
