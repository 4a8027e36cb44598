ALTER TABLE import DROP COLUMN feuilles_ignorees;
DROP INDEX import_par_requete;
