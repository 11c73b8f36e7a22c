"""``os.environ`` to ``get_env()``, with names resolved and imports kept in order by libcst's own visitors."""

import libcst as cst
from libcst.codemod import VisitorBasedCodemodCommand
from libcst.codemod.visitors import AddImportsVisitor, RemoveImportsVisitor
from libcst.metadata import QualifiedNameProvider


class EnvironCommand(VisitorBasedCodemodCommand):
    """Run by ``python -m libcst.tool codemod environ.EnvironCommand``."""

    DESCRIPTION = "Replace direct access to the process environment."
    METADATA_DEPENDENCIES = (QualifiedNameProvider,)

    def leave_Call(self, original_node, updated_node):
        """``os.getenv(...)``."""
        if self.means(original_node.func, "os.getenv"):
            self.changed()
            return updated_node.with_changes(func=cst.parse_expression("get_env().get"))
        return updated_node

    def leave_Attribute(self, original_node, updated_node):
        """``os.environ``, under any name of ``os``."""
        return self.replaced(original_node, updated_node)

    def leave_Name(self, original_node, updated_node):
        """``environ``, where that was imported from ``os``."""
        return self.replaced(original_node, updated_node)

    def visit_Attribute_attr(self, node):
        """Names after a dot are no names of their own."""

    def visit_ImportFrom(self, node):
        """Imports are left to the visitors for imports."""
        return False

    def replaced(self, original, updated):
        """The accessor, where ``original`` means the mapping."""
        if not self.means(original, "os.environ"):
            return updated
        self.changed()
        return cst.parse_expression("get_env()")

    def means(self, node, dotted):
        """Whether libcst resolves ``node`` to an imported ``dotted``."""
        names = self.get_metadata(QualifiedNameProvider, node, set())
        return any(name.name == dotted and name.source.name == "IMPORT" for name in names)

    def changed(self):
        """Ask for the import that is now needed, and for the removal of ``os`` if it is not."""
        AddImportsVisitor.add_needed_import(self.context, "shared.isolated_environment", "get_env")
        for name in (None, "environ", "getenv"):
            RemoveImportsVisitor.remove_unused_import(self.context, "os", name)
