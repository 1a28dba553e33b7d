"""取消发布: at once, by whoever answers for the page, with a reason."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.domain.reviews.errors import ReviewRefused
from cms.domain.reviews.publishing import take_down
from cms.reviews_admin.frame import REASON_LENGTH

REFUSED_IN_BULK = {
    "publish": gettext_lazy("不能成批发布：每一页都要经过三审。请打开页面，点“提交审核”。"),
    "unpublish": gettext_lazy("不能成批取消发布：每一页都要写明理由。请打开页面，点“取消发布”。"),
}


def take_down_with_reason(request, page):
    """before_unpublish_page, after the others: what a plan requires has been refused by now."""
    try:
        count = take_down(
            page_id=page.pk,
            by=request.user,
            reason=request.POST.get("reason", "")[:REASON_LENGTH],
            with_pages_below=bool(request.POST.get("include_descendants")),
            now=timezone.now(),
        )
    except ReviewRefused as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_pages:unpublish", page.pk)
    said = _("《%(title)s》已撤下，共 %(count)d 页。")
    messages.success(request, said % {"title": page.title, "count": count})
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def refuse_in_bulk(request, action_type, objects, action):
    """before_bulk_action"""
    if action.model is not Page or action_type not in REFUSED_IN_BULK:
        return None
    messages.error(request, REFUSED_IN_BULK[action_type])
    return redirect("wagtailadmin_explore_root")
