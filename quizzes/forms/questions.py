"""A question as an editor writes it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser
from wagtail.coreutils import resolve_model_string
from wagtail.images.widgets import AdminImageChooser
from wagtailmedia.widgets import AdminAudioChooser

from quizzes.admin_views.scope import edited_banks
from quizzes.domain.bank import STRUCK, DuplicateQuestion, save_question, state_of
from quizzes.domain.in_force import struck_among
from quizzes.domain.media import find_foreign_markers, texts_of
from quizzes.domain.versions import find_move_problems, newest_version
from quizzes.domain.wording import Wording, read_wording
from quizzes.models import Question, QuestionVersion
from quizzes.queries_explain import has_article
from quizzes.question_types.base import QuestionError
from quizzes.question_types.markers import tidy_markers
from quizzes.question_types.registry import get_type

from .parts import NO_PARTS, PartFormSet, part_initial
from .plain_messages import speak_plainly
from .wording import WordingFormMixin, authored_initial, with_pictures

# Named, not imported: the apps stand side by side.
EXPLAINING_PAGES = ["courses.LessonPage", "knowledge_base.KnowledgePage"]

SCRIPTS = [
    "js/admin-question.js",
    "js/admin-question-media.js",
    "js/admin-question-preview.js",
]
TEXTS = ["stem", "options", "explanation"]
FOREIGN = _(
    "不能用 %(marker)s：没有这个文件，或者它是别处的。请点“插入图片”或“插入音频”从图库里选，"
    "或者上传自己的文件。"
)
FILING = [
    *("bank", "difficulty", "knowledge_point", "source"),
    *("explained_by", "explained_at", "explained_article"),
]


class QuestionForm(WordingFormMixin, WagtailAdminModelForm):
    explanation = forms.CharField(
        label=_("解析"),
        widget=with_pictures(3),
        required=False,
        help_text=_("交卷后和答案一起显示。"),
    )

    # What the editor began with: another one may save, correct or retire the question meanwhile.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    # What was typed, as it would be kept, once it is a question; the preview shows it.
    wording: Wording | None = None

    class Meta:
        model = Question
        fields = [*FILING, "tags", "is_retired"]
        help_texts = {
            "tags": _("几个标签用逗号隔开，例如：反家暴，婚姻家庭。"),
            "is_retired": _("停用后不再出现在新的测验和抽题里，已有的答卷不变。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_wording_fields()
        self.order_fields(self._order())
        self.fields["bank"].queryset = edited_banks(self.for_user)
        self.fields["knowledge_point"].widget.attrs["placeholder"] = _("例如：人身安全保护令")
        self.fields["explained_by"].widget = AdminPageChooser(target_models=explaining_models())
        if self.instance.pk:
            self.initial["seen"] = state_of(self.instance)
        speak_plainly(self.fields)
        version = newest_version(self.instance) if self.instance.pk else None
        if version:
            self.initial |= read_authoring(version)
        self.part_forms = PartFormSet(
            self.data if self.is_bound else None,
            prefix="parts",
            initial=read_parts(version) if version else None,
        )

    def _order(self) -> list[str]:
        """The wording as the member reads it; then where the question is filed."""
        settings = [name for name in self.fields if name.startswith("setting-")]
        self.wording_names = ["bank", "type", "stem", "options", "answer", *settings]
        return [*self.wording_names, "explanation", *FILING[1:], "tags", "is_retired"]

    def wording_bound_fields(self):
        return [self[name] for name in self.wording_names]

    def filing_bound_fields(self):
        """What follows the parts of a case."""
        return [field for field in self.visible_fields() if field.name not in self.wording_names]

    def types_with_parts(self) -> str:
        return " ".join(key for key, each in self.types.items() if each.has_parts)

    @property
    def media(self):
        choosers = AdminImageChooser().media + AdminAudioChooser().media
        return choosers + super().media + self.part_forms.media + forms.Media(js=SCRIPTS)

    def clean(self):
        cleaned = super().clean()
        self._check_explanation_target(cleaned)
        if {"type", "stem", "options", "answer", "explanation"} <= cleaned.keys():
            self._check_wording()
        return cleaned

    def _check_explanation_target(self, cleaned) -> None:
        page = cleaned.get("explained_by")
        if page and page.specific_class not in explaining_models():
            self.add_error("explained_by", _("请选一节微课或一篇知识条目。"))
        is_placed = cleaned.get("explained_at") is not None or cleaned.get("explained_article")
        if is_placed and not page and "explained_by" in cleaned:
            self.add_error("explained_by", _("填了第几秒、第几段或第几条，就要选讲解所在的页面。"))
        if page and cleaned.get("explained_article"):
            self._check_article(page, cleaned)

    def _check_article(self, page, cleaned) -> None:
        if cleaned.get("explained_at") is not None:
            self.add_error("explained_article", _("第几段和第几条只填一样。"))
        elif not has_article(page, cleaned["explained_article"]):
            self.add_error("explained_article", _("选的页面里没有这一条，请核对条号。"))

    def _check_wording(self) -> None:
        if (wording := self.read_wording()) is None:
            return
        self.wording = wording
        if bank := self.cleaned_data.get("bank"):
            same = bank.questions.filter(fingerprint=wording.fingerprint)
            if existing := same.exclude(pk=self.instance.pk).first():
                self.refuse_duplicate(existing)
            self._check_move(bank)

    def read_wording(self) -> Wording | None:
        """What was typed, as it would be kept; None when it is no question, with the errors set."""
        if self.has_parts and not self._are_parts_valid():
            return None
        try:
            wording = read_wording(**self.wording_arguments())
        except QuestionError as error:
            self.blame(error.messages)
            return None
        return wording if self._may_show_media(wording) else None

    def _may_show_media(self, wording: Wording) -> bool:
        foreign = find_foreign_markers(self.for_user, texts_of(wording))
        for marker in sorted(foreign):
            named = [name for name in TEXTS if marker in tidy_markers(self.cleaned_data[name])]
            self.add_error(named[0] if named else None, FOREIGN % {"marker": marker})
        return not foreign

    @property
    def has_parts(self) -> bool:
        return get_type(self.cleaned_data["type"]).has_parts

    def _are_parts_valid(self) -> bool:
        if not self.part_forms.is_valid():
            self.add_error(None, _("有的小题还要修改，请看下面标红的地方。"))
            return False
        if not self.part_forms.parts():
            self.add_error("type", NO_PARTS)
            return False
        return True

    def wording_arguments(self) -> dict:
        parts = self.part_forms.parts() if self.has_parts else ()
        return {
            **self.authored(),
            "explanation": self.cleaned_data["explanation"],
            "parts": parts,
        }

    def _check_move(self, bank) -> None:
        if self.instance.pk and "bank" in self.changed_data:
            question = Question.objects.select_related("bank").get(pk=self.instance.pk)
            for problem in find_move_problems(question, bank):
                self.add_error("bank", problem)

    def refuse_duplicate(self, existing: Question) -> None:
        message = _("这个题库里已经有同样的题（第 %(id)d 号），请修改题干或选项，或直接用那道题。")
        self.add_error("stem", message % {"id": existing.pk})

    def refuse(self, error: DuplicateQuestion | QuestionError) -> None:
        """What only the domain could see: another editor was faster."""
        if isinstance(error, DuplicateQuestion):
            self.refuse_duplicate(error.existing)
        else:
            self.add_error(None, error.messages)

    def save(self, commit=True):
        """File it. Raises DuplicateQuestion and QuestionError when another editor was faster."""
        cleaned = self.cleaned_data
        question = save_question(
            **{key: cleaned[key] for key in FILING},
            **self.wording_arguments(),
            tags=cleaned["tags"],
            author=self.for_user,
            question=self.instance if self.instance.pk else None,
            seen=cleaned["seen"] if self.instance.pk else None,
        )
        if question.is_retired != cleaned["is_retired"]:
            if not cleaned["is_retired"] and struck_among([question.current_id]):
                raise QuestionError([str(STRUCK)])
            question.is_retired = cleaned["is_retired"]
            question.save(update_fields=["is_retired"])
        return question


def explaining_models() -> list[type]:
    return [resolve_model_string(name) for name in EXPLAINING_PAGES]


def read_authoring(version: QuestionVersion) -> dict[str, str]:
    """The version as the editor would write it, but for its parts."""
    question_type = get_type(version.type)
    authoring = question_type.authoring(question_type.from_data(version.data), version.stem)
    return {**authored_initial(version.type, authoring), "explanation": version.explanation}


def read_parts(version: QuestionVersion) -> list[dict[str, str]]:
    question_type = get_type(version.type)
    spec = question_type.from_data(version.data)
    return [part_initial(part) for part in question_type.authoring(spec, version.stem).parts]
