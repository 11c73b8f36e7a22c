"""Sessions for those who use nox; CI uses tox."""
import nox

SERVICES = ["backend", "auth_service", "billing", "notifications"]


@nox.session(python=["3.10", "3.11", "3.12"])
def tests(session):
    session.install("pytest")
    session.run("pytest", "-q", *session.posargs)


@nox.session
@nox.parametrize("service", SERVICES)
def service(session, service):
    session.install("pytest")
    session.run("python", f"{service}/run_tests.py", env={"HARBOR_SERVICE": service})


@nox.session
def integration(session):
    session.install("pytest", "pytest-xdist")
    session.run("python", "-m", "pytest", "-m", "integration", "-n", "auto", "--dist", "loadfile")
