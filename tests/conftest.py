pytest_plugins = [
    "pytester",
    "tests.fixtures.parts",
    "tests.fixtures.databases",
    "tests.fixtures.servers",
    "tests.fixtures.elasticsearch",
    "tests.fixtures.browser",
    "tests.site_fixtures",
]
