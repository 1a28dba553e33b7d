"""A double press passes the form's check twice; the database refuses the second one."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

SAVED_MEANWHILE = _("刚刚已经保存过同样的记录，请回到列表核对，不用重复提交。")


class UniqueRaceMixin:
    """For a view with a ModelForm: the form explains the clash, instead of a server error.

    The error of the database must not get out: it carries the value, a phone number for example,
    into the log.
    """

    race_field: str | None = None
    race_message = SAVED_MEANWHILE

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError:
            form.add_error(self.race_field, self.race_message)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
