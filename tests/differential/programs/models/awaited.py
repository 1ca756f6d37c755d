"""Steps that are awaited."""


async def tried(name, function, *arguments, **options):
    try:
        value = await function(*arguments, **options)
    except Exception as error:  # noqa: BLE001 - it is reported, whatever it is
        attempt(name, raised, error)
    else:
        report(name, value)


def raised(error):
    raise error
