from members.sms import ConsoleSender, get_sender
from tests.members.senders import MemorySender


def test_console_sender_prints_the_code_and_hides_the_phone(capsys):
    ConsoleSender().send_code("13812341234", "123456")

    assert capsys.readouterr().out.strip() == (
        "✉ 138****1234  【执委学堂】验证码 123456，5 分钟内有效。请勿告诉他人。"
    )


def test_console_sender_does_not_log(caplog):
    ConsoleSender().send_code("13812341234", "123456")

    assert caplog.records == []


def test_get_sender_follows_the_setting(sent):
    assert isinstance(get_sender(), MemorySender)
