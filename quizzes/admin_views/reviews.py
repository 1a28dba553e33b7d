"""待审试题: what waits for the reviewer, one after the other."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.admin_views.desk import DeskView
from quizzes.admin_views.scope import is_reviewer, reviewed_questions
from quizzes.desk.differences import compare_versions
from quizzes.domain.bank import DuplicateQuestion
from quizzes.domain.review import (
    CHANGED_MEANWHILE,
    ReviewRefused,
    approve,
    find_review_obstacle,
    reject,
)
from quizzes.models import Question, ReviewDecision, ReviewStage

LIST_URL = "question_reviews"
PER_PAGE = 30
STAGES = [stage for stage in ReviewStage if stage != ReviewStage.NONE]


class ReviewForm(forms.Form):
    """`version` and `stage` are those that the reviewer saw."""

    version = forms.IntegerField()
    stage = forms.TypedChoiceField(
        coerce=int, choices=[(stage.value, stage.label) for stage in STAGES]
    )
    comment = forms.CharField(
        label=gettext_lazy("意见"),
        required=False,
        max_length=ReviewDecision._meta.get_field("comment").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("退回时要写明改什么；通过时可以不写。"),
    )


class ReviewerView(DeskView):
    header_icon = "tasks"

    def dispatch(self, request, *args, **kwargs):
        if not is_reviewer(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def waiting(self):
        """Oldest first; what she wrote or has decided on is for others."""
        rows = reviewed_questions(self.request.user)
        mine = ReviewDecision.objects.filter(decided_by=self.request.user).values("version")
        rows = rows.exclude(proposed__created_by=self.request.user).exclude(proposed__in=mine)
        return rows.select_related("bank", "current", "proposed__created_by").order_by(
            "proposed__created_at", "pk"
        )


class ReviewListView(ReviewerView):
    page_title = gettext_lazy("待审试题")
    template_name = "admin_quizzes/reviews.html"

    def get(self, request):
        page = Paginator(self.waiting(), PER_PAGE).get_page(request.GET.get("p"))
        return self.show(page=page, elided=page.paginator.get_elided_page_range(page.number))


class ReviewView(ReviewerView):
    page_title = gettext_lazy("审题")
    template_name = "admin_quizzes/review.html"
    parents = ((LIST_URL, gettext_lazy("待审试题")),)

    def get(self, request, pk: int):
        return self.show_question(self.get_question(pk), ReviewForm())

    def get_question(self, pk: int) -> Question:
        return get_object_or_404(self.waiting_here(), pk=pk)

    def waiting_here(self):
        """Hers to look at, whoever may decide."""
        rows = reviewed_questions(self.request.user)
        return rows.select_related("bank", "current", "proposed")

    def show_question(self, question: Question, form: ReviewForm):
        version = question.proposed
        return self.show(
            question=question,
            version=version,
            form=form,
            fields=compare_versions(question.current, version),
            decisions=version.decisions.select_related("decided_by"),
            obstacle=find_review_obstacle(version=version, by=self.request.user),
            **self.find_neighbours(question),
        )

    def find_neighbours(self, question: Question) -> dict:
        order = list(self.waiting().values_list("pk", flat=True))
        if question.pk not in order:
            return {"following": order[0] if order else None}
        place = order.index(question.pk)
        return {
            "previous": order[place - 1] if place else None,
            "following": order[place + 1] if place + 1 < len(order) else None,
            "place": place + 1,
            "waiting_count": len(order),
        }

    def post(self, request, pk: int):
        question, form = self.get_question(pk), ReviewForm(request.POST)
        if not form.is_valid():
            return self.show_question(question, form)
        following = self.find_neighbours(question).get("following")
        version = question.proposed
        if form.cleaned_data["version"] != version.pk:
            return self.explain(pk, form, str(CHANGED_MEANWHILE))
        version.stage = form.cleaned_data["stage"]
        decide = approve if "approve" in request.POST else reject
        comment = form.cleaned_data["comment"]
        try:
            decide(version=version, by=request.user, comment=comment, now=timezone.now())
        except (ReviewRefused, DuplicateQuestion) as error:
            return self.explain(pk, form, str(error))
        messages.success(request, _("已通过。") if decide is approve else _("已退回给作者修改。"))
        return redirect("question_review", following) if following else redirect(LIST_URL)

    def explain(self, pk: int, form: ReviewForm, message: str):
        """What she wrote is kept, as long as there is something left to decide."""
        question = self.waiting_here().filter(pk=pk).first()
        if question is None:
            messages.error(self.request, message)
            return redirect(LIST_URL)
        form.add_error("comment", message)
        return self.show_question(question, form)


urlpatterns = [
    path("reviews/", ReviewListView.as_view(), name=LIST_URL),
    path("reviews/<int:pk>/", ReviewView.as_view(), name="question_review"),
]
