from django.urls import path

from config.demo.wechat import views

urlpatterns = [path("authorize/", views.authorize, name="demo_wechat")]
