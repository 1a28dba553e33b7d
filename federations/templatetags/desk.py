"""The desk's frame: its menu, and where she stands."""

from django import template

from federations.desk.menu import home_of, menu_of

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_menu(context) -> list[dict]:
    request = context["request"]
    return menu_of(request.desk, request.path_info)


@register.simple_tag(takes_context=True)
def desk_places(context) -> dict:
    """The way down to the place, and her other places; each with this same page's address there."""
    desk, view = context["request"].desk, context["request"].resolver_match
    is_about_one = view.kwargs or view.args
    name = home_of(view.view_name) if is_about_one else view.view_name

    def link(place):
        return {"name": place.name, "url": desk.address(name, place=place)}

    others = [top for top in desk.tops if not desk.place.path.startswith(top.path)]
    return {"crumbs": [link(each) for each in desk.crumbs], "others": [link(e) for e in others]}


@register.simple_tag(takes_context=True)
def desk_name(context, federation) -> str:
    return context["request"].desk.name_of(federation)


@register.simple_tag(takes_context=True)
def desk_url(context, name: str, *args) -> str:
    """The address of a page of the desk at the place where she stands."""
    return context["request"].desk.address(name, *args)
