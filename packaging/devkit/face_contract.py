"""An import contract: what is in a package is for the package; others import the package itself, its face."""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output


class FaceContract(Contract):
    """Kept if no module is imported from outside its own package. Packages, and modules at the top, are for all."""

    type_name = "face"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 - import-linter hands it over
        """Look at every import of a module of ours that is no package."""
        past: list[tuple[str, str, int]] = []
        for imported in sorted(graph.modules):
            home, _, _ = imported.rpartition(".")
            if "." not in home or graph.find_children(imported):
                continue
            for importer in sorted(graph.find_modules_that_directly_import(imported)):
                if importer != home and not importer.startswith(f"{home}."):
                    lines = graph.get_import_details(importer=importer, imported=imported)
                    past.append((importer, imported, lines[0]["line_number"] if lines else 0))
        return ContractCheck(kept=not past, metadata={"past": past})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Each import, and the package to import instead."""
        for importer, imported, line in check.metadata["past"]:
            home = imported.rpartition(".")[0]
            output.print_error(f"{importer}:{line} imports {imported}; import what {home} offers", bold=False)
            output.new_line()
