"""A walk through toolkit on SQLite, with nothing to install and nothing to clean up.

Run it with `make tour`. A day at a small harbour: which ships came, what they brought, and
when the quay was busy.
"""

from __future__ import annotations

from toolkit import Connection, create_engine, text

SHIPS = [
    {"name": "Alma", "flag": "NO", "tons": 320},
    {"name": "Brisa", "flag": "PT", "tons": 1450},
    {"name": "Cormoran", "flag": "FR", "tons": 780},
    {"name": "Dolly", "flag": "IE", "tons": 95},
]

# Hour of arrival and cargo, ship by ship.
CALLS = {
    "Alma": [(6, 40), (13, 55), (19, 20)],
    "Brisa": [(7, 410), (15, 380)],
    "Cormoran": [(7, 120), (13, 160), (14, 90)],
    "Dolly": [(6, 8), (7, 11), (13, 9), (14, 12), (19, 7)],
}


def build(connection: Connection) -> None:
    """Make two tables and fill them; a list of dictionaries is sent as one batch."""
    connection.execute(
        text("create table ship (name text primary key, flag text not null, tons integer)")
    )
    connection.execute(
        text("create table call (ship text references ship, hour integer, cargo integer)")
    )
    connection.execute(text("insert into ship values (:name, :flag, :tons)"), SHIPS)
    connection.execute(
        text("insert into call values (:ship, :hour, :cargo)"),
        [
            {"ship": ship, "hour": hour, "cargo": cargo}
            for ship, calls in CALLS.items()
            for hour, cargo in calls
        ],
    )


def print_ships(connection: Connection, lightest: int) -> None:
    """A table: rows are tuples whose columns have names."""
    rows = connection.execute(
        text(
            "select name, flag, tons, count(*) as calls, sum(cargo) as cargo"
            " from ship join call on ship.name = call.ship"
            " where tons >= :lightest group by name order by cargo desc"
        ),
        {"lightest": lightest},
    )
    print(f"Ships of {lightest} tons and more\n")
    print(f"  {'ship':<10}{'flag':<6}{'tons':>6}{'calls':>7}{'cargo':>7}")
    for row in rows:
        print(f"  {row.name:<10}{row.flag:<6}{row.tons:>6}{row.calls:>7}{row.cargo:>7}")


def print_hours(connection: Connection) -> None:
    """A chart: one bar per hour, one mark per 20 tons landed."""
    rows = connection.execute(
        text("select hour, sum(cargo) as cargo from call group by hour order by hour")
    )
    print("\nCargo landed, by hour\n")
    for hour, cargo in rows:
        print(f"  {hour:02}:00 {'▇' * max(1, cargo // 20)} {cargo}")


def main() -> None:
    """The whole day, in one transaction and one reading of it."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        build(connection)
    with engine.connect() as connection:
        version = connection.execute(text("select sqlite_version()")).scalar()
        print(f"A harbour day, told by SQLite {version} through toolkit\n")
        print_ships(connection, lightest=100)
        print_hours(connection)
        total = connection.execute(text("select sum(cargo) from call")).scalar()
        print(f"\n{total} tons crossed the quay.")
    engine.dispose()


if __name__ == "__main__":
    main()
