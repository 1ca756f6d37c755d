"""The budget: the highest ratio of CPU time to the raw DBAPI program that we allow ourselves.

These are the goals of the design's section "Budget", under the names of our workloads.
"""

from __future__ import annotations

GOALS: dict[str, float] = {
    "short_select_checkout": 4.0,
    "short_select": 3.0,
    "short_text": 2.0,
    "short_text_memory": 2.0,
    "executemany": 1.5,
    "single_inserts": 4.0,
    # By text until there are typed columns; plain values are the easier half of the same goal.
    "fetch_attributes": 1.6,
    "fetch_plain": 1.2,
    "complex_construct": 30.0,
    "complex_compile": 150.0,
    "complex_cached": 2.0,
    "orm_add": 7.0,
    "orm_load": 2.0,
    "orm_tuples": 1.3,
    "get_by_key": 5.0,
    "identity_hit": 6.0,
    "filter_by_first": 5.0,
    "children_selectin": 4.0,
    "children_joined": 4.0,
    "children_lazy": 7.0,
    "load_change_commit": 6.0,
    "delete_loaded": 6.0,
    "attribute_get": 4.0,
    "attribute_set": 20.0,
    "construct_objects": 4.0,
    "many_to_many": 2.5,
    "polymorphic_single": 3.0,
    "polymorphic_joined": 3.0,
    "import_core": 6.0,
    "import_orm": 10.0,
    "define_classes": 10.0,
    "create_tables": 2.5,
    "reflect_tables": 4.0,
    "entity_memory": 1.15,
    "pool_checkout": 2.0,
    "pool_checkout_threads": 2.0,
    "async_selects": 4.0,
    # No line of the design: what a select and the making of a session and an object come to.
    "async_orm_selects": 4.0,
    "cold_start": 4.0,
}

ON_POSTGRESQL = (
    "orm_add orm_load orm_tuples get_by_key filter_by_first children_selectin children_joined "
    "children_lazy load_change_commit delete_loaded many_to_many polymorphic_single "
    "polymorphic_joined"
)
GOALS.update({f"pg_{row}": GOALS[row] for row in ON_POSTGRESQL.split()})
"""The ORM's rows hold on PostgreSQL, too, against psycopg2."""


def goal_of(workload: str) -> float | None:
    """The goal of a workload, or None where the budget has no such line."""
    return GOALS.get(workload)
