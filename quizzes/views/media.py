"""The recordings of questions."""

from django.http import Http404
from django.views.decorators.http import require_safe

from cms.files import serve_file
from quizzes.media_access import find_recording


@require_safe
def media(request, media_id):
    """A recording, for the members it was put to and for the editors of its bank."""
    recording = find_recording(request.user, media_id)
    if recording is None:
        raise Http404
    return serve_file(request, recording.file.name)
