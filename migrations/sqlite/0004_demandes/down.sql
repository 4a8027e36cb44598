DROP TABLE demande_declaree;
DROP TABLE demande_recherche;
DROP VIEW demande_texte;
DROP TABLE demande;
DROP TABLE candidature;
DROP TABLE personne;
DROP TABLE structure;
