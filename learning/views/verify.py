"""Is this certificate real? Open to everybody, and as little as that takes (law, article 6)."""

from allauth.account.adapter import get_adapter
from django import forms
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.models import Certificate
from learning.rules.certificate_numbers import (
    LENGTH,
    WrongCheck,
    WrongLength,
    read_number,
    show_number,
)
from learning.rules.certificate_text import mask_name
from members.domain.limits import Limit, LimitReached

# Per address of the network, which a whole village may share. Of 10¹² numbers a year that is none.
LOOKS = Limit("certificate-looks", amount=300, seconds=10 * 60)


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("证书编号"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("印在证书二维码旁边，例如 2026-7K3M-Q9XT-H。大小写和空格都不要紧。"),
        error_messages={
            "required": _("请填写证书编号。"),
            "max_length": _("编号太长了，请只填证书编号。"),
        },
    )

    def clean_number(self):
        typed = self.cleaned_data["number"]
        try:
            return read_number(typed)
        except WrongLength as wrong:
            values = {"length": LENGTH, "count": wrong.count}
            raise forms.ValidationError(
                _("编号共 %(length)s 位字母和数字，现在有 %(count)s 位，请对照证书检查。"),
                params=values,
            ) from wrong
        except WrongCheck as wrong:
            message = _("编号里有一位写错了，或者有两位颠倒了，请对照证书检查。")
            raise forms.ValidationError(message) from wrong


@require_safe
@never_cache
def verify(request):
    """The form; a number that can be one leads to its page."""
    form = NumberForm(request.GET) if "number" in request.GET else NumberForm()
    if form.is_bound and form.is_valid():
        return redirect("verify_number", show_number(form.cleaned_data["number"]))
    return answer(request, form=form)


@require_safe
@never_cache
def verify_number(request, number):
    form = NumberForm({"number": number})
    if not form.is_valid():
        return answer(request, form=form, status=404)
    address = get_adapter(request).get_client_ip(request)
    try:
        LOOKS.take(address, now=timezone.now())
    except LimitReached:
        return answer(request, form=form, is_limited=True, status=429)
    found = Certificate.objects.filter(number=form.cleaned_data["number"])
    certificate = found.select_related("edition").first()
    if certificate is None:
        return answer(request, form=form, is_unknown=True, status=404)
    return answer(request, form=NumberForm(), shown=facts(certificate))


def facts(certificate: Certificate) -> dict:
    """All that the page may know. No unit: with the masked name it would name her in a village."""
    return {
        "number": certificate.shown_number,
        "is_valid": certificate.is_valid,
        "is_replaced": certificate.replaced_at is not None,
        "revoked_at": certificate.revoked_at,
        "name": mask_name(certificate.name),
        "heading": certificate.edition.heading,
        "title": certificate.title,
        "issuer": certificate.edition.issuer,
        "issued_on": certificate.date_text,
    }


def answer(request, *, status: int = 200, **context):
    response = render(request, "pages/learning/certificates/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
