"""A server and a browser for all browser tests; without a Chromium they are skipped."""

import pytest
import pytest_asyncio

from tests.browser.serving import Server
from tests.browser.visiting import browsing, chromium, visiting

LACKING = "no Chromium on this machine; on Debian it is the package `chromium`"


def pytest_collection_modifyitems(items):
    """Mark the tests of this folder; they share one browser, so they share its loop."""
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session", autouse=True)
def _possible():
    if not chromium():
        pytest.skip(LACKING)


def pytest_terminal_summary(terminalreporter):
    """Say in one line, not in fifty, why the tests of this folder did not run."""
    if not chromium():
        terminalreporter.write_line(f"browser tests are skipped: {LACKING}")


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
