"""Credit hours in templates."""

from django import template

from learning.wording import hours_text

register = template.Library()
# Hundredths of a 学时: {{ 25|hours }} → 0.25
register.filter("hours", hours_text)
