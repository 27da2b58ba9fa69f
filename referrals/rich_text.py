"""The editor's side of a service inside a sentence: the button, how the link is stored, and how a seed writes it.

What readers get of it is made in links.py.
"""

from django.urls import reverse_lazy
from draftjs_exporter.dom import DOM
from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from referrals.models import Service
from safeguarding_site.seeds import record_named

FEATURE = "service-link"
ENTITY = "SERVICE_LINK"  # static/js/service-link.js knows it by this name


class ServiceLinkElementHandler(LinkElementHandler):
    def get_attribute_data(self, attrs):
        """Return the service's id, and its name for the editor; a service that is gone has none."""
        service = Service.objects.filter(pk=attrs.get("id")).first()
        return {"id": attrs.get("id"), "string": str(service) if service else ""}


def service_link(props):
    return DOM.create_element("a", {"linktype": "service", "id": props.get("id")}, props["children"])


@hooks.register("register_rich_text_features")
def offer_services_inside_sentences(features):
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "mobile-alt",
                "description": "A service: its number follows the record",
                "attributes": ["id", "string"],  # what is kept when words are copied within the editor
                "chooserUrls": {"serviceChooser": reverse_lazy("wagtailsnippetchoosers_referrals_service:choose")},
            },
            js=["wagtailadmin/js/chooser-modal.js", "js/service-link.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {'a[linktype="service"]': ServiceLinkElementHandler(ENTITY)},
            "to_database_format": {"entity_decorators": {ENTITY: service_link}},
        },
    )


@hooks.register("register_prose_features")
def button_for_services():
    return [FEATURE]


@hooks.register("resolve_seed_link")
def service_named_in_a_seed(scheme, name, where):
    """Return what `service:act-early` is stored as."""
    if scheme != "service":
        return None
    return {"linktype": "service", "id": record_named(Service, name, where).pk}
