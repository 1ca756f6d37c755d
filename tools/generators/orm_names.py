"""The names of the ORM's face, by where they live."""

from __future__ import annotations

from typing import Final

ORM: Final = {
    "toolkit_orm.instrument.attribute": "InstrumentedAttribute QueryableAttribute",
    "toolkit_orm.instrument.state": "InstanceState NO_VALUE",
    "toolkit_orm.mapping.attribute_events": "AttributeEvents",
    "toolkit_orm.mapping.mapper_events": "InstanceEvents MapperEvents",
    "toolkit_orm.session.session_events": "SessionEvents",
    "toolkit_orm.mapping.back_reference": "backref",
    "toolkit_orm.mapping.cascade": "CascadeOptions",
    "toolkit_orm.mapping.column_property": "ColumnProperty",
    "toolkit_orm.mapping.configuration": "class_mapper clear_mappers configure_mappers "
    "object_mapper",
    "toolkit_orm.mapping.declarative": "add_mapped_attribute",
    "toolkit_orm.mapping.declarative_base": "DeclarativeBase DeclarativeBaseNoMeta "
    "DeclarativeMeta MappedAsDataclass as_declarative declarative_base mapped_as_dataclass",
    "toolkit_orm.mapping.declared_attr": "declarative_mixin declared_attr has_inherited_table",
    "toolkit_orm.mapping.declared_expressions": "MappedSQLExpression column_property deferred "
    "query_expression",
    "toolkit_orm.mapping.direction": "MANYTOMANY MANYTOONE ONETOMANY RelationshipDirection",
    "toolkit_orm.mapping.hooks": "reconstructor validates",
    "toolkit_orm.mapping.mapped": "Mapped",
    "toolkit_orm.mapping.mapped_column": "MappedColumn mapped_column orm_insert_sentinel",
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
    "toolkit_orm.query.loader_options": "contains_eager defaultload defer immediateload joinedload "
    "lazyload load_only noload raiseload selectin_polymorphic selectinload subqueryload undefer "
    "undefer_group with_expression",
    "toolkit_orm.query.polymorphic_source": "with_polymorphic",
    "toolkit_orm.query.relationship_conditions": "with_parent",
    "toolkit_orm.query.row_criteria": "with_loader_criteria",
    "toolkit_orm.query.user_option": "UserDefinedOption",
    "toolkit_orm.session.every_session": "close_all_sessions",
    "toolkit_orm.session.execute_state": "ORMExecuteState",
    "toolkit_orm.session.flushing": "explain_flush",
    "toolkit_orm.session.legacy_query": "Query",
    "toolkit_orm.session.session": "Session",
    "toolkit_orm.session.scoped_session": "scoped_session",
    "toolkit_orm.session.sessionmaker": "sessionmaker",
    "toolkit_orm.session.transaction": "SessionTransaction",
    "toolkit_orm.session.transaction_state": "SessionTransactionOrigin",
    "toolkit_orm.session.transitions": "identity_key make_transient make_transient_to_detached "
    "object_session was_deleted",
}

DECLARATIVE: Final = {
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
                "toolkit_orm.instrument.history": "History",
                "toolkit_orm.instrument.state": "NO_VALUE",
            },
        ),
    ),
    (
        "toolkit.orm.session",
        (
            "Sessions.",
            {
                "toolkit_orm.session.session": "Session",
                "toolkit_orm.session.every_session": "close_all_sessions",
                "toolkit_orm.session.execute_state": "ORMExecuteState",
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
                "toolkit_orm.mapping.mapper_events": "InstanceEvents MapperEvents",
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
                "mapped_as_dataclass",
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
                "toolkit_orm.errors": "DetachedInstanceError FlushError MappedAnnotationError "
                "ObjectDeletedError ObjectDereferencedError StaleDataError UnmappedClassError "
                "UnmappedColumnError UnmappedError UnmappedInstanceError"
            },
        ),
    ),
    (
        "toolkit.orm.interfaces",
        (
            "What attributes and relationships are to a mapper.",
            {
                "toolkit_orm.instrument.attribute": "QueryableAttribute",
                "toolkit_orm.mapping.direction": "MANYTOMANY MANYTOONE ONETOMANY "
                "RelationshipDirection",
                "toolkit_orm.mapping.property": "MapperProperty",
                "toolkit_orm.query.user_option": "UserDefinedOption",
            },
        ),
    ),
    (
        "toolkit.orm.util",
        (
            "What is known of mapped classes and objects by their identity, and aliases of them.",
            {
                "toolkit_orm.mapping.cascade": "CascadeOptions",
                "toolkit_orm.query.aliased_entity": "AliasedClass aliased",
                "toolkit_orm.query.bundle": "Bundle",
                "toolkit_orm.query.relationship_conditions": "with_parent",
                "toolkit_orm.session.transitions": "identity_key was_deleted",
            },
        ),
    ),
    (
        "toolkit.orm.scoping",
        (
            "The session of the present thread, or another scope.",
            {"toolkit_orm.session.scoped_session": "scoped_session"},
        ),
    ),
    (
        "toolkit.orm.mapper",
        (
            "Mappers.",
            {
                "toolkit_orm.mapping.configuration": "class_mapper configure_mappers object_mapper",
                "toolkit_orm.mapping.hooks": "reconstructor validates",
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
        "toolkit.ext.declarative",
        ("Declaring mapped classes, under the module's former name.", DECLARATIVE),
    ),
)
