-- Each change of a stance has the version before it, so a query goes back in the history of one stance without an index. Before
-- this migration, only the changes of imports had it. 0: there was none.
UPDATE stance_change
SET replaced = linked.previous
FROM (
    SELECT
        resolution, version, member_state,
        COALESCE(LAG(version) OVER (PARTITION BY resolution, member_state ORDER BY version), 0) AS previous
    FROM stance_change
) AS linked
WHERE stance_change.resolution = linked.resolution AND stance_change.version = linked.version
    AND stance_change.member_state = linked.member_state AND stance_change.replaced IS NULL;

-- A program of an earlier release that still runs cannot record a stance without it.
ALTER TABLE stance_change ALTER COLUMN replaced SET NOT NULL;

-- Every commit of stances wrote a page of it for each state.
DROP INDEX stance_change_by_state;
