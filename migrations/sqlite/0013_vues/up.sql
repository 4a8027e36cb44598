-- Named views of the table. A shared one is shown to those who act under the same role and, when it stands under an envelope, reach it.
CREATE TABLE vue (
    id TEXT NOT NULL PRIMARY KEY,
    compte_id TEXT NOT NULL CONSTRAINT vue_compte_fk REFERENCES compte (id),
    role TEXT NOT NULL,
    enveloppe_id TEXT CONSTRAINT vue_enveloppe_fk REFERENCES enveloppe (id),
    nom TEXT NOT NULL,
    -- What it shows: JSON.
    etat TEXT NOT NULL,
    partagee BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT vue_nom_unique UNIQUE (compte_id, role, nom)
);
CREATE INDEX vue_partagee ON vue (role) WHERE partagee;
CREATE INDEX vue_par_enveloppe ON vue (enveloppe_id) WHERE enveloppe_id IS NOT NULL;
