from django.shortcuts import render
from wagtail.admin.auth import require_admin_access

from safeguarding_site.blocks import StoryBlock


@require_admin_access
def show(request):
    """Every block an editor can put into a page, as it looks there, with its own example."""
    blocks = [
        {"block": block, "bound": block.bind(block.get_preview_value()), "description": block.get_description()}
        for block in StoryBlock().child_blocks.values()
    ]
    return render(request, "safeguarding_site/admin/gallery.html", {"blocks": blocks})
