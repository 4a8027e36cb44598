DROP TABLE jeton_enveloppe;
DROP TABLE jeton;
DROP TABLE session;
DROP TABLE compte_enveloppe;
DROP TABLE compte;
