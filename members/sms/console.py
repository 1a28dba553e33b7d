"""The embedded run's sender: the person at the console reads the code there."""

from django.utils.translation import gettext as _

from members.phones import mask_phone


class ConsoleSender:
    def send_code(self, phone: str, code: str) -> None:
        text = _("【执委学堂】验证码 %(code)s，5 分钟内有效。请勿告诉他人。") % {"code": code}
        # Printed, not logged: a log must never carry a code.
        print(f"\n✉ {mask_phone(phone)}  {text}\n", flush=True)
