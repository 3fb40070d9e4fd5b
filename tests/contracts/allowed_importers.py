"""A contract for import-linter: only the modules named may import a package directly."""

from fnmatch import fnmatch
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class AllowedImportersContract(Contract):
    """`imported` is an external package; `importers` are patterns of modules that may use it."""

    type_name = "allowed_importers"

    # Any: fields of the class, plain values of an instance.
    imported: Any = fields.StringField()
    importers: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 - import-linter's interface
        known = self.imported in graph.modules
        found = graph.find_modules_that_directly_import(self.imported) if known else set()
        strangers = sorted(module for module in found if not self._may_import(module))
        return ContractCheck(kept=not strangers, metadata={"strangers": strangers})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for module in check.metadata["strangers"]:
            output.print_error(f"{module} may not import {self.imported}")

    def _may_import(self, module: str) -> bool:
        return any(fnmatch(module, pattern) for pattern in self.importers)
