"""紧急更正, and a superuser's publishing without reviews: what changes, and why at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.domain.reviews.errors import ReviewRefused
from cms.domain.reviews.people import may_correct
from cms.domain.reviews.publishing import publish_correction, publish_directly
from cms.domain.reviews.rounds import current_state, text_of
from cms.domain.reviews.words import find_words
from cms.reviews_admin.frame import (
    ReviewsView,
    SeenForm,
    announce_publication,
    as_seen,
    differences,
)


class PublishingView(ReviewsView):
    """`publish` is the domain's function; `explanation` says what it will do."""

    template_name = "admin_reviews/publish.html"
    header_icon = "upload"
    explanation = button = ""
    page: Page

    def may_publish(self, page: Page) -> bool:
        raise NotImplementedError

    def publish(self, **decision) -> None:
        raise NotImplementedError

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def dispatch(self, request, page_id: int):
        self.page = get_object_or_404(Page, pk=page_id).specific
        if not self.may_publish(self.page):
            raise PermissionDenied
        return super().dispatch(request, page_id)

    def get(self, request, page_id: int):
        if self.page.latest_revision is None:
            messages.error(request, _("还没有草稿可以发布，请先保存。"))
            return redirect("wagtailadmin_pages:edit", page_id)
        return self.show_draft(SeenForm(initial=as_seen(text_of(self.page))))

    def show_draft(self, form):
        draft = self.page.get_latest_revision_as_object()
        is_live = self.page.live
        return self.show(
            page=self.page,
            form=form,
            revision=self.page.latest_revision,
            differences=differences(self.request, self.page, self.page, draft) if is_live else None,
            words=find_words(draft),
            explanation=self.explanation,
            button=self.button,
        )

    def post(self, request, page_id: int):
        form = SeenForm(request.POST)
        if not form.is_valid():
            return self.show_draft(form)
        try:
            self.publish(
                page_id=page_id,
                by=request.user,
                reason=form.cleaned_data["reason"],
                seen=form.seen,
                now=timezone.now(),
            )
        except ReviewRefused as error:
            form.add_error("reason", str(error))
            return self.show_draft(form)
        page = Page.objects.get(pk=page_id)
        messages.success(request, _("《%(title)s》已发布。") % {"title": page.title})
        announce_publication(request, page.specific)
        state = current_state(page)
        if state and state.is_held:
            return redirect("review_words", page_id)
        return redirect("wagtailadmin_pages:edit", page_id)


class CorrectView(PublishingView):
    page_title = gettext_lazy("紧急更正")
    explanation = gettext_lazy(
        "马上发布这一稿，读者看到“更正于”的时间；上级妇联的审核会收到通知。"
        "发布以后照样要由三个人补审，补审通过以前列在“待补审”里。"
    )
    button = gettext_lazy("马上发布更正")

    def may_publish(self, page):
        return may_correct(self.request.user, page.federation)

    def publish(self, **decision):
        publish_correction(**decision)


class DirectView(PublishingView):
    page_title = gettext_lazy("不经三审直接发布")
    explanation = gettext_lazy("不经三审就发布，页脚不写审校人；谁发布的、为什么，记入审校记录。")
    button = gettext_lazy("直接发布")

    def may_publish(self, page):
        return self.request.user.is_superuser

    def publish(self, **decision):
        publish_directly(**decision)
