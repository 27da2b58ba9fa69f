"""The editors' side of the finder: its records, what guards them, and every way through it on one page.

Imported by `referrals/wagtail_hooks.py` for its hooks.
"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.auth import permission_required
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from referrals.finder.choose import services_of
from referrals.finder.graph import MOST, faults_of, reached
from referrals.models import FinderEnding, FinderQuestion, FinderSettings
from referrals.models.finder import HOW, finder_graph
from safeguarding_site.editing.menu import MenuItemFor
from safeguarding_site.models import EmergencyFacts

PERMISSION = "referrals.change_finderquestion"


class SavedByHand:
    """Waits for “Save”. Wagtail saves half a second after each letter, and here what is saved is live."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False


class FinderCreateView(SavedByHand, CreateView):
    pass


class FinderEditView(SavedByHand, EditView):
    pass


class QuestionViewSet(SnippetViewSet):
    model = FinderQuestion
    add_view_class = FinderCreateView
    edit_view_class = FinderEditView
    icon = "help"
    menu_label = "Questions"
    list_display = ["name", "text", "answers_in_short", "led_to_in_short"]


class EndingViewSet(SnippetViewSet):
    model = FinderEnding
    add_view_class = FinderCreateView
    edit_view_class = FinderEditView
    icon = "tick-inverse"
    menu_label = "Endings"
    list_display = ["name", "heading", "topic", "danger", "ask_how"]
    list_filter = ["topic", "danger"]


def may_see(user):
    return user.has_perm(PERMISSION)


class FinderViewSetGroup(SnippetViewSetGroup):
    items = (QuestionViewSet, EndingViewSet)
    menu_label = "Finder"
    menu_icon = "help"
    menu_order = 160

    def get_submenu_items(self):
        return [MenuItemFor("Every way", reverse("finder_ways"), icon_name="list-ul", order=0, allowed=may_see)] + [
            *super().get_submenu_items()
        ]


register_snippet(FinderViewSetGroup)


@hooks.register("register_admin_urls")
def finder_urls():
    return [path("finder/", every_way, name="finder_ways")]


@hooks.register("register_editor_grants")
def let_editors_keep_the_finder():
    everything = ["add", "change", "delete", "view"]
    return (
        "referrals",
        {"finderquestion": everything, "finderending": everything, "findersettings": ["change"]},
        "finder",
    )


# --- Every way


@permission_required(PERMISSION)
def every_way(request):
    """The whole finder as a tree, with what is wrong marked where it is."""
    settings = FinderSettings.current()
    graph = finder_graph()
    start = settings.first_question.key if settings.first_question else None
    endings = {ending.key: ending for ending in FinderEnding.objects.select_related("topic").order_by("name")}
    emergency = EmergencyFacts.current()
    rows = [ending_row(ending, graph, emergency, settings) for ending in endings.values()]
    found = reached(graph, start) if start else set()
    return render(
        request,
        "referrals/admin/finder.html",
        {
            "settings": settings,
            "most": MOST,
            "tree": branch(graph, start, [], set()) if start else None,
            "apart": [link_of(graph, key) for key in graph.words if key not in found],
            "endings": rows,
            "faults": sum(bool(faults_of(graph, key)) for key in graph.words)
            + sum(bool(row["faults"]) for row in rows),
        },
    )


def link_of(graph, key):
    kind, pk = key
    return {
        "words": graph.words.get(key, "?"),
        "edit": reverse(f"wagtailsnippets_referrals_finder{kind}:edit", args=[pk]),
    }


def branch(graph, key, way, drawn):
    """Return a question and what follows each answer, or an ending. What is drawn already is only named again."""
    item = {
        **link_of(graph, key),
        "kind": key[0],
        "faults": [sentence for sentence, _ in faults_of(graph, key)],
        "asks_how": key in graph.asks_how,
        "again": key in drawn and key in graph.answers,
        "answers": [],
    }
    if item["again"] or key in way:
        return item
    drawn.add(key)
    for words, to in graph.answers.get(key, []):
        item["answers"].append({"words": words, "next": branch(graph, to, [*way, key], drawn) if to else None})
    return item


def ending_row(ending, graph, emergency, settings):
    """Return what readers of an ending see today, for each way to get in touch."""
    ways, faults = [], []
    for how in HOW if ending.asks_how else [""]:
        found = services_of(ending, how, emergency)
        names = [choice.card.name for choice in found.choices]
        fits = found.fits and not found.withdrawn
        ways.append({"words": getattr(settings, how) if how else "", "names": names, "fits": fits})
        if found.withdrawn:
            faults = ["None of its services is open: readers get the line for its topic."]
    if not ending.places.exists():
        faults = ["It names no service: readers get the line for its topic."]
    return {**link_of(graph, ending.key), "ways": ways, "faults": faults}


# --- What is led to stays


def refuse_if_led_to(request, records):
    """Send the editor back, naming the answers, if something would vanish that answers lead to."""
    for record in records:
        if not isinstance(record, FinderQuestion | FinderEnding):
            continue
        answers = [
            f"“{answer.text}” (in “{answer.question}”)" for answer in record.led_to_by.select_related("question")
        ]
        if isinstance(record, FinderQuestion) and record.starts.exists():
            answers.append("the finder itself: it is the first question")
        if answers:
            messages.error(request, f"“{record}” cannot be deleted while it is led to by: {', '.join(answers)}.")
            kind = record.key[0]
            return redirect(reverse(f"wagtailsnippets_referrals_finder{kind}:edit", args=[record.pk]))
    return None


@hooks.register("before_delete_snippet")
def keep_what_is_led_to(request, instances):
    return refuse_if_led_to(request, instances)


@hooks.register("before_bulk_action")
def keep_what_is_led_to_in_bulk(request, action_type, objects, action_class_instance):
    return refuse_if_led_to(request, objects) if action_type == "delete" else None
