DROP TABLE echange;
