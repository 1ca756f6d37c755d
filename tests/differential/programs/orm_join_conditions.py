"""Join conditions of every kind: own operators, long keys, trees, joins between, conflicts."""

import warnings

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    create_engine,
    func,
    insert,
    join,
    select,
    text,
)
from sqlalchemy.orm import (
    Session,
    aliased,
    backref,
    clear_mappers,
    configure_mappers,
    declarative_base,
    foreign,
    joinedload,
    lazyload,
    relationship,
    remote,
    selectinload,
    subqueryload,
)


def world(make, rows, look, name):
    """Report what is seen of classes, with rows in their tables; or how they are refused."""
    try:
        given, found, count = seen(make, rows, look)
    except Exception as error:  # noqa: BLE001 - its class is reported
        kinds = [kind.__name__ for kind in type(error).__mro__]
        report(name, "AttributeError" if "AttributeError" in kinds else kinds[0])
    else:
        report(f"{name}: warnings", given)
        report(name, found)
        report(f"number of statements: {name}", count)
    clear_mappers()


def seen(make, rows, look):
    base = declarative_base()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        classes = make(base)
        configure_mappers()
    engine = create_engine("sqlite://")
    base.metadata.create_all(engine)
    with Session(engine) as session:
        for table, given in rows.items():
            session.execute(insert(base.metadata.tables[table]), given)
        session.commit()
        sent()
        found = look(session, classes)
    told = [str(one.message).split(". If")[0] for one in caught]
    return told, found, len(sent())


def by_operator(base):
    class IP(base):
        __tablename__ = "ip"
        id = Column(Integer, primary_key=True)
        addr = Column(String)
        nets = relationship(
            "Net",
            primaryjoin="foreign(IP.addr).op('LIKE', is_comparison=True)(remote(Net.pat))",
            viewonly=True,
            order_by="Net.id",
        )

    class Net(base):
        __tablename__ = "net"
        id = Column(Integer, primary_key=True)
        pat = Column(String)

    return IP, Net


world(
    by_operator,
    {
        "ip": [{"id": 1, "addr": "10.0.0.1"}, {"id": 2, "addr": "192.1"}],
        "net": [{"id": 1, "pat": "10.%"}, {"id": 2, "pat": "%1"}],
    },
    lambda s, n: (
        [
            [
                [x.id for x in i.nets]
                for i in s.scalars(select(n[0]).options(o(n[0].nets)).order_by(n[0].id)).unique()
            ]
            for o in (lazyload, joinedload, selectinload, subqueryload)
        ]
        + [s.execute(select(n[0].id, n[1].id).join(n[0].nets).order_by(n[0].id, n[1].id)).all()]
    ),
    "custom op",
)


def by_path(base):
    class E(base):
        __tablename__ = "el"
        path = Column(String, primary_key=True)
        desc = relationship(
            "E",
            primaryjoin=lambda: remote(foreign(E.path)).like(E.path.concat("/%")),
            viewonly=True,
            order_by=path,
        )

    return E


world(
    by_path,
    {"el": [{"path": p} for p in ("/a", "/a/b", "/a/b/c", "/d")]},
    lambda s, E: [
        [
            [d.path for d in e.desc]
            for e in s.scalars(select(E).options(o(E.desc)).order_by(E.path)).unique()
        ]
        for o in (lazyload, joinedload, selectinload)
    ],
    "path",
)


def by_function(base):
    class Po(base):
        __tablename__ = "po"
        id = Column(Integer, primary_key=True)
        geom = Column(String)

    class Pt(base):
        __tablename__ = "pt"
        id = Column(Integer, primary_key=True)
        pt = Column(String)
        po = relationship(
            Po,
            primaryjoin=lambda: func.instr(foreign(Po.geom), Pt.pt).as_comparison(1, 2) == 1,
            viewonly=True,
        )

    Po.pts = relationship(
        Pt,
        primaryjoin=lambda: func.instr(Po.geom, foreign(Pt.pt)).as_comparison(1, 2),
        viewonly=True,
        order_by=Pt.id,
    )
    return Po, Pt


world(
    by_function,
    {
        "po": [{"id": 1, "geom": "abc"}, {"id": 2, "geom": "xyz"}],
        "pt": [{"id": 1, "pt": "a"}, {"id": 2, "pt": "bc"}, {"id": 3, "pt": "z"}],
    },
    lambda s, n: [
        [
            [x.id for x in p.pts]
            for p in s.scalars(select(n[0]).options(o(n[0].pts)).order_by(n[0].id)).unique()
        ]
        for o in (lazyload, joinedload, selectinload)
    ],
    "as_comparison",
)


