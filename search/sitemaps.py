"""The addresses of subjects, for crawlers."""

from django.db.models import QuerySet

from cms.machine_readers import PublicSitemap
from cms.models import Subject


class SubjectSitemap(PublicSitemap):
    def items(self) -> QuerySet[Subject]:
        return Subject.objects.order_by("slug")
