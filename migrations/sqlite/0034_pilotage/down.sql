DROP TABLE compteur;
DROP TABLE demande_jalon;
