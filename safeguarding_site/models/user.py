from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of staff. Readers have no accounts.

    Own model from the first migration: swapping Django's for ours later means rewriting every table that
    points at it (docs.djangoproject.com, "Substituting a custom User model").
    """
