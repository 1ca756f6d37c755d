# begins with: people
"""Makers and scopes of sessions, states by hand, and what is modified."""

from sqlalchemy import (
    inspect,
    select,
)
from sqlalchemy.orm import (
    Query,
    Session,
    make_transient,
    make_transient_to_detached,
    scoped_session,
    sessionmaker,
    was_deleted,
)
from sqlalchemy.orm.attributes import flag_dirty, flag_modified

e = database()
sent()
# sessionmaker, scoped_session, transitions, flags, merge
S = sessionmaker(e, expire_on_commit=False, info={"a": 1})
tried(
    "type", lambda: (type(S()).__name__, isinstance(S(), Session), S().info, S(info={"b": 2}).info)
)
tried("kw", lambda: sorted(S.kw))
tried("conf", lambda: (S.configure(autoflush=False, info={"c": 3}), S().autoflush, S().info))
tried("conf bad", lambda: (S.configure(bogus=False), S()))
S = sessionmaker(e)
tried("local", lambda: S(autoflush=False).autoflush)
tried("object_session", lambda: S.object_session(Person()))
tried("identity_key", lambda: S.identity_key(Person, 1)[1:])
tried("autocommit", lambda: sessionmaker(e, autocommit=True)())
tried("pos class", lambda: sessionmaker(e, Session))


class My(Session):
    def hello(self):
        return "hi"


# scoped
sc = scoped_session(S)
tried("call", lambda: (sc() is sc(), type(sc()).__name__))
tried("registry", lambda: (type(sc.registry).__name__, sc.registry.has(), sc.registry() is sc()))
tried("kw present", lambda: sc(autoflush=False))
tried("remove", lambda: (sc.remove(), sc.registry.has()))
tried("remove twice", lambda: (sc.remove(), sc.registry.has()))
tried("kw", lambda: sc(autoflush=False).autoflush)
tried("configure present", lambda: sc.configure(autoflush=True))
sc.remove()
tried("configure", lambda: (sc.configure(info={"z": 1}), sc.info))
tried("set autoflush", lambda: (setattr(sc, "autoflush", False), sc().autoflush))
tried("set bind", lambda: (setattr(sc, "bind", e), sc().bind is e))
tried("expunge", lambda: sc.expunge)
tried("contains", lambda: Person() in sc)
tried("iter", lambda: list(sc))
tried("session_factory", lambda: sc.session_factory is S)
tried("object_session", lambda: sc.object_session(Person()))
tried("identity_key", lambda: sc.identity_key(Person, 1)[1:])
Person.query = sc.query_property()
tried("query_prop", lambda: (type(Person.query).__name__, Person.query.filter_by(id=1).one().name))


class MyQ(Query):
    def hello(self):
        return "hello"


Person.query2 = sc.query_property(MyQ)
tried("query_prop", lambda: (type(Person.query2).__name__, Person.query2.filter_by(id=1).hello()))
sc.remove()
cur = ["x"]
sf = scoped_session(S, scopefunc=lambda: cur[0])
x = sf()
cur[0] = "y"
y = sf()
say("scopefunc", (x is y, len(sf.registry.registry)))
tried("set", lambda: (sf.registry.set(x), sf() is x))
tried("clear", lambda: (sf.registry.clear(), sf.registry.has()))
tried("query_cls", lambda: type(Session(e, query_cls=MyQ).query(Person)).__name__)
# transitions
s = Session(e)
a = s.get(Person, 1)
a.pets
tried(
    "mt",
    lambda: (make_transient(a), state(a), keys(a), inspect(a).key, a in s, inspect(a).modified),
)
tried("mt again", lambda: (make_transient(a), state(a)))
a.id = None
a.name = "copy"
s.add(a)
tried("flush copy", lambda: (s.flush(), a.id, len(a.pets)))
s.rollback()
p = Person(name="pp")
s.add(p)
tried("mt pending", lambda: (make_transient(p), state(p), p in s, len(s.new)))
b = s.get(Person, 2)
s.expire(b)
tried("mt expired", lambda: (make_transient(b), state(b), keys(b), b.name))
b = s.get(Person, 2)
s.delete(b)
s.flush()
tried("mt deleted", lambda: (make_transient(b), state(b), was_deleted(b), keys(b)))
tried("add", lambda: (s.add(b), s.flush(), state(b)))
s.rollback()
say("b", state(b))
tried("mttd", lambda: make_transient_to_detached(s.get(Person, 1)))
d = Person(id=1, name="unsaved")
tried(
    "mttd",
    lambda: (
        make_transient_to_detached(d),
        state(d),
        keys(d),
        sorted(inspect(d).expired_attributes),
        inspect(d).modified,
    ),
)
tried("was_deleted", lambda: was_deleted(Person()))
s.rollback()
s.expunge_all()
a = s.get(Person, 1)
tried(
    "flag_modified",
    lambda: (
        flag_modified(a, "note"),
        a in s.dirty,
        s.is_modified(a),
        sent() and None,
        s.flush(),
        None,
    ),
)
tried("flag_modified unl", lambda: (s.expire(a, ["note"]), flag_modified(a, "note")))
tried("flag_modified rel", lambda: (len(a.pets), flag_modified(a, "pets"), s.is_modified(a)))
s.rollback()
a.name
tried(
    "flag_dirty",
    lambda: (flag_dirty(a), a in s.dirty, s.is_modified(a), inspect(a).modified, s.flush()),
)
tried("flag_dirty tr", lambda: flag_dirty(Person()))
n = Person()
tried("ism", lambda: s.is_modified(n))
n = Person(name="x")
tried("ism", lambda: s.is_modified(n))
a.note = a.note
tried("ism same", lambda: (a in s.dirty, s.is_modified(a)))
s.rollback()
a.pets.append(Pet(name="q"))
tried(
    "ism coll",
    lambda: (s.is_modified(a), s.is_modified(a, include_collections=False), a in s.dirty),
)
s.rollback()
pet = s.get(Pet, 1)
pet.owner
pet.owner = s.get(Person, 2)
tried(
    "ism m2o",
    lambda: (
        s.is_modified(pet),
        s.is_modified(pet, include_collections=False),
        s.is_modified(s.get(Person, 2)),
        s.is_modified(s.get(Person, 2), include_collections=False),
    ),
)
s.rollback()
s.expire(a)
a.note = "q"
tried("ism expired", lambda: s.is_modified(a))
s.rollback()
tried("ism unmapped", s.is_modified, 3)
tried("ism det", lambda: (s.expunge(a), s.is_modified(a)))
# flushing some objects
s.close()
a = s.get(Person, 1)
b = s.get(Person, 2)
a.note = "fa"
b.note = "fb"
c = Person(name="fc")
s.add(c)
sent()
tried("flush objs", lambda: (s.flush([a]), a in s.dirty, b in s.dirty, state(c)))
tried("flush objs", lambda: (s.flush([c]), b in s.dirty, state(c)))
s.rollback()
# enable_relationship_loading
s.close()
pet = Pet(owner_id=1)
tried(
    "erl",
    lambda: (
        s.enable_relationship_loading(pet),
        state(pet),
        pet in s,
        pet.owner.name,
        pet in s.new,
    ),
)
tried("erl2", lambda: s.enable_relationship_loading(3))
tried(
    "ik row",
    lambda: Session.identity_key(Person, row=s.execute(select(Person.__table__)).first())[1:],
)
