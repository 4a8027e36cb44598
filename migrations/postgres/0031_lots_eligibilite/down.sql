DROP INDEX journal_par_decision;
CREATE INDEX journal_par_decision ON journal (acteur_id, requete) WHERE action = 'demande.financement';
DROP TABLE lot_demande;
DROP TABLE lot_eligibilite;
DROP TABLE calendrier_eligibilite;
