-- Two users of PostgreSQL for one database: one owns and migrates the tables, the other one serves.
--
-- Run it as a superuser, in the database itself. It can run again.
--     psql --dbname=votetracker --file=postgres-roles.sql
-- Then give both users a password, for example with \password in psql.

DO $$
DECLARE
    item TEXT;
BEGIN
    FOREACH item IN ARRAY ARRAY['votetracker_owner', 'votetracker_service'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = item) THEN
            EXECUTE FORMAT('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', item);
        END IF;
    END LOOP;

    EXECUTE FORMAT('REVOKE ALL ON DATABASE %I FROM PUBLIC', CURRENT_DATABASE());
    EXECUTE FORMAT('GRANT CONNECT ON DATABASE %I TO votetracker_owner, votetracker_service', CURRENT_DATABASE());

    -- Tables that an earlier installation created with another user.
    FOR item IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'votetracker_owner' LOOP
        EXECUTE FORMAT('ALTER TABLE public.%I OWNER TO votetracker_owner', item);
    END LOOP;
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO votetracker_owner;
GRANT USAGE ON SCHEMA public TO votetracker_service;

-- The service reads and writes rows. It cannot create, alter, drop or truncate a table.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO votetracker_service;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO votetracker_service;

-- The same for the tables of later migrations.
ALTER DEFAULT PRIVILEGES FOR ROLE votetracker_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO votetracker_service;
ALTER DEFAULT PRIVILEGES FOR ROLE votetracker_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO votetracker_service;
