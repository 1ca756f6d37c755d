"""How users' classes tell what their attributes are: ``_traverse_internals``."""

from __future__ import annotations


class InternalTraversal:
    """The kinds of attributes.

    Nodes are walked and their keys are a part of the key; all else must be hashable, or the
    statement is compiled each time.

    >>> from toolkit_core.expression.elements import column
    >>> from toolkit_core.expression.node import Node
    >>> class Hint(Node):
    ...     _traverse_internals = [("words", InternalTraversal.dp_string)]
    ...     def __init__(self, words):
    ...         self.words = words
    >>> Hint("a").compare(Hint("a")), Hint("a").compare(Hint("b"))
    (True, False)
    """

    dp_clauseelement = "child"
    dp_clauseelement_list = dp_clauseelement_tuple = dp_fromclause_ordered_set = "children"
    dp_string = dp_boolean = dp_operator = dp_plain_obj = dp_ignore = dp_anon_name = "value"
    dp_string_list = dp_unknown_structure = dp_has_cache_key = dp_named_ddl_element = "value"
    dp_type = dp_multi = dp_inspectable = dp_executable_options = "opaque"
    dp_plain_dict = dp_string_clauseelement_dict = dp_string_multi_dict = "opaque"
    dp_clauseelement_tuples = dp_clauseelement_unordered_set = dp_fromclause_canonical = "opaque"
    dp_has_cache_key_list = dp_has_cache_key_tuples = dp_inspectable_list = "opaque"
