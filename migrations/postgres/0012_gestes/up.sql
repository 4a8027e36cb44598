-- What one author did in one request, to undo it and to list it. An import has its own way back: its many entries are not here.
CREATE INDEX journal_par_geste ON journal (acteur_id, requete, numero, action)
    WHERE action IN ('demande.creee', 'demande.modifiee', 'demande.supprimee', 'demande.restauree');
