"""What is found and is no page: topics of the forum, organisations and subjects."""

from collections import defaultdict
from datetime import date as Date
from typing import Any

from django.db.models import QuerySet
from wagtail.rich_text import get_text_for_indexing

from cms.categories import Category, Kind
from cms.models import Organisation, Subject, SubjectTerm
from forum_integration import topics
from forum_integration.topics import Topic
from search.sources.base import Source, column, lines, names_of, some


class TopicSource(Source):
    model = Topic
    kind = Kind.TOPIC
    category = Category.FORUM
    related = {
        "details__subjects": ("slug",),
        "details__sectors": ("slug", "name"),
        "idea": ("asks",),
        "poll": ("question",),
        "poll__options": ("text",),
    }

    def visible(self) -> QuerySet[Topic]:
        return topics.public_topics()

    def title(self, thing: Topic) -> str:
        return str(thing.subject)

    def url(self, thing: Topic) -> str:
        return topics.topic_url(thing)

    def summary(self, thing: Topic) -> str:
        return topics.opening_of(thing)

    def date(self, thing: Topic) -> Date | None:
        return thing.last_post_on and thing.last_post_on.date()

    def excerpt(self, thing: Topic) -> str:
        """Nothing: a list of topics does not read their posts."""
        return ""

    def details(self, thing: Topic) -> dict[str, Any]:
        return {
            "labels": some(thing.details.get_kind_display(), *column(thing, "details__sectors", 1)),
            "body": lines(
                *column(thing, "idea"),
                *column(thing, "poll"),
                *column(thing, "poll__options"),
                topics.replies_of(thing),
            ),
            "subjects": column(thing, "details__subjects"),
            "sectors": column(thing, "details__sectors"),
            "people": some(thing.poster and thing.poster.display_name),
        }


class OrganisationSource(Source):
    model = Organisation
    kind = Kind.ORGANISATION
    related = {"subjects": ("slug",), "sectors": ("slug",)}

    def visible(self) -> QuerySet[Organisation]:
        return Organisation.objects.filter(is_public=True)

    def with_parents(self, things: QuerySet[Any]) -> QuerySet[Any]:
        return things.select_related("part_of")

    def summary(self, thing: Organisation) -> str:
        return thing.description

    def details(self, thing: Organisation) -> dict[str, Any]:
        return {
            "names": some(thing.abbreviation),
            "labels": some(self.kind.label, thing.get_kind_display()),
            "organisations": names_of(thing.part_of),
            "subjects": column(thing, "subjects"),
            "sectors": column(thing, "sectors"),
        }


class SubjectSource(Source):
    model = Subject
    kind = Kind.SUBJECT
    related = {"terms": ("meaning", "term")}

    def visible(self) -> QuerySet[Subject]:
        return Subject.objects.all()

    def summary(self, thing: Subject) -> str:
        return thing.scope

    def details(self, thing: Subject) -> dict[str, Any]:
        terms = defaultdict(list)
        for meaning, term in thing.related_rows["terms"]:
            terms[meaning].append(term)
        return {
            "names": tuple(terms[SubjectTerm.Meaning.SAME]),
            "excluded_terms": tuple(terms[SubjectTerm.Meaning.OTHER]),
            "labels": (self.kind.label,),
            "body": get_text_for_indexing(thing.intro),
            "subjects": (thing.slug,),
        }
