"""How the block chooser is divided."""

from django.utils.translation import gettext_lazy as _

WORDS = _("文字")
PICTURES = _("图片和音视频")
REFERENCE = _("资料")
PRACTICE = _("链接和测验")
