DROP INDEX jeton_par_createur;
ALTER TABLE jeton DROP COLUMN cachet;
ALTER TABLE jeton DROP COLUMN createur;
ALTER TABLE compte DROP COLUMN cachet;
