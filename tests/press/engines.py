"""Ways to execute a notebook that go wrong, as functions the workers can import."""

import os
import signal
import time


def slow(_template, _output, _parameters):
    time.sleep(60)


def first_at_once_then_slow(_template, _output, parameters):
    if "code" in parameters:
        time.sleep(60)
    raise RuntimeError("no kernel is needed for this")


def killed(_template, _output, _parameters):
    os.kill(os.getpid(), signal.SIGKILL)
