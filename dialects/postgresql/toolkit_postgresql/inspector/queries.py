"""The queries: each answers for any number of tables.

What newer servers have and older ones lack is read by ``to_jsonb``, which has no opinion on it.
"""

from __future__ import annotations

SCHEMAS = """
SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname NOT LIKE 'pg\\_%' ORDER BY nspname
"""

RELATIONS = """
SELECT c.relname, c.relkind, c.relpersistence, c.oid
FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND {condition} ORDER BY c.relname
"""

SEQUENCES = """
SELECT c.relname
FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND {condition} ORDER BY c.relname
"""

_TABLES = """
FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
"""

COLUMNS = f"""
SELECT c.relname, a.attname,
    pg_catalog.format_type(a.atttypid, a.atttypmod) AS spelled,
    t.typtype,
    a.attnotnull,
    pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS default_sql,
    a.attgenerated,
    a.attidentity,
    pg_catalog.col_description(a.attrelid, a.attnum) AS comment,
    CASE WHEN a.attcollation <> t.typcollation THEN l.collname END AS collation,
    s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle
{_TABLES}
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
JOIN pg_catalog.pg_type AS e ON e.oid = a.atttypid
JOIN pg_catalog.pg_type AS t
    ON t.oid = CASE WHEN e.typelem <> 0 AND e.typlen = -1 THEN e.typelem ELSE e.oid END
LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation AS l ON l.oid = a.attcollation
LEFT JOIN pg_catalog.pg_depend AS o
    ON a.attidentity <> '' AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum
    AND o.deptype = 'i' AND o.classid = CAST('pg_catalog.pg_class' AS regclass)
    AND o.refclassid = CAST('pg_catalog.pg_class' AS regclass)
LEFT JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = o.objid
WHERE a.attnum > 0 AND NOT a.attisdropped AND {{condition}}
ORDER BY c.oid, a.attnum
"""

KEYS = f"""
SELECT c.relname, k.conname, a.attname, x.indnkeyatts,
    pg_catalog.to_jsonb(x) ->> 'indnullsnotdistinct' = 'true' AS not_distinct,
    pg_catalog.obj_description(k.oid, 'pg_constraint') AS comment
{_TABLES}
JOIN pg_catalog.pg_constraint AS k ON k.conrelid = c.oid
JOIN pg_catalog.pg_index AS x ON x.indexrelid = k.conindid
CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS p (attnum, place)
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = p.attnum
WHERE CAST(k.contype AS text) = :kind AND {{condition}} ORDER BY c.oid, k.conname, p.place
"""

FOREIGN_KEYS = f"""
SELECT c.relname, k.conname, a.attname, r.relname AS referred, m.nspname AS referred_schema,
    f.attname AS target, pg_catalog.pg_table_is_visible(r.oid) AS visible,
    k.confupdtype, k.confdeltype, k.confmatchtype, k.condeferrable, k.condeferred,
    (SELECT pg_catalog.array_agg(b.attname ORDER BY b.attnum) FROM pg_catalog.pg_attribute AS b
     WHERE b.attrelid = c.oid AND pg_catalog.to_jsonb(k) -> 'confdelsetcols'
        @> pg_catalog.to_jsonb(b.attnum)) AS set_columns,
    pg_catalog.obj_description(k.oid, 'pg_constraint') AS comment
{_TABLES}
JOIN pg_catalog.pg_constraint AS k ON k.conrelid = c.oid
JOIN pg_catalog.pg_class AS r ON r.oid = k.confrelid
JOIN pg_catalog.pg_namespace AS m ON m.oid = r.relnamespace
CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS p (attnum, target, place)
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = p.attnum
JOIN pg_catalog.pg_attribute AS f ON f.attrelid = r.oid AND f.attnum = p.target
WHERE k.contype = 'f' AND {{condition}} ORDER BY c.oid, k.conname, p.place
"""

CHECKS = f"""
SELECT c.relname, k.conname, pg_catalog.pg_get_expr(k.conbin, k.conrelid, true) AS condition,
    k.connoinherit, k.convalidated,
    pg_catalog.obj_description(k.oid, 'pg_constraint') AS comment
{_TABLES}
JOIN pg_catalog.pg_constraint AS k ON k.conrelid = c.oid
WHERE k.contype = 'c' AND {{condition}} ORDER BY c.oid, k.conname
"""

