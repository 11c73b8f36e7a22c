"""The code under test."""

import time

TIMEOUT = 30


def save(session, order):
    session.add(order)
    time.sleep(0)
    return order


def notify(order):
    return order
