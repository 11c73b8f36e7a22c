"""A fleet on Dask: a real scheduler, real workers, killed and restarted while jobs run."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dask_cluster import Cluster, clustered
from yard import LEGACY, Yard

pytestmark = pytest.mark.heavy
NAMES = ("one", "two", "three", "four", "five", "six")


@pytest.fixture
def six(yard: Yard) -> Yard:
    """Six legacy repositories that are named by URL, and whose remotes log every change."""
    for name in NAMES:
        yard.repository(name, LEGACY)
        yard.git(f"remotes/{name}.git", "config", "core.logAllRefUpdates", "always")
    urls = ", ".join(f'"file://{yard.root}/remotes/{name}.git"' for name in NAMES)
    yard.fleet(f"repositories = [{urls}]")
    return yard


def hold(yard: Yard, name: str) -> Path:
    """Make a remote wait in a push until a file is gone; the file that tells when it is reached."""
    hook = yard.root / f"remotes/{name}.git/hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    reached = yard.root / f"reached-{name}"
    hook.write_text(f"#!/bin/sh\nrm '{hook}'\ntouch '{reached}'\nsleep 600\n")
    hook.chmod(0o755)
    return reached


def wait_for(*paths: Path) -> Path:
    """The first of some files to be there."""
    end = time.monotonic() + 240
    while time.monotonic() < end:
        for path in paths:
            if path.exists():
                return path
        time.sleep(0.05)
    raise AssertionError(f"none of {paths} has come")


def run(yard: Yard, cluster: Cluster) -> subprocess.Popen[bytes]:
    """Start to push the fleet on the cluster."""
    command = yard.command("push", "--scheduler", cluster.address)
    return subprocess.Popen(
        command, cwd=yard.root, env=yard.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def pushed_once(yard: Yard) -> bool:
    """Whether every remote has every branch, each changed once."""
    logs = [
        yard.root / f"remotes/{n}.git/logs/refs/heads/ssot-migrate/{b}" for n in NAMES for b in ("app", "web")
    ]
    return [len(log.read_text().splitlines()) for log in logs] == [1] * len(logs)


def test_a_lost_worker_is_replaced(six: Yard) -> None:
    """The job of a worker that is killed in its middle is done by another one."""
    reached = [hold(six, name) for name in NAMES[:1]]
    with clustered(six.root, six.env) as cluster:
        cluster.scheduler()
        first = cluster.worker("a")
        process = run(six, cluster)
        wait_for(*reached)
        cluster.worker("b")
        first.send_signal(signal.SIGKILL)
        assert process.wait() == 0
    assert pushed_once(six)
    assert (six.root / "cache-b" / "clones").is_dir()


def test_the_scheduler_may_restart(six: Yard) -> None:
    """When the scheduler is killed, the run goes on with the next one at that address."""
    reached = hold(six, NAMES[1])
    with clustered(six.root, six.env) as cluster:
        scheduler, worker = cluster.scheduler(), cluster.worker("a")
        process = run(six, cluster)
        wait_for(reached)
        scheduler.kill()
        worker.kill()
        scheduler.wait()
        cluster.scheduler()
        cluster.worker("b")
        assert process.wait() == 0
    assert pushed_once(six)


@pytest.fixture
def namespaces(needs: Callable[[str], str], cannot_be_had: Callable[[str], None]) -> Iterator[list[str]]:
    """Two network namespaces on a bridge at 10.77.13.1."""
    ip = needs("ip")
    bridge, names = "ssotbr0", ["ssot-a", "ssot-b"]
    made = subprocess.run([ip, "link", "add", bridge, "type", "bridge"], capture_output=True, check=False)
    if made.returncode:
        cannot_be_had("the right to make network namespaces")

    def call(*words: str) -> None:
        subprocess.run([ip, *words], check=True)

    try:
        call("addr", "add", "10.77.13.1/24", "dev", bridge)
        call("link", "set", bridge, "up")
        for number, name in enumerate(names):
            call("netns", "add", name)
            call("link", "add", f"ssotv{number}", "type", "veth", "peer", "name", "eth0", "netns", name)
            call("link", "set", f"ssotv{number}", "master", bridge, "up")
            call("-n", name, "addr", "add", f"10.77.13.{number + 2}/24", "dev", "eth0")
            call("-n", name, "link", "set", "eth0", "up")
            call("-n", name, "link", "set", "lo", "up")
        yield names
    finally:
        for name in names:
            subprocess.run([ip, "netns", "del", name], check=False)
        subprocess.run([ip, "link", "del", bridge], check=False)


def test_workers_in_other_networks(six: Yard, namespaces: list[str]) -> None:
    """Workers that share no network with the remotes but a bridge fetch over it and push over it."""
    host = "10.77.13.1"
    daemon = ["git", "daemon", "--reuseaddr", f"--listen={host}", f"--base-path={six.root}/remotes"]
    with socket.socket() as probe:
        probe.bind((host, 0))
        port = probe.getsockname()[1]
    urls = ", ".join(f'"git://{host}:{port}/{name}.git"' for name in NAMES)
    six.fleet(f"repositories = [{urls}]")
    served = subprocess.Popen(
        [*daemon, f"--port={port}", "--export-all", "--enable=receive-pack"], env=six.env
    )
    try:
        with clustered(six.root, six.env, host) as cluster:
            cluster.scheduler()
            for name in namespaces:
                cluster.worker(name, namespace=name)
            assert run(six, cluster).wait() == 0
    finally:
        served.terminate()
        served.wait()
    assert pushed_once(six)
    assert os.listdir(six.root / "cache-ssot-a" / "clones")
    assert os.listdir(six.root / "cache-ssot-b" / "clones")