INDEXES = f"""
SELECT c.relname, i.relname AS index_name, x.indisunique, x.indnkeyatts, p.place,
    a.attname, pg_catalog.pg_get_indexdef(x.indexrelid, CAST(p.place AS int), true) AS expression,
    p.option, CASE WHEN o.opcdefault THEN NULL ELSE o.opcname END AS operators,
    k.conname AS made_for, m.amname AS method, i.reloptions AS parameters,
    pg_catalog.pg_get_expr(x.indpred, x.indrelid) AS condition,
    pg_catalog.to_jsonb(x) ->> 'indnullsnotdistinct' = 'true' AS not_distinct
{_TABLES}
JOIN pg_catalog.pg_index AS x ON x.indrelid = c.oid
JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
JOIN pg_catalog.pg_am AS m ON m.oid = i.relam
CROSS JOIN LATERAL unnest(x.indkey, x.indclass, x.indoption) WITH ORDINALITY
    AS p (attnum, class, option, place)
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = p.attnum
LEFT JOIN pg_catalog.pg_opclass AS o ON o.oid = p.class
LEFT JOIN pg_catalog.pg_constraint AS k
    ON k.conindid = x.indexrelid AND k.conrelid = c.oid AND k.contype IN ('u', 'x')
WHERE NOT x.indisprimary AND {{condition}} ORDER BY c.oid, i.relname, p.place
"""

COMMENTS = f"""
SELECT c.relname, d.description
{_TABLES}
JOIN pg_catalog.pg_description AS d ON d.objoid = c.oid AND d.objsubid = 0
    AND d.classoid = CAST('pg_catalog.pg_class' AS regclass)
WHERE {{condition}}
"""

OPTIONS = f"""
SELECT c.relname, c.reloptions, s.spcname,
    (SELECT pg_catalog.array_agg(CAST(b.relname AS text) ORDER BY h.inhseqno)
     FROM pg_catalog.pg_inherits AS h JOIN pg_catalog.pg_class AS b ON b.oid = h.inhparent
     WHERE h.inhrelid = c.oid) AS parents
{_TABLES}
LEFT JOIN pg_catalog.pg_tablespace AS s ON s.oid = c.reltablespace
WHERE c.relkind IN ('r', 'p', 'f') AND {{condition}}
"""

VIEWS = f"""
SELECT c.relname, pg_catalog.pg_get_viewdef(c.oid) {_TABLES}
WHERE c.relkind IN ('v', 'm') AND {{condition}}
"""

# -- types --------------------------------------------------------------------------------

ENUMS = """
SELECT t.typname, n.nspname, pg_catalog.pg_type_is_visible(t.oid) AS visible,
    pg_catalog.format_type(t.oid, NULL) AS spelled, e.enumlabel
FROM pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_enum AS e ON e.enumtypid = t.oid
WHERE t.typtype = 'e' AND {condition} ORDER BY n.nspname, t.typname, e.enumsortorder
"""

DOMAINS = """
SELECT t.typname, n.nspname, pg_catalog.pg_type_is_visible(t.oid) AS visible,
    pg_catalog.format_type(t.oid, NULL) AS spelled,
    pg_catalog.format_type(t.typbasetype, t.typtypmod) AS base,
    t.typnotnull, t.typdefault,
    CASE WHEN l.collname <> 'default' THEN l.collname END AS collation,
    CASE WHEN NOT pg_catalog.pg_collation_is_visible(l.oid) THEN w.nspname END AS collation_schema,
    k.conname, pg_catalog.pg_get_expr(k.conbin, 0, true) AS condition
FROM pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
JOIN pg_catalog.pg_type AS b ON b.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_collation AS l ON l.oid = t.typcollation
LEFT JOIN pg_catalog.pg_namespace AS w ON w.oid = l.collnamespace
LEFT JOIN pg_catalog.pg_constraint AS k ON k.contypid = t.oid AND k.contype = 'c'
WHERE t.typtype = 'd' AND {condition} ORDER BY n.nspname, t.typname, k.conname
"""

HAS_TYPE = """
SELECT 1
FROM pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
WHERE t.typname = :name AND {condition}
"""
