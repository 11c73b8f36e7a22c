"""Cases that need a ledger."""
import abc

from billing.ledger import Ledger
from billing.tests.base import BillingTestCase
from common.testing.mixins import MoneyAssertionsMixin, TempDirMixin


class LedgerTestCase(MoneyAssertionsMixin, BillingTestCase):
    """``self.ledger``: empty, in memory."""

    def setUp(self):
        super().setUp()
        self.ledger = self.make_ledger()
        self.addCleanup(self.ledger.connection.close)

    def make_ledger(self):
        return Ledger()


class FileLedgerTestCase(TempDirMixin, LedgerTestCase, metaclass=abc.ABCMeta):
    """The same with a file, so that it can be opened twice."""

    def make_ledger(self):
        self.set_env("BILLING_DATABASE_URL", "sqlite:///%s" % (self.folder / "ledger.db"))
        return Ledger()
