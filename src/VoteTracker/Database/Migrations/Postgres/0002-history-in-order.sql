-- The history of stances lies in the order it was made from the first migration on: its key begins with the version.
COMMENT ON TABLE stance_change IS 'Every change of a stance, in the order of its versions';
