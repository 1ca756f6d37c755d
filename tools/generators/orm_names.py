"""The names of the ORM's face, by where they live."""

from __future__ import annotations

from typing import Final

KEYED: Final = (
    "KeyFuncDict MappedCollection attribute_keyed_dict attribute_mapped_collection "
    "column_keyed_dict column_mapped_collection keyfunc_mapping mapped_collection"
)
LOADER_OPTIONS: Final = (
    "contains_eager defaultload defer immediateload joinedload lazyload load_only noload raiseload "
    "selectin_polymorphic selectinload subqueryload undefer undefer_group with_expression"
)

ORM: Final = {
    "toolkit_core.expression.from_statement": "FromStatement",
    "toolkit_orm.instrument.attribute_state": "AttributeState",
    "toolkit_orm.instrument.class_manager": "ClassManager",
    "toolkit_orm.instrument.inspection_attr": "InspectionAttr NotExtension",
    "toolkit_orm.mapping.attribute_events": "AttributeEvents",
    "toolkit_orm.session.identity_view": "IdentityMap=IdentityView",
    "toolkit_core.expression.joins": "join outerjoin",
    "toolkit_orm.instrument.attribute": "InstrumentedAttribute QueryableAttribute",
    "toolkit_orm.instrument.attribute_operation": "AttributeEventToken NO_KEY",
    "toolkit_orm.instrument.compared_attribute": "PropComparator",
    "toolkit_orm.instrument.keyed_collections": KEYED,
    "toolkit_orm.instrument.state": "InstanceState NO_VALUE",
    "toolkit_orm.mapping.mapper_events": "EXT_CONTINUE EXT_SKIP EXT_STOP InstanceEvents "
    "InstrumentationEvents MapperEvents",
    "toolkit_orm.mapping.registry_events": "RegistryEvents TypeResolve",
    "toolkit_orm.session.session_events": "SessionEvents",
    "toolkit_orm.mapping.back_reference": "backref",
    "toolkit_orm.mapping.cascade": "CascadeOptions",
    "toolkit_orm.mapping.column_property": "ColumnProperty",
    "toolkit_orm.mapping.configuration": "class_mapper clear_mappers configure_mappers "
    "object_mapper",
    "toolkit_orm.mapping.declarative": "add_mapped_attribute",
    "toolkit_orm.mapping.declarative_base": "DeclarativeBase DeclarativeBaseNoMeta "
    "DeclarativeMeta MappedAsDataclass as_declarative declarative_base mapped_as_dataclass "
    "unmapped_dataclass",
    "toolkit_orm.mapping.declared_attr": "declarative_mixin declared_attr has_inherited_table",
    "toolkit_orm.mapping.declared_expressions": "MappedSQLExpression column_property deferred "
    "query_expression",
    "toolkit_orm.mapping.direction": "MANYTOMANY MANYTOONE ONETOMANY RelationshipDirection",
    "toolkit_orm.mapping.hooks": "reconstructor validates",
    "toolkit_orm.mapping.mapped": "Mapped",
    "toolkit_orm.mapping.mapped_column": "MappedColumn mapped_column orm_insert_sentinel",
    "toolkit_orm.mapping.mapped_table": "as_typed_table",
    "toolkit_orm.mapping.mapper": "Mapper",
    "toolkit_orm.mapping.marked_column": "foreign remote",
    "toolkit_orm.mapping.property": "MapperProperty",
    "toolkit_orm.mapping.registry": "registry",
    "toolkit_orm.mapping.relationship": "Relationship relationship",
    "toolkit_orm.mapping.relationship_property": "RelationshipProperty",
    "toolkit_orm.mapping.synonym": "Synonym SynonymProperty synonym synonym_for",
    "toolkit_orm.load.lazy_policy": "LazyLoadWarning",
    "toolkit_orm.query.aliased_entity": "AliasedClass aliased",
    "toolkit_orm.query.bundle": "Bundle DictBundle",
    "toolkit_orm.query.load_option": "Load",
    "toolkit_orm.query.loader_options": LOADER_OPTIONS,
    "toolkit_orm.query.polymorphic_source": "with_polymorphic",
    "toolkit_orm.query.relationship_conditions": "with_parent",
    "toolkit_orm.query.row_criteria": "with_loader_criteria",
    "toolkit_orm.query.user_option": "UserDefinedOption",
    "toolkit_orm.session.execute_state": "ORMExecuteState",
    "toolkit_orm.session.flushing": "explain_flush",
    "toolkit_orm.session.legacy_query": "Query",
    "toolkit_orm.session.merged_results": "merge_frozen_result",
    "toolkit_orm.session.query_events": "QueryEvents",
    "toolkit_orm.session.session": "Session",
    "toolkit_orm.session.living": "close_all_sessions",
    "toolkit_orm.session.scoped_session": "scoped_session",
    "toolkit_orm.session.sessionmaker": "sessionmaker",
    "toolkit_orm.session.transaction": "SessionTransaction",
    "toolkit_orm.session.transaction_state": "SessionTransactionOrigin",
    "toolkit_orm.session.transitions": "identity_key make_transient make_transient_to_detached "
    "object_session was_deleted",
}

