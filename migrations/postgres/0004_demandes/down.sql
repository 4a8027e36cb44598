DROP TABLE demande_declaree;
DROP TABLE demande;
DROP TABLE candidature;
DROP TABLE personne;
DROP TABLE structure;
