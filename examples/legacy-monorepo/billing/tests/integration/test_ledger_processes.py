"""Two processes, one ledger file."""
import os
import subprocess
import sys
import textwrap

import pytest

from billing.ledger import open_ledger
from common.process import service_environment

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def test_postings_of_several_processes(tmp_path):
    os.environ["BILLING_DATABASE_URL"] = f"sqlite:///{tmp_path / 'ledger.db'}"
    open_ledger().connection.close()
    code = textwrap.dedent("""
        import os, sys
        from billing.ledger import open_ledger
        from common.money import Money
        assert os.environ["BILLING_DATABASE_URL"].startswith("sqlite:")
        ledger = open_ledger()
        for _ in range(5):
            ledger.post(bank=Money(int(sys.argv[1])), receivable=Money(-int(sys.argv[1])))
    """)
    env = service_environment("billing")
    running = [subprocess.Popen([sys.executable, "-c", code, cents], env=env) for cents in ("10", "1")]
    assert [process.wait(30) for process in running] == [0, 0]
    ledger = open_ledger()
    assert ledger.balance("bank").minor == 55
    ledger.connection.close()


def test_child_without_a_url_fails(tmp_path):
    env = service_environment("billing")
    env.pop("BILLING_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", "from billing.ledger import open_ledger; open_ledger()"],
        env=env, capture_output=True, text=True,
    )
    assert done.returncode == 1
    assert "KeyError: 'BILLING_DATABASE_URL'" in done.stderr
