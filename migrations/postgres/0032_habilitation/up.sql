-- When a structure was habilitated, and its number: of the existing service when it has one, else given here.
ALTER TABLE structure ADD COLUMN numero_habilitation TEXT CONSTRAINT structure_numero_habilitation_unique UNIQUE;
ALTER TABLE structure ADD COLUMN habilitee_le TIMESTAMP;
-- Last number given. Numbers have the first three characters of the postal code before it. Holes are allowed.
CREATE TABLE sequence_habilitation (
    id BIGINT NOT NULL PRIMARY KEY,
    dernier BIGINT NOT NULL
);
INSERT INTO sequence_habilitation (id, dernier) VALUES (1, 9999);

-- The accesses to the training site of those whose eligibility is validated. Whoever opens them reads this queue.
CREATE TABLE acces_bac_a_sable (
    demande_id TEXT NOT NULL PRIMARY KEY CONSTRAINT acces_bac_a_sable_demande_fk REFERENCES demande (id),
    personne_id TEXT NOT NULL CONSTRAINT acces_bac_a_sable_personne_fk REFERENCES personne (id),
    structure_id TEXT NOT NULL CONSTRAINT acces_bac_a_sable_structure_fk REFERENCES structure (id),
    etat TEXT NOT NULL CONSTRAINT acces_bac_a_sable_etat_connu
        CHECK (etat = 'en_file' OR etat = 'ouvert' OR etat = 'annule'),
    demande_le TIMESTAMP NOT NULL,
    maj_le TIMESTAMP NOT NULL
);
CREATE INDEX acces_bac_a_sable_par_etat ON acces_bac_a_sable (etat, demande_le, demande_id);
