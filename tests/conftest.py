pytest_plugins = [
    "tests.fixtures.parts",
    "tests.fixtures.databases",
    "tests.fixtures.servers",
    "tests.fixtures.browser",
]