DECLARATIVE: Final = {
    "toolkit_orm.mapping.deferred_reflection": "DeferredReflection",
    "toolkit_orm.mapping.declarative_base": "DeclarativeMeta as_declarative declarative_base",
    "toolkit_orm.mapping.declared_attr": "declarative_mixin declared_attr has_inherited_table",
    "toolkit_orm.mapping.synonym": "synonym_for",
}

ORM_MODULES: Final[tuple[tuple[str, tuple[str, dict[str, str]]], ...]] = (
    ("toolkit.orm.", ("Mapped classes, and sessions that know their objects.", ORM)),
    (
        "toolkit.orm.attributes",
        (
            "The attributes of mapped classes.",
            {
                "toolkit_orm.instrument.attribute": "InstrumentedAttribute QueryableAttribute",
                "toolkit_orm.instrument.attribute_access": "PASSIVE_NO_FETCH "
                "PASSIVE_NO_INITIALIZE PASSIVE_NO_RESULT PASSIVE_OFF PASSIVE_ONLY_PERSISTENT "
                "del_attribute flag_dirty flag_modified get_attribute get_history "
                "init_collection instance_dict instance_state set_attribute set_committed_value",
                "toolkit_orm.instrument.attribute_operation": "AttributeEventToken "
                "Event=AttributeEventToken NO_KEY OP_APPEND OP_BULK_REPLACE OP_MODIFIED OP_REMOVE "
                "OP_REPLACE",
                "toolkit_orm.instrument.class_manager": "manager_of_class opt_manager_of_class",
                "toolkit_orm.instrument.history": "History",
                "toolkit_orm.instrument.state": "NEVER_SET=NO_VALUE NO_VALUE",
            },
        ),
    ),
    (
        "toolkit.orm.collections",
        (
            "Collections of related objects.",
            {
                "toolkit_orm.instrument.collection_roles": "collection",
                "toolkit_orm.instrument.collections": "CollectionAdapter InstrumentedDict "
                "InstrumentedList InstrumentedSet bulk_replace collection_adapter",
                "toolkit_orm.instrument.keyed_collections": KEYED,
            },
        ),
    ),
    (
        "toolkit.orm.session",
        (
            "Sessions.",
            {
                "toolkit_orm.session.execute_state": "ORMExecuteState",
                "toolkit_orm.session.legacy_query": "Query",
                "toolkit_orm.session.questions": "_state_session=state_session",
                "toolkit_orm.session.session": "Session",
                "toolkit_orm.session.joining": "JoinTransactionMode",
                "toolkit_orm.session.living": "close_all_sessions",
                "toolkit_orm.session.sessionmaker": "sessionmaker",
                "toolkit_orm.session.transaction": "SessionTransaction",
                "toolkit_orm.session.transaction_state": "SessionTransactionOrigin "
                "SessionTransactionState",
                "toolkit_orm.session.transitions": "make_transient make_transient_to_detached "
                "object_session",
            },
        ),
    ),
    (
        "toolkit.orm.events",
        (
            "What happens to mapped classes, their objects and sessions.",
            {
                "toolkit_orm.mapping.attribute_events": "AttributeEvents",
                "toolkit_orm.mapping.mapper_events": "InstanceEvents "
                "InstrumentationEvents MapperEvents",
                "toolkit_orm.mapping.registry_events": "RegistryEvents",
                "toolkit_orm.session.query_events": "QueryEvents",
                "toolkit_orm.session.session_events": "SessionEvents",
            },
        ),
    ),
    (
        "toolkit.orm.decl_api",
        (
            "Declaring mapped classes.",
            {
                "toolkit_orm.mapping.declarative": "add_mapped_attribute",
                "toolkit_orm.mapping.declarative_base": "DCTransformDeclarative "
                "DeclarativeAttributeIntercept DeclarativeBase DeclarativeBaseNoMeta "
                "DeclarativeMeta MappedAsDataclass as_declarative declarative_base "
                "mapped_as_dataclass unmapped_dataclass",
                "toolkit_orm.mapping.declared_attr": "declarative_mixin declared_attr "
                "has_inherited_table",
                "toolkit_orm.mapping.registry": "registry",
                "toolkit_orm.mapping.synonym": "synonym_for",
            },
        ),
    ),
    (
        "toolkit.orm.exc",
        (
            "What can go wrong with mapped classes and their objects.",
            {
                "toolkit_core.errors": "MultipleResultsFound NoResultFound",
                "toolkit_orm.errors": "ConcurrentModificationError=StaleDataError "
                "DetachedInstanceError FlushError LoaderStrategyException MappedAnnotationError "
                "MissingKeyError ObjectDeletedError ObjectDereferencedError StaleDataError "
                "UnmappedClassError UnmappedColumnError UnmappedError UnmappedInstanceError",
            },
        ),
    ),
    (
        "toolkit.orm.interfaces",
        (
            "What attributes and relationships are to a mapper.",
            {
                "toolkit_orm.instrument.attribute": "QueryableAttribute",
                "toolkit_orm.instrument.compared_attribute": "PropComparator",
                "toolkit_orm.instrument.inspection_attr": "InspectionAttr NotExtension",
                "toolkit_orm.mapping.direction": "MANYTOMANY MANYTOONE ONETOMANY "
                "RelationshipDirection",
                "toolkit_orm.mapping.mapper_events": "EXT_CONTINUE EXT_SKIP EXT_STOP",
                "toolkit_orm.mapping.property": "MapperProperty",
                "toolkit_orm.query.load_option": "LoaderOption=Load",
                "toolkit_orm.query.user_option": "UserDefinedOption",
            },
        ),
    ),
    (
        "toolkit.orm.mapper",
        (
            "Mappers.",
            {
                "toolkit_orm.mapping.configuration": "class_mapper configure_mappers object_mapper",
                "toolkit_orm.mapping.hooks": "reconstructor validates",
                "toolkit_orm.mapping.mapped_table": "as_typed_table",
                "toolkit_orm.mapping.mapper": "Mapper",
            },
        ),
    ),
    (
        "toolkit.orm.properties",
        (
            "Columns and relationships, as a mapper knows them.",
            {
                "toolkit_orm.mapping.column_property": "ColumnProperty",
                "toolkit_orm.mapping.mapped_column": "MappedColumn",
                "toolkit_orm.mapping.declared_expressions": "MappedSQLExpression",
                "toolkit_orm.mapping.relationship": "Relationship",
                "toolkit_orm.mapping.relationship_property": "RelationshipProperty",
            },
        ),
    ),
    (
        "toolkit.orm.relationships",
        (
            "Relationships.",
            {
                "toolkit_orm.mapping.marked_column": "foreign remote",
                "toolkit_orm.mapping.relationship": "Relationship",
                "toolkit_orm.mapping.relationship_property": "RelationshipProperty",
            },
        ),
    ),
    (
        "toolkit.orm.query",
        (
            "The query of before 2.0.",
            {
                "toolkit_orm.query.aliased_entity": "aliased",
                "toolkit_orm.query.bundle": "Bundle",
                "toolkit_orm.session.legacy_query": "Query",
                "toolkit_orm.session.query_writing": "BulkDelete BulkUD BulkUpdate",
            },
        ),
    ),
    (
        "toolkit.orm.loading",
        (
            "Objects of rows that were kept.",
            {"toolkit_orm.session.merged_results": "merge_frozen_result"},
        ),
    ),
    (
        "toolkit.orm.evaluator",
        (
            "Conditions that Python can tell, too.",
            {"toolkit_orm.session.evaluator": "UnevaluatableError"},
        ),
    ),
    (
        "toolkit.orm.util",
        (
            "Asking for and about mapped classes and objects.",
            {
                "toolkit_orm.mapping.cascade": "CascadeOptions",
                "toolkit_orm.mapping.configuration": "class_mapper object_mapper",
                "toolkit_orm.query.aliased_entity": "AliasedClass AliasedInsp=AliasedEntity "
                "aliased",
                "toolkit_orm.query.bundle": "Bundle DictBundle",
                "toolkit_orm.query.polymorphic_source": "with_polymorphic",
                "toolkit_orm.query.relationship_conditions": "with_parent",
                "toolkit_orm.query.row_criteria": "with_loader_criteria",
                "toolkit_orm.session.questions": "has_identity object_state",
                "toolkit_orm.session.transitions": "identity_key was_deleted",
            },
        ),
    ),
    (
        "toolkit.orm.scoping",
        (
            "One session a thread, or a scope of your own.",
            {
                "toolkit_orm.session.scoped_session": "ScopedSession=scoped_session scoped_session",
            },
        ),
    ),
    (
        "toolkit.orm.state",
        (
            "What is known of objects beside their values.",
            {
                "toolkit_orm.instrument.attribute_state": "AttributeState",
                "toolkit_orm.instrument.state": "InstanceState",
            },
        ),
    ),
    (
        "toolkit.orm.identity",
        ("Identity maps.", {"toolkit_orm.session.identity_view": "IdentityMap=IdentityView"}),
    ),
    (
        "toolkit.orm.context",
        (
            "Statements about entities.",
            {"toolkit_core.expression.from_statement": "FromStatement"},
        ),
    ),
    (
        "toolkit.orm.base",
        (
            "What the rest is made of.",
            {
                "toolkit_orm.instrument.attribute_access": "PASSIVE_NO_FETCH "
                "PASSIVE_NO_INITIALIZE PASSIVE_NO_RESULT PASSIVE_OFF PASSIVE_ONLY_PERSISTENT "
                "instance_dict instance_state",
                "toolkit_orm.instrument.inspection_attr": "InspectionAttr NotExtension",
                "toolkit_orm.instrument.state": "NEVER_SET=NO_VALUE NO_VALUE",
                "toolkit_orm.mapping.configuration": "class_mapper object_mapper",
                "toolkit_orm.mapping.direction": "MANYTOMANY MANYTOONE ONETOMANY "
                "RelationshipDirection",
                "toolkit_orm.mapping.mapped": "Mapped",
                "toolkit_orm.session.questions": "object_state",
            },
        ),
    ),
    (
        "toolkit.orm.mapperlib",
        (
            "What the module of mappers was called before.",
            {
                "toolkit_orm.mapping.configuration": "_all_registries=all_registries "
                "class_mapper configure_mappers object_mapper",
                "toolkit_orm.mapping.mapped_table": "as_typed_table",
                "toolkit_orm.mapping.mapper": "Mapper",
            },
        ),
    ),
    (
        "toolkit.orm.strategy_options",
        (
            "Options that say how related objects and columns are loaded.",
            {
                "toolkit_orm.query.load_option": "Load _AbstractLoad=Load",
                "toolkit_orm.query.loader_options": LOADER_OPTIONS,
            },
        ),
    ),
    (
        "toolkit.orm.descriptor_props",
        (
            "Attributes that stand for others.",
            {"toolkit_orm.mapping.synonym": "Synonym SynonymProperty"},
        ),
    ),
    (
        "toolkit.orm.decl_base",
        (
            "What declarations may be, for annotations.",
            {"toolkit_orm.mapping.arguments": "_TableArgsType=TableArgs"},
        ),
    ),
    (
        "toolkit.orm._typing",
        (
            "What arguments may be, for annotations.",
            {"toolkit_orm.mapping.arguments": "OrmExecuteOptionsParameter=ExecuteOptions"},
        ),
    ),
    (
        "toolkit.ext.declarative",
        ("Declaring mapped classes, under the module's former name.", DECLARATIVE),
    ),
)
