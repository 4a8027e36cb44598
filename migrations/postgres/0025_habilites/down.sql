DROP TABLE habilite_liste;
DROP TABLE habilite;
