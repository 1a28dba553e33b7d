"""更正申请: a member says what is wrong about her, and reads the answers."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from federations.domain.requests import RequestRefused, ask_correction
from federations.models import CorrectedThing, CorrectionRequest

PER_PAGE = 20


class CorrectionRequestForm(forms.Form):
    thing = forms.ChoiceField(
        label=gettext_lazy("哪里不对"), choices=CorrectedThing, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("应该是什么"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("例如：名字里的“英”应该是“瑛”。最多 200 字。"),
        error_messages={
            "required": gettext_lazy("请写明应该是什么。"),
            "max_length": gettext_lazy("最多 200 字，请写短一些。"),
        },
    )


@never_cache
@sensitive_post_parameters("text")
@login_required
def corrections(request):
    form = CorrectionRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _ask(request, form):
        messages.success(request, _("已提交，由您所在的妇联核对，答复会发到消息里。"))
        return redirect("corrections")
    rows = CorrectionRequest.objects.filter(member=request.user)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    context = {"form": form, "page_obj": page, "tab": "me"}
    return render(request, "pages/privacy/corrections.html", context)


def _ask(request, form: CorrectionRequestForm) -> bool:
    try:
        ask_correction(member=request.user, now=timezone.now(), **form.cleaned_data)
    except RequestRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True