def overlapping(base):
    class Mag(base):
        __tablename__ = "mag"
        id = Column(Integer, primary_key=True)

    class Art(base):
        __tablename__ = "art"
        aid = Column(Integer)
        mid = Column(ForeignKey("mag.id"))
        wid = Column(Integer)
        __table_args__ = (
            PrimaryKeyConstraint("aid", "mid"),
            ForeignKeyConstraint(["wid", "mid"], ["wri.id", "wri.mid"]),
        )
        mag = relationship("Mag")
        wri = relationship("Wri")

    class Wri(base):
        __tablename__ = "wri"
        id = Column(Integer, primary_key=True)
        mid = Column(ForeignKey("mag.id"), primary_key=True)
        mag = relationship("Mag")

    return Mag, Art, Wri


def overlap(s, n):
    Mag, Art, Wri = n
    first = s.get(Mag, 1)
    w = s.get(Wri, (1, 1))
    a = Art(aid=1, mag=first, wri=w)
    s.add(a)
    s.flush()
    r = [(a.aid, a.mid, a.wid)]
    a.wri = None
    s.flush()
    s.expire(a)
    return r


world(
    overlapping,
    {"mag": [{"id": 1}, {"id": 2}], "wri": [{"id": 1, "mid": 1}, {"id": 1, "mid": 2}]},
    overlap,
    "overlap",
)


def overlapping_told(base):
    class Mag(base):
        __tablename__ = "mag"
        id = Column(Integer, primary_key=True)

    class Art(base):
        __tablename__ = "art"
        aid = Column(Integer)
        mid = Column(ForeignKey("mag.id"))
        wid = Column(Integer)
        __table_args__ = (
            PrimaryKeyConstraint("aid", "mid"),
            ForeignKeyConstraint(["wid", "mid"], ["wri.id", "wri.mid"]),
        )
        mag = relationship("Mag")
        wri = relationship(
            "Wri", primaryjoin="and_(Wri.id == foreign(Art.wid), Wri.mid == Art.mid)"
        )

    class Wri(base):
        __tablename__ = "wri"
        id = Column(Integer, primary_key=True)
        mid = Column(ForeignKey("mag.id"), primary_key=True)
        mag = relationship("Mag")

    return Mag, Art, Wri


def overlap_told(s, n):
    _, Art, Wri = n
    r = overlap(s, n)
    a = s.scalars(select(Art)).one()
    r += [(a.aid, a.mid, a.wid, a.wri, a.mag.id)]
    a.wri = s.get(Wri, (1, 1))
    s.flush()
    s.expire(a)
    return [*r, (a.wid, a.mid, a.wri is s.get(Wri, (1, 1)))]


world(
    overlapping_told,
    {"mag": [{"id": 1}, {"id": 2}], "wri": [{"id": 1, "mid": 1}, {"id": 1, "mid": 2}]},
    overlap_told,
    "overlap foreign",
)


def to_an_alias(base):
    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        bid = Column(ForeignKey("b.id"))

    class B(base):
        __tablename__ = "b"
        id = Column(Integer, primary_key=True)

    class C(base):
        __tablename__ = "c"
        id = Column(Integer, primary_key=True)
        aid = Column(ForeignKey("a.id"))

    class D(base):
        __tablename__ = "d"
        id = Column(Integer, primary_key=True)
        cid = Column(ForeignKey("c.id"))
        bid = Column(ForeignKey("b.id"))

    j = join(B, D, D.bid == B.id).join(C, C.id == D.cid)
    Bv = aliased(B, j, flat=True)
    A.b = relationship(Bv, primaryjoin=A.bid == Bv.id, viewonly=True)
    return A, B, C, D, Bv


world(
    to_an_alias,
    {
        "b": [{"id": 1}, {"id": 2}],
        "a": [{"id": 1, "bid": 1}, {"id": 2, "bid": 2}],
        "c": [{"id": 1, "aid": 1}],
        "d": [{"id": 1, "cid": 1, "bid": 1}],
    },
    lambda s, n: [
        [
            [a.id, a.b and a.b.id]
            for a in s.scalars(select(n[0]).options(o(n[0].b)).order_by(n[0].id)).unique()
        ]
        for o in (lazyload, joinedload, selectinload)
    ],
    "aliased join",
)


