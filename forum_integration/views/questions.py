"""Questions: the list of those that wait for an answer, accepting one, and what members say of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from forum_integration import questions
from forum_integration.access import demand, find_post_by_pk, find_topic, post_url, sign_in_when_refused
from forum_integration.rights import rights_of
from forum_integration.services import questions as verbs
from forum_integration.topics import topic_url
from forum_integration.views.reading import TOPICS_PER_PAGE, page_of, subject_asked_for, trail_to


@require_safe
def unanswered(request: HttpRequest) -> HttpResponse:
    rights = rights_of(request)
    subject = subject_asked_for(request)
    order = questions.Order.NEWEST if request.GET.get("sorteer") == "nieuwste" else questions.Order.LONGEST_WAITING
    page = page_of(request, questions.Worklist(rights, subject.pk if subject else None, order), TOPICS_PER_PAGE)
    context = {
        "page_obj": page,
        "topics": page.object_list,
        "subject": subject,
        "subjects": questions.unanswered_by_subject(rights),
        "is_newest_first": order == questions.Order.NEWEST,
        "trail": trail_to(),
    }
    return TemplateResponse(request, "forum/unanswered.html", context)


@require_POST
@sign_in_when_refused
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    post = find_post_by_pk(request, pk)
    rights = rights_of(request)
    demand(rights.may_accept_answer(post, post.topic), come_back_to=post_url(post))
    verbs.accept(post=post, by=rights)
    messages.success(request, "Dit antwoord staat nu onder de vraag. De vraag is opgelost.")
    return redirect(f"{topic_url(post.topic)}#geaccepteerd")


@require_POST
@sign_in_when_refused
def take_back_acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    topic = find_topic(request, pk)
    rights = rights_of(request)
    demand(rights.may_choose_answer(topic), come_back_to=topic_url(topic))
    verbs.take_back_acceptance(topic=topic, by=rights)
    messages.success(request, "Er staat geen antwoord meer onder de vraag. De antwoorden zelf zijn er nog.")
    return redirect(topic_url(topic))


@require_POST
@sign_in_when_refused
def same_question(request: HttpRequest, pk: int, *, holds: bool) -> HttpResponse:
    topic = find_topic(request, pk)
    rights = rights_of(request)
    back = f"{topic_url(topic)}#ook-mijn-vraag"
    demand(rights.may_share_question(topic), come_back_to=back)
    verbs.set_same_question(topic=topic, by=rights, holds=holds)
    return redirect(back)


@require_POST
@sign_in_when_refused
def useful(request: HttpRequest, pk: int, *, holds: bool) -> HttpResponse:
    post = find_post_by_pk(request, pk)
    rights = rights_of(request)
    back = f"{topic_url(post.topic)}?bericht={pk}#nuttig-{pk}"
    demand(rights.may_find_useful(post, post.topic), come_back_to=back)
    verbs.set_useful(post=post, by=rights, holds=holds)
    return redirect(back)
