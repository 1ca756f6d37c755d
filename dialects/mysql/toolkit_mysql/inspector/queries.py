"""The queries: each answers for any number of tables.

The schema is a value in each of them, and named for each view that is joined: servers open the
tables of all databases where they cannot see at once which database is meant.

https://dev.mysql.com/doc/refman/9.0/en/information-schema.html
"""

from __future__ import annotations

SCHEMAS = "SELECT schema_name FROM information_schema.schemata ORDER BY schema_name"

RELATIONS = """
SELECT t.table_name AS table_name, t.table_type AS table_type, t.engine AS engine,
    t.table_collation AS table_collation, c.character_set_name AS character_set_name,
    t.create_options AS create_options, t.table_comment AS table_comment
FROM information_schema.tables AS t
LEFT JOIN information_schema.collation_character_set_applicability AS c
    ON c.collation_name = t.table_collation
WHERE t.table_schema = :schema ORDER BY t.table_name
"""
# MariaDB 10.10 and later know collations that fit many character sets, by a full name.
RELATIONS_OF_MARIADB = RELATIONS.replace("c.collation_name", "c.{name}")

COLUMNS = """
SELECT c.table_name AS table_name, c.column_name AS column_name, c.column_type AS column_type,
    c.is_nullable AS is_nullable, c.column_default AS column_default, c.extra AS extra,
    c.generation_expression AS generation_expression, c.column_comment AS column_comment,
    c.character_set_name AS character_set_name, c.collation_name AS collation_name,
    k.is_default AS is_default
FROM information_schema.columns AS c
LEFT JOIN information_schema.collations AS k ON k.collation_name = c.collation_name
WHERE c.table_schema = :schema{names}
ORDER BY c.table_name, c.ordinal_position
"""

INDEXES = """
SELECT c.table_name AS table_name, c.index_name AS index_name, c.non_unique AS non_unique,
    c.column_name AS column_name, c.collation AS collation, c.sub_part AS sub_part,
    c.index_type AS index_type, {expression} AS expression
FROM information_schema.statistics AS c
WHERE c.table_schema = :schema{names}
ORDER BY c.table_name, c.index_name, c.seq_in_index
"""

FOREIGN_KEYS = """
SELECT c.table_name AS table_name, c.constraint_name AS constraint_name,
    c.column_name AS column_name, c.referenced_table_schema AS referenced_table_schema,
    c.referenced_table_name AS referenced_table_name,
    c.referenced_column_name AS referenced_column_name, r.update_rule AS update_rule,
    r.delete_rule AS delete_rule, r.match_option AS match_option
FROM information_schema.key_column_usage AS c
JOIN information_schema.referential_constraints AS r
    ON r.constraint_schema = c.constraint_schema AND r.constraint_name = c.constraint_name
    AND r.table_name = c.table_name
WHERE c.table_schema = :schema{names}
    AND r.constraint_schema = :schema AND c.referenced_table_name IS NOT NULL
ORDER BY c.table_name, c.constraint_name, c.ordinal_position
"""

# Two queries, since a join of these views takes seconds where there are some hundred tables.
CHECKS = """
SELECT c.table_name AS table_name, c.constraint_name AS constraint_name
FROM information_schema.table_constraints AS c
WHERE c.table_schema = :schema AND c.constraint_type = 'CHECK'{names}
ORDER BY c.table_name, c.constraint_name
"""
CLAUSES = """
SELECT c.constraint_name AS constraint_name, c.check_clause AS check_clause
FROM information_schema.check_constraints AS c
WHERE c.constraint_schema = :schema
"""
# The names of constraints are those of their table there.
CHECKS_OF_MARIADB = """
SELECT c.table_name AS table_name, c.constraint_name AS constraint_name,
    c.check_clause AS check_clause
FROM information_schema.check_constraints AS c
WHERE c.constraint_schema = :schema{names}
ORDER BY c.table_name, c.constraint_name
"""

PARTITIONS = """
SELECT c.table_name AS table_name, c.partition_method AS partition_method,
    c.partition_expression AS partition_expression, COUNT(*) AS parts
FROM information_schema.partitions AS c
WHERE c.table_schema = :schema AND c.partition_name IS NOT NULL{names}
GROUP BY c.table_name, c.partition_method, c.partition_expression
"""
