"""Audits: questions put to the facts of many documents."""

from vnlegal.audit.laws import audit_laws
from vnlegal.audit.model import Answer, LawAudit, LawRow, PlannedRow

__all__ = ["Answer", "LawAudit", "LawRow", "PlannedRow", "audit_laws"]
