# begins with: people
"""What a rollback to a savepoint takes back, and what it leaves as it is."""

from sqlalchemy import (
    delete,
    inspect,
    update,
)
from sqlalchemy.orm import (
    Session,
)

e = database()
sent()
s = Session(e)
a = s.get(Person, 1)
b = s.get(Person, 2)
pets = list(a.pets)
sp = s.begin_nested()
s.execute(update(Person).where(Person.id == 1).values(note="n1"))
say("upd", a.note)
sp.rollback()
say("after sp rollback of update", (keys(a), a.note, keys(b)))
sp = s.begin_nested()
s.execute(delete(Pet).where(Pet.id == 1))
say("del", (state(pets[0]), pets[0] in s))
sp.rollback()
say("after rollback of bulk delete", (state(pets[0]), pets[0] in s, keys(pets[0]), keys(a)))
s.rollback()
a.note
a.pets
b.note
sp = s.begin_nested()
s.delete(a.pets[0])
s.flush()
s.expire(a)
say("inside", len(a.pets))
sp.rollback()
s.rollback()
a.note
a.pets
b.note
sp = s.begin_nested()
a.note = "unflushed"
sp.rollback()
say("unflushed", (keys(a), a.note, keys(b)))
a.note = "before"
sp = s.begin_nested()
say("flushed by begin", (len(s.dirty), a in s.dirty))
a.note = "in"
say("modified", a in s.dirty)
sp.rollback()
say("got", (a.note, keys(b)))
# move a pet inside savepoint
a.pets
b.pets
sp = s.begin_nested()
p = a.pets[0]
b.pets.append(p)
s.flush()
say("moved", (a.pets, b.pets, p.owner))
sp.rollback()
say("back", (keys(a), keys(b), keys(p)))
say("back", (a.pets, b.pets, p.owner))
# pending object expunged etc
c = Person(name="c")
s.add(c)
sp = s.begin_nested()
say("c", state(c))
d = Person(name="d", note=None, pets=[Pet(name="dd")])
s.add(d)
s.flush()
d.id
sp.rollback()
say("d", (state(d), state(c), keys(d), d.id, [state(x) for x in d.pets], d.pets[0].owner_id))
s.add(d)
s.flush()
say("d again", (state(d), d.pets[0].owner_id == d.id))
# inner commit then outer rollback
sp = s.begin_nested()
sp2 = s.begin_nested()
f = Person(name="f")
s.add(f)
a.note = "deep"
sp2.commit()
say("f", (state(f), a.note, s.get_nested_transaction() is sp, s.in_nested_transaction()))
sp.rollback()
say("f", (state(f), a.note))
# session.rollback within nested
sp = s.begin_nested()
h = Person(name="h")
s.add(h)
s.flush()
s.rollback()
say("s.rollback in nested", (state(h), s.in_transaction(), sp.is_active))
sp = s.begin_nested()
h = Person(name="h")
s.add(h)
s.flush()
s.commit()
say("s.commit in nested", (state(h), s.in_transaction(), sp.is_active, keys(h)))
tried("sp.commit after", sp.commit)
tried("sp.rollback after", sp.rollback)
say("tx", (s.in_transaction(), s.in_nested_transaction()))
say("release doesn't expire", None)
a.note
b.note
with s.begin_nested():
    a.note = "zzz"
say("keys", (keys(a), keys(b)))
# primary key change in savepoint
sp = s.begin_nested()
a.id = 100
s.flush()
say("pk", (inspect(a).identity, s.get(Person, 100) is a))
sp.rollback()
say("pk back", (inspect(a).identity, a.id, s.get(Person, 1) is a))
s.rollback()
# expunge inside savepoint then rollback
sp = s.begin_nested()
n = Person(name="n", note=None)
s.add(n)
s.flush()
s.expunge(n)
say("n", state(n))
sp.rollback()
say("n after", (state(n), keys(n)))
# deleted then readded within
sp = s.begin_nested()
s.delete(b)
s.flush()
say("b", (state(b), len(s.deleted)))
sp.commit()
say("b", state(b))
s.rollback()
say("b", (state(b), b in s, b.name))
s.close()
sp = s.begin_nested()
say(
    "trans",
    (
        sp.nested,
        sp.parent is s.get_transaction(),
        s.get_transaction().parent,
        s.get_transaction().nested,
        sp.is_active,
        sp.origin.name,
        s.get_transaction().origin.name,
    ),
)
