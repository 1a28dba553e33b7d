"""What a link out of this site must be, wherever an editor enters one."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from cms.forms import DraftAwareForm
from cms.hosts import BadAddress, read_domain, read_host
from cms.models import AllowedDomain, ColumnLinkPage
from cms.models.domains import is_allowed_host

PROBLEMS = {
    "unreadable": _("网址里有空格或看不懂的符号，请从浏览器地址栏重新复制。"),
    "scheme": _("网址要以 https:// 开头，请补全；只有 http 的网站不能用。"),
    "userinfo": _("网址里不能有 @，请检查是不是复制错了。"),
    "port": _("网址里不能带端口号（冒号和数字），请换一个普通的网址。"),
    "host": _("网址的域名不对，请用字母写的域名，不用数字地址和中文域名。"),
}
NOT_LISTED = _(
    "域名 %(host)s 不在“可用域名”里，不能保存。请核对网址；确实要用，请省妇联的编辑先加上这个域名。"
)
DOMAIN_PROBLEM = _("请只填域名，例如 gd.gov.cn：不带 https://、斜杠、星号和端口，也不用中文域名。")
ONE_OF_TWO = _("“网址”和“本站页面”请选填一样，不能两样都填。")
NEITHER = _("请填网址，或选一个本站页面。")
# They could lead in circles.
LINK_TO_LINK = _("这个页面自己也是链接。请选它最后通往的页面。")


def check_address(address: str) -> str:
    """The address's host, if editors may link there. Raises ValidationError."""
    try:
        host = read_host(address)
    except BadAddress as problem:
        raise forms.ValidationError(PROBLEMS[problem.code]) from problem
    if not is_allowed_host(host):
        raise forms.ValidationError(NOT_LISTED, params={"host": host})
    return host


class AddressFormMixin:
    """For a form with `address`, of a model with `host`. What was typed is kept as it is."""

    def clean_address(self):
        address = self.cleaned_data["address"]
        self.instance.host = check_address(address) if address else ""
        return address


class AllowedDomainForm(WagtailAdminModelForm):
    class Meta:
        model = AllowedDomain
        fields = ["domain", "note"]
        error_messages = {"domain": {"unique": _("这个域名已经在表里了。")}}

    def clean_domain(self):
        try:
            return read_domain(self.cleaned_data["domain"].strip())
        except BadAddress as problem:
            raise forms.ValidationError(DOMAIN_PROBLEM) from problem


class ColumnLinkForm(AddressFormMixin, DraftAwareForm):
    def clean(self):
        cleaned = super().clean()
        filled = [name for name in ("address", "target") if cleaned.get(name)]
        if len(filled) > 1:
            self.add_error("target", ONE_OF_TWO)
        elif filled == ["target"] and cleaned["target"].specific_class is ColumnLinkPage:
            self.add_error("target", LINK_TO_LINK)
        elif not filled and not self.is_draft and "address" not in self.errors:
            self.add_error("address", NEITHER)
        return cleaned
