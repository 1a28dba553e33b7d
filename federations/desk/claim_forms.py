"""What can be made of a claim: three forms, of which one is sent."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federations.desk.roster_forms import (
    DayField,
    DeskForm,
    position_field,
    source_field,
    term_field,
)
from federations.models import RosterClaim, Source
from members.models import Member


class ClaimForm(DeskForm):
    """All three are made alike; `candidates` is whom of the team she may be."""

    def __init__(self, *args, claim: RosterClaim, candidates: list[Member], **kwargs):
        super().__init__(*args, **kwargs)
        self.claim = claim
        self.candidates = {each.pk: each for each in candidates}


class MemberForm(ClaimForm):
    """She is one of the team."""

    who = forms.TypedChoiceField(
        label=gettext_lazy("她是哪一位"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选她是哪一位。")},
    )
    replaces_phone = forms.BooleanField(
        label=gettext_lazy("改用她验证过的手机号，原来的手机号不能再登录"), required=False
    )
    replaces_wechat = forms.BooleanField(
        label=gettext_lazy("换成她现在的微信，原来的微信不能再登录"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [(pk, describe(each)) for pk, each in self.candidates.items()]
        if not self.claim.phone:
            del self.fields["replaces_phone"]
        if not self.claim.identity_id:
            del self.fields["replaces_wechat"]


def describe(member: Member) -> str:
    facts = [member.name, member.masked_phone or _("没有手机号")]
    if member.last_login:
        facts.append(_("%s 登录过") % localdate(member.last_login).strftime("%Y-%m-%d"))
    else:
        facts.append(_("从没登录过"))
    return " · ".join(str(each) for each in facts)


class NewForm(ClaimForm):
    """She is somebody new."""

    position = position_field()
    starts_on = DayField(label=gettext_lazy("任期起"), initial=localdate)
    term = term_field(required=False)
    source = source_field(initial=Source.ADDED)
    is_namesake = forms.BooleanField(
        label=gettext_lazy("这里同名的那一位是另一个人"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["position"].initial = self.claim.position


class DeclineForm(ClaimForm):
    reason = forms.CharField(
        label=gettext_lazy("不通过的原因"),
        max_length=200,
        help_text=gettext_lazy("她会看到。请写清楚，例如：换届名单里没有您，请和村妇联主席核对。"),
        error_messages={"required": gettext_lazy("请写明原因，她会看到。")},
    )
