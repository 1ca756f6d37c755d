"""SELECT in all its documented forms: the SQL, its values, and the rows on SQLite."""

import warnings

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    alias,
    and_,
    any_,
    between,
    bindparam,
    case,
    cast,
    collate,
    column,
    create_engine,
    cte,
    desc,
    distinct,
    except_,
    exists,
    extract,
    false,
    func,
    insert,
    intersect,
    join,
    lateral,
    literal,
    literal_column,
    not_,
    null,
    nulls_first,
    nulls_last,
    or_,
    outerjoin,
    select,
    table,
    tablesample,
    text,
    true,
    try_cast,
    tuple_,
    type_coerce,
    union,
    union_all,
    values,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import quoted_name

warnings.simplefilter("ignore")
metadata = MetaData()
person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(30)),
    Column("age", Integer),
    Column("boss_id", Integer, ForeignKey("person.id")),
)
pet = Table(
    "pet",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner_id", Integer, ForeignKey("person.id")),
    Column("name", String(30)),
    Column("weight", Numeric(10, 2)),
)
odd = Table(
    "odd table",
    metadata,
    Column("per cent", Integer, primary_key=True),
    Column("a%b", Integer),
    Column("(x)", Integer),
    Column("x:y", Integer),
    Column("[z]", Integer),
    Column("per/cent", Integer),
    Column("Select", Integer, key="chosen"),
)
engine = create_engine("sqlite://")
conn = engine.connect()
metadata.create_all(conn)
conn.execute(
    insert(person),
    [
        {"id": 1, "name": "Ann", "age": 50, "boss_id": None},
        {"id": 2, "name": "bob", "age": 30, "boss_id": 1},
        {"id": 3, "name": "Cy_%", "age": None, "boss_id": 1},
        {"id": 4, "name": None, "age": 30, "boss_id": 2},
    ],
)
conn.execute(
    insert(pet),
    [
        {"id": 1, "owner_id": 1, "name": "Rex", "weight": 10},
        {"id": 2, "owner_id": 2, "name": "Tom", "weight": 4},
        {"id": 3, "owner_id": 1, "name": "Kit", "weight": 3},
        {"id": 4, "owner_id": None, "name": "Ann", "weight": None},
    ],
)
conn.exec_driver_sql('insert into "odd table" values (1, 2, 3, 4, 5, 6, 7)')

p, q = person.alias("p"), person.alias()
boss = person.alias("boss")
sub = select(pet.c.owner_id, func.count().label("n")).group_by(pet.c.owner_id).subquery()
named = select(person.c.id, person.c.name).where(person.c.age > 20).subquery("named")
young = select(person.c.id, person.c.age).where(person.c.age < 40).cte("young")
light = table("pet", column("id"), column("name"), schema=None)

tree = select(person.c.id, literal(0).label("depth")).where(person.c.boss_id.is_(None))
tree = tree.cte("tree", recursive=True)
tree = tree.union_all(select(person.c.id, tree.c.depth + 1).where(person.c.boss_id == tree.c.id))
data = values(column("a", Integer), column("b", String), name="v").data([(1, "x"), (2, "y")])
by_age = func.row_number().over(partition_by=person.c.age, order_by=person.c.id)

