"""What editors may do with which page, beyond the rights that their group has in Wagtail."""

from wagtail.models import PagePermissionTester


class SitePagePermissions(PagePermissionTester):
    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """The pages that the rest of the site links to (home, categories, overviews) only go with an administrator."""
        if self.page.specific_class.max_count == 1 and not self.user.is_superuser:
            return False
        return bool(super().can_delete(ignore_bulk))

    def can_set_view_restrictions(self) -> bool:
        """Who may read a page is for administrators."""
        return bool(self.user.is_active and self.user.is_superuser and not self.page_is_root)


class EntryPermissions(SitePagePermissions):
    def represents(self) -> bool:
        """Whether this person keeps the entry; that is a table, and gives no rights in /beheer/."""
        return bool(self.user.is_active and self.page.representations.filter(user=self.user.pk).exists())

    def can_keep(self) -> bool:
        """Whether this person may write a new text for the entry, for an editor to look at."""
        return self.represents() or bool(self.can_edit())
