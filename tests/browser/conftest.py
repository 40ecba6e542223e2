"""A server and a browser for all browser tests; without a Chromium they are skipped."""

import pytest
import pytest_asyncio

from tests.browser.serving import Server
from tests.browser.visiting import browsing, chromium, visiting


def pytest_collection_modifyitems(items):
    """Mark the tests of this folder, and say in one line why they cannot run."""
    absent = pytest.mark.skip(reason="no Chromium on this machine: install Debian's `chromium`")
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            if not chromium():
                item.add_marker(absent)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Serve all tests that let the server live."""
    server = Server(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def mortal(tmp_path):
    """Serve one test that may kill the server."""
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser():
    """Have one browser for all tests."""
    async with browsing() as browser:
        yield browser


@pytest.fixture
def visit(browser, server):
    """Give a newcomer at the page, to be used in ``async with``."""

    def open_page(device=None, path="", **settings):
        return visiting(browser, server.address, device, path, **settings)

    return open_page
