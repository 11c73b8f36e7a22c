"""``os.environ`` to ``get_env()``, as a Fixit rule with an autofix."""

import libcst as cst
from fixit import LintRule
from libcst.metadata import QualifiedNameProvider


class DirectEnviron(LintRule):
    """Direct access to the process environment."""

    METADATA_DEPENDENCIES = (QualifiedNameProvider,)
    MESSAGE = "direct access to the process environment"

    def visit_Call(self, node):
        """``os.getenv(...)``."""
        if self.means(node.func, "os.getenv"):
            self.report(node, replacement=node.with_changes(func=cst.parse_expression("get_env().get")))

    def visit_Attribute(self, node):
        """``os.environ``, under any name of ``os``."""
        if self.means(node, "os.environ"):
            self.report(node, replacement=cst.parse_expression("get_env()"))

    def means(self, node, dotted):
        """Whether libcst resolves ``node`` to an imported ``dotted``."""
        names = self.get_metadata(QualifiedNameProvider, node, set())
        return any(name.name == dotted and name.source.name == "IMPORT" for name in names)
