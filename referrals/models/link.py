from django.db import models

# Counted on different days: a site that is being mended, or a network that is down, is no dead link.
FAILED_DAYS_TO_BREAK = 3
# What a unique index of PostgreSQL can hold, with room for letters of several bytes.
LONGEST_ADDRESS = 600


class LinkResult(models.Model):
    """What the link monitor last found at one address that the site sends people to."""

    class Status(models.TextChoices):
        """What was found; the worst first, which is the order of the report."""

        BROKEN = "broken", "Broken"
        PRIVATE = "private", "Leads into a private network"
        MALFORMED = "malformed", "Not an address"
        CERTIFICATE = "certificate", "Certificate trouble"
        LOGIN_WALL = "login_wall", "Asks to sign in"
        MOVED = "moved", "Moved"
        FAILING = "failing", "Failing, but not on three days yet"
        REFUSES_ROBOTS = "refuses_robots", "Refuses robots: look yourself"
        FINE = "fine", "Fine"

    url = models.CharField("link", max_length=LONGEST_ADDRESS, unique=True)
    status = models.CharField("found", max_length=16, choices=Status.choices, default=Status.FINE)
    detail = models.CharField(max_length=250, blank=True)
    http_status = models.PositiveSmallIntegerField("answer", null=True, blank=True)
    moved_to = models.TextField(blank=True)
    failed_days = models.PositiveSmallIntegerField("days failed in a row", default=0)
    last_failed_on = models.DateField(null=True, blank=True)
    checked_at = models.DateTimeField("looked at")
    where = models.JSONField("stands on", default=list, help_text="Rows of {title, edit}: edit is a path of the admin.")

    class Meta:
        ordering = ["url"]

    def __str__(self):
        return self.url

    def take(self, verdict, now, today):
        """Take over what was found just now. A failure counts once a day; any other finding ends the row of failures."""
        self.status = verdict.status
        self.detail = verdict.detail[:250]
        self.http_status = verdict.http_status
        self.moved_to = verdict.moved_to
        self.checked_at = now
        if verdict.status != self.Status.FAILING:
            self.failed_days, self.last_failed_on = 0, None
            return
        if self.last_failed_on != today:
            self.failed_days += 1
            self.last_failed_on = today
        if self.failed_days >= FAILED_DAYS_TO_BREAK:
            self.status = self.Status.BROKEN

    @property
    def titles(self):
        return "; ".join(place["title"] for place in self.where)

    @classmethod
    def worst_first(cls):
        cases = [models.When(status=status, then=place) for place, status in enumerate(cls.Status.values)]
        return cls.objects.order_by(models.Case(*cases, output_field=models.IntegerField()), "url")

    @classmethod
    def for_a_person(cls):
        """Return what an editor can mend, the worst first: not what may pass by itself or cannot be looked at."""
        waits = [cls.Status.FINE, cls.Status.FAILING, cls.Status.REFUSES_ROBOTS]
        return cls.worst_first().exclude(status__in=waits)
