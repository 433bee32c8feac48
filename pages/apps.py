from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Pagina's"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from datetime import timedelta

        from django.apps import apps
        from django.db.models import Q
        from django.db.models.signals import post_migrate

        from cms import jobs, mailing, todo
        from cms.accounts import inactive
        from cms.doors import register_counts
        from cms.link_radar import sources
        from cms.machine_readers import register_sitemap
        from pages import demo, link_source, roles, todos
        from pages.correcting import receivers as corrections  # noqa: F401 - it connects itself
        from pages.correcting import reporting
        from pages.currency import reminding
        from pages.front import entry_counts
        from pages.lifecycle import acts
        from pages.proposing import sending
        from pages.representing import invitations, logos, receivers, texts  # noqa: F401 - they connect themselves
        from pages.sitemaps import OrganisationSitemap, PageSitemap

        # After the last app, since each makes the permissions of its own tables.
        post_migrate.connect(roles.sync_after_migrating, sender=list(apps.get_app_configs())[-1])
        demo.register()
        sources.register(link_source)

        for source in (todos.ToReview(), todos.Claims(), todos.Corrections(), todos.Proposals(), todos.Overdue()):
            todo.register(source)
        jobs.register("forget-invitations", invitations.forget_old, every=timedelta(days=1))
        mailing.register(reminding.TEMPLATE, reminding.compose)
        jobs.register("ask-whether-entries-still-hold", reminding.remind, every=timedelta(hours=1))
        jobs.register("end-what-ends-today", acts.bring_into_force, every=timedelta(hours=1))
        jobs.register("forget-logos", logos.forget_old, every=timedelta(days=1))
        jobs.register("forget-readers-who-were-answered", reporting.forget_old, every=timedelta(days=1))
        jobs.register("forget-unsent-proposals", sending.forget_old, every=timedelta(days=1))
        jobs.register("forget-unsent-texts", texts.forget_old, every=timedelta(days=1))
        inactive.keep(Q(representations__isnull=False))
        register_counts(entry_counts)
        register_sitemap("pages", PageSitemap)
        register_sitemap("organisations", OrganisationSitemap)
