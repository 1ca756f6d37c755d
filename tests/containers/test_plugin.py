"""The plugin as a test author meets it, in a pytest of its own."""

from __future__ import annotations

import pytest

from tests.containers import matrix

BY_NAME = 'pytest_plugins = ["tests.containers.matrix"]'


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A pytest that may find no engine, outside CI, with the plugin and nothing else."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:9")
    return pytester


def run(inner: pytest.Pytester, text: str, *arguments: str) -> pytest.RunResult:
    inner.makepyfile(text)
    # Hypothesis' plugin would import all of it anew for each summary: a second every time.
    needless = ("randomly", "cacheprovider", "hypothesispytest")
    switches = [word for name in needless for word in ("-p", f"no:{name}")]
    # As the object that is loaded already; by name it would be imported anew each time.
    plugins = [] if (inner.path / "conftest.py").exists() else [matrix]
    return inner.runpytest_inprocess(*switches, *arguments, plugins=plugins)


MISSPELT = """
    import pytest
    @pytest.mark.backend("postgres")
    def test_it(backend): pass
"""
EMPTY_MARKER = """
    import pytest
    @pytest.mark.backend
    def test_it(backend): pass
"""
NO_FIXTURE = """
    import pytest
    @pytest.mark.backend("sqlite")
    def test_it(): pass
"""
ON_SQLITE = """
    import pytest
    @pytest.mark.backend("sqlite")
    def test_it(backend):
        connection = backend.connect()
        assert connection.execute("select 1").fetchone() == (1,)
        connection.close()
"""
ON_ALL = """
    def test_it(backend): pass
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (MISSPELT, "*@pytest.mark.backend got 'postgres'; it takes one or more of mariadb,*"),
        (EMPTY_MARKER, "*@pytest.mark.backend got nothing*"),
        (NO_FIXTURE, "*@pytest.mark.backend without the fixture `backend`*"),
    ],
    ids=["misspelt", "empty", "no fixture"],
)
def test_a_wrong_marker_fails_the_collection(
    inner: pytest.Pytester, text: str, message: str
) -> None:
    result = run(inner, text)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([message])


def test_one_test_per_server_and_driver(inner: pytest.Pytester) -> None:
    result = run(inner, ON_ALL, "--collect-only", "-q")
    result.stdout.fnmatch_lines_random(
        ["*test_it?sqlite-pysqlite?", "*test_it?postgresql-18-psycopg2?", "*-11.8-mysqlclient?"]
    )


def test_sqlite_needs_nothing(inner: pytest.Pytester) -> None:
    result = run(inner, ON_SQLITE)
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*databases*", "sqlite * pysqlite * (sqlite) * 1 * 0 * 0"])


def test_outside_ci_a_missing_engine_is_a_line_in_the_table(inner: pytest.Pytester) -> None:
    result = run(inner, ON_ALL, "--servers=postgresql-18,sqlite")
    result.assert_outcomes(passed=1, skipped=2)
    result.stdout.fnmatch_lines(
        ["postgresql * psycopg * not reached (postgresql-18) * 1 × no Docker engine answers*"]
    )
    assert result.ret == 0


def test_under_ci_a_missing_server_is_a_failure(
    inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr("tests.containers.engine.may_install", lambda: False)
    result = run(inner, ON_ALL, "--servers=mysql")
    result.assert_outcomes(errors=2)
    result.stdout.fnmatch_lines(["*this is a failure: not root on Debian*"])


def test_a_narrowed_run_says_so(inner: pytest.Pytester) -> None:
    text = ON_ALL.replace("def", "import pytest\n    @pytest.mark.backend('mysql')\n    def")
    result = run(inner, text, "--servers=none")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*1 × --servers leaves none of: mysql"])


def test_an_unknown_server_is_refused(inner: pytest.Pytester) -> None:
    result = run(inner, ON_ALL, "--servers=oracle-7")
    result.stderr.fnmatch_lines(["*--servers: there is no oracle-7; known are all, mariadb*"])


@pytest.mark.parametrize(
    "body",
    ["def test_it(): pytest.skip()", "@pytest.mark.skip\n    def test_it(): pass"],
    ids=["call", "marker"],
)
def test_a_skip_without_a_reason_is_a_failure(inner: pytest.Pytester, body: str) -> None:
    result = run(inner, f"\n    import pytest\n    {body}\n")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*skipped without a reason*"])


def test_a_skip_with_a_reason_is_in_the_table(inner: pytest.Pytester) -> None:
    result = run(inner, "\n    import pytest\n    def test_it(): pytest.skip('too hot')\n")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["- * none * 1 × too hot"])


def test_a_known_failure_is_in_the_table(inner: pytest.Pytester) -> None:
    text = (
        "\n    import pytest\n    @pytest.mark.xfail(reason='later')\n    def test_it(): assert 0"
    )
    result = run(inner, text)
    result.stdout.fnmatch_lines(["- * none * 1 × fails as expected: later"])


def test_a_module_skipped_without_a_reason_is_an_error(inner: pytest.Pytester) -> None:
    text = "\n    import pytest\n    pytest.skip('', allow_module_level=True)\n"
    result = run(inner, text)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*skipped without a reason*"])


def test_workers_report_to_one_table(inner: pytest.Pytester) -> None:
    inner.makeconftest(BY_NAME)
    result = run(inner, ON_SQLITE, "-n", "2")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["sqlite * pysqlite * (sqlite) * 1 * 0 * 0"])


def test_no_driver_is_imported_to_collect(inner: pytest.Pytester) -> None:
    inner.makeconftest(BY_NAME)
    inner.makepyfile(ON_ALL)
    result = inner.runpython_c(
        "import pytest, sys\n"
        "pytest.main(['--collect-only', '-q', '-p', 'no:cacheprovider'])\n"
        "print(sorted({'psycopg2', 'psycopg', 'pymysql', 'MySQLdb', 'docker', 'testcontainers'}"
        " & set(sys.modules)))\n"
    )
    result.stdout.fnmatch_lines(["*[[][]]"])
