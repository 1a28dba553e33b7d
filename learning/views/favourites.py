"""Pages that she keeps: a button on them, and the list."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.access import visible_to
from cms.cards import cards_for
from learning.domain.favourites import set_favourite_page
from learning.models import FavouritePage
from members.kept_posts import post_after_sign_in

PER_PAGE = 20


@post_after_sign_in("learning:favourites")
def mark_favourite(request, page_id):
    """`on` says what she wants, so that pressing twice does not undo it."""
    page = get_object_or_404(visible_to(request.user, Page.objects.all()), pk=page_id)
    is_favourite = request.POST.get("on") == "1"
    set_favourite_page(
        member=request.user, page_id=page.pk, is_favourite=is_favourite, now=timezone.now()
    )
    said = _("已收藏，在“我的”里的“收藏”能找到。") if is_favourite else _("已取消收藏。")
    messages.success(request, said)
    return HttpResponseRedirect(page.url)


@require_safe
@never_cache
@login_required
def favourites(request):
    """Newest first. A page that was taken away is left out; it comes back when it is live again."""
    pages = visible_to(request.user, Page.objects.all()).values("pk")
    rows = FavouritePage.objects.filter(member=request.user, page__in=pages)
    shown = Paginator(rows.order_by("-added_at", "-pk"), PER_PAGE).get_page(request.GET.get("p"))
    ids = [row.page_id for row in shown]
    cards = cards_for(request, ids)
    shown.object_list = [cards[pk] for pk in ids if pk in cards]
    return render(request, "pages/learning/favourites.html", {"page_obj": shown, "tab": "me"})
