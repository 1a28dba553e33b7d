"""我的个人信息: what is kept, correcting it, taking the consent back."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from members.documents import DOCUMENTS
from members.domain.accounts import change_email
from members.domain.consents import withdraw_consent
from members.domain.devices import end_sessions
from members.own_data import facts_of
from members.retention import all_rules


class EmailForm(forms.Form):
    email = forms.EmailField(
        required=False,
        label=gettext_lazy("电子邮箱"),
        help_text=gettext_lazy("可以不填。清空再保存，就删掉。"),
        error_messages={"invalid": gettext_lazy("邮箱格式不对，应像 name@example.com，请检查。")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@never_cache
@sensitive_post_parameters("email")
@login_required
def own_data(request):
    """The page; posted to it is her e-mail address, the one thing that is hers alone to change."""
    form = EmailForm(request.POST or None, initial={"email": request.user.email})
    if request.method == "POST" and form.is_valid():
        change_email(member=request.user, email=form.cleaned_data["email"])
        messages.success(request, _("邮箱已保存。"))
        return redirect("members:privacy")
    context = {
        "form": form,
        "facts": facts_of(request.user),
        "consents": request.user.consents.all()[:20],
        "documents": DOCUMENTS.values(),
        "rules": all_rules(),
        "tab": "me",
    }
    return render(request, "pages/privacy/own_data.html", context)


@never_cache
@login_required
def withdraw(request):
    """Taking the consent back: what follows is said first, and what becomes of the record asked."""
    if request.method != "POST":
        return render(request, "pages/privacy/withdraw.html", {"tab": "me"})
    if request.POST.get("record") == "erase":
        return redirect("members:erasure")
    with transaction.atomic():
        withdraw_consent(member=request.user, now=timezone.now())
        end_sessions(member=request.user, by=request.user, why="withdrawn")
    logout(request)
    messages.success(
        request, _("已撤回同意并退出登录，学习记录都留着。想回来，登录时再同意一次就行。")
    )
    return redirect("/")
