"""送审前核对用语: the words that were found, and why each may stay."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.domain.reviews.errors import ReviewRefused
from cms.domain.reviews.rounds import current_state, send_off, take_back
from cms.domain.reviews.words import find_words, with_reasons
from cms.reviews_admin.frame import REASON_LENGTH, ReviewsView, SeenForm, as_seen


class WordsView(ReviewsView):
    page_title = gettext_lazy("送审前核对用语")
    template_name = "admin_reviews/words.html"
    header_icon = "warning"
    page: Page

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def dispatch(self, request, page_id: int):
        self.page = get_object_or_404(Page, pk=page_id)
        if not self.page.specific.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, page_id)

    def get(self, request, page_id: int):
        return self.show_words({}, "")

    def show_words(self, typed: dict, problem: str):
        state = current_state(self.page)
        if state is None or not state.is_held:
            messages.info(self.request, _("没有要核对的用语。"))
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        words = with_reasons(self.page.pk, find_words(state.revision.as_object()))
        for word in words:
            word.reason = typed.get(word.word, word.reason)
        form = SeenForm(initial=as_seen(state.text))
        return self.show(
            page=self.page, words=words, form=form, problem=problem, reason_length=REASON_LENGTH
        )

    def post(self, request, page_id: int):
        if "back" in request.POST:
            take_back(page_id=page_id, by=request.user)
            return redirect("wagtailadmin_pages:edit", page_id)
        form = SeenForm(request.POST)
        names, reasons = request.POST.getlist("word"), request.POST.getlist("word_reason")
        typed = {name: reason[:REASON_LENGTH] for name, reason in zip(names, reasons, strict=False)}
        if not form.is_valid():
            return self.show_words(typed, _("页面刚刚改过，请再核对一次。"))
        try:
            send_off(page_id=page_id, by=request.user, reasons=typed, seen=form.seen)
        except ReviewRefused as error:
            return self.show_words(typed, str(error))
        messages.success(request, _("《%(title)s》已提交审核。") % {"title": self.page.draft_title})
        return redirect("wagtailadmin_explore", self.page.get_parent().pk)
