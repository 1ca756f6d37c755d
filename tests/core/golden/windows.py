"""What may follow a function: what each is written as."""

from __future__ import annotations

from datetime import timedelta

from tests.core.golden.case import Case

CASES = (
    Case("func.row_number().over()", "row_number() OVER ()", value=1),
    Case("func.row_number().over(order_by=t.c.x)", "row_number() OVER (ORDER BY t.x)", value=1),
    Case(
        "func.row_number().over(partition_by=t.c.y)",
        "row_number() OVER (PARTITION BY t.y)",
        value=1,
    ),
    Case(
        "func.row_number().over(partition_by=t.c.y, order_by=t.c.x)",
        "row_number() OVER (PARTITION BY t.y ORDER BY t.x)",
        value=1,
    ),
    Case(
        ("func.row_number().over(partition_by=[t.c.y, t.c.x], order_by=[t.c.x.desc(), t.c.id])"),
        "row_number() OVER (PARTITION BY t.y, t.x ORDER BY t.x DESC, t.id)",
        value=1,
    ),
    Case(
        "func.row_number().over(order_by=(t.c.x, t.c.y))",
        "row_number() OVER (ORDER BY t.x, t.y)",
        value=1,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, rows=(None, 0))",
        "sum(t.x) OVER (ORDER BY t.id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
        value=7,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, rows=(None, None))",
        ("sum(t.x) OVER (ORDER BY t.id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"),
        value=7,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, rows=(-2, 2))",
        ("sum(t.x) OVER (ORDER BY t.id ROWS BETWEEN :param_1 PRECEDING AND :param_2 FOLLOWING)"),
        {"param_1": 2, "param_2": 2},
        value=7,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, rows=(-2, -1))",
        ("sum(t.x) OVER (ORDER BY t.id ROWS BETWEEN :param_1 PRECEDING AND :param_2 PRECEDING)"),
        {"param_1": 2, "param_2": 1},
        value=None,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, rows=(1, 3))",
        ("sum(t.x) OVER (ORDER BY t.id ROWS BETWEEN :param_1 FOLLOWING AND :param_2 FOLLOWING)"),
        {"param_1": 1, "param_2": 3},
        value=None,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, rows=(0, 0))",
        "sum(t.x) OVER (ORDER BY t.id ROWS BETWEEN CURRENT ROW AND CURRENT ROW)",
        value=7,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, rows=(0, None))",
        "sum(t.x) OVER (ORDER BY t.id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)",
        value=7,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, rows=(-1, None))",
        ("sum(t.x) OVER (ORDER BY t.id ROWS BETWEEN :param_1 PRECEDING AND UNBOUNDED FOLLOWING)"),
        {"param_1": 1},
        value=7,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, range_=(None, 0))",
        "sum(t.x) OVER (ORDER BY t.id RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
        value=7,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, range_=(-5, 10))",
        ("sum(t.x) OVER (ORDER BY t.id RANGE BETWEEN :param_1 PRECEDING AND :param_2 FOLLOWING)"),
        {"param_1": 5, "param_2": 10},
        value=7,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, groups=(-1, 1))",
        ("sum(t.x) OVER (ORDER BY t.id GROUPS BETWEEN :param_1 PRECEDING AND :param_2 FOLLOWING)"),
        {"param_1": 1, "param_2": 1},
        value=7,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, groups=(None, 0))",
        "sum(t.x) OVER (ORDER BY t.id GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
        value=7,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, rows=(-1, 1), exclude='CURRENT ROW')",
        (
            "sum(t.x) OVER (ORDER BY t.id ROWS BETWEEN :param_1 PRECEDING AND :param_2 "
            "FOLLOWING EXCLUDE CURRENT ROW)"
        ),
        {"param_1": 1, "param_2": 1},
        value=None,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, rows=(-1, 1), exclude='TIES')",
        (
            "sum(t.x) OVER (ORDER BY t.id ROWS BETWEEN :param_1 PRECEDING AND :param_2 "
            "FOLLOWING EXCLUDE TIES)"
        ),
        {"param_1": 1, "param_2": 1},
        value=7,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, range_=(None, 0), exclude='NO OTHERS')",
        (
            "sum(t.x) OVER (ORDER BY t.id RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT "
            "ROW EXCLUDE NO OTHERS)"
        ),
        value=7,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id, groups=(-1, 1), exclude='GROUP')",
        (
            "sum(t.x) OVER (ORDER BY t.id GROUPS BETWEEN :param_1 PRECEDING AND "
            ":param_2 FOLLOWING EXCLUDE GROUP)"
        ),
        {"param_1": 1, "param_2": 1},
        value=None,
    ),
    Case(
        (
            "func.sum(t.c.x).over(order_by=t.c.id, rows=FrameClause(2, 3, "
            "FrameClauseType.PRECEDING, FrameClauseType.FOLLOWING))"
        ),
        ("sum(t.x) OVER (ORDER BY t.id ROWS BETWEEN :param_1 PRECEDING AND :param_2 FOLLOWING)"),
        {"param_1": 2, "param_2": 3},
        value=7,
    ),
    Case(
        (
            "func.sum(t.c.x).over(order_by=t.c.id, range_=FrameClause(None, None, "
            "FrameClauseType.UNBOUNDED, FrameClauseType.CURRENT))"
        ),
        "sum(t.x) OVER (ORDER BY t.id RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
        value=7,
    ),
    Case(
        (
            "func.sum(t.c.x).over(order_by=t.c.dt, "
            "range_=FrameClause(timedelta(days=1), None, FrameClauseType.PRECEDING, "
            "FrameClauseType.CURRENT))"
        ),
        "sum(t.x) OVER (ORDER BY t.dt RANGE BETWEEN :param_1 PRECEDING AND CURRENT ROW)",
        {"param_1": timedelta(days=1)},
    ),
    Case("over(func.row_number(), order_by=t.c.x)", "row_number() OVER (ORDER BY t.x)", value=1),
    Case(
        "over(func.row_number(), partition_by=t.c.x, order_by=t.c.y)",
        "row_number() OVER (PARTITION BY t.x ORDER BY t.y)",
        value=1,
    ),
    Case(
        "func.row_number().over(order_by=t.c.x) + 1",
        "row_number() OVER (ORDER BY t.x) + :param_1",
        {"param_1": 1},
        value=2,
    ),
    Case(
        "func.row_number().over(order_by=t.c.x).label('rn')",
        "row_number() OVER (ORDER BY t.x)",
        value=1,
    ),
    Case("func.row_number().over(order_by='x')", "row_number() OVER (ORDER BY x)", value=1),
    Case("func.count().over()", "count(*) OVER ()", value=1),
    Case(
        "func.sum(t.c.x).filter(t.c.y > 1)",
        "sum(t.x) FILTER (WHERE t.y > :y_1)",
        {"y_1": 1},
        value=7,
    ),
    Case(
        "func.sum(t.c.x).filter(t.c.y > 1, t.c.x > 2)",
        "sum(t.x) FILTER (WHERE t.y > :y_1 AND t.x > :x_1)",
        {"y_1": 1, "x_1": 2},
        value=7,
    ),
    Case(
        "func.sum(t.c.x).filter(or_(t.c.y > 1, t.c.x > 2))",
        "sum(t.x) FILTER (WHERE t.y > :y_1 OR t.x > :x_1)",
        {"y_1": 1, "x_1": 2},
        value=7,
    ),
    Case(
        "func.sum(t.c.x).filter(t.c.y > 1).filter(t.c.x > 2)",
        "sum(t.x) FILTER (WHERE t.y > :y_1 AND t.x > :x_1)",
        {"y_1": 1, "x_1": 2},
        value=7,
    ),
    Case(
        "func.count('*').filter(t.c.y > 1).over(partition_by=t.c.x)",
        "count(:count_1) FILTER (WHERE t.y > :y_1) OVER (PARTITION BY t.x)",
        {"count_1": "*", "y_1": 1},
        value=1,
    ),
    Case(
        "funcfilter(func.count(1), t.c.x == 7)",
        "count(:count_1) FILTER (WHERE t.x = :x_1)",
        {"count_1": 1, "x_1": 7},
        value=1,
    ),
    Case(
        "funcfilter(func.count(1), t.c.x == 7) + 1",
        "(count(:count_1) FILTER (WHERE t.x = :x_1)) + :param_1",
        {"count_1": 1, "x_1": 7, "param_1": 1},
        value=2,
    ),
    Case(
        "func.percentile_cont(0.5).within_group(t.c.x)",
        "percentile_cont(:percentile_cont_1) WITHIN GROUP (ORDER BY t.x)",
        {"percentile_cont_1": 0.5},
    ),
    Case(
        "func.percentile_cont(0.5).within_group(t.c.x.desc())",
        "percentile_cont(:percentile_cont_1) WITHIN GROUP (ORDER BY t.x DESC)",
        {"percentile_cont_1": 0.5},
    ),
    Case(
        "func.percentile_disc(0.5).within_group(t.c.x, t.c.y)",
        "percentile_disc(:percentile_disc_1) WITHIN GROUP (ORDER BY t.x, t.y)",
        {"percentile_disc_1": 0.5},
    ),
    Case("func.mode().within_group(t.c.x)", "mode() WITHIN GROUP (ORDER BY t.x)"),
    Case(
        "func.rank(5).within_group(t.c.x)",
        "rank(:rank_1) WITHIN GROUP (ORDER BY t.x)",
        {"rank_1": 5},
    ),
    Case(
        "func.percentile_cont(0.5).within_group(t.c.x).over(partition_by=t.c.y)",
        ("percentile_cont(:percentile_cont_1) WITHIN GROUP (ORDER BY t.x) OVER (PARTITION BY t.y)"),
        {"percentile_cont_1": 0.5},
    ),
    Case(
        "func.percentile_cont(0.5).within_group(t.c.x).filter(t.c.y > 1)",
        (
            "percentile_cont(:percentile_cont_1) WITHIN GROUP (ORDER BY t.x) FILTER "
            "(WHERE t.y > :y_1)"
        ),
        {"percentile_cont_1": 0.5, "y_1": 1},
    ),
    Case("within_group(func.mode(), t.c.x)", "mode() WITHIN GROUP (ORDER BY t.x)"),
    Case(
        "func.group_concat(t.c.name, ',').aggregate_order_by(t.c.x)",
        "group_concat(t.name, :group_concat_1 ORDER BY t.x)",
        {"group_concat_1": ","},
    ),
    Case(
        "func.group_concat(t.c.name).aggregate_order_by(t.c.x.desc(), t.c.y)",
        "group_concat(t.name ORDER BY t.x DESC, t.y)",
    ),
    Case(
        "func.aggregate_strings(t.c.name, ',').aggregate_order_by(t.c.x)",
        "aggregate_strings(t.name, __[POSTCOMPILE_aggregate_strings_1] ORDER BY t.x)",
        {"aggregate_strings_1": ","},
        sqlite="group_concat(t.name, __[POSTCOMPILE_aggregate_strings_1] ORDER BY t.x)",
    ),
    Case(
        "func.aggregate_strings(t.c.name, ',').over(order_by=t.c.x)",
        "aggregate_strings(t.name, __[POSTCOMPILE_aggregate_strings_1]) OVER (ORDER BY t.x)",
        {"aggregate_strings_1": ","},
        sqlite="group_concat(t.name, __[POSTCOMPILE_aggregate_strings_1]) OVER (ORDER BY t.x)",
        value="Hello",
    ),
    Case(
        "aggregate_order_by(func.group_concat(t.c.name), t.c.x)",
        "group_concat(t.name ORDER BY t.x)",
    ),
    Case("func.array_agg(t.c.x).aggregate_order_by(t.c.x)", "array_agg(t.x ORDER BY t.x)"),
    Case("func.lag(t.c.x).over(order_by=t.c.id)", "lag(t.x) OVER (ORDER BY t.id)", value=None),
    Case(
        "func.first_value(t.c.x).over(order_by=t.c.id)",
        "first_value(t.x) OVER (ORDER BY t.id)",
        value=7,
    ),
    Case(
        "func.ntile(2).over(order_by=t.c.id)",
        "ntile(:ntile_1) OVER (ORDER BY t.id)",
        {"ntile_1": 2},
        value=1,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.id) == 7",
        "sum(t.x) OVER (ORDER BY t.id) = :param_1",
        {"param_1": 7},
        value=1,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=t.c.x + 1, partition_by=t.c.y == 2)",
        "sum(t.x) OVER (PARTITION BY t.y = :y_1 ORDER BY t.x + :x_1)",
        {"y_1": 2, "x_1": 1},
        value=7,
    ),
    Case(
        "func.sum(t.c.x).over(order_by=nulls_last(t.c.x.desc()))",
        "sum(t.x) OVER (ORDER BY t.x DESC NULLS LAST)",
        value=7,
    ),
    Case(
        "func.sum(t.c.x).filter(t.c.y > 1).over(order_by=t.c.id, rows=(None, 0))",
        (
            "sum(t.x) FILTER (WHERE t.y > :y_1) OVER (ORDER BY t.id ROWS BETWEEN "
            "UNBOUNDED PRECEDING AND CURRENT ROW)"
        ),
        {"y_1": 1},
        value=7,
    ),
    Case("func.row_number().over(order_by=[])", "row_number() OVER ()", value=1),
    Case("func.row_number().over(partition_by=[])", "row_number() OVER ()", value=1),
    Case(
        "func.rank().over(order_by=func.sum(t.c.x).desc())",
        "rank() OVER (ORDER BY sum(t.x) DESC)",
        value=1,
    ),
    Case(
        "func.mode().within_group(t.c.x) + 1",
        "mode() WITHIN GROUP (ORDER BY t.x) + :param_1",
        {"param_1": 1},
    ),
    Case("func.foo().over(rows=(1, 2), range_=(1, 2))", refused="ArgumentError"),
    Case("func.foo().over(rows=('a', 1))", refused="ArgumentError"),
    Case("func.foo().over(rows=1)", refused="ArgumentError"),
    Case("func.foo().over(exclude='TIES')", refused="ArgumentError"),
    Case("func.foo().filter()", "foo()"),
    Case("func.foo().within_group()", refused="TypeError"),
)
