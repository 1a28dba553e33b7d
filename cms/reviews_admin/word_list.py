"""敏感词 in the admin: one list for all, kept by the province's editors."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from cms.domain.reviews.words import add_words
from cms.models import SensitiveWord, Severity, WordKind
from cms.reviews_admin.frame import ReviewsView
from cms.words.matching import fold_word
from federations.admin_views.editing import PlatformPolicy
from members.races import UniqueRaceMixin

WORD_POLICY = PlatformPolicy(SensitiveWord)
PASTED_LENGTH = 200_000
REFUSED = gettext_lazy(
    "这些行没有加：要么没有可以找的字，要么太长（词不超过 60 字，建议不超过 200 字）。"
)


class WordForm(WagtailAdminModelForm):
    def clean_word(self):
        """What the matcher makes of it is what must be there only once."""
        word = self.cleaned_data["word"].strip()
        self.instance.folded = fold_word(word)
        if not self.instance.folded:
            raise forms.ValidationError(_("这里没有可以找的字，请写一个词。"))
        same = SensitiveWord.objects.filter(folded=self.instance.folded)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("词表里已经有“%(word)s”了。") % {"word": same[0]})
        return word

    class Meta:
        fields = ["word", "kind", "severity", "advice", "is_on"]


class WordIndexView(generic.IndexView):
    @property
    def header_buttons(self):
        pasting = HeaderButton(
            _("粘贴一批"), url=reverse("review_words_import"), icon_name="clipboard-list"
        )
        return [*super().header_buttons, pasting]


class AddWordView(UniqueRaceMixin, generic.CreateView):
    pass


class EditWordView(UniqueRaceMixin, generic.EditView):
    pass


class SensitiveWordViewSet(ModelViewSet):
    model = SensitiveWord
    icon = "warning"
    menu_order = 400
    list_display = [
        "word",
        Column("kind", accessor="get_kind_display", label=gettext_lazy("类别"), sort_key="kind"),
        Column("severity", accessor="get_severity_display", label=gettext_lazy("程度")),
        "advice",
        BooleanColumn("is_on", label=gettext_lazy("启用"), sort_key="is_on"),
    ]
    list_filter = ["kind", "severity", "is_on"]
    search_fields = ["word", "advice"]
    ordering = ["word"]
    copy_view_enabled = False
    index_view_class = WordIndexView
    add_view_class = AddWordView
    edit_view_class = EditWordView

    def get_form_class(self, for_update=False):
        return forms.modelform_factory(SensitiveWord, form=WordForm)


class PasteForm(forms.Form):
    lines = forms.CharField(
        label=gettext_lazy("词"),
        max_length=PASTED_LENGTH,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("一行一个；要写建议的，写成“词 => 建议”。已经有的词不会重复。"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"), choices=WordKind.choices, initial=WordKind.OTHER
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("程度"), choices=Severity.choices, initial=Severity.CHECK
    )


class PasteView(ReviewsView):
    page_title = gettext_lazy("粘贴一批敏感词")
    template_name = "admin_reviews/paste.html"
    header_icon = "clipboard-list"

    def dispatch(self, request, *args, **kwargs):
        if not WORD_POLICY.user_has_permission(request.user, "add"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.show(form=PasteForm())

    def post(self, request):
        form = PasteForm(request.POST)
        if not form.is_valid():
            return self.show(form=form)
        asked = form.cleaned_data
        count, refused = add_words(asked["lines"], kind=asked["kind"], severity=asked["severity"])
        messages.success(request, _("加了 %(count)d 个词。") % {"count": count})
        if not refused:
            return redirect("sensitive_word:index")
        form.data = form.data.copy()
        form.data["lines"] = "\n".join(refused)
        form.add_error("lines", REFUSED)
        return self.show(form=form)
