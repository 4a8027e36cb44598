DROP TABLE preference_avis;
DROP TABLE avis;
DROP TABLE commentaire;
