DROP TABLE idempotence;
DROP TABLE boite_envoi;
DROP TABLE journal_tete;
DROP TABLE journal_donnees;
DROP TABLE journal;
