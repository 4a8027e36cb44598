-- The slow CHECK and the trigger of the search index are SQLite's alone.

-- The envelope in the form in which it filters and sorts.
DROP INDEX demande_par_enveloppe;
CREATE INDEX demande_par_enveloppe ON demande (supprimee, (coalesce(enveloppe_id, '')), rang);
