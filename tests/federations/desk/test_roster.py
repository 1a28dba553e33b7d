"""The roster at the desk: places, teams, the search, a member's page."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from federations.desk.roster_queries import MOST_PEOPLE, branches_of
from federations.domain.appointments import end_appointment
from federations.domain.names import note_names
from federations.models import Position, StaffRoleType
from tests.counting import count_queries
from tests.factories import (
    make_appointment,
    make_committee_member,
    make_member,
    make_staff,
    make_village,
)

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def manager(tree):
    return make_staff(tree.town)


@pytest.fixture
def viewer(tree):
    return make_staff(tree.town, StaffRoleType.VIEWER, "查看员")


def serve(place, name="陈秀英", **fields):
    note_names([name])
    return make_committee_member(place, name, **fields)


def address(name, *args, place=None, **query):
    pairs = ([("federation", place.pk)] if place else []) + list(query.items())
    return f"{reverse(name, args=args)}?{'&'.join(f'{k}={v}' for k, v in pairs)}"


def search(client, typed, place=None):
    return client.post(address("desk_roster_search", place=place), {"q": typed})


def found(client, typed):
    hits = search(client, typed).context["found"]
    return [each.member.name for each in hits.people]


def test_place_shows_its_team_by_position(client, tree, manager):
    serve(tree.village, "普通人")
    chair = serve(tree.village, "村主席")
    chair.appointments.update(position=Position.CHAIR)
    client.force_login(manager)

    team = client.get(address("desk_roster", place=tree.village)).context["page_obj"]

    assert [each.member.name for each in team] == ["村主席", "普通人"]


def test_phones_are_masked(client, tree, manager):
    member = serve(tree.village)
    client.force_login(manager)

    pages = [
        client.get(address("desk_roster", place=tree.village)),
        search(client, "陈秀英"),
        client.get(address("desk_roster_member", member.pk)),
    ]

    for page in pages:
        text = page.content.decode()
        assert member.masked_phone in text
        assert member.phone not in text


def test_who_has_left_stands_apart(client, tree, manager):
    member = serve(tree.village)
    member.appointments.update(ends_on=date(2025, 1, 1))
    client.force_login(manager)

    now = client.get(address("desk_roster", place=tree.village)).context["page_obj"]
    past = client.get(address("desk_roster", place=tree.village, team="past")).context["page_obj"]

    assert (len(now), [each.member for each in past]) == (0, [member])


def test_branches_count_own_team_and_subtree(tree):
    for place in (tree.village, tree.village, tree.sibling_village, tree.town):
        serve(place)
    gone = serve(tree.village)
    gone.appointments.update(ends_on=date(2025, 1, 1))

    place, children = branches_of(tree.town, date(2026, 11, 20))

    assert (place.own, place.subtree) == (1, 4)
    assert [(each.federation, each.own, each.subtree) for each in children] == [
        (tree.village, 2, 2),
        (tree.sibling_village, 1, 1),
    ]


def test_script_gets_the_level_below_alone(client, tree, manager):
    client.force_login(manager)

    part = client.get(address("desk_roster", place=tree.town), headers={"HX-Request": "true"})

    assert part.templates[0].name == "pages/desk/roster/_branches.html"
    assert "HX-Request" in part.headers["Vary"]


@pytest.mark.parametrize("name", ["other_village", "county", "province"])
def test_place_out_of_her_scope_does_not_exist(client, tree, manager, name):
    client.force_login(manager)

    assert client.get(address("desk_roster", place=getattr(tree, name))).status_code == 404


def test_superiors_and_siblings_are_not_named(client, tree, manager):
    member = serve(tree.village)
    make_appointment(member, tree.other_village, is_counted=False)
    make_appointment(member, tree.town, is_counted=False)
    client.force_login(manager)

    pages = [
        client.get(address("desk_roster")),
        search(client, "陈秀英"),
        client.get(address("desk_roster_member", member.pk)),
    ]

    for page in pages:
        text = page.content.decode()
        assert tree.county.name not in text
        assert tree.other_village.name not in text


@pytest.mark.parametrize("typed", ["陈秀英", "秀英", "chenxiu", "cxy", "CXY"])
def test_people_are_found_by_name_and_by_sound(client, tree, manager, typed):
    serve(tree.village)
    serve(tree.village, "李梅")
    client.force_login(manager)

    assert found(client, typed) == ["陈秀英"]


def test_people_are_found_by_phone_and_by_its_end(client, tree, manager):
    serve(tree.village, phone="13912340001")
    serve(tree.village, "李梅", phone="13900011234")
    client.force_login(manager)

    assert found(client, "0001") == found(client, "139 1234 0001") == ["陈秀英"]


def test_part_of_a_phone_is_refused_in_words(client, tree, manager):
    client.force_login(manager)

    assert "后四位" in search(client, "13912").content.decode()


def test_search_ends_at_her_scope(client, tree, manager):
    serve(tree.other_village, phone="13912340001")
    client.force_login(manager)

    assert found(client, "cxy") == found(client, "13912340001") == []


def test_places_are_found_by_name(client, tree, manager):
    client.force_login(manager)

    assert search(client, "黄村").context["found"].places == [tree.village, tree.sibling_village]


def test_many_hits_ask_for_more(client, tree, manager):
    for _each in range(MOST_PEOPLE + 1):
        serve(tree.village)
    client.force_login(manager)

    page = search(client, "c")

    assert len(page.context["found"].people) == MOST_PEOPLE
    assert "再写具体些" in page.content.decode()


def test_stranger_has_no_member_page(client, tree, manager):
    stranger = serve(tree.other_village)
    client.force_login(manager)

    assert client.get(address("desk_roster_member", stranger.pk)).status_code == 404


def test_viewer_sees_and_is_offered_nothing(client, tree, viewer):
    member = serve(tree.village)
    client.force_login(viewer)

    place = client.get(address("desk_roster", place=tree.village))
    page = client.get(address("desk_roster_member", member.pk))

    assert place.context["tools"] == []
    assert [each.ways for each in page.context["appointments"]] == [[]]


def test_member_has_no_desk(client, tree):
    client.force_login(serve(tree.village))

    assert client.get(reverse("desk_roster")).status_code == 403


def test_lists_take_as_many_queries_for_thirty_as_for_one(client, tree, manager):
    def team():
        return count_queries(client, "desk_roster", f"?federation={tree.village.pk}")

    def tree_of_town():
        return count_queries(client, "desk_roster", f"?federation={tree.town.pk}")

    client.force_login(manager)
    serve(tree.village)
    before = team(), tree_of_town()
    for number in range(29):
        serve(tree.village)
        make_village(tree.town, f"新村{number}", f"4414031010{number + 10}")

    assert (team(), tree_of_town()) == before


def test_search_takes_as_many_queries_for_thirty_as_for_one(client, tree, manager, count_posts):
    client.force_login(manager)
    serve(tree.village)
    before = count_posts("cxy")
    for _each in range(29):
        serve(tree.village)

    assert count_posts("cxy") == before


@pytest.fixture
def count_posts(client, django_assert_max_num_queries):
    def count(typed):
        search(client, typed)
        with django_assert_max_num_queries(100) as captured:
            search(client, typed)
        return len(captured)

    return count


def test_history_names_who_did_it_unless_she_is_above(client, tree, manager):

    superior = make_staff(tree.county, name="县里的人")
    teammate = make_staff(tree.town, name="同事")
    for name, by in (("甲", superior), ("乙", teammate)):
        member = serve(tree.village, name)
        end_appointment(
            appointment_id=member.appointments.get().pk,
            ends_on=date(2026, 1, 1),
            reason="退休",
            by=by,
            now=timezone.now(),
        )
    client.force_login(manager)

    told = [
        client.get(address("desk_roster_member", each.pk)).context["events"][0].by
        for each in type(manager).objects.filter(name__in="甲乙").order_by("pk")
    ]

    assert told == ["上级妇联", "同事"]


def test_account_without_appointment_is_not_on_the_roster(client, tree, manager):
    note_names(["陈秀英"])
    make_member("陈秀英")
    client.force_login(manager)

    assert found(client, "cxy") == []
