"""One run of the link monitor: collect, ask, remember."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from referrals.link_monitor.check import check_all
from referrals.link_monitor.classify import Verdict
from referrals.link_monitor.collect import collect_links
from referrals.models import LinkResult

Status = LinkResult.Status
# If nobody at all answers, of at least this many hosts, then the network that is down is our own.
HOSTS_TO_TELL = 3


class OfflineError(Exception):
    """No host answered. Nothing is remembered, or three evenings without a network would break every link."""


def check_links(checker, limit=None):
    """Look at all links, or at the `limit` that were not looked at for longest. Return a Counter of what was found.

    All is remembered at the end and at once: a run that is stopped leaves the last one's results.
    """
    links = collect_links()
    looked_at = dict(LinkResult.objects.values_list("url", "checked_at"))
    waiting = [link for link in links.values() if not link.fault]
    waiting.sort(key=lambda link: (link.url in looked_at, looked_at.get(link.url), link.url))
    waiting = waiting[:limit]
    verdicts = {link.url: verdict for link, verdict in check_all(checker, waiting)}
    if is_offline(waiting, verdicts):
        raise OfflineError
    verdicts |= {link.url: Verdict(Status.MALFORMED, link.fault) for link in links.values() if link.fault}
    return remember(links, verdicts)


def is_offline(links, verdicts):
    silent = all(verdict.status == Status.FAILING and not verdict.http_status for verdict in verdicts.values())
    return silent and len({link.host for link in links}) >= HOSTS_TO_TELL


@transaction.atomic
def remember(links, verdicts):
    """Store what was found, where each link stands now, and forget the links that are gone."""
    now = timezone.now()
    today = timezone.localdate()
    found = Counter()
    LinkResult.objects.exclude(url__in=links).delete()
    results = {result.url: result for result in LinkResult.objects.select_for_update()}
    for url, link in links.items():
        result = results.get(url)
        if result is None:
            if url not in verdicts:
                continue
            result, _ = LinkResult.objects.get_or_create(url=url, defaults={"checked_at": now})
        result.where = link.places
        if url in verdicts:
            result.take(verdicts[url], now, today)
            found[result.status] += 1
        result.save()
    return found
