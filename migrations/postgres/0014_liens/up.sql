-- Links of the candidature form: for an envelope, between two days, with what the form holds beforehand.
CREATE TABLE lien_candidature (
    id TEXT NOT NULL PRIMARY KEY,
    -- What the short address ends with, read over the telephone.
    code TEXT NOT NULL CONSTRAINT lien_candidature_code_unique UNIQUE,
    enveloppe_id TEXT NOT NULL CONSTRAINT lien_candidature_enveloppe_fk REFERENCES enveloppe (id),
    libelle TEXT NOT NULL,
    -- First and last day, ISO; empty when there is none.
    ouvre_le TEXT NOT NULL,
    ferme_le TEXT NOT NULL,
    -- What is known of the structure: JSON.
    structure TEXT NOT NULL,
    -- Closed by hand, whatever the days.
    ferme BOOLEAN NOT NULL,
    cree_le TIMESTAMP NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX lien_candidature_par_enveloppe ON lien_candidature (enveloppe_id);

ALTER TABLE candidature ADD COLUMN lien_id TEXT CONSTRAINT candidature_lien_fk REFERENCES lien_candidature (id);
-- Hash of the secret by which the structure follows its candidature; empty for those filed before.
ALTER TABLE candidature ADD COLUMN suivi TEXT NOT NULL DEFAULT '';
CREATE INDEX candidature_par_lien ON candidature (lien_id) WHERE lien_id IS NOT NULL;
CREATE INDEX candidature_par_suivi ON candidature (suivi) WHERE suivi <> '';
