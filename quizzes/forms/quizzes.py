"""A quiz's rules. Contradictions are refused at once; what is still missing, at publishing."""

from random import Random

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cms.forms import DraftAwareForm
from quizzes.admin_views.scope import edited_banks, usable_questions
from quizzes.domain.attempts.drawing import TooFewQuestions, draw
from quizzes.domain.attempts.pools import Pool
from quizzes.models import Question, QuestionBank
from quizzes.modes import get_mode

from .plain_messages import speak_plainly, speak_plainly_in_rows

# Fields that only a mode with limits heeds, and what each is without a limit.
LIMITS = {"time_limit": 0, "attempts_allowed": 0, "wait": 0, "password": ""}
FILLED_BY = {"fixed_questions": "question", "draws": "bank", "prerequisites": "page"}


def limit_choices(formset, name: str, choices) -> None:
    """Offer `choices` in every row, the empty one for new rows included.

    What a row already holds stays valid: a superior's quiz may be saved with the superior's bank.
    """
    add_fields = formset.add_fields

    def add_limited_fields(form, index):
        add_fields(form, index)
        field, kept = form.fields[name], Q(pk=getattr(form.instance, f"{name}_id"))
        field.queryset = field.queryset.filter(kept | Q(pk__in=choices.values("pk")))

    formset.add_fields = add_limited_fields


