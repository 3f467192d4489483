-- A table has always its rows beside its keys here, and a long text out of the way of both.
COMMENT ON TABLE roll_call IS 'A roll call as it was recorded at a version; the newest one counts';
