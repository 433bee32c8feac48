from datetime import timedelta

from django.apps import AppConfig


class ForumIntegrationConfig(AppConfig):
    name = "forum_integration"
    verbose_name = "Forum"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms import demo, jobs, mailing, todo
        from cms.doors import register_counts
        from cms.link_radar import sources
        from cms.machine_readers import register_sitemap
        from forum_integration import correspondence as personal
        from forum_integration import letters as composing
        from forum_integration import link_source, put_to_you, receivers, reminding, todos  # noqa: F401
        from forum_integration.demo import load_forum
        from forum_integration.services import correspondence, drafts, letters, news, routing, unsent, voting
        from forum_integration.services.moderation import forget_decided, forget_deleted
        from forum_integration.sitemaps import TopicSitemap
        from forum_integration.topics import topic_count

        jobs.register("spread-news", news.spread, every=jobs.EVERY_RUN)
        jobs.register("write-direct-mail", letters.write_direct, every=jobs.EVERY_RUN)
        jobs.register("write-daily-letter", letters.write_daily, every=jobs.EVERY_RUN)
        jobs.register("write-weekmail", letters.write_weekly, every=jobs.EVERY_RUN)
        jobs.register("forget-old-notifications", news.forget_old_notifications, every=timedelta(days=1))
        jobs.register("forget-deleted-posts", forget_deleted, every=timedelta(days=1))
        jobs.register("forget-what-was-decided", forget_decided, every=timedelta(days=1))
        jobs.register("put-questions-to-people", routing.put_questions, every=jobs.EVERY_RUN)
        jobs.register("forget-drafts", drafts.forget_old, every=timedelta(days=1))
        jobs.register("forget-voters", voting.forget_voters, every=timedelta(hours=1))
        jobs.register("forget-unsent-topics", unsent.forget_old, every=timedelta(days=1))
        jobs.register("forget-personal-messages", correspondence.forget_old, every=timedelta(days=1))
        jobs.register("remind-moderators", reminding.remind_moderators, every=timedelta(days=1))
        mailing.register(reminding.TEMPLATE, reminding.compose)
        mailing.register(personal.TEMPLATE, personal.compose)
        mailing.register(composing.TEMPLATE, composing.compose)
        mailing.register(put_to_you.TEMPLATE, put_to_you.compose)
        demo.register("the forum with its topics", load_forum, order=70)
        register_counts(topic_count)
        todo.register(todos.Posts())
        todo.register(todos.ReportedMessages())
        sources.register(link_source)
        register_sitemap("topics", TopicSitemap)
