"""The code under test."""

import time
from queue import SimpleQueue
from random import Random

TIMEOUT = 30


def save(session, order):
    session.add(order)
    time.sleep(0)
    return order


def notify(order):
    return order


def waiting():
    return SimpleQueue(), Random().randrange(9)
