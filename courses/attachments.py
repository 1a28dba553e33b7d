"""A lesson's files: for whoever may open the lesson, and through no other door."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from wagtail.models import Page

from cms.access import visible_to
from cms.files import serve_file
from cms.uses import pages_showing
from courses.models import LessonAttachment, LessonPage


def send_attachment(request, lesson: LessonPage, attachment_id: int) -> HttpResponse:
    """To be kept as a file, never to be shown as a page of this site. Raises Http404."""
    attachments = LessonAttachment.objects.select_related("document").filter(lesson=lesson)
    attachment = attachments.filter(pk=attachment_id).first()
    if attachment is None:
        raise Http404
    document = attachment.document
    response = serve_file(request, document.file.name)
    name = f"{attachment}.{document.file_extension}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def guard_document(document, request) -> None:
    """before_serve_document: Wagtail's own address of a file that pages offer is closed to whoever
    may not open one of them. Editors, whose admin links there, may."""
    lessons = LessonPage.objects.filter(attachments__document=document).values("pk")
    offering = pages_showing(document) | Page.objects.filter(pk__in=lessons)
    if request.user.is_staff or not offering.exists():
        return
    if not visible_to(request.user, offering).exists():
        raise Http404
