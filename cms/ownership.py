"""Whose page it is: an editor works on the pages of her federation and of those below it.

Every view of the admin, the bulk actions, previews and moves included, asks the same permission
tester; so it is the one place to say no.

Nobody publishes by Wagtail's own ways, superusers included: pages become public by the three
reviews, an urgent correction or a superuser's recorded act (cms.domain.reviews.publishing).
"""

from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester

from cms.domain.reviews.people import may_correct, may_take_down
from cms.models import BasePage, ColumnPage
from federations.editing import is_editor, may_edit_for


class OwnedPagePermissionTester(PagePermissionTester):
    """What the group allows, as far as the federation of the role reaches, while it is in force."""

    def __init__(self, user, page):
        super().__init__(user, page)
        self.is_owned = may_edit_for(user, page.federation)
        if not user.is_active or user.is_superuser:
            return
        if not self._may_add():
            self.permissions = set()
        else:
            # For moving and deleting what is live, where our own rules below come on top; without
            # it Wagtail counts the live pages under every row of a list.
            self.permissions = self.permissions | {"publish"}

    def _may_add(self) -> bool:
        """A foreign page below which she may put her own: sections and columns take from all."""
        takes_from_all = is_fixed(self.page) or is_column(self.page)
        return self.is_owned or (takes_from_all and is_editor(self.user))

    def can_edit(self):
        return self.is_owned and super().can_edit()

    def can_publish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_unpublish(self):
        may = may_take_down(self.user, self.page.federation) and self._may_disturb()
        return may and self.page.live and not self.page_is_root

    def can_unschedule(self):
        """Back to a draft: that takes a new round of reviews."""
        return self.is_owned

    def can_set_view_restrictions(self):
        return may_correct(self.user, self.page.federation) and not self.page_is_root

    def can_delete(self, ignore_bulk=False):
        """What is live is taken down first, with a reason."""
        may = self._may_take_away() and super().can_delete(ignore_bulk=ignore_bulk)
        return may and (self.user.is_superuser or not self._is_live_below())

    def can_move(self):
        """Readers notice when what is live moves: a reviewer's decision."""
        may = self._may_take_away() and super().can_delete(ignore_bulk=True)
        return may and (may_correct(self.user, self.page.federation) or not self._is_live_below())

    def can_lock(self):
        return self.is_owned and super().can_lock()

    def can_unlock(self):
        return self.is_owned and super().can_unlock()

    def can_reorder_children(self):
        return self.is_owned and (self.user.is_superuser or "change" in self.permissions)

    def _may_take_away(self) -> bool:
        return self.is_owned and self._may_disturb()

    def _may_disturb(self) -> bool:
        return self.user.is_superuser or not is_fixed(self.page)

    def _is_live_below(self) -> bool:
        if self.page.live or self.page.is_leaf():
            return self.page.live
        return self.page.get_descendants().live().exists()


def is_fixed(page: Page) -> bool:
    """The home page and its sections: the site's menu and addresses stand on them."""
    return page.specific_class.max_count == 1


def is_column(page: Page) -> bool:
    return issubclass(page.specific_class, ColumnPage)


def permissions_for_user(page: BasePage, user) -> OwnedPagePermissionTester:
    return OwnedPagePermissionTester(user, page)
