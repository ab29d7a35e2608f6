"""How a wave was answered, for the council's own analysts: figures of the whole borough only."""

from reports.quality.tables import (
    QualityReport,
    Quartiles,
    Table,
    joined,
    quality_report,
    tells,
)

__all__ = ["QualityReport", "Quartiles", "Table", "joined", "quality_report", "tells"]
