"""What all tests share: skipping is failing where everything is meant to run."""

import os

import pytest

pytest_plugins = ["tests.databases"]


def pytest_addoption(parser):
    """Add the project's own flags."""
    parser.addoption("--bless", action="store_true", help="rewrite the golden transcripts")
    parser.addoption("--soak", action="store_true", help="run the long tests as well")


def pytest_collection_modifyitems(config, items):
    """Leave the long tests out unless asked for."""
    if config.getoption("--soak"):
        return
    kept = [item for item in items if "soak" not in item.keywords]
    config.hook.pytest_deselected(items=[item for item in items if "soak" in item.keywords])
    items[:] = kept


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """Turn a skip into a failure when the environment promises everything."""
    report = (yield).get_result()
    if (
        report.skipped
        and os.environ.get("POLIS_TEST_EVERYTHING")
        and not hasattr(report, "wasxfail")
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