def by_a_join(base):
    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        bid = Column(ForeignKey("b.id"))
        d = relationship(
            "D",
            secondary=lambda: join(
                B.__table__, D.__table__, D.__table__.c.id == B.__table__.c.did
            ).join(C.__table__, C.__table__.c.did == D.__table__.c.id),
            primaryjoin="and_(A.bid == B.id, A.id == C.aid)",
            secondaryjoin="D.id == B.did",
            uselist=False,
            viewonly=True,
        )

    class B(base):
        __tablename__ = "b"
        id = Column(Integer, primary_key=True)
        did = Column(ForeignKey("d.id"))

    class C(base):
        __tablename__ = "c"
        id = Column(Integer, primary_key=True)
        aid = Column(ForeignKey("a.id"))
        did = Column(ForeignKey("d.id"))

    class D(base):
        __tablename__ = "d"
        id = Column(Integer, primary_key=True)
        bid = Column(Integer)

    return A, B, C, D


world(
    by_a_join,
    {
        "d": [{"id": 1, "bid": 1}, {"id": 2, "bid": 1}],
        "b": [{"id": 1, "did": 1}],
        "a": [{"id": 1, "bid": 1}, {"id": 2, "bid": None}],
        "c": [{"id": 1, "aid": 1, "did": 1}],
    },
    lambda s, n: [
        [
            [a.id, a.d and a.d.id]
            for a in s.scalars(select(n[0]).options(o(n[0].d)).order_by(n[0].id)).unique()
        ]
        for o in (lazyload, joinedload, selectinload)
    ],
    "secondary join",
)


def graph(base):
    nn = Table(
        "nn",
        base.metadata,
        Column("l", ForeignKey("n.id"), primary_key=True),
        Column("r", ForeignKey("n.id"), primary_key=True),
    )

    class Nd(base):
        __tablename__ = "n"
        id = Column(Integer, primary_key=True)
        right = relationship(
            "Nd",
            secondary=nn,
            primaryjoin=id == nn.c.l,
            secondaryjoin=id == nn.c.r,
            backref="left",
            order_by=id,
        )

    return Nd


def walk_graph(s, Nd):
    a, b, c = [Nd(id=i) for i in (1, 2, 3)]
    a.right = [b, c]
    b.left.append(c)
    s.add(a)
    s.commit()
    r = [
        [sorted(x.id for x in n.right) for n in (a, b, c)],
        [sorted(x.id for x in n.left) for n in (a, b, c)],
    ]
    a.right.remove(b)
    s.commit()
    r += [[sorted(x.id for x in n.left) for n in (a, b, c)]]
    r += [
        sorted(n.id for n in s.scalars(select(Nd).where(Nd.right.any(Nd.id == 3)))),
        sorted(n.id for n in s.scalars(select(Nd).where(Nd.left.any()))),
    ]
    al = aliased(Nd)
    r += [s.execute(select(Nd.id, al.id).join(Nd.right.of_type(al)).order_by(Nd.id, al.id)).all()]
    s.delete(c)
    s.commit()
    r += [[sorted(x.id for x in n.right) for n in (a, b)]]
    return r


world(graph, {}, walk_graph, "self m2m")


def tree(base):
    class Nd(base):
        __tablename__ = "n"
        id = Column(Integer, primary_key=True)
        pid = Column(ForeignKey("n.id"))
        name = Column(String)
        kids = relationship(
            "Nd",
            backref=backref("parent", remote_side=[id]),
            cascade="all, delete-orphan",
            order_by="Nd.id",
        )

    return Nd


def walk_tree(s, Nd):
    root = Nd(name="r", kids=[Nd(name="a", kids=[Nd(name="b"), Nd(name="c")]), Nd(name="d")])
    s.add(root)
    s.commit()
    sent()
    r = [
        [n.name for n in root.kids],
        [n.name for n in root.kids[0].kids],
        root.kids[0].kids[0].parent.parent is root,
    ]
    a, d = root.kids
    b = a.kids[0]
    d.kids.append(b)
    s.commit()
    r += [[n.name for n in a.kids], [n.name for n in d.kids], b.parent is d]
    a.kids[0].kids.append(Nd(name="x"))
    s.commit()
    r += [s.execute(text("select name, pid from n order by id")).all()]
    root.kids.remove(a)
    s.commit()
    r += [s.execute(text("select name, pid from n order by id")).all()]
    s.delete(root)
    s.commit()
    r += [s.execute(text("select count(*) from n")).scalar()]
    return r


world(tree, {}, walk_tree, "tree")


