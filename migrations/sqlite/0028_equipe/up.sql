-- Who takes care of a demande: the e-mail of an account that reaches it.
ALTER TABLE demande ADD COLUMN suivi_par TEXT NOT NULL DEFAULT '';
CREATE INDEX demande_par_suivi_par ON demande (supprimee, suivi_par) WHERE suivi_par <> '';

-- A shared view is read by the colleagues of its owner, whatever the envelope they have in common. SQLite drops no column that
-- refers to another table: the table is made anew.
CREATE TABLE vue_nouvelle (
    id TEXT NOT NULL PRIMARY KEY,
    compte_id TEXT NOT NULL CONSTRAINT vue_compte_fk REFERENCES compte (id),
    role TEXT NOT NULL,
    nom TEXT NOT NULL,
    -- What it shows: JSON.
    etat TEXT NOT NULL,
    partagee BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    habituelle BOOLEAN NOT NULL DEFAULT FALSE,
    CONSTRAINT vue_nom_unique UNIQUE (compte_id, role, nom)
);
INSERT INTO vue_nouvelle (id, compte_id, role, nom, etat, partagee, version, habituelle)
    SELECT id, compte_id, role, nom, etat, partagee, version, habituelle FROM vue;
DROP TABLE vue;
ALTER TABLE vue_nouvelle RENAME TO vue;
CREATE INDEX vue_partagee ON vue (role) WHERE partagee;
