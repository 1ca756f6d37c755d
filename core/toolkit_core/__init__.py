"""The kernel's lower half: engine, pool, expression language, compiler."""
