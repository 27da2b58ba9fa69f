from wagtail.admin.menu import MenuItem


class MenuItemFor(MenuItem):
    """A line of the admin's menu for those whom `allowed`, a function of the user, lets in."""

    def __init__(self, *args, allowed, **kwargs):
        self.allowed = allowed
        super().__init__(*args, **kwargs)

    def is_shown(self, request):
        return self.allowed(request.user)
