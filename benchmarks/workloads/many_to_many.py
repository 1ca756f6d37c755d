"""many-to-many: 1,000 posts, ten tags each, of 500."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.mapped import Mapped, write_posts
from benchmarks.place import Place
from benchmarks.workload import Work

SIZE = 500


def prepare(data: Path) -> None:
    """The shared file."""
    write_posts(data)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)

    def work() -> int:
        posts = connection.execute("select id, name from post").fetchall()
        found: dict[int, list[tuple[int, str]]] = {}
        for start in range(0, len(posts), SIZE):
            keys = [post[0] for post in posts[start : start + SIZE]]
            marks = ",".join("?" * len(keys))
            question = (
                "select post_tag.post_id, tag.id, tag.name from post_tag "
                f"join tag on tag.id = post_tag.tag_id where post_tag.post_id in ({marks})"
            )
            for owner, key, name in connection.execute(question, keys).fetchall():
                found.setdefault(owner, []).append((key, name))
        return sum(len(tag[1]) for post in posts for tag in found[post[0]])

    return work


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_session("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_session("sqlalchemy", data)


def by_session(package: str, data: Place) -> Work:
    """The program for both, written to the documented API they share."""
    mapped = Mapped(package, data)
    post = mapped.posts()
    option = mapped.orm.selectinload(post.tags)

    def work() -> int:
        with mapped.session() as session:
            posts = session.scalars(mapped.select(post).options(option)).all()
            return sum(len(tag.name) for one in posts for tag in one.tags)

    return work
