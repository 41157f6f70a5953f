"""What pages show: each report is one frozen value, made from the cluster and a date. Cannot print, open or send."""

from sigctl.reports.visits import Proof, RotaPage, SchoolLine, VisitLine, rota_page

__all__ = ["Proof", "RotaPage", "SchoolLine", "VisitLine", "rota_page"]
