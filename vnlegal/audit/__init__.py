"""Audits: questions put to one document or to the facts of many."""

from vnlegal.audit.citations import audit_citations
from vnlegal.audit.counts import audit_counts
from vnlegal.audit.coverage import audit_coverage
from vnlegal.audit.deadlines import audit_deadlines
from vnlegal.audit.laws import audit_laws
from vnlegal.audit.model import Answer, LawAudit, LawRow, PlannedRow
from vnlegal.audit.reading import read_counts, read_for_audit
from vnlegal.audit.replies import audit_replies
from vnlegal.audit.rows import Audit, AuditRow, Place, Reading

__all__ = [
    "Answer",
    "Audit",
    "AuditRow",
    "LawAudit",
    "LawRow",
    "Place",
    "PlannedRow",
    "Reading",
    "audit_citations",
    "audit_counts",
    "audit_coverage",
    "audit_deadlines",
    "audit_laws",
    "audit_replies",
    "read_counts",
    "read_for_audit",
]
