DROP INDEX demande_par_enveloppe;
CREATE INDEX demande_par_enveloppe ON demande (supprimee, enveloppe_id);
DROP INDEX demande_par_rang;
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'acteur_genre = ''compte'' OR acteur_genre = ''jeton'' OR acteur_genre = ''public'' OR acteur_genre = ''systeme''', 'acteur_genre IN (''compte'', ''jeton'', ''public'', ''systeme'')')
    WHERE type = 'table' AND name = 'journal';
UPDATE sqlite_schema SET sql = replace(sql, 'etape = ''recue'' OR etape = ''liste_attente'' OR etape = ''financement_accorde'' OR etape = ''financement_refuse'' OR etape = ''eligibilite_en_attente'' OR etape = ''eligibilite_validee'' OR etape = ''eligibilite_refusee'' OR etape = ''planifiee'' OR etape = ''presente'' OR etape = ''presence_partielle'' OR etape = ''absente'' OR etape = ''pix_passe'' OR etape = ''habilitee'' OR etape = ''annulee'' OR etape = ''retiree''', 'etape IN (''recue'', ''liste_attente'', ''financement_accorde'', ''financement_refuse'', ''eligibilite_en_attente'', ''eligibilite_validee'', ''eligibilite_refusee'', ''planifiee'', ''presente'', ''presence_partielle'', ''absente'', ''pix_passe'', ''habilitee'', ''annulee'', ''retiree'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'verdict = ''ok'' OR verdict = ''a-verifier'' OR verdict = ''bloquant''', 'verdict IN (''ok'', ''a-verifier'', ''bloquant'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'statut_professionnel = '''' OR statut_professionnel = ''salarie'' OR statut_professionnel = ''elu'' OR statut_professionnel = ''benevole'' OR statut_professionnel = ''service_civique'' OR statut_professionnel = ''apprenti'' OR statut_professionnel = ''stagiaire''', 'statut_professionnel IN ('''', ''salarie'', ''elu'', ''benevole'', ''service_civique'', ''apprenti'', ''stagiaire'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'conseiller_numerique = '''' OR conseiller_numerique = ''oui'' OR conseiller_numerique = ''non''', 'conseiller_numerique IN ('''', ''oui'', ''non'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'accompagne_demarches = '''' OR accompagne_demarches = ''oui'' OR accompagne_demarches = ''non''', 'accompagne_demarches IN ('''', ''oui'', ''non'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'financement = ''enveloppe'' OR financement = ''marche_conseillers_numeriques'' OR financement = ''opco'' OR financement = ''fonds_propres'' OR financement = ''entre_pairs''', 'financement IN (''enveloppe'', ''marche_conseillers_numeriques'', ''opco'', ''fonds_propres'', ''entre_pairs'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'label_france_services = '''' OR label_france_services = ''oui'' OR label_france_services = ''non''', 'label_france_services IN ('''', ''oui'', ''non'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'decision_financement = '''' OR decision_financement = ''liste_attente'' OR decision_financement = ''accorde'' OR decision_financement = ''refuse''', 'decision_financement IN ('''', ''liste_attente'', ''accorde'', ''refuse'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'decision_eligibilite = '''' OR decision_eligibilite = ''validee'' OR decision_eligibilite = ''refusee''', 'decision_eligibilite IN ('''', ''validee'', ''refusee'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'presence = '''' OR presence = ''present'' OR presence = ''partielle'' OR presence = ''absent''', 'presence IN ('''', ''present'', ''partielle'', ''absent'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'pix_passe = '''' OR pix_passe = ''oui'' OR pix_passe = ''non''', 'pix_passe IN ('''', ''oui'', ''non'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'habilite = '''' OR habilite = ''oui'' OR habilite = ''non''', 'habilite IN ('''', ''oui'', ''non'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'annulee_par = '''' OR annulee_par = ''structure'' OR annulee_par = ''referent'' OR annulee_par = ''recipiendaire'' OR annulee_par = ''anct''', 'annulee_par IN ('''', ''structure'', ''referent'', ''recipiendaire'', ''anct'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'retiree = '''' OR retiree = ''oui'' OR retiree = ''non''', 'retiree IN ('''', ''oui'', ''non'')')
    WHERE type = 'table' AND name = 'demande';
UPDATE sqlite_schema SET sql = replace(sql, 'source = ''candidature'' OR source = ''habilitation'' OR source = ''saisie'' OR source = ''referent'' OR source = ''import''', 'source IN (''candidature'', ''habilitation'', ''saisie'', ''referent'', ''import'')')
    WHERE type = 'table' AND name = 'demande';
PRAGMA writable_schema = RESET;

CREATE TRIGGER demande_recherche_ajout AFTER INSERT ON demande BEGIN
    INSERT INTO demande_recherche (rowid, texte) VALUES (new.rang, new.nom_tri || ' ' || new.prenom_tri || ' ' || new.email || ' ' || new.structure_nom_tri || ' ' || new.siret || ' ' || new.ville_tri || ' ' || new.referent_nom_tri || ' ' || new.referent_email || ' ' || new.structure_email || ' ' || new.reference);
END;
