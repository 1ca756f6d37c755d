"""What is loaded of an object, shown as a tree, and how many statements it took."""


def tree(one, depth=6):
    """what is loaded, with no further loading"""
    if one is None:
        return None
    if not hasattr(one, "__table__"):
        return one
    out = [type(one).__name__, vars(one).get("id")]
    if depth == 0:
        return out
    for key in sorted(vars(one)):
        if key[0] == "_":
            continue
        v = vars(one)[key]
        if isinstance(v, list):
            out.append((key, [tree(x, depth - 1) for x in v]))
        elif hasattr(v, "__table__"):
            out.append((key, tree(v, depth - 1)))
        else:
            out.append(key)
    return out


def show(name, statement, look=None, uniq=False, fresh=True, opts=None):
    if fresh:
        s.expunge_all()
    sent()

    def run():
        result = s.execute(statement, execution_options=opts or {})
        if uniq:
            result = result.unique()
        return [
            str(tuple(tree(x) for x in r) if look is None else look(r)).replace("'", "")
            for r in result.all()
        ]

    attempt(name, run)
    report(f"{name}: statements", len(sent()))


def touch(name, q, f, uniq=True):
    """Report what is loaded, then what a function reads of each object, with both counts."""
    s.expunge_all()
    sent()

    def run():
        r = s.execute(q)
        if uniq:
            r = r.unique()
        objs = [x[0] for x in r.all()]
        a = len(sent())
        return ([str(tree(o)).replace("'", "") for o in objs], a, [str(f(o)) for o in objs])

    attempt(name, run)
    report(name + ": statements", len(sent()))
