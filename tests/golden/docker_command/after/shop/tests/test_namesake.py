"""A manager of the same name that does something else."""

import os


class PostgresContainer:
    def up(self):
        os.system("docker run --detach -p 5432:5432 postgres:16")


def test_up():
    PostgresContainer().up()
