"""Whose page it is: an editor works on the pages of her federation and of those below it.

Every view of the admin, the bulk actions, previews and moves included, asks the same permission
tester; so it is the one place to say no.
"""

from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester

from cms.models import BasePage, ColumnPage
from federations.editing import is_editor, may_edit_for


class OwnedPagePermissionTester(PagePermissionTester):
    """What the group allows, as far as the federation of the role reaches, while it is in force."""

    def __init__(self, user, page):
        super().__init__(user, page)
        self.is_owned = may_edit_for(user, page.federation)
        if user.is_active and not user.is_superuser and not self._may_add():
            self.permissions = set()

    def _may_add(self) -> bool:
        """A foreign page below which she may put her own: sections and columns take from all."""
        takes_from_all = is_fixed(self.page) or is_column(self.page)
        return self.is_owned or (takes_from_all and is_editor(self.user))

    def can_edit(self):
        return self.is_owned and super().can_edit()

    def can_publish(self):
        return self.is_owned and super().can_publish()

    def can_unpublish(self):
        return self._may_take_away() and super().can_unpublish()

    def can_delete(self, ignore_bulk=False):
        """Moving asks here too."""
        return self._may_take_away() and super().can_delete(ignore_bulk=ignore_bulk)

    def can_lock(self):
        return self.is_owned and super().can_lock()

    def can_unlock(self):
        return self.is_owned and super().can_unlock()

    def can_reorder_children(self):
        return self.is_owned and super().can_reorder_children()

    def _may_take_away(self) -> bool:
        return self.is_owned and (self.user.is_superuser or not is_fixed(self.page))


def is_fixed(page: Page) -> bool:
    """The home page and its sections: the site's menu and addresses stand on them."""
    return page.specific_class.max_count == 1


def is_column(page: Page) -> bool:
    return issubclass(page.specific_class, ColumnPage)


def permissions_for_user(page: BasePage, user) -> OwnedPagePermissionTester:
    return OwnedPagePermissionTester(user, page)
