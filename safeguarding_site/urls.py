from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from wagtail import hooks
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from safeguarding_site import views
from safeguarding_site.safety import exit, neutral
from safeguarding_site.sitemap import PublicPages

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("leave/", exit.leave, name="leave"),
    path("s/<slug:code>/", neutral.show, name="neutral_address"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PublicPages}}, name="sitemap"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]

if settings.MEDIA_URL.startswith("/"):
    # One process that serves everything is what a small council runs. The shipped edge answers these from disk.
    urlpatterns += [re_path(rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>.*)$", views.upload)]

# Addresses that the rooms bring: above Wagtail's, which takes whatever is left.
for site_urls in hooks.get_hooks("register_site_urls"):
    urlpatterns += site_urls()

urlpatterns += [path("", include(wagtail_urls))]

handler400 = "safeguarding_site.views.bad_request"
handler500 = "safeguarding_site.views.server_error"
