"""A child process may come to be in the midst of another thread's change of listeners."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import os, sys, threading
from toolkit import create_engine, event
from toolkit_core.events import registry

engine = create_engine("sqlite://")
held, done = threading.Event(), threading.Event()

def change():
    with registry._CHANGING:
        held.set()
        done.wait()

thread = threading.Thread(target=change)
thread.start()
held.wait()
child = os.fork()
if not child:
    event.listen(engine, "begin", lambda connection: None)
    create_engine("sqlite://")
    os._exit(7)
done.set()
thread.join()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_child_need_not_wait_for_a_thread_that_it_does_not_have() -> None:
    # From 3.12 on a fork beside threads is warned of; this is what is tested here.
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", PROGRAM]
    assert subprocess.run(command, timeout=30, check=False).returncode == 7
