import pytest

from members.device_names import name_device, veil


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 12) Chrome/107 MicroMessenger/8.0.49", "微信 · 安卓手机"),
        ("Mozilla/5.0 (iPhone) MicroMessenger/8.0 miniProgram/wx1", "微信小程序 · 苹果手机"),
        ("Mozilla/5.0 (Windows NT 10.0) wxwork/4.1 MicroMessenger/7.0", "企业微信 · Windows 电脑"),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120",
            "Edge 浏览器 · Windows 电脑",
        ),
        ("Mozilla/5.0 (iPad; CPU OS 17) Version/17 Safari/604", "Safari 浏览器 · 苹果平板"),
        ("Mozilla/5.0 (Phone; OpenHarmony 5.0) HuaweiBrowser/5", "华为浏览器 · 鸿蒙手机"),
        ("", "浏览器 · 其他设备"),
    ],
)
def test_device_is_named_as_its_owner_knows_it(user_agent, name):
    assert name_device(user_agent) == name


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("113.77.12.34", "113.77.*.*"),
        ("2408:8456:f10:1::7", "2408:8456:*"),
        ("", ""),
    ],
)
def test_only_half_of_an_address_is_shown(address, shown):
    assert veil(address) == shown
