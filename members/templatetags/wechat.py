"""What pages need to know of WeChat."""

from django import template
from django.conf import settings

from members.wechat.offering import offers_wechat

register = template.Library()


@register.simple_tag(takes_context=True)
def wechat_is_offered(context) -> bool:
    request = context.get("request")
    return request is not None and offers_wechat(request)


@register.simple_tag
def wechat_is_demo() -> bool:
    return settings.WECHAT_DEMO


@register.simple_tag
def wechat_script() -> str:
    """The address of WeChat's own script; empty where pages do not use it."""
    return settings.WECHAT_JS_SDK_URL
