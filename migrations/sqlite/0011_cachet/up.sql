-- A key dies with the rights of the person who made it: who that is, and the stamp of their account when they made it. The
-- stamp changes when the account is closed or its means of giving codes change; keys made under a former one open nothing.
ALTER TABLE compte ADD COLUMN cachet BIGINT NOT NULL DEFAULT 0;
ALTER TABLE jeton ADD COLUMN createur TEXT CONSTRAINT jeton_createur_fk REFERENCES compte (id);
ALTER TABLE jeton ADD COLUMN cachet BIGINT NOT NULL DEFAULT 0;
UPDATE jeton SET createur = (SELECT responsable FROM client_api WHERE client_api.id = jeton.client_id);
CREATE INDEX jeton_par_createur ON jeton (createur);
