from django.utils.translation import gettext_lazy

from .lettered import LetteredChoiceType


class MultipleChoice(LetteredChoiceType):
    """One right option is enough: real banks have such questions on purpose."""

    key = "multiple"
    label = gettext_lazy("多选题")
