-- Who takes care of a demande: the e-mail of an account that reaches it.
ALTER TABLE demande ADD COLUMN suivi_par TEXT NOT NULL DEFAULT '';
CREATE INDEX demande_par_suivi_par ON demande (supprimee, suivi_par) WHERE suivi_par <> '';

-- A shared view is read by the colleagues of its owner, whatever the envelope they have in common.
DROP INDEX vue_par_enveloppe;
ALTER TABLE vue DROP COLUMN enveloppe_id;
