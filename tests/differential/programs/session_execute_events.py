# begins with: people
"""What listeners of do_orm_execute are told of a statement, and what they can make of it."""

from sqlalchemy import (
    bindparam,
    delete,
    event,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import (
    selectinload,
    sessionmaker,
    with_loader_criteria,
)
from sqlalchemy.orm.interfaces import UserDefinedOption

e = database()
sent()
# do_orm_execute
S = sessionmaker(e)
log = []

ASKED = (
    "is_select",
    "is_insert",
    "is_update",
    "is_delete",
    "is_from_statement",
    "is_orm_statement",
    "is_column_load",
    "is_relationship_load",
    "is_executemany",
)


def described(found):
    told = {name: getattr(found, name) for name in ASKED}
    told["mapper"] = found.bind_mapper and found.bind_mapper.class_.__name__
    told["mappers"] = [one.class_.__name__ for one in found.all_mappers]
    told["user options"] = [repr(one) for one in found.user_defined_options]
    told["options"] = {
        name: value
        for name, value in sorted(found.execution_options.items(), key=str)
        if name in ("foo", "bar", "populate_existing")
    }
    told["bind arguments"] = sorted(found.bind_arguments)
    if found.is_select:
        told["lazy loaded from"] = found.lazy_loaded_from and found.lazy_loaded_from.obj().id
        path = found.loader_strategy_path
        prop = path[-1] if path is not None and found.is_relationship_load else None
        told["path"] = prop and prop.key
    return told


@event.listens_for(S, "do_orm_execute")
def asked(found):
    log.append(described(found))


def step(name, function):
    tried(name, lambda: function() and None)
    say(name, list(log))
    log.clear()


s = S()
step("select", lambda: s.execute(select(Person)).all())
step("select cols", lambda: s.execute(select(Person.name, Pet.name).join(Pet)).all())
step("select core", lambda: s.execute(select(Person.__table__.c.name)).all())
step("text", lambda: s.execute(text("select 1")).all())
step(
    "from_statement",
    lambda: s.execute(select(Person).from_statement(text("select * from person"))).all(),
)
step("func", lambda: s.execute(func.count(1)).all())
step(
    "update",
    lambda: s.execute(
        update(Person).values(note="z").execution_options(foo=1), execution_options={"bar": 2}
    ),
)
step("insert", lambda: s.execute(insert(Person), [{"name": "i1"}]))
step("delete", lambda: s.execute(delete(Person).where(Person.name == "i1")))
a = s.get(Person, 1)
step("get cached", lambda: s.get(Person, 1))
step("get", lambda: s.get(Person, 2))
s.expire(a)
step("expired", lambda: a.name)
step("lazy", lambda: a.pets)
s.expire(a)
step("refresh", lambda: s.refresh(a))
s.expire_all()
step("selectin", lambda: s.scalars(select(Person).options(selectinload(Person.pets))).all())
step("params", lambda: s.execute(select(Person).where(Person.id == bindparam("q")), {"q": 1}).all())
step("query", lambda: s.query(Person).filter_by(id=1).all())
step("query upd", lambda: s.query(Person).filter_by(id=1).update({"note": "x"}))
step("flush", lambda: (s.add(Person(name="new")), s.flush()))
p = s.get(Pet, 1)
log.clear()
s.expire(p)
s.close()
s = S()
p = s.get(Pet, 1)
log.clear()
step("m2o load", lambda: p.owner)


class MyOpt(UserDefinedOption):
    propagate_to_loaders = True

    def __repr__(self):
        return f"MyOpt({self.payload})"


class MyOpt2(UserDefinedOption):
    def __repr__(self):
        return f"MyOpt2({self.payload})"


s.close()
step("opts", lambda: s.scalars(select(Person).options(MyOpt(3), MyOpt2("x"))).first().pets)
step(
    "loader criteria",
    lambda: s.scalars(select(Person).options(with_loader_criteria(Pet, Pet.id == 1))).first().pets,
)


class Cached(UserDefinedOption):
    """What is said of it is answered from a dictionary."""


answers = {}


@event.listens_for(S, "do_orm_execute")
def answer(found):
    for option in found.user_defined_options:
        if isinstance(option, Cached):
            if option.payload not in answers:
                answers[option.payload] = found.invoke_statement().freeze()
            return answers[option.payload]()
    return None


s.close()
sent()
cached = select(Person.name).order_by(Person.id).options(Cached("names"))
say("first", [tuple(row) for row in s.execute(cached)])
count("first")
say("again", [tuple(row) for row in s.execute(cached)])
count("again")
event.remove(S, "do_orm_execute", answer)


@event.listens_for(S, "do_orm_execute")
def only_b(found):
    if found.is_select and not found.is_column_load and not found.is_relationship_load:
        found.statement = found.statement.options(with_loader_criteria(Person, Person.name == "b"))


say("filtered", [one.name for one in s.scalars(select(Person))])
say("filtered, by the former query", [one.name for one in s.query(Person)])
event.remove(S, "do_orm_execute", only_b)


@event.listens_for(S, "do_orm_execute")
def changed(found):
    if found.is_update:
        return found.invoke_statement(found.statement.values(note="of the listener"))
    if isinstance(found.parameters, dict) and "q" in found.parameters:
        return found.invoke_statement(params={"q": 2})
    found.update_execution_options(foo=3)
    return None


s.execute(update(Person).where(Person.id == 1).values(note="x"))
say("changed", s.scalar(text("select note from person where id = 1")))
say("parameters", s.execute(select(Person.name).where(Person.id == bindparam("q")), {"q": 1}).all())
s.rollback()
