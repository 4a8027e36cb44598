ALTER TABLE vue ADD COLUMN enveloppe_id TEXT CONSTRAINT vue_enveloppe_fk REFERENCES enveloppe (id);
CREATE INDEX vue_par_enveloppe ON vue (enveloppe_id) WHERE enveloppe_id IS NOT NULL;
UPDATE vue SET enveloppe_id = (SELECT min(e.enveloppe_id) FROM compte_enveloppe e WHERE e.compte_id = vue.compte_id);
DROP INDEX demande_par_suivi_par;
ALTER TABLE demande DROP COLUMN suivi_par;
