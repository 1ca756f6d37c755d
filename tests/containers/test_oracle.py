"""Oracle, where a server is given: there is no image that could be built from Debian's packages."""

from __future__ import annotations

import os

import pytest

from toolkit import make_url

URL = os.environ.get("TOOLKIT_TEST_ORACLE_URL", "")


@pytest.mark.skipif(
    not URL, reason="TOOLKIT_TEST_ORACLE_URL is not set, and no image of Oracle can be built here"
)
def test_oracle_answers_through_oracledb() -> None:
    oracledb = pytest.importorskip("oracledb", reason="TOOLKIT_TEST_ORACLE_URL needs oracledb")
    url = make_url(URL)
    service = url.query["service_name"]
    dsn = f"{url.host}:{url.port or 1521}/{service}"
    with (
        oracledb.connect(user=url.username, password=url.password, dsn=dsn) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("select 42 from dual")
        assert cursor.fetchone() == (42,)
