DROP INDEX demande_par_enveloppe;
CREATE INDEX demande_par_enveloppe ON demande (supprimee, enveloppe_id, rang);
