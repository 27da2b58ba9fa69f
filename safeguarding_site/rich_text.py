"""Rich text: the editor's buttons, and the words in it."""

from wagtail import hooks


class Features:
    """The buttons of a rich text editor by name: those given, then those of the rooms ("register_prose_features").

    The rooms are asked each time it is read: models and blocks are made before any hook is known.
    """

    def __init__(self, *own):
        self.own = own

    def __iter__(self):
        yield from self.own
        for names in hooks.get_hooks("register_prose_features"):
            yield from names()


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
