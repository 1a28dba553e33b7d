"""The desk: the roster."""

from django.urls import path

from federations.desk import members, members_acting, merging, roster, terms

urlpatterns = [
    path("", roster.roster, name="desk_roster"),
    path("search/", roster.search, name="desk_roster_search"),
    path("members/<id:pk>/", members.member, name="desk_roster_member"),
    path("members/<id:pk>/phone/", members.whole_phone, name="desk_roster_phone"),
    path("appointments/<id:pk>/<slug:name>/", members_acting.act, name="desk_roster_act"),
    path("appoint/", members_acting.appoint_member, name="desk_roster_appoint"),
    path("terms/", terms.renew, name="desk_roster_renewal"),
    path("merge/", merging.merge, name="desk_roster_merge"),
]
