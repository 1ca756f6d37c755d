"""A relationship: how the objects of two classes belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.plugins import load_object
from toolkit_orm.instrument.empty_collections import empty_of
from toolkit_orm.instrument.state import STATE, new_state
from toolkit_orm.mapping.attribute_options import DONT_SET, NO_OPTIONS, AttributeOptions
from toolkit_orm.mapping.back_reference import make_backref, pair_up
from toolkit_orm.mapping.cascade import CascadeOptions, cascade_of
from toolkit_orm.mapping.compared_relationship import RelationshipComparator, compared
from toolkit_orm.mapping.direction import MANYTOONE, ONETOMANY, RelationshipDirection
from toolkit_orm.mapping.join_condition import JoinCondition, Sides
from toolkit_orm.mapping.marked_column import plain
from toolkit_orm.mapping.overlaps import warn_of_overlaps
from toolkit_orm.mapping.property import MapperProperty
from toolkit_orm.mapping.relationship_arguments import (
    check_configured,
    check_declared,
    checked_lazy,
)
from toolkit_orm.mapping.relationship_attribute import RelationshipAttribute
from toolkit_orm.mapping.relationship_link import link_of
from toolkit_orm.mapping.relationship_target import (
    columns_given,
    condition_given,
    evaluated,
    mapper_for,
    resolved_target,
    wanted_by,
)

if TYPE_CHECKING:
    from toolkit_orm.instrument.link import Link
    from toolkit_orm.instrument.state import InstanceState
    from toolkit_orm.mapping.annotation import Hint
    from toolkit_orm.mapping.mapper import Mapper

T = TypeVar("T")

# What loads related objects that are not there.
_LOADER = "toolkit_orm.load.lazy:load_related"


class RelationshipProperty(MapperProperty, Generic[T]):
    """A relationship, as it was declared and, once configured, as it is.

    ``local_remote_pairs`` are pairs of columns, near and far; ``synchronize_pairs`` tell a flush
    which column's value goes to which, ``secondary_synchronize_pairs`` the same for the table
    between.
    """

    # What configuring finds out.
    mapper: Mapper
    entity: Any
    direction: RelationshipDirection
    primaryjoin: Any
    secondaryjoin: Any
    secondary: Any
    condition: JoinCondition
    local_remote_pairs: list[tuple[Any, Any]]
    synchronize_pairs: list[tuple[Any, Any]]
    secondary_synchronize_pairs: list[tuple[Any, Any]]
    order_by: Any
    configured = False

    class Comparator(RelationshipComparator):
        """The operators of a relationship; a subclass changes or adds some."""

    def __init__(
        self,
        argument: Any = None,
        secondary: Any = None,
        *,
        uselist: bool | None = None,
        collection_class: Any = None,
        primaryjoin: Any = None,
        secondaryjoin: Any = None,
        back_populates: Any = None,
        order_by: Any = False,
        backref: Any = None,
        overlaps: str | None = None,
        post_update: bool = False,
        cascade: str | CascadeOptions = "save-update, merge",
        viewonly: bool = False,
        lazy: Any = "select",
        passive_deletes: Any = False,
        passive_updates: bool = True,
        active_history: bool = False,
        enable_typechecks: bool = True,
        foreign_keys: Any = None,
        remote_side: Any = None,
        join_depth: int | None = None,
        comparator_factory: Any = None,
        single_parent: bool = False,
        innerjoin: Any = False,
        distinct_target_key: bool | None = None,
        load_on_pending: bool = False,
        query_class: Any = None,
        info: dict[Any, Any] | None = None,
        omit_join: Any = None,
        sync_backref: bool | None = None,
        doc: str | None = None,
        cascade_backrefs: bool = False,
        options: AttributeOptions = NO_OPTIONS,
    ) -> None:
        self.argument = argument
        self.uselist = uselist
        self.collection_class = collection_class
        self.given = {
            "secondary": secondary,
            "primaryjoin": primaryjoin,
            "secondaryjoin": secondaryjoin,
            "order_by": order_by,
            "foreign_keys": foreign_keys,
            "remote_side": remote_side,
        }
        self.secondary = secondary
        self.order_by = order_by
        self.back_populates = back_populates
        self.backref = backref
        self.overlaps = frozenset(one.strip() for one in (overlaps or "").split(",") if one.strip())
        self.post_update = post_update
        self.viewonly = viewonly
        self.lazy = checked_lazy(lazy)
        self.passive_deletes = passive_deletes
        self.passive_updates = passive_updates
        self.active_history = active_history
        self.enable_typechecks = enable_typechecks
        self.join_depth = join_depth
        self.comparator_factory = comparator_factory
        self.single_parent = single_parent
        self.innerjoin = innerjoin
        self.distinct_target_key = distinct_target_key
        self.load_on_pending = load_on_pending
        self.query_class = query_class
        self.omit_join = omit_join
        self.info = {} if info is None else info
        self.doc = doc
        self.options = options
        self.cascade = cascade_of(cascade, viewonly=viewonly)
        # None: the other side follows, unless one of both only reads.
        self.sync_backref = sync_backref
        # The relationships of the other side that are this one seen from there.
        self.reverse: list[RelationshipProperty[Any]] = []
        check_declared(self, cascade_backrefs=cascade_backrefs)

    def read_annotation(self, hint: Hint, cls: type, name: str) -> None:
        """Take target, one or many, and the collection from the annotation."""
        wanted = wanted_by(hint)
        if self.argument is None:
            self.argument = wanted.argument
        if wanted.uselist:
            if self.collection_class is None and self.uselist is not False:
                self.collection_class = wanted.collection_class
        elif self.uselist is None and wanted.argument is not Any:
            self.uselist = False

    # -- on its class ---------------------------------------------------------------------

    def attribute(self, mapper: Mapper) -> RelationshipAttribute:
        """Return what stands on the class."""
        made = RelationshipAttribute(mapper.entity, self, key=self.key)
        return compared(made, self.comparator_factory)

    def setter(self, mapper: Mapper) -> Any:
        """Return what sets it: the other side follows, and the session hears of it."""

        def set_related(instance: Any, value: Any) -> None:
            if value is not DONT_SET:
                link_of(self).set(instance, value)

        def delete_related(instance: Any) -> None:
            link_of(self).delete(instance)

        set_related.deletes = delete_related  # type: ignore[attr-defined] # a mark of ours
        return set_related

    @property
    def _default(self) -> bool:
        return "default" in self.options.field_arguments()

    def link(self) -> Link:
        """Return what it is to the objects of its class."""
        return link_of(self)

    def load(self, instance: Any) -> Any:
        """Load what is related; of an object in no database, it is nothing, or empty."""
        state = instance.__dict__.get(STATE)
        if state is None:
            state = new_state(instance)
        if state.pk is not None or self._loads_pending(state):
            return load_object(_LOADER)(state, self)
        link = link_of(self)
        return None if link.collection_class is None else empty_of(state, link)

    def _loads_pending(self, state: InstanceState) -> bool:
        return state.home is not None and (self.load_on_pending or state.loads_pending)

    # -- configuring ----------------------------------------------------------------------

    def configure(self) -> None:
        """Find target, condition and direction, and the other side."""
        if self.configured:
            return
        self.configured = True
        try:
            self._configure()
        except BaseException:
            self.configured = False
            raise

    def _configure(self) -> None:
        entity = resolved_target(self)
        self.mapper = mapper_for(entity, self)
        self.entity = self.mapper if isinstance(entity, type) else entity
        registry, other = self.parent.registry, self.mapper.registry
        if registry is not other:
            registry._dependencies.add(other)
            other._dependents.add(registry)
        given = {word: evaluated(self, value, word) for word, value in self.given.items()}
        self.secondary = _table_of(given["secondary"], self)
        self.condition = JoinCondition(
            str(self),
            Sides(
                self.parent.persist_selectable,
                self.parent.local_table,
                _source_of(self.entity),
                self.mapper.local_table,
                self.secondary,
            ),
            primaryjoin=condition_given(given["primaryjoin"], "primaryjoin"),
            secondaryjoin=condition_given(given["secondaryjoin"], "secondaryjoin"),
            foreign_keys=columns_given(given["foreign_keys"], "foreign_keys"),
            remote_side=columns_given(given["remote_side"], "remote_side"),
            viewonly=self.viewonly,
        )
        found = self.condition
        self.primaryjoin = found.primaryjoin
        self.secondaryjoin = found.secondaryjoin
        self.direction = found.direction
        self.local_remote_pairs = found.local_remote_pairs
        self.synchronize_pairs = found.synchronize_pairs
        self.secondary_synchronize_pairs = found.secondary_synchronize_pairs
        order_by = given["order_by"]
        if order_by is not False and order_by is not None:
            self.order_by = [plain(one) for one in columns_given(order_by, "order_by")]
        if self.uselist is None:
            self.uselist = self.direction is not MANYTOONE
        check_configured(self)
        make_backref(self)
        if self.back_populates is not None:
            pair_up(self)

    def check(self) -> None:
        """Warn of relationships that write the same column."""
        if self.configured and not self.viewonly:
            warn_of_overlaps(self)

    # -- what it is -----------------------------------------------------------------------

    @property
    def target(self) -> Any:
        """The table, or other source, of the class that it leads to."""
        return self.mapper.persist_selectable

    @property
    def remote_side(self) -> set[Any]:
        """The columns of the far side."""
        self.parent.check_configure()
        return set(self.condition.remote)

    @property
    def local_columns(self) -> set[Any]:
        """The columns of the near side."""
        self.parent.check_configure()
        return self.condition.local_columns

    @property
    def is_one_to_many(self) -> bool:
        """Whether the foreign key is on the far side."""
        return self.direction is ONETOMANY

    def __getattr__(self, name: str) -> Any:
        # What configuring finds out is found out when somebody asks for it.
        if name in _FOUND_OUT and "parent" in self.__dict__ and not self.configured:
            self.parent.check_configure()
            if name in self.__dict__:
                return self.__dict__[name]
        if name.startswith("__"):
            raise AttributeError(name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __repr__(self) -> str:
        return f"<RelationshipProperty {self}>"


_FOUND_OUT = frozenset(
    {
        "mapper",
        "entity",
        "direction",
        "primaryjoin",
        "secondaryjoin",
        "condition",
        "local_remote_pairs",
        "synchronize_pairs",
        "secondary_synchronize_pairs",
    }
)


def _table_of(given: Any, prop: RelationshipProperty[Any]) -> Any:
    if isinstance(given, type):
        mapper: Mapper | None = given.__dict__.get("__mapper__")
        if mapper is None:
            raise InvalidRequestError(
                f"secondary argument {given!r} passed to relationship() {prop} is neither a table "
                "nor a mapped class"
            )
        return mapper.local_table
    if given is not None and not hasattr(given, "c"):
        raise ArgumentError(
            f"FROM expression, such as a Table or alias() object expected, got {given!r}.",
            hint=f"relationship {prop}: secondary= is a Table, its name, or a mapped class",
        )
    return given


def _source_of(entity: Any) -> Any:
    # Of an alias of a class: the columns in its conditions are those of the class.
    return getattr(entity, "persist_selectable", None) or entity.mapper.persist_selectable
