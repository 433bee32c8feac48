"""Links that work no more, as things for an editor to do."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from cms.link_radar.marks import dead_links
from cms.models import CheckedLink
from cms.todo import Source, Todo


class DeadLinks(Source):
    key = "links"
    label = "Kapotte links"
    permission = "cms.view_checkedlink"

    @property
    def list_url(self) -> str:
        return f"{reverse('link_radar:links')}?stand={CheckedLink.State.BROKEN}"

    def rows(self, user: object) -> QuerySet[CheckedLink]:
        return dead_links().prefetch_related("uses").order_by("since", "pk")

    def todo(self, link: CheckedLink) -> Todo:
        what = f"Link werkt niet meer: {link.host}"
        url = reverse("link_radar:link", args=[link.pk])
        return Todo(what, link.places or link.url, localdate(link.since), url, "Bekijk de link")
