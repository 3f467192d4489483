-- The incarnations of this database; the newest has the highest first_version. place: where it was last served. A copy that
-- is served in another place is a new incarnation. Its version counters continue from first_version, so no copy uses a
-- number again that clients have seen with another content.
CREATE TABLE incarnation (
    first_version INTEGER NOT NULL PRIMARY KEY,
    began_at      TEXT NOT NULL,
    place         TEXT NOT NULL
) STRICT;
