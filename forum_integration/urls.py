"""The addresses of the forum, below the editor's page at /forum/; names and arguments are those of machina."""

from django.urls import include, path

from forum_integration.feeds import NewTopics, PostsInTopic, TopicsAboutSubject, UnansweredQuestions
from forum_integration.views import (
    asking,
    correspondence,
    following,
    history,
    ideas,
    moderation,
    questions,
    reading,
    rearranging,
    reporting,
    restrictions,
    taking_part,
    writing,
)
from pages.views import serve

FORUM = "<str:forum_slug>-<int:forum_pk>/"
TOPIC = f"{FORUM}<str:topic_slug>-<int:topic_pk>/"

forum = [
    path("", serve, {"path": "forum/"}, name="index"),
    path("<str:slug>-<int:pk>/", reading.forum, name="forum"),
]
forum_conversation = [
    path(f"{FORUM}nieuw/", asking.start_topic, name="topic_create"),
    path("concept/<str:key>/", asking.unsent_topic, name="unsent_topic"),
    path(f"{FORUM}<str:slug>-<int:pk>/", reading.topic, name="topic"),
    path(f"{FORUM}<str:slug>-<int:pk>/bewerken/", writing.edit_topic, name="topic_update"),
    path(f"{TOPIC}antwoord/", writing.reply, name="post_create"),
    path(f"{TOPIC}<int:pk>/bewerken/", writing.edit_post, name="post_update"),
    path(f"{TOPIC}<int:pk>/verwijderen/", writing.delete_post, name="post_delete"),
    path("bericht/<int:pk>/", reading.post, name="post"),
    path(f"{TOPIC}<int:pk>/melden/", reporting.report, name="post_report"),
    path("bijlage/<int:pk>/", taking_part.attachment, name="attachment"),
    path("peiling/<int:pk>/stem/", taking_part.vote, name="topic_poll_vote"),
]
forum_questions = [
    path("onbeantwoord/", questions.unanswered, name="unanswered"),
    path("antwoord/<int:pk>/accepteer/", questions.accept, name="accept"),
    path("vraag/<int:pk>/toch-niet-opgelost/", questions.take_back_acceptance, name="take_back_acceptance"),
    path("vraag/<int:pk>/heb-ik-ook/", questions.same_question, {"holds": True}, name="same_question"),
    path("vraag/<int:pk>/heb-ik-niet/", questions.same_question, {"holds": False}, name="not_same_question"),
    path("antwoord/<int:pk>/nuttig/", questions.useful, {"holds": True}, name="useful"),
    path("antwoord/<int:pk>/niet-nuttig/", questions.useful, {"holds": False}, name="not_useful"),
]
forum_ideas = [
    path("idee/<int:pk>/afronden/", ideas.close, name="close"),
    path("idee/<int:pk>/heropenen/", ideas.reopen, name="reopen"),
]
forum_feeds = [
    path("feed/", NewTopics(), name="latest_topics"),
    path(f"{FORUM}feed/", NewTopics(), name="forum_latest_topics"),
    path("onbeantwoord/feed/", UnansweredQuestions(), name="unanswered_questions"),
    path("onderwerp/<slug:subject_slug>/feed/", TopicsAboutSubject(), name="subject_topics"),
    path(f"{TOPIC}feed/", PostsInTopic(), name="topic_posts"),
]
forum_member = [
    path("lid/<int:pk>/", reading.member, name="profile"),
    path("meldingen/", following.notifications, name="notifications"),
    path("meldingen/gelezen/", following.mark_all_notifications_read, name="notifications_read"),
    path("meldingen/<int:pk>/gelezen/", following.mark_notification_read, name="notification_read"),
    path("gevolgd/", following.followed, name="user_subscriptions"),
    path("volg/<slug:what>/<int:pk>/", following.follow, {"follows": True}, name="follow"),
    path("ontvolg/<slug:what>/<int:pk>/", following.follow, {"follows": False}, name="unfollow"),
]
forum_moderation = [
    path("wachtrij/", moderation.queue, name="queue"),
    path("wachtrij/<int:pk>/", moderation.queued_post, name="queued_post"),
    path("wachtrij/<int:pk>/plaats/", moderation.approve, name="approve_queued_post"),
    path("wachtrij/<int:pk>/weiger/", moderation.refuse, name="disapprove_queued_post"),
    path("wachtrij/<int:pk>/zet-terug/", moderation.restore, name="restore_post"),
    path("wachtrij/<int:pk>/verwijder/", moderation.delete, name="delete_post"),
    path("bericht/<int:pk>/geschiedenis/", history.post_history, name="post_history"),
    path("persoonlijke-berichten/", correspondence.reported, name="reported_messages"),
    path("persoonlijke-berichten/<int:pk>/gelezen/", correspondence.close_report, name="close_report"),
    path("verwijderd/", moderation.deleted, name="deleted"),
    path("logboek/", moderation.acts, name="log"),
    path("accounts/", restrictions.restricted, name="restricted"),
    path("accounts/<int:pk>/", restrictions.account, name="account"),
    path("accounts/<int:pk>/hef-op/", restrictions.lift, name="account_lift"),
    path("<str:slug>-<int:pk>/sluit/", rearranging.change_topic, {"act": "lock"}, name="topic_lock"),
    path("<str:slug>-<int:pk>/open/", rearranging.change_topic, {"act": "unlock"}, name="topic_unlock"),
    path("<str:slug>-<int:pk>/zet-vast/", rearranging.change_topic, {"act": "stick"}, name="topic_update_to_sticky"),
    path("<str:slug>-<int:pk>/laat-los/", rearranging.change_topic, {"act": "unstick"}, name="topic_update_to_post"),
    path("<str:slug>-<int:pk>/verplaats/", rearranging.move, name="topic_move"),
    path("<str:slug>-<int:pk>/voeg-samen/", rearranging.merge, name="topic_merge"),
    path("<str:slug>-<int:pk>/splits/", rearranging.split, name="topic_split"),
    path("<str:slug>-<int:pk>/verwijder/", writing.delete_topic, name="topic_delete"),
]
forum_tracking = [
    path("ongelezen/", taking_part.unread_topics, name="unread_topics"),
    path("gelezen/", taking_part.mark_all_read, name="mark_all_forums_read"),
]

urlpatterns = [
    path("", include((forum, "forum"))),
    path("", include((forum_conversation, "forum_conversation"))),
    path("", include((forum_questions, "forum_questions"))),
    path("", include((forum_ideas, "forum_ideas"))),
    path("", include((forum_feeds, "forum_feeds"))),
    path("", include((forum_member, "forum_member"))),
    path("moderatie/", include((forum_moderation, "forum_moderation"))),
    path("", include((forum_tracking, "forum_tracking"))),
]
