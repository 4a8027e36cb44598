-- The list of deleted demandes, the last deleted first.
CREATE INDEX journal_par_suppression ON journal (numero) WHERE action = 'demande.supprimee';
