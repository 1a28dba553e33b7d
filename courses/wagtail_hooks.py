from courses import page_contexts  # noqa: F401 it registers hooks
from courses.forms import LessonPageForm
from courses.models import LessonPage

# Set here, not on the class: the form needs models that are not there yet when the page is made.
LessonPage.base_form_class = LessonPageForm
