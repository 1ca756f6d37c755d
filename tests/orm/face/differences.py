"""Where the ORM's public names and their parameters differ from the oracle's, each with its reason.

Patterns are regular expressions of "place name", as `programs/asking.py` reports them.
"""

from __future__ import annotations

from typing import Final

INSIDE: Final = "how that library works inside: there is no such thing here"
LATER: Final = "a part of the ORM that comes with an issue of its own"
LEGACY: Final = "deprecated there, and undone by a new spelling"
MADE_HERE: Final = "objects that the ORM makes and hands out; programs do not construct them"
DATACLASS: Final = "taken by name among the words for dataclasses, and refused if it is none"
ANNOTATION: Final = "a name for annotations; Mapped and Any serve"
NO_COLUMN: Final = "what stands here is no column, and asking it for one is an error there as well"

_OPERATORS: Final = (
    "all_ any_ asc between bitwise_\\w+ bool_op collate concat contains desc distinct endswith "
    "icontains iendswith ilike in_ is_ is_distinct_from is_not is_not_distinct_from isnot "
    "isnot_distinct_from istartswith like match not_\\w+ notilike notin_ notlike nulls_?\\w+ op "
    "regexp_\\w+ startswith"
)

ABSENT: Final[dict[str, str]] = {
    r"orm (AppenderQuery|DynamicMapped|WriteOnly\w+|dynamic_loader)": LATER,
    r"orm (Composite|CompositeProperty|composite|polymorphic_union)": LATER,
    r"orm (AliasOption|contains_alias|create_session|merge_result)": LEGACY,
    r"orm (QueryContext|UOWTransaction)": INSIDE,
    r"orm (MappedClassProtocol|ORMDescriptor|QueryPropertyDescriptor|SQLORMExpression)": ANNOTATION,
    r"orm (Unmapped|unmapped_column|as_typed_table)": "new there, and not asked for yet",
    r"orm InspectionAttr(ExtensionType|Info)": "what derives from them here is told by itself",
    r"orm LoaderCriteriaOption": "with_loader_criteria() makes it, and returns an option",
    r"Query (is_\w+|load_options|supports_execution)": INSIDE,
    r"orm (LoaderCallableStatus|PassiveFlag)": "its constants are plain names here",
    r"orm\.(attributes|util|collections|exc) \w+": INSIDE,
    r"orm\.(attributes|util) (Mapped|DynamicMapped|\w*Table\w*|\w*Clause)": INSIDE,
    r"\w+ (allows_lambda|uses_inspection|inherit_cache|logger|memoized_\w+|path_string)": INSIDE,
    r"\w+ (cascade_iterator|found_in_pep593_annotated|init|set_parent|setup)": INSIDE,
    r"\w+ (strategy(_wildcard)?(_key)?|create_row_processor|do_init|merge|instrument)": INSIDE,
    r"\w+ (post_instrument_class|adapter|get_children|proxy_set|dispatch|ext|impl)": INSIDE,
    r"\w+ (is_literal|timetuple|logging_name|columns_to_assign|mapper_property_to_assign)": INSIDE,
    r"AliasedInsp (local_table|persist_selectable|polymorphic_on)": "its mapper has them",
    r"Bundle (clauses|entity|entity_namespace|mapper)": INSIDE,
    r"(ColumnProperty|SynonymProperty) (cascade|uses_objects)": "relationships have it",
    r"Load (additional_source_entities|context|path|propagate_to_loaders)": INSIDE,
    r"(InstrumentedAttribute|SynonymAttribute) (any|has)": NO_COLUMN,
    rf"Relationship\w+ ({'|'.join(_OPERATORS.split())})": NO_COLUMN,
    rf"SynonymProperty ({'|'.join(_OPERATORS.split())})": "the attribute of the class has them",
    r"InstanceState (callables|insert_order|load_path|runid)": INSIDE,
    r"Mapper (composites|primary_base_mapper|select_identity_token)": INSIDE,
    r"(Mapper|AliasedInsp) represents_outer_join": INSIDE,
    r"(RelationshipAttribute (comparator|expression)|SynonymAttribute \w*(prop|desc)\w*)": INSIDE,
    r"(Session|scoped_session) binds": INSIDE,
    r"SessionTransaction declare_states": INSIDE,
    r"ORMExecuteState identity_token": LATER,
}
OTHERWISE: Final[dict[str, str]] = {
    r"ext.asyncio Async(Mapping|Scalar)Result": MADE_HERE,
    r"(AsyncSession|async_scoped_session) connection": "it refuses all other keywords there, too",
    r"Query with_entities": "its only other keyword is private",
    r"orm(\.\w+)? (AttributeEventToken|Event|TypeResolve|FromStatement)": MADE_HERE,
    r"orm(\.\w+)? (ClassManager|InstanceState|InstrumentedAttribute|QueryableAttribute)": MADE_HERE,
    r"orm (MapperProperty|ORMExecuteState|PropComparator|SessionTransaction)": MADE_HERE,
    r"orm(\.\w+)? (AliasedClass|AliasedInsp|CollectionAdapter)": MADE_HERE,
    r"orm (ColumnProperty|MappedSQLExpression|Synonym(Property)?|Relationship(Property)?)": (
        "made by column_property() and its sisters, which take all that is documented"
    ),
    r"orm (column_property|deferred|synonym)": DATACLASS,
    r"(orm|registry) (un)?mapped_as_dataclass": DATACLASS,
    r"orm unmapped_dataclass": DATACLASS,
    r"orm (declared_attr|mapper|DeclarativeMeta)": INSIDE,
    r"orm\.exc \w+": "the ORM's errors are raised by it; they take a text, a code and a hint",
    r"\w+ (collate|op)": "a collation has no schema here, and operators no class of their own",
    r"InstrumentedList \w+": "the list's own method, as Python declares it",
    r"Load get_children": INSIDE,
    r"Mapper version_id_generator": "a function of the user's, or ours, of one argument",
}
