import pytest

from tests.members.sms.companies import COMPANIES


@pytest.fixture(params=list(COMPANIES))
def company(request):
    return COMPANIES[request.param]


@pytest.fixture
def server(company, settings):
    """The company's stand-in, and the settings that lead to it."""
    with company.server() as server:
        for name, value in company.settings.items():
            setattr(settings, name, value)
        settings.SMS_ENDPOINT = server.url
        yield server
