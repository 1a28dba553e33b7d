"""`{% review_content review %}`: a question that is over, as `quizzes.presenting` describes it."""

from django import template

from quizzes.rendering import render_review_content

register = template.Library()

register.simple_tag(render_review_content, name="review_content")
