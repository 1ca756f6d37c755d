"""What every test may use; the real servers are in tests/containers."""

import os

from hypothesis import settings

pytest_plugins = ["pytester", "tests.containers.matrix"]

# Examples are new in each run at home, where finding something is welcome, and the same in every
# run of CI, which tells whether a change is to blame.  A busy machine is no reason to fail.
settings.register_profile("home", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "home")
