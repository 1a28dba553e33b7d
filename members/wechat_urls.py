from django.urls import path

from members import wechat_mini_views, wechat_views

urlpatterns = [
    path("sign-in/", wechat_views.sign_in, name="wechat_sign_in"),
    path("callback/", wechat_views.callback, name="wechat_callback"),
    path("enter/", wechat_views.enter, name="wechat_enter"),
    path("js-config/", wechat_views.js_config, name="wechat_js_config"),
    path("mini/session/", wechat_mini_views.session, name="wechat_mini_session"),
    path("mini/phone/", wechat_mini_views.phone, name="wechat_mini_phone"),
]