def long_tree(base):
    class F(base):
        __tablename__ = "f"
        __table_args__ = (ForeignKeyConstraint(["acc", "pid"], ["f.acc", "f.fid"]),)
        acc = Column(Integer, primary_key=True)
        fid = Column(Integer, primary_key=True)
        pid = Column(Integer)
        parent = relationship("F", back_populates="kids", remote_side=[acc, fid])
        kids = relationship("F", back_populates="parent")

    return F


def walk_long_tree(s, F):
    a = F(acc=1, fid=1)
    b = F(acc=1, fid=2, parent=a)
    c = F(acc=1, fid=3, parent=a)
    o = F(acc=2, fid=1)
    s.add_all([a, o])
    s.commit()
    r = [
        sorted(k.fid for k in a.kids),
        b.parent is a,
        o.kids,
        [(x.acc, x.fid, x.pid) for x in s.scalars(select(F).order_by(F.acc, F.fid))],
    ]
    r += [
        [(str(x), str(y)) for x, y in F.parent.property.local_remote_pairs],
        [(str(x), str(y)) for x, y in F.kids.property.local_remote_pairs],
    ]
    b2 = F(acc=1, fid=9)
    c.kids.append(b2)
    s.commit()
    r += [[(x.acc, x.fid, x.pid) for x in s.scalars(select(F).order_by(F.acc, F.fid))]]
    r += [
        [(str(x), str(y)) for x, y in F.parent.property.synchronize_pairs],
        [(str(x), str(y)) for x, y in F.kids.property.synchronize_pairs],
    ]
    al = aliased(F)
    r += [s.execute(select(F.fid, al.fid).join(F.kids.of_type(al)).order_by(F.fid, al.fid)).all()]
    r += [
        [
            k.fid
            for k in s.scalars(
                select(F).options(selectinload(F.kids)).where(F.acc == 1, F.fid == 1)
            )
            .one()
            .kids
        ]
    ]
    return r


world(long_tree, {}, walk_long_tree, "composite self")


def association(base):
    class L(base):
        __tablename__ = "l"
        id = Column(Integer, primary_key=True)
        assoc = relationship("As", back_populates="left", cascade="all, delete-orphan")
        rs = relationship("R", secondary="ass", viewonly=True)

    class As(base):
        __tablename__ = "ass"
        lid = Column(ForeignKey("l.id"), primary_key=True)
        rid = Column(ForeignKey("r.id"), primary_key=True)
        extra = Column(String)
        left = relationship("L", back_populates="assoc")
        right = relationship("R", back_populates="assoc")

    class R(base):
        __tablename__ = "r"
        id = Column(Integer, primary_key=True)
        assoc = relationship("As", back_populates="right")

    return L, As, R


def walk_association(s, n):
    L, As, R = n
    one = L(id=1)
    r1, r2 = R(id=1), R(id=2)
    one.assoc.append(As(right=r1, extra="x"))
    one.assoc.append(As(right=r2, extra="y"))
    s.add(one)
    s.commit()
    out = [sorted((a.right.id, a.extra) for a in one.assoc), sorted(x.id for x in one.rs)]
    one.assoc.remove(next(a for a in one.assoc if a.right is r1))
    s.commit()
    out += [s.execute(select(As.__table__)).all(), [x.id for x in one.rs], r1.assoc]
    one.assoc = [As(right=r2, extra="new")]
    s.commit()
    out += [s.execute(select(As.__table__)).all()]
    s.delete(one)
    s.commit()
    return [*out, s.execute(select(As.__table__)).all()]


world(association, {}, walk_association, "assoc")


def both_write(base):
    class L(base):
        __tablename__ = "l"
        id = Column(Integer, primary_key=True)
        assoc = relationship("As", back_populates="left")
        rs = relationship("R", secondary="ass", back_populates="ls")

    class As(base):
        __tablename__ = "ass"
        lid = Column(ForeignKey("l.id"), primary_key=True)
        rid = Column(ForeignKey("r.id"), primary_key=True)
        left = relationship("L", back_populates="assoc")
        right = relationship("R", back_populates="assoc")

    class R(base):
        __tablename__ = "r"
        id = Column(Integer, primary_key=True)
        assoc = relationship("As", back_populates="right")
        ls = relationship("L", secondary="ass", back_populates="rs")

    return L, As, R


world(both_write, {}, lambda s, n: 1, "assoc conflict")


def two_paths(base, **k):
    class Cu(base):
        __tablename__ = "cu"
        id = Column(Integer, primary_key=True)
        bill = Column(ForeignKey("ad.id"))
        ship = Column(ForeignKey("ad.id"))
        b = relationship("Ad", **(k.get("b") or {}))

    class Ad(base):
        __tablename__ = "ad"
        id = Column(Integer, primary_key=True)

    return Cu, Ad


