"""The classes of the five documents, as they stand there."""

from typing import Any

from toolkit import Column, ForeignKey, Integer, String
from toolkit.ext.declarative import declarative_base as former_declarative_base
from toolkit.orm import class_mapper, configure_mappers, declarative_base, relationship


def test_a_model_with_unique_columns_maps() -> None:
    Base: Any = former_declarative_base()  # noqa: N806 - as it is written there

    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        username = Column(String(50), unique=True, nullable=False)
        email = Column(String(100), unique=True, nullable=False)

        def __repr__(self) -> str:
            return f"<User(username='{self.username}', email='{self.email}')>"

    assert repr(User(username="a", email="b")) == "<User(username='a', email='b')>"
    assert class_mapper(User).column_attrs.keys() == ["id", "username", "email"]


def test_an_association_object_with_relationships_set_later_maps() -> None:
    Base: Any = declarative_base()  # noqa: N806 - as it is written there

    class User(Base):
        __tablename__ = "user"
        user_id = Column(Integer, primary_key=True, autoincrement=True)
        username = Column(String, nullable=False)
        email = Column(String, nullable=False)

    class Article(Base):
        __tablename__ = "article"
        article_id = Column(Integer, primary_key=True, autoincrement=True)
        title = Column(String, nullable=False)
        content = Column(String)

    class ArticleAuthors(Base):
        __tablename__ = "article_authors"
        user_id = Column(Integer, ForeignKey("user.user_id"), primary_key=True)
        article_id = Column(Integer, ForeignKey("article.article_id"), primary_key=True)
        user = relationship("User", back_populates="articles")
        article = relationship("Article", back_populates="authors")

    User.articles = relationship("ArticleAuthors", back_populates="user")
    Article.authors = relationship("ArticleAuthors", back_populates="article")
    Base.registry.configure()
    found = class_mapper(ArticleAuthors).relationships
    assert found.user.reverse == [class_mapper(User).relationships.articles]
    assert found.article.direction.name == "MANYTOONE"


def test_a_relationship_of_users_and_addresses_maps() -> None:
    Base: Any = declarative_base()  # noqa: N806 - as it is written there

    class User(Base):
        __tablename__ = "users"
        id = Column(Integer, primary_key=True)
        name = Column(String)
        age = Column(Integer)

    class Address(Base):
        __tablename__ = "addresses"
        id = Column(Integer, primary_key=True)
        user_id = Column(Integer, ForeignKey("users.id"))
        email = Column(String)
        user = relationship("User", back_populates="addresses")

    User.addresses = relationship("Address", back_populates="user")
    configure_mappers()
    assert class_mapper(User).relationships.addresses.uselist