STATEMENTS = {
    "columns": lambda: select(person.c.id, person.c.name.label("called")).order_by(person.c.id),
    "a table": lambda: select(person).order_by(person.c.id),
    "two tables": lambda: select(person.c.id, pet).where(pet.c.owner_id == person.c.id),
    "no columns but a source": lambda: select().select_from(person).add_columns(person.c.id),
    "a string label": lambda: select(func.count()).select_from(person),
    "where twice": lambda: select(person.c.id).where(person.c.age == 30).where(person.c.id > 2),
    "where many": lambda: select(person.c.id).where(person.c.age == 30, person.c.id > 2),
    "where or": lambda: select(person.c.id).where(or_(person.c.id == 1, person.c.id == 2)),
    "where nested": lambda: select(person.c.id).where(
        or_(and_(person.c.id == 1, person.c.age > 3), not_(person.c.id < 4))
    ),
    "filter_by": lambda: select(person.c.id).filter_by(name="bob", age=30),
    "limit": lambda: select(person.c.id).order_by(person.c.id).limit(2),
    "offset": lambda: select(person.c.id).order_by(person.c.id).offset(2),
    "limit offset": lambda: select(person.c.id).order_by(person.c.id).limit(2).offset(1),
    "slice": lambda: select(person.c.id).order_by(person.c.id).slice(1, 3),
    "limit expression": lambda: (
        select(person.c.id).order_by(person.c.id).limit(literal(1) + 1).offset(bindparam("off", 1))
    ),
    "limit none": lambda: select(person.c.id).limit(2).limit(None).order_by(person.c.id),
    "distinct": lambda: select(person.c.age).distinct().order_by(person.c.age),
    "distinct element": lambda: select(func.count(distinct(person.c.age))),
    "distinct method": lambda: select(func.count(person.c.age.distinct())),
    "group by": lambda: (
        select(person.c.age, func.count().label("n"))
        .group_by(person.c.age)
        .order_by("n", person.c.age)
    ),
    "group by a label": lambda: (
        select((person.c.age / 10).label("decade"), func.count())
        .group_by("decade")
        .order_by("decade")
    ),
    "having": lambda: (
        select(person.c.age)
        .group_by(person.c.age)
        .having(func.count() > 1)
        .having(person.c.age > 3)
    ),
    "order by desc": lambda: select(person.c.id).order_by(desc(person.c.id)),
    "order by text": lambda: select(person.c.id).order_by(text("id desc")),
    "order by a label": lambda: select(person.c.id.label("key")).order_by(desc("key")),
    "order by a label object": lambda: select(lbl := (person.c.id + 1).label("more")).order_by(lbl),
    "order by expression of a label": lambda: select(
        lbl := (person.c.id + 1).label("more")
    ).order_by(lbl + 1),
    "order by none": lambda: select(person.c.id).order_by(person.c.id).order_by(None),
    "order by twice": lambda: select(person.c.id).order_by(person.c.age).order_by(person.c.id),
    "nulls first": lambda: select(person.c.id).order_by(
        nulls_first(person.c.age), person.c.id.desc()
    ),
    "nulls last": lambda: select(person.c.id).order_by(
        nulls_last(person.c.age.desc()), person.c.id.asc()
    ),
    "nulls methods": lambda: select(person.c.id).order_by(
        person.c.age.desc().nulls_first(), person.c.name.nulls_last()
    ),
    "collate": lambda: select(person.c.name).order_by(collate(person.c.name, "NOCASE")),
    "collate method": lambda: select(person.c.id).where(person.c.name.collate("NOCASE") == "BOB"),
    # -- joins
    "join": lambda: select(person.c.name, pet.c.name).join(pet).order_by(pet.c.id),
    "join on": lambda: (
        select(person.c.id, pet.c.id).join(pet, person.c.name == pet.c.name).order_by(pet.c.id)
    ),
    "outer join": lambda: (
        select(person.c.id, pet.c.id).outerjoin(pet).order_by(person.c.id, pet.c.id)
    ),
    "isouter": lambda: (
        select(person.c.id, pet.c.id).join(pet, isouter=True).order_by(person.c.id, pet.c.id)
    ),
    "full": lambda: (
        select(person.c.id, pet.c.id).join(pet, full=True).order_by(person.c.id, pet.c.id)
    ),
    "join_from": lambda: select(person.c.id).join_from(person, pet).order_by(pet.c.id),
    "outerjoin_from": lambda: (
        select(person.c.id).outerjoin_from(person, pet).order_by(person.c.id, pet.c.id)
    ),
    "self join": lambda: (
        select(person.c.id, boss.c.name)
        .join(boss, person.c.boss_id == boss.c.id)
        .order_by(person.c.id)
    ),
    "three": lambda: (
        select(person.c.id, boss.c.id, pet.c.id)
        .join(boss, person.c.boss_id == boss.c.id)
        .outerjoin(pet, pet.c.owner_id == boss.c.id)
        .order_by(person.c.id, pet.c.id)
    ),
    "join objects": lambda: select(person.c.id, pet.c.id).select_from(person.join(pet)),
    "join function": lambda: (
        select(person.c.id)
        .select_from(outerjoin(person, pet, person.c.id == pet.c.owner_id))
        .order_by(person.c.id)
    ),
    "nested join": lambda: select(person.c.id, boss.c.id).select_from(
        join(person, join(boss, pet), person.c.boss_id == boss.c.id)
    ),
    "join select": lambda: person.join(pet).select().order_by(pet.c.id),
    "cross join": lambda: (
        select(person.c.id, pet.c.id)
        .select_from(person, pet)
        .order_by(person.c.id, pet.c.id)
        .limit(3)
    ),
    "join true": lambda: (
        select(person.c.id, pet.c.id).join(pet, true()).order_by(person.c.id, pet.c.id).limit(3)
    ),
    "join a subquery": lambda: select(person.c.name, sub.c.n).join(
        sub, sub.c.owner_id == person.c.id
    ),
    # -- sources
    "alias": lambda: select(p.c.name).where(p.c.id == 1),
    "anonymous alias": lambda: select(q.c.id, p.c.id).where(q.c.boss_id == p.c.id),
    "alias function": lambda: select(alias(person, "x")).order_by(text("1")),
    "two anonymous aliases": lambda: select(
        (a := person.alias()).c.id, (b := person.alias()).c.id
    ).where(a.c.id == b.c.boss_id),
    "subquery": lambda: select(sub.c.n).order_by(sub.c.n),
    "named subquery": lambda: select(named).order_by(named.c.id),
    "subquery of a subquery": lambda: select(select(named.c.id).subquery("outer_one").c.id),
    "table clause": lambda: select(light.c.id).where(light.c.name == "Rex"),
    "odd names": lambda: select(odd),
    "odd names named": lambda: select(odd.c["per cent"], odd.c["a%b"], odd.c.chosen).where(
        odd.c["(x)"] == 3, odd.c["x:y"] == 4, odd.c["[z]"] == 5, odd.c["per/cent"] == 6
    ),
    "odd labels": lambda: select(person.c.id.label("a b"), person.c.id.label('q"x')).limit(1),
    "quoted": lambda: select(column(quoted_name("id", True))).select_from(person).limit(1),
    "values": lambda: select(data).order_by(data.c.a),
    "values aliased": lambda: select((d := data.alias("w")).c.b).where(d.c.a == 2),
    "values as cte": lambda: select(data.cte("w")),
    "scalar values": lambda: select(person.c.id).where(
        tuple_(person.c.id, person.c.name).in_(
            values(column("i", Integer), column("n", String)).data([(1, "Ann")]).scalar_values()
        )
    ),
    # -- subqueries
    "scalar subquery": lambda: select(
        person.c.id,
        select(func.count(pet.c.id)).where(pet.c.owner_id == person.c.id).scalar_subquery(),
    ).order_by(person.c.id),
    "scalar subquery label": lambda: select(
        select(func.max(pet.c.id)).scalar_subquery().label("top"), person.c.id
    ).where(person.c.id == 1),
    "scalar subquery compared": lambda: select(person.c.id).where(
        person.c.id == select(func.min(pet.c.owner_id)).scalar_subquery()
    ),
    "exists": lambda: select(person.c.id).where(exists().where(pet.c.owner_id == person.c.id)),
    "exists method": lambda: select(person.c.id).where(
        select(pet.c.id).where(pet.c.owner_id == person.c.id).exists()
    ),
    "not exists": lambda: select(person.c.id).where(
        ~exists(select(pet.c.id).where(pet.c.owner_id == person.c.id))
    ),
    "exists select": lambda: select(exists().where(pet.c.id == 1)),
    "exists with columns": lambda: select(exists(pet.c.id).where(pet.c.id == 10)),
    "in subquery": lambda: select(person.c.id).where(
        person.c.id.in_(select(pet.c.owner_id).where(pet.c.weight > 3))
    ),
    "not in subquery": lambda: select(person.c.id).where(
        person.c.id.not_in(select(pet.c.owner_id).where(pet.c.owner_id.is_not(None)))
    ),
    "tuple in": lambda: select(person.c.id).where(
        tuple_(person.c.id, person.c.age).in_([(1, 50), (2, 31)])
    ),
    "tuple in subquery": lambda: select(person.c.id).where(
        tuple_(person.c.id, person.c.name).in_(select(pet.c.owner_id, literal("Ann")))
    ),
    "correlate": lambda: select(person.c.id).where(
        person.c.id
        == select(func.max(pet.c.owner_id))
        .where(pet.c.owner_id == person.c.id)
        .correlate(person)
        .scalar_subquery()
    ),
    "correlate except": lambda: select(person.c.id).where(
        person.c.id
        == select(func.max(pet.c.owner_id))
        .where(pet.c.owner_id == person.c.id)
        .correlate_except(pet)
        .scalar_subquery()
    ),
    "correlate none": lambda: (
        select(person.c.id)
        .where(
            person.c.id
            == select(func.max(pet.c.owner_id))
            .where(pet.c.owner_id == person.c.id)
            .correlate(None)
            .scalar_subquery()
        )
        .order_by(person.c.id)
    ),
    "nothing left to read from": lambda: select(pet.c.id).where(
        pet.c.id == select(pet.c.owner_id).scalar_subquery()
    ),
    "lateral": lambda: select(person.c.id, select(pet.c.id).lateral("l").c.id),
    "lateral function": lambda: select(person.c.id, lateral(select(pet.c.id), "l").c.id),
    # -- ctes
    "cte": lambda: select(young).order_by(young.c.id),
    "cte function": lambda: select(cte(select(pet.c.id), "pets").c.id).order_by(text("1")),
    "cte twice": lambda: (
        select(young.c.id, (o := young.alias("o")).c.id)
        .where(o.c.id > young.c.id)
        .order_by(young.c.id)
    ),
    "cte of a cte": lambda: select(select(young.c.id).where(young.c.id > 2).cte("younger").c.id),
    "recursive cte": lambda: select(tree).order_by(tree.c.id),
    "anonymous cte": lambda: select(select(person.c.id).cte().c.id).order_by(text("1")),
    "materialized": lambda: select(
        select(person.c.id).cte("m").prefix_with("MATERIALIZED").c.id
    ).order_by(text("1")),
    "add_cte": lambda: select(person.c.id).add_cte(young).where(person.c.id == 1),
    "nesting cte": lambda: select(
        select(select(person.c.id).cte("inner_one", nesting=True).c.id).cte("outer_one").c.id
    ).order_by(text("1")),
    # -- sets
    "union": lambda: union(select(person.c.name), select(pet.c.name)).order_by("name"),
    "union all": lambda: union_all(
        select(person.c.id), select(pet.c.id), select(literal(9))
    ).order_by(text("1")),
    "intersect": lambda: intersect(select(person.c.name), select(pet.c.name)),
    "except": lambda: except_(select(person.c.id), select(pet.c.owner_id)).order_by("id"),
    "union method": lambda: select(person.c.id).union(select(pet.c.id)).order_by(text("1")),
    "except method": lambda: select(person.c.name).except_(select(pet.c.name)).order_by("name"),
    "intersect method": lambda: select(person.c.id).intersect(select(pet.c.id)).limit(2),
    "union limit": lambda: (
        union(select(person.c.id), select(pet.c.id)).order_by(desc("id")).limit(2).offset(1)
    ),
    "union subquery": lambda: select(
        func.count(union_all(select(person.c.id), select(pet.c.id)).subquery().c.id)
    ),
    "union of unions": lambda: union(
        union_all(select(person.c.id), select(pet.c.id)), select(literal(7))
    ).order_by(text("1")),
    "union with an ordered part": lambda: union_all(
        select(person.c.id).order_by(person.c.id).limit(1).subquery().select(),
        select(pet.c.id),
    ),
    "union cte": lambda: select(
        func.count(union(select(person.c.id), select(pet.c.id)).cte("u").c.id)
    ),
    # -- windows and aggregates
    "row_number": lambda: select(person.c.id, by_age.label("r")).order_by(person.c.id),
    "rows": lambda: select(
        person.c.id, func.sum(person.c.id).over(order_by=person.c.id, rows=(-1, 1))
    ),
    "rows unbounded": lambda: select(
        func.sum(person.c.id).over(order_by=person.c.id, rows=(None, 0))
    ),
    "range": lambda: select(func.sum(person.c.id).over(order_by=person.c.id, range_=(-1, None))),
    "groups": lambda: select(func.sum(person.c.id).over(order_by=person.c.id, groups=(0, 1))),
    "exclude": lambda: select(
        func.sum(person.c.id).over(order_by=person.c.id, rows=(-1, 1), exclude="CURRENT ROW")
    ),
    "lag": lambda: select(func.lag(person.c.id, 1, 0).over(order_by=person.c.id)),
    "filter": lambda: select(func.count(person.c.id).filter(person.c.age == 30)),
    "filter twice": lambda: select(
        func.count(person.c.id).filter(person.c.age == 30, person.c.id > 2)
    ),
    "filter over": lambda: select(
        func.count(person.c.id).filter(person.c.age == 30).over(order_by=person.c.id)
    ),
    "within group": lambda: select(func.percentile_cont(0.5).within_group(person.c.age.desc())),
    "aggregate_strings": lambda: select(func.aggregate_strings(pet.c.name, "+")),
    "aggregate order": lambda: select(
        func.group_concat(pet.c.name, "+").aggregate_order_by(pet.c.name.desc())
    ),
    "rollup": lambda: select(func.count()).select_from(pet).group_by(func.rollup(pet.c.id)),
    "cube": lambda: select(func.count()).select_from(pet).group_by(func.cube(pet.c.id)),
    "grouping sets": lambda: (
        select(func.count())
        .select_from(pet)
        .group_by(func.grouping_sets(pet.c.id, tuple_(pet.c.id, pet.c.name)))
    ),
    # -- expressions
    "case": lambda: select(
        case((person.c.age > 40, "old"), (person.c.age.is_(None), "?"), else_="young")
    ).order_by(person.c.id),
    "case value": lambda: select(case({1: "one", 2: "two"}, value=person.c.id)),
    "case without else": lambda: select(case((person.c.id == 1, 5))),
    "cast": lambda: select(cast(person.c.id, String), cast("5", Integer)),
    "cast method": lambda: select(person.c.id.cast(Numeric(5, 1))),
    "try_cast": lambda: select(try_cast(person.c.id, String)),
    "type_coerce": lambda: select(type_coerce(person.c.id, String).label("x")),
    "extract": lambda: select(extract("year", func.date("2020-03-04"))),
    "between": lambda: select(person.c.id).where(between(person.c.age, 20, 40)),
    "between method": lambda: select(person.c.id).where(~person.c.id.between(2, 3)),
    "null": lambda: select(null(), true(), false(), literal(None)),
    "is null": lambda: select(person.c.id).where(person.c.age == None),  # noqa: E711 - it is what is tested
    "is not null": lambda: select(person.c.id).where(person.c.age != None),  # noqa: E711 - it is what is tested
    "is distinct": lambda: select(person.c.id).where(person.c.age.is_distinct_from(30)),
    "is not distinct": lambda: select(person.c.id).where(person.c.age.is_not_distinct_from(None)),
    "in": lambda: select(person.c.id).where(person.c.id.in_([1, 3])),
    "not in": lambda: select(person.c.id).where(person.c.id.not_in([1, 3])),
    "empty in": lambda: select(person.c.id).where(person.c.id.in_([])),
    "empty not in": lambda: select(person.c.id).where(~person.c.id.in_([])),
    "in with null": lambda: select(person.c.id).where(person.c.age.in_([30, None])),
    "in of expressions": lambda: select(person.c.id).where(
        person.c.id.in_([literal(1), person.c.boss_id])
    ),
    "expanding": lambda: select(person.c.id).where(
        person.c.id.in_(bindparam("ids", [1, 2], expanding=True))
    ),
    "like": lambda: select(person.c.id).where(person.c.name.like("%b")),
    "not like": lambda: select(person.c.id).where(person.c.name.not_like("%b")),
    "ilike": lambda: select(person.c.id).where(person.c.name.ilike("B%")),
    "startswith": lambda: select(person.c.id).where(person.c.name.startswith("A")),
    "contains escaped": lambda: select(person.c.id).where(
        person.c.name.contains("_%", autoescape=True)
    ),
    "endswith escape": lambda: select(person.c.id).where(person.c.name.endswith("/%", escape="/")),
    "icontains": lambda: select(person.c.id).where(person.c.name.icontains("N")),
    "startswith a column": lambda: select(person.c.id).where(
        person.c.name.startswith(person.c.name)
    ),
    "regexp": lambda: select(person.c.id).where(person.c.name.regexp_match("^[A-B]")),
    "arithmetic": lambda: select(
        person.c.id + 1, person.c.id - 1, person.c.id * 2, -person.c.id, person.c.id % 2
    ).where(person.c.id == 3),
    "division": lambda: select(person.c.id / 2, person.c.id // 2, 7 / person.c.id).where(
        person.c.id == 3
    ),
    "precedence": lambda: select((person.c.id + 1) * 2 - (person.c.id - (person.c.id - 1))),
    "bitwise": lambda: select(
        person.c.id.bitwise_and(3),
        person.c.id.bitwise_or(8),
        person.c.id.bitwise_lshift(1),
        person.c.id.bitwise_rshift(1),
        person.c.id.bitwise_not(),
    ),
    "concat": lambda: select(person.c.name + "!", person.c.name.concat("?")),
    "op": lambda: select(person.c.id.op("<<")(2), person.c.id.op("||", return_type=String)("x")),
    "bool_op": lambda: select(person.c.id).where(person.c.name.bool_op("GLOB")("A*")),
    "literal_column": lambda: select(literal_column("id + 1").label("x")).select_from(person),
    "text columns": lambda: select(text("id"), text("name")).select_from(person),
    "text where": lambda: select(person.c.id).where(text("age > :a").bindparams(a=40)),
    "text select": lambda: text("select id, name from person order by id").columns(
        id=Integer, name=String
    ),
    "text subquery": lambda: select(
        text("select id as i from person").columns(i=Integer).subquery("t").c.i
    ).order_by(text("1")),
    "text cte": lambda: select(
        text("select id as i from person").columns(column("i", Integer)).cte("t").c.i
    ).order_by(text("1")),
    "text from": lambda: select(column("id")).select_from(text("person")).order_by(text("1")),
    "any": lambda: select(literal(1) == any_(select(person.c.id).scalar_subquery())),
    "bindparams": lambda: select(person.c.id).where(person.c.id == bindparam("x", 2)),
    "bindparam twice": lambda: select(person.c.id).where(
        or_(person.c.id == bindparam("x", 2), person.c.age == bindparam("x", 2))
    ),
    "literal execute": lambda: select(person.c.id).where(
        person.c.id == bindparam("x", 2, literal_execute=True)
    ),
    "params": lambda: select(person.c.id).where(person.c.id == bindparam("x")).params(x=3),
    "functions": lambda: select(
        func.lower(person.c.name), func.coalesce(person.c.age, 0), func.length("abc")
    ),
    "package function": lambda: select(func.a.b.c(1)),
    "function of a select": lambda: select(
        func.coalesce(select(person.c.id).where(false()).scalar_subquery(), 5)
    ),
    "table valued": lambda: select(
        (each := func.json_each("[1, 2]").table_valued("key", "value")).c.value, each.c.key
    ),
    "table valued aliased": lambda: select(
        func.json_each("[1, 2]").table_valued("value", name="j").c.value
    ),
    "with ordinality": lambda: select(
        func.generate_series(1, 3).table_valued("v", with_ordinality="n").render_derived()
    ),
    "column valued": lambda: select(func.json_each("[1]").column_valued("x")),
    "scalar table valued": lambda: select(func.pair(1, 2).scalar_table_valued("left")),
    "function alias": lambda: select(func.json_each("[1]").alias("j").column),
    "tablesample": lambda: select(tablesample(person, func.bernoulli(10), "s", seed=3).c.id),
    "tablesample method": lambda: select(person.tablesample(5).c.id),
    # -- what stands around
    "prefix": lambda: select(person.c.id).prefix_with("ALL").order_by(person.c.id),
    "prefix of another dialect": lambda: select(person.c.id).prefix_with("X", dialect="mysql"),
    "suffix": lambda: select(person.c.id).suffix_with("-- end").where(person.c.id == 1),
    "hint": lambda: select(person.c.id).with_hint(person, "NOT INDEXED", "sqlite"),
    "statement hint": lambda: select(person.c.id).with_statement_hint("-- hint"),
    "for update": lambda: select(person.c.id).with_for_update(nowait=True, of=person),
    "for update read": lambda: select(person.c.id).with_for_update(read=True, skip_locked=True),
    "fetch": lambda: select(person.c.id).order_by(person.c.id).fetch(2),
    "fetch ties": lambda: select(person.c.id).order_by(person.c.id).fetch(2, with_ties=True),
    "fetch percent": lambda: select(person.c.id).fetch(20, percent=True),
    "with_only_columns": lambda: (
        select(person.c.id, person.c.name).where(person.c.id == 1).with_only_columns(person.c.age)
    ),
    "maintain": lambda: (
        select(person.c.id).with_only_columns(literal(1), maintain_column_froms=True).limit(1)
    ),
    "add_columns": lambda: select(person.c.id).add_columns(person.c.age, pet.c.id).limit(1),
    "reduce_columns": lambda: (
        select(person.c.id, pet.c.owner_id).where(person.c.id == pet.c.owner_id).reduce_columns()
    ),
    "label style": lambda: (
        select(person.c.id, pet.c.id)
        .join(pet)
        .set_label_style(__import__("sqlalchemy").LABEL_STYLE_TABLENAME_PLUS_COL)
        .order_by(pet.c.id)
    ),
    "label style none": lambda: (
        select(person.c.id, pet.c.id)
        .join(pet)
        .set_label_style(__import__("sqlalchemy").LABEL_STYLE_NONE)
        .order_by(pet.c.id)
    ),
    "same column twice": lambda: select(person.c.id, person.c.id).order_by(person.c.id),
    "same names in a subquery": lambda: select(
        select(person.c.id, pet.c.id).join(pet).subquery("s")
    ).order_by(text("1, 2")),
    "same name thrice": lambda: select(person.c.id, pet.c.id, p.c.id).where(
        person.c.id == 1, pet.c.id == 1, p.c.id == 1
    ),
}

