"""Commands in argument lists, strings and variables: advice by what they are for."""

import asyncio
import os
import shutil
import subprocess
from subprocess import check_output


def test_lists(name):
    subprocess.run(["docker", "compose", "-f", "docker-compose.test.yml", "up", "-d"], check=True)
    subprocess.run(("docker-compose", "--file=services.yml", "up"), check=True)
    subprocess.run(["sudo", "docker", "stop", name])
    check_output(["docker", "ps", "-q", "--filter", f"name={name}"])
    subprocess.run(["docker", "system", "prune", "-f"])
    subprocess.run(["docker", "volume", "rm", name])
    command = ["docker-compose"]
    command.extend(["-p", name, "down"])
    subprocess.run(command)


async def test_words(name):
    await asyncio.create_subprocess_exec("docker", "exec", name, "pg_isready")


def test_strings(name):
    os.system("docker compose up -d && docker compose logs db")
    subprocess.run(f"docker rm -f {name}", shell=True)
    query = f'docker inspect {name} --format="{{{{json .Mounts}}}}"'
    subprocess.run(query, shell=True)


def test_engine():
    assert shutil.which("docker")
    assert subprocess.run(["docker", "info"]).returncode == 0
    assert subprocess.run(["docker", "--version"]).returncode == 0


def test_images_and_tasks():
    subprocess.run(["docker", "build", "-t", "shop", "."], check=True)
    subprocess.run(["docker", "run", "--rm", "shop", "lint"], check=True)
    subprocess.run(["docker", "compose", "build"], check=True)


def test_allowed():
    subprocess.run(["docker", "kill", "db"])  # ssot: allow[docker-command] the crash is the subject
