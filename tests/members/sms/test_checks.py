"""A sender that cannot send is said at the start; the settings run in a process of their own."""

import subprocess
import sys

import pytest
from django.conf import settings as project

from members.checks import check_sms_sender
from tests.config.test_production import ENVIRONMENT, load_settings


def check(sender: str, package: str) -> str:
    """What `manage.py check` says where this package is not installed."""
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "import os, runpy, sys; sys.modules[os.environ['WITHOUT']] = None; "
            "sys.argv[1:] = ['check']; runpy.run_path('manage.py', run_name='__main__')",
        ],
        cwd=project.BASE_DIR,
        env={
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "SMS_SENDER": sender,
            "WITHOUT": package,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stderr


def test_check_finds_nothing_missing(company, server):
    assert check_sms_sender(None) == []


def test_check_names_every_setting_that_is_empty(company, server, settings):
    needed = settings.SMS_NEEDS[settings.SMS_SENDER]
    for name in needed:
        setattr(settings, name, "")

    errors = check_sms_sender(None)

    assert [error.msg.split()[2] for error in errors] == [f"{name}," for name in needed]


def test_check_names_a_sender_that_is_not_there(settings):
    settings.SMS_SENDER = "members.sms.NoSuchSender"

    assert [error.id for error in check_sms_sender(None)] == ["members.E003"]


@pytest.mark.parametrize(
    ("extra", "sender", "package"),
    [
        ("aliyun", "members.sms.aliyun.AliyunSender", "alibabacloud_dysmsapi20170525"),
        ("tencent", "members.sms.tencent.TencentSender", "tencentcloud"),
    ],
)
def test_check_names_the_extra_that_is_not_installed(extra, sender, package):
    assert f"SMS_SENDER needs the extra '{extra}'" in check(sender, package)


def test_production_wants_what_the_chosen_sender_needs(company):
    environment = ENVIRONMENT | company.settings

    assert load_settings(environment).stdout == "False\n"
    for name in company.settings:
        left = {key: value for key, value in environment.items() if key != name}
        assert name in load_settings(left).stderr
