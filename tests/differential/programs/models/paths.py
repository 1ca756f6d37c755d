"""Objects found along a path of relationships, and how many statements it took."""


def shown(one):
    if hasattr(one, "__table__"):
        values = sorted(key for key in vars(one) if key[0] != "_")
        return (type(one).__name__, vars(one).get("id"), values)
    return one


def row(found):
    return tuple(shown(one) for one in found)


def deep(found, *names):
    if found is None or not names:
        return None if found is None else (type(found).__name__, found.id)
    value = getattr(found, names[0])
    if isinstance(value, list):
        return (type(found).__name__, found.id, [deep(one, *names[1:]) for one in value])
    return (type(found).__name__, found.id, deep(value, *names[1:]))


def one(*names):
    return lambda found: deep(found[0], *names)


def show(name, statement, look=tuple, uniq=False):
    s.expunge_all()
    sent()

    def run():
        result = s.execute(statement)
        if uniq:
            result = result.unique()
        return [look(found) for found in result]

    attempt(name, run)
    report(f"{name}: statements", len(sent()))
