"""待审页面: what waits for her, and the page on which she decides."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, TaskState

from cms.domain.reviews.deciding import decide
from cms.domain.reviews.errors import ReviewRefused
from cms.domain.reviews.people import find_obstacle, is_in_reach
from cms.domain.reviews.words import find_words, with_reasons
from cms.models import ReviewRecord, ReviewStep, ReviewTaskState
from cms.reviews import waiting_for
from cms.reviews_admin.frame import (
    ReviewsView,
    SeenForm,
    announce_publication,
    as_seen,
    differences,
)

PER_PAGE = 30
RECORDS_SHOWN = 12


class DecisionForm(SeenForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("意见")
        self.fields["reason"].help_text = _("退回时要写明改什么；通过时可以不写。")


class WaitingView(ReviewsView):
    page_title = gettext_lazy("待审页面")
    template_name = "admin_reviews/waiting.html"

    def get(self, request):
        rows = waiting_for(request.user).select_related(
            "page__content_type", "federation", "revision__user", "workflow_state__requested_by"
        )
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
        return self.show(page=page, elided=page.paginator.get_elided_page_range(page.number))


class DecideView(ReviewsView):
    page_title = gettext_lazy("审校")
    template_name = "admin_reviews/decide.html"
    parents = (("review_list", gettext_lazy("待审页面")),)
    state: ReviewTaskState

    def get_page_subtitle(self):
        return self.state.page.get_admin_display_title()

    def get(self, request, pk: int):
        self.state = self.find(pk)
        return self.show_state(DecisionForm(initial=as_seen(self.state.text)))

    def find(self, pk: int) -> ReviewTaskState:
        """Hers to look at by her role, whoever may decide."""
        rows = ReviewTaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, is_held=False)
        state = get_object_or_404(
            rows.select_related("page", "revision__user", "federation", "workflow_state"), pk=pk
        )
        # Who may decide the first step sees the others too.
        if not is_in_reach(self.request.user, state.page.specific.federation, ReviewStep.FIRST):
            raise Http404
        return state

    def show_state(self, form):
        state, live = self.state, self.state.page.specific
        text = state.revision.as_object()
        return self.show(
            state=state,
            live=live,
            form=form,
            differences=differences(self.request, live, live, text) if live.live else None,
            words=with_reasons(live.pk, find_words(text)),
            records=ReviewRecord.objects.filter(page_id=live.pk)[:RECORDS_SHOWN],
            obstacle=find_obstacle(state, self.request.user),
        )

    def post(self, request, pk: int):
        state = ReviewTaskState.objects.filter(pk=pk, status=TaskState.STATUS_IN_PROGRESS).first()
        if state is None:
            messages.error(request, _("这一步刚刚有人审过，或者页面改过了。"))
            return redirect("review_list")
        self.state, form = self.find(pk), DecisionForm(request.POST)
        if not form.is_valid():
            return self.show_state(form)
        is_approved = "approve" in request.POST
        try:
            decided = decide(
                state_id=pk,
                by=request.user,
                is_approved=is_approved,
                reason=form.cleaned_data["reason"],
                seen=form.seen,
                now=timezone.now(),
            )
        except ReviewRefused as error:
            return self.explain(pk, form, str(error))
        return self.say_done(decided, is_approved)

    def explain(self, pk: int, form, message: str):
        """What she wrote is kept, as long as there is something left to decide."""
        rows = ReviewTaskState.objects.filter(pk=pk, status=TaskState.STATUS_IN_PROGRESS)
        if not rows.filter(is_held=False).exists():
            messages.error(self.request, message)
            return redirect("review_list")
        self.state = self.find(pk)
        form.add_error("reason", message)
        # She has the present text before her now.
        form.data = form.data.copy()
        for name, value in as_seen(self.state.text).items():
            form.data[name] = value
        return self.show_state(form)

    def say_done(self, decided: ReviewTaskState, is_approved: bool):
        page = Page.objects.get(pk=decided.page_id).specific
        messages.success(self.request, _outcome(decided, page, is_approved))
        if is_approved and decided.step == ReviewStep.FINAL:
            announce_publication(self.request, page)
        following = waiting_for(self.request.user).first()
        return redirect(reverse("review", args=[following.pk]) if following else "review_list")


def _outcome(decided: ReviewTaskState, page: Page, is_approved: bool) -> str:
    facts = {"title": page.get_admin_display_title(), "step": decided.step_label}
    if not is_approved:
        return _("《%(title)s》已退回给作者修改。") % facts
    if decided.step < ReviewStep.FINAL:
        facts["next"] = ReviewStep(decided.step + 1).label
        return _("《%(title)s》%(step)s通过，接着%(next)s。") % facts
    if page.scheduled_revision:
        return _("《%(title)s》终审通过，到定好的时间上线。") % facts
    return _("《%(title)s》终审通过，已经发布。") % facts
