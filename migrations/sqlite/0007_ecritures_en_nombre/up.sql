-- What made each of many inserted rows slow, and the reading of empty columns (docs/database.md, docs/performance.md).

-- Within a statement fired by a trigger, FTS5 flushes its index for every row: the program now adds the rows of a whole
-- batch to the search in one statement of its own.
DROP TRIGGER demande_recherche_ajout;

-- SQLite builds a temporary table for each IN list of a CHECK, for each row; comparisons joined by OR cost nothing. Only
-- the text of the constraints changes, not what they accept nor what is stored: the case for which SQLite documents
-- editing the schema in place.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'acteur_genre IN (''compte'', ''jeton'', ''public'', ''systeme'')', 'acteur_genre = ''compte'' OR acteur_genre = ''jeton'' OR acteur_genre = ''public'' OR acteur_genre = ''systeme''')
    WHERE type = 'table' AND name = 'journal';
UPDATE sqlite_schema SET sql = replace(sql, 'etape IN (''recue'', ''liste_attente'', ''financement_accorde'', ''financement_refuse'', ''eligibilite_en_attente'', ''eligibilite_validee'', ''eligibilite_refusee'', ''planifiee'', ''presente'', ''presence_partielle'', ''absente'', ''pix_passe'', ''habilitee'', ''annulee'', ''retiree'')', 'etape = ''recue'' OR etape = ''liste_attente'' OR etape = ''financement_accorde'' OR etape = ''financement_refuse'' OR etape = ''eligibilite_en_attente'' OR etape = ''eligibilite_validee'' OR etape = ''eligibilite_refusee'' OR etape = ''planifiee'' OR etape = ''presente'' OR etape = ''presence_partielle'' OR etape = ''absente'' OR etape = ''pix_passe'' OR etape = ''habilitee'' OR etape = ''annulee'' OR etape = ''retiree''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'verdict IN (''ok'', ''a-verifier'', ''bloquant'')', 'verdict = ''ok'' OR verdict = ''a-verifier'' OR verdict = ''bloquant''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'statut_professionnel IN ('''', ''salarie'', ''elu'', ''benevole'', ''service_civique'', ''apprenti'', ''stagiaire'')', 'statut_professionnel = '''' OR statut_professionnel = ''salarie'' OR statut_professionnel = ''elu'' OR statut_professionnel = ''benevole'' OR statut_professionnel = ''service_civique'' OR statut_professionnel = ''apprenti'' OR statut_professionnel = ''stagiaire''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'conseiller_numerique IN ('''', ''oui'', ''non'')', 'conseiller_numerique = '''' OR conseiller_numerique = ''oui'' OR conseiller_numerique = ''non''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'accompagne_demarches IN ('''', ''oui'', ''non'')', 'accompagne_demarches = '''' OR accompagne_demarches = ''oui'' OR accompagne_demarches = ''non''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'financement IN (''enveloppe'', ''marche_conseillers_numeriques'', ''opco'', ''fonds_propres'', ''entre_pairs'')', 'financement = ''enveloppe'' OR financement = ''marche_conseillers_numeriques'' OR financement = ''opco'' OR financement = ''fonds_propres'' OR financement = ''entre_pairs''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'label_france_services IN ('''', ''oui'', ''non'')', 'label_france_services = '''' OR label_france_services = ''oui'' OR label_france_services = ''non''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'decision_financement IN ('''', ''liste_attente'', ''accorde'', ''refuse'')', 'decision_financement = '''' OR decision_financement = ''liste_attente'' OR decision_financement = ''accorde'' OR decision_financement = ''refuse''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'decision_eligibilite IN ('''', ''validee'', ''refusee'')', 'decision_eligibilite = '''' OR decision_eligibilite = ''validee'' OR decision_eligibilite = ''refusee''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'presence IN ('''', ''present'', ''partielle'', ''absent'')', 'presence = '''' OR presence = ''present'' OR presence = ''partielle'' OR presence = ''absent''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'pix_passe IN ('''', ''oui'', ''non'')', 'pix_passe = '''' OR pix_passe = ''oui'' OR pix_passe = ''non''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'habilite IN ('''', ''oui'', ''non'')', 'habilite = '''' OR habilite = ''oui'' OR habilite = ''non''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'annulee_par IN ('''', ''structure'', ''referent'', ''recipiendaire'', ''anct'')', 'annulee_par = '''' OR annulee_par = ''structure'' OR annulee_par = ''referent'' OR annulee_par = ''recipiendaire'' OR annulee_par = ''anct''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'retiree IN ('''', ''oui'', ''non'')', 'retiree = '''' OR retiree = ''oui'' OR retiree = ''non''')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'source IN (''candidature'', ''habilitation'', ''saisie'', ''referent'', ''import'')', 'source = ''candidature'' OR source = ''habilitation'' OR source = ''saisie'' OR source = ''referent'' OR source = ''import''')
    WHERE type = 'table' AND name = 'demande';
PRAGMA writable_schema = RESET;

-- The rows in the order of their ranks: an empty column sorts by rank alone, and everything is counted on the smallest index.
CREATE INDEX demande_par_rang ON demande (supprimee);

-- The envelope in the form in which it filters and sorts.
DROP INDEX demande_par_enveloppe;
CREATE INDEX demande_par_enveloppe ON demande (supprimee, coalesce(enveloppe_id, ''));
