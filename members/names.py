"""What stands in place of a name."""

ERASED_NAME = "已注销成员"
