DROP TABLE brouillon;
