"""The demo's audio column and local picks, from content/*.toml."""

from cms.hosts import read_host
from cms.models import (
    AllowedDomain,
    ColumnIndexPage,
    ColumnLinkPage,
    ColumnPage,
    LocalPick,
    PickKind,
)
from cms.models.domains import is_allowed_host
from config.demo.pages import Say, publish
from config.demo.reading import read, to_html
from config.demo.recordings import make_media
from courses.models import AudioColumnPage, LessonPage
from federations.models import Federation, Level


def load_listening(say: Say) -> None:
    facts = read("listening")
    episodes = facts.pop("episodes")
    column = publish(ColumnIndexPage.objects.get(), AudioColumnPage(**facts), days_ago=60)
    for entry in episodes:
        say(f"  听书《{entry['title']}》")
        load_episode(column, entry)


def load_episode(column: AudioColumnPage, entry: dict) -> None:
    """One without `days_ago` is a draft, for the editor's calendar."""
    page = LessonPage(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        scene=entry["scene"],
        media=make_media(entry | {"kind": "audio", "cues": []}),
        transcript=to_html(entry["transcript"]),
    )
    if "days_ago" in entry:
        publish(column, page, days_ago=entry["days_ago"])
        return
    page.live, page.federation = False, column.federation
    column.add_child(instance=page)
    page.save_revision()


def load_local() -> None:
    facts = read("local")
    for entry in facts["domains"]:
        AllowedDomain.objects.create(**entry)
    kinds = {
        name: PickKind.objects.create(name=name, sort_order=place)
        for place, name in enumerate(facts["kinds"], 1)
    }
    for entry in facts["picks"]:
        load_pick(entry, kinds[entry.pop("kind")])
    for entry in facts["links"]:
        column = ColumnPage.objects.get(slug=entry.pop("column"))
        publish(column, ColumnLinkPage(**entry, host=host_of(entry)), days_ago=4)


def load_pick(entry: dict, kind: PickKind) -> None:
    owner = Federation.objects.get(code=entry.pop("federation"))
    city = owner if owner.level == Level.CITY else None
    LocalPick.objects.create(**entry, kind=kind, federation=owner, city=city, host=host_of(entry))


def host_of(entry: dict) -> str:
    """As the form would take it: a demo that shows nothing would not be noticed."""
    if "address" not in entry:
        return ""
    host = read_host(entry["address"])
    if not is_allowed_host(host):
        raise ValueError(f"{host} is not on the demo's list of domains")
    return host
