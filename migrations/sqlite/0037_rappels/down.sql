DROP TABLE rappel_refuse;
DROP TABLE rappel_passage;
DROP TABLE rappel;