# What differs, and is meant to.
MEANT = {
    "an OFFSET of nothing, and a LIMIT of everything, need no parameter": [
        "limit: for SQLite",
        "offset: for SQLite",
        "cross join: for SQLite",
        "join true: for SQLite",
        "odd labels: for SQLite",
        "quoted: for SQLite",
        "intersect method: for SQLite",
        "union with an ordered part: for SQLite",
        "maintain: for SQLite",
        "add_columns: for SQLite",
    ],
    "SQLite has no names for the columns of VALUES, so toolkit gives them; an alias has its name": [
        "values: for SQLite",
        "values aliased: for SQLite",
        "values: rows",
        "values aliased: rows",
        "values aliased: by default",
        "values aliased: literal",
    ],
    "what SQLite has not is refused by name, before anything is sent": [
        "lateral: for SQLite",
        "lateral function: for SQLite",
        "tablesample: for SQLite",
        "tablesample method: for SQLite",
        "fetch ties: for SQLite",
        "fetch percent: for SQLite",
        "lateral: rows",
        "lateral function: rows",
        "tablesample: rows",
        "tablesample method: rows",
        "fetch ties: rows",
        "fetch percent: rows",
        "tablesample: by default",
        "tablesample: literal",
    ],
    "SQLite has no parentheses there, so toolkit writes a subquery": [
        "union of unions: for SQLite",
        "union of unions: rows",
    ],
    "LIKE needs no parentheses here: they are written where they must be": [
        "startswith: by default",
        "contains escaped: by default",
        "endswith escape: by default",
        "icontains: by default",
        "startswith a column: by default",
        "startswith: for SQLite",
        "contains escaped: for SQLite",
        "endswith escape: for SQLite",
        "icontains: for SQLite",
        "startswith a column: for SQLite",
        "startswith: literal",
        "contains escaped: literal",
        "endswith escape: literal",
        "icontains: literal",
        "startswith a column: literal",
    ],
    "LIMIT means the same, and SQLite has it": ["fetch: for SQLite", "fetch: rows"],
}
for why, steps in MEANT.items():
    for step in steps:
        differs(step, why=why)

for name, make in STATEMENTS.items():

    def shown(make=make):
        compiled = make().compile(dialect=sqlite.dialect())
        return " ".join(str(compiled).split()), compiled.params

    def keys(make=make):
        result = conn.execute(make())
        return list(result.keys()), [tuple(row) for row in result]

    def literal_sql(make=make):
        compiled = make().compile(compile_kwargs={"literal_binds": True})
        return " ".join(str(compiled).split())

    attempt(f"{name}: by default", lambda make=make: " ".join(str(make()).split()))
    attempt(f"{name}: for SQLite", shown)
    attempt(f"{name}: rows", keys)
    attempt(f"{name}: literal", literal_sql)
