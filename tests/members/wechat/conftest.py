from tests.wechat import wechat  # noqa: F401 a fixture
