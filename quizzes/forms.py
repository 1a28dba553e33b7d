"""Authoring in the admin: a question as an editor writes it, and a quiz's rules."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from cms.forms import DraftAwareForm
from federations.admin_views.choosers import FederationChooser
from federations.editing import EDITING_ROLES, edits_whole_platform
from federations.scope import staff_federations
from quizzes.admin_views_scope import edited_banks, edited_questions
from quizzes.domain.bank import save_question
from quizzes.domain.wording import read_wording
from quizzes.models import Question, QuestionBank, ReviewPhase
from quizzes.question_types.base import QuestionError
from quizzes.question_types.registry import QUESTION_TYPES, get_type

OPTIONS_HELP = _("一行一个选项，不用写 A、B、C。填空题不填；判断题可以不填。")
ANSWER_HELP = _(
    "单选题填 B；多选题填 ACD；判断题填 对 或 错；填空题一行一空，"
    "同一空有几个可接受的答案时用 ||| 隔开，例如：妇女节|||三八妇女节。"
)
STEM_HELP = _("填空题用 ____ 标出每个空。")


def type_choices():
    return [(key, each.label) for key, each in QUESTION_TYPES.items()]


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class QuestionForm(WagtailAdminModelForm):
    type = forms.ChoiceField(label=_("题型"), choices=type_choices)
    stem = forms.CharField(label=_("题干"), widget=area(3), help_text=STEM_HELP)
    options = forms.CharField(
        label=_("选项"), widget=area(5), required=False, strip=False, help_text=OPTIONS_HELP
    )
    answer = forms.CharField(label=_("答案"), widget=area(2), help_text=ANSWER_HELP)
    explanation = forms.CharField(
        label=_("解析"), widget=area(3), required=False, help_text=_("交卷后和答案一起显示。")
    )

    field_order = ["bank", "type", "stem", "options", "answer", "explanation"]

    class Meta:
        model = Question
        fields = ["bank", "difficulty", "knowledge_point", "source", "tags", "is_retired"]
        help_texts = {"is_retired": _("停用后不再出现在新的测验和抽题里，已有的答卷不变。")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = edited_banks(self.for_user)
        if self.instance.pk and self.instance.current:
            self.initial |= read_authoring(self.instance.current)

    def clean(self):
        cleaned = super().clean()
        if {"bank", "type", "stem", "answer"} <= cleaned.keys():
            self._check_wording(cleaned)
        return cleaned

    def _check_wording(self, cleaned) -> None:
        try:
            wording = read_wording(**wording_of(cleaned))
        except QuestionError as error:
            self.add_error("answer", error.messages)
            return
        same = cleaned["bank"].questions.filter(fingerprint=wording.fingerprint)
        if existing := same.exclude(pk=self.instance.pk).first():
            self.refuse_duplicate(existing)

    def refuse_duplicate(self, existing: Question) -> None:
        message = _("这个题库里已经有同样的题（第 %(id)d 号），请修改题干或选项，或直接用那道题。")
        self.add_error("stem", message % {"id": existing.pk})

    def save(self, commit=True):
        """File it. Raises DuplicateQuestion when another editor was faster."""
        cleaned = self.cleaned_data
        filing = {key: cleaned[key] for key in ["bank", "difficulty", "knowledge_point", "source"]}
        question = save_question(
            **filing,
            **wording_of(cleaned),
            tags=cleaned["tags"],
            author=self.for_user,
            question=self.instance if self.instance.pk else None,
        )
        if question.is_retired != cleaned["is_retired"]:
            question.is_retired = cleaned["is_retired"]
            question.save(update_fields=["is_retired"])
        return question


def wording_of(cleaned) -> dict:
    return {
        "type": cleaned["type"],
        "stem": cleaned["stem"],
        "options": tuple(line for line in cleaned["options"].splitlines() if line.strip()),
        "answers": tuple(line for line in cleaned["answer"].splitlines() if line.strip()),
        "explanation": cleaned["explanation"],
    }


def read_authoring(version) -> dict[str, str]:
    """The version as the editor would write it."""
    question_type = get_type(version.type)
    authoring = question_type.authoring(question_type.from_data(version.data), version.stem)
    return {
        "type": version.type,
        "stem": version.stem,
        "options": "\n".join(authoring.options),
        "answer": "\n".join(authoring.answers),
        "explanation": version.explanation,
    }


class QuestionBankForm(WagtailAdminModelForm):
    class Meta:
        model = QuestionBank
        fields = ["name", "federation"]
        widgets = {"federation": FederationChooser}
        help_texts = {"federation": _("不填就是全平台共用，由省妇联的编辑管理。")}
        error_messages = {
            "name": {"unique": _("已经有同名的题库，请换一个名称。")},
            "federation": {
                "required": _("请选择题库所属的妇联；全平台共用的题库由省妇联的编辑建立。"),
                "invalid_choice": _("请选择您编辑范围内的妇联。"),
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        federation = self.fields["federation"]
        federation.queryset = staff_federations(self.for_user, roles=EDITING_ROLES)
        if not edits_whole_platform(self.for_user):
            federation.required, federation.help_text = True, ""


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
    """Contradictions are refused at once; what is still missing, when the quiz is published."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        limit_choices(self.formsets["draws"], "bank", edited_banks(self.for_user))
        limit_choices(self.formsets["fixed_questions"], "question", edited_questions(self.for_user))

    def clean(self):
        cleaned = super().clean()
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("截止时间要晚于开放时间。"))
        if cleaned.get("review_phase") == ReviewPhase.AFTER_CLOSE and not closes_at:
            self._ask_for_closing_time()
        fixed, draws = self._rows("fixed_questions"), self._rows("draws")
        if fixed is not None and draws is not None:
            self._check_questions([row["question"] for row in fixed], draws)
        return cleaned

    def _ask_for_closing_time(self) -> None:
        # A time that could not be read has a message of its own.
        if "closes_at" not in self.errors:
            self.add_error("closes_at", _("选了“测验截止后才可看”，就要填截止时间。"))

    def _rows(self, name) -> list[dict] | None:
        """The filled-in rows of a formset; None when it has errors of its own."""
        formset = self.formsets[name]
        if not formset.is_valid():
            return None
        kept = [form for form in formset.forms if form not in formset.deleted_forms]
        needed = {"fixed_questions": "question", "draws": "bank"}[name]
        return [form.cleaned_data for form in kept if form.cleaned_data.get(needed)]

    def _check_questions(self, fixed: list[Question], draws: list[dict]) -> None:
        if not fixed and not draws and not self.is_draft:
            self.add_error(None, _("还没有试题：请添加至少一道固定试题，或一条随机抽题。"))
        wanted: dict[QuestionBank, int] = {}
        for draw in draws:
            wanted[draw["bank"]] = wanted.get(draw["bank"], 0) + (draw.get("count") or 0)
        for bank, count in wanted.items():
            # A question that stands in the quiz is not drawn a second time.
            free = bank.questions.filter(is_retired=False).exclude(pk__in=[q.pk for q in fixed])
            if (available := free.count()) < count:
                self.add_error(None, self._explain_shortage(bank, count, available))

    def _explain_shortage(self, bank, count, available) -> str:
        return _(
            "题库“%(bank)s”只有 %(available)d 道可抽的题，不够抽 %(count)d 道；"
            "请减少题数或补充试题。"
        ) % {"bank": bank, "available": available, "count": count}
