-- Moments never decrease along the audit, so a binary search over seq finds them. The index cost each write time.
DROP INDEX audit_entry_by_moment;