class QuizPageForm(DraftAwareForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        limit_choices(self.formsets["draws"], "bank", edited_banks(self.for_user))
        limit_choices(self.formsets["fixed_questions"], "question", usable_questions(self.for_user))
        speak_plainly(self.fields)
        speak_plainly_in_rows(self.formsets.values())

    def clean(self):
        cleaned = super().clean()
        self._check_times(cleaned)
        self._check_marks(cleaned)
        self._check_limits(cleaned)
        self._check_prerequisites()
        fixed, draws = self._filled("fixed_questions"), self._filled("draws")
        if fixed is not None and draws is not None:
            self._check_questions(fixed, draws)
        return cleaned

    def _filled(self, name: str) -> list | None:
        """The filled-in forms of a formset; None when it has errors of its own."""
        formset = self.formsets[name]
        if not formset.is_valid():
            return None
        kept = [form for form in formset.forms if form not in formset.deleted_forms]
        return [form for form in kept if form.cleaned_data.get(FILLED_BY[name])]

    def _check_times(self, cleaned) -> None:
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("截止时间要晚于开放时间。"))
        before = {*(cleaned.get("review_right_after") or ()), *(cleaned.get("review_later") or ())}
        only_then = set(cleaned.get("review_after_close") or ()) - before
        if only_then and not closes_at and "closes_at" not in self.errors:
            message = _("有的内容选了“测验截止后”才给看，就要填截止时间，不然谁也看不到。")
            self.add_error("closes_at", message)

    def _check_marks(self, cleaned) -> None:
        pass_mark, excellent = cleaned.get("pass_mark"), cleaned.get("excellent_mark")
        if pass_mark and excellent and excellent < pass_mark:
            self.add_error("excellent_mark", _("优秀线不能低于及格线。"))

    def _check_limits(self, cleaned) -> None:
        if not cleaned.get("mode") or get_mode(cleaned["mode"]).keeps_limits:
            return
        label = get_mode(cleaned["mode"]).label
        message = _("“%(mode)s”不用这一项：数字请改回 0，口令请清空，或者换一种方式。")
        for name, unlimited in LIMITS.items():
            if cleaned.get(name, unlimited) != unlimited:
                self.add_error(name, message % {"mode": label})

    def _check_prerequisites(self) -> None:
        for form in self._filled("prerequisites") or ():
            if self.instance.pk and form.cleaned_data["page"].pk == self.instance.pk:
                form.add_error("page", _("测验不能是自己的先修，请换一页。"))

    def _check_questions(self, fixed: list, draws: list) -> None:
        if not fixed and not draws and not self.is_draft:
            self.add_error(None, _("还没有试题：请添加至少一道固定试题，或一条随机抽题。"))
        self._check_mode(fixed, draws)
        questions = [form.cleaned_data["question"] for form in fixed]
        self._check_usable(fixed)
        if all([self._check_difficulty(form) for form in draws]):  # noqa: C419 each says so
            self._check_enough(questions, draws)

    def _check_mode(self, fixed: list, draws: list) -> None:
        key = self.cleaned_data.get("mode")
        if not key or get_mode(key).takes_draws:
            return
        label = get_mode(key).label
        if draws:
            message = _("“%(mode)s”人人同一份题，不能随机抽题：请删去随机抽题，或者换一种方式。")
            self.add_error("mode", message % {"mode": label})
        elif not fixed and not self.is_draft:
            self.add_error("mode", _("“%(mode)s”要有固定试题，请添加。") % {"mode": label})

    def _check_usable(self, fixed: list) -> None:
        """A question can go out of use, or back to its reviews, after it was chosen."""
        for form in () if self.is_draft else fixed:
            question = form.cleaned_data["question"]
            if question.current_id is None:
                message = _("这道题还在审核，三审通过才能用，请先换一道。")
                form.add_error("question", message)

    def _check_difficulty(self, form) -> bool:
        """Whether the range is one; it says so where it is not."""
        lowest, highest = (form.cleaned_data.get(f"{end}_difficulty") for end in ("min", "max"))
        is_wrong = bool(lowest and highest and highest < lowest)
        if is_wrong:
            form.add_error("max_difficulty", _("难度的上限不能低于下限。"))
        return not is_wrong

    def _check_enough(self, fixed: list[Question], draws: list) -> None:
        """Each rule alone, and the rules of one bank together: no question is drawn twice."""
        by_bank: dict[QuestionBank, list[Pool]] = {}
        for form in draws:
            ids = self._drawable(form.cleaned_data, fixed)
            pool = Pool(ids, form.cleaned_data.get("count") or 0)
            by_bank.setdefault(form.cleaned_data["bank"], []).append(pool)
            if len(ids) < pool.count:
                form.add_error("count", self._explain_rule(len(ids)))
        for bank, pools in by_bank.items():
            if all(len(pool.ids) >= pool.count for pool in pools) and not can_draw(pools):
                count = sum(pool.count for pool in pools)
                self.add_error(None, self._explain_shortage(bank, count))

    def _drawable(self, rule: dict, fixed: list[Question]) -> tuple[int, ...]:
        # A question that stands in the quiz is not drawn a second time.
        rows = fitting_questions(rule).exclude(pk__in=[question.pk for question in fixed])
        return tuple(rows.values_list("pk", flat=True))

    def _explain_rule(self, available: int) -> str:
        message = _("符合这条规则的只有 %(available)d 道题，请减少题数、放宽条件或补充试题。")
        return message % {"available": available}

    def _explain_shortage(self, bank: QuestionBank, count: int) -> str:
        return _(
            "题库“%(bank)s”的几条抽题规则合起来抽不到 %(count)d 道不同的题；"
            "请减少题数、放宽条件或补充试题。"
        ) % {"bank": bank, "count": count}


def can_draw(pools: list[Pool]) -> bool:
    try:
        draw(pools=pools, seen=(), rng=Random(0))  # noqa: S311 whether, not which
    except TooFewQuestions:
        return False
    return True


def fitting_questions(rule: dict) -> QuerySet[Question]:
    """Questions in use that a draw with these fields could take; empty fields fit everything."""
    rows = rule["bank"].questions.filter(is_retired=False, current__isnull=False)
    rows = rows.filter(
        difficulty__gte=rule.get("min_difficulty") or 1,
        difficulty__lte=rule.get("max_difficulty") or 5,
    )
    if rule.get("knowledge_point"):
        rows = rows.filter(knowledge_point=rule["knowledge_point"])
    return rows.filter(tags__name__iexact=rule["tag"]).distinct() if rule.get("tag") else rows
