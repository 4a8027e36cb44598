DROP TABLE enveloppe;
DROP TABLE commune;
DROP TABLE departement;
DROP TABLE region;
