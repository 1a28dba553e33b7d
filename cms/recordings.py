"""Films and sounds in pages of this app. What can be played, and at which address, the app that
owns recordings says: a `recording_facts` hook, a function of (recording, request) → Recording.
"""

from dataclasses import dataclass

from wagtail import hooks


@dataclass(frozen=True)
class Recording:
    """`kind` is video or audio; addresses and texts are empty where there is nothing.

    With `saves_data` the reader's phone loads nothing before she presses play.
    """

    kind: str
    url: str
    type: str
    size_text: str
    duration_text: str
    captions_url: str = ""
    poster_url: str = ""
    saves_data: bool = False


def find_recording(recording, request) -> Recording | None:
    """None while it is still being made."""
    if recording is None:
        return None
    found = (facts(recording, request) for facts in hooks.get_hooks("recording_facts"))
    return next(filter(None, found), None)
