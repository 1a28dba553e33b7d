"""Staff roles in the admin."""

from django.db import transaction
from wagtail.admin.views import generic
from wagtail.log_actions import log

from federations.domain.roles import delete_role


class DeleteRoleView(generic.DeleteView):
    def delete_action(self):
        with transaction.atomic():
            by = self.request.user
            log(instance=self.object, action="wagtail.delete", user=by, deleted=True)
            delete_role(role=self.object, by=by)