world(two_paths, {}, lambda s, n: 1, "two paths")
world(
    lambda base: two_paths(base, b={"foreign_keys": "Cu.bill"}),
    {},
    lambda s, n: str(n[0].b.property.primaryjoin),
    "two paths fk str",
)
world(
    lambda base: two_paths(base, b={"foreign_keys": "[Cu.ship]"}),
    {},
    lambda s, n: str(n[0].b.property.primaryjoin),
    "two paths fk list",
)
world(
    lambda base: two_paths(base, b={"primaryjoin": "Cu.ship==Ad.id"}),
    {},
    lambda s, n: str(n[0].b.property.primaryjoin),
    "two paths pj",
)
world(
    lambda base: two_paths(base, b={"primaryjoin": "Cu.shop==Ad.id"}),
    {},
    lambda s, n: str(n[0].b.property.primaryjoin),
    "pj bad attr",
)
world(
    lambda base: two_paths(base, b={"primaryjoin": "Cu.ship==Add.id"}),
    {},
    lambda s, n: str(n[0].b.property.primaryjoin),
    "pj bad name",
)
world(
    lambda base: two_paths(base, b={"primaryjoin": "Cu.ship=="}),
    {},
    lambda s, n: str(n[0].b.property.primaryjoin),
    "pj syntax",
)


def two_paths_between(base):
    Table(
        "ab",
        base.metadata,
        Column("a1", ForeignKey("a.id")),
        Column("a2", ForeignKey("a.id")),
        Column("b", ForeignKey("b.id")),
    )

    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        bs = relationship("B", secondary="ab")

    class B(base):
        __tablename__ = "b"
        id = Column(Integer, primary_key=True)

    return A, B


world(two_paths_between, {}, lambda s, n: 1, "m2m ambiguous")


def no_path_between(base):
    Table("ab", base.metadata, Column("a1", Integer), Column("b", ForeignKey("b.id")))

    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        bs = relationship("B", secondary="ab")

    class B(base):
        __tablename__ = "b"
        id = Column(Integer, primary_key=True)

    return A, B


world(no_path_between, {}, lambda s, n: 1, "m2m no path")


def no_side_told(base):
    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        pid = Column(ForeignKey("a.id"))
        kids = relationship("A", back_populates="parent")
        parent = relationship("A", back_populates="kids")

    return A


world(no_side_told, {}, lambda s, n: 1, "self no remote_side")


def graph_untold(base):
    Table("nn", base.metadata, Column("l", ForeignKey("n.id")), Column("r", ForeignKey("n.id")))

    class Nd(base):
        __tablename__ = "n"
        id = Column(Integer, primary_key=True)
        ns = relationship("Nd", secondary="nn")

    return Nd


world(graph_untold, {}, lambda s, n: 1, "self m2m no joins")


def three_write(base):
    class P(base):
        __tablename__ = "p"
        id = Column(Integer, primary_key=True)
        a = relationship("C")
        b = relationship("C")

    class C(base):
        __tablename__ = "c"
        id = Column(Integer, primary_key=True)
        pid = Column(ForeignKey("p.id"))
        p = relationship("P")

    return P, C


world(three_write, {}, lambda s, n: 1, "three writers")


def hierarchy_writes(base):
    class P(base):
        __tablename__ = "p"
        id = Column(Integer, primary_key=True)
        kind = Column(String)
        a = relationship("C", back_populates="p")
        __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "p"}

    class Q(P):
        __mapper_args__ = {"polymorphic_identity": "q"}
        b = relationship("C", primaryjoin="P.id==C.pid")

    class C(base):
        __tablename__ = "c"
        id = Column(Integer, primary_key=True)
        pid = Column(ForeignKey("p.id"))
        p = relationship("P", back_populates="a")

    return P, C


world(hierarchy_writes, {}, lambda s, n: 1, "writers hierarchy")


def many_write(base):
    Table("ab", base.metadata, Column("a", ForeignKey("a.id")), Column("b", ForeignKey("b.id")))

    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        bs = relationship("B", secondary="ab", overlaps="as_")
        bs2 = relationship("B", secondary="ab")

    class B(base):
        __tablename__ = "b"
        id = Column(Integer, primary_key=True)
        as_ = relationship("A", secondary="ab")

    return A, B


world(many_write, {}, lambda s, n: 1, "m2m writers")
