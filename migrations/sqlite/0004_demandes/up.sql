CREATE TABLE structure (
    id TEXT NOT NULL PRIMARY KEY,
    siret TEXT NOT NULL CONSTRAINT structure_siret_unique UNIQUE,
    nom TEXT NOT NULL,
    genre TEXT NOT NULL,
    departement TEXT NOT NULL
);

CREATE TABLE personne (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    -- Folded « nom prénom »: one address may have been given for several people, which the rules point out.
    cle TEXT NOT NULL,
    nom TEXT NOT NULL,
    prenom TEXT NOT NULL,
    CONSTRAINT personne_email_cle_unique UNIQUE (email, cle)
);

CREATE TABLE candidature (
    id TEXT NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL CONSTRAINT candidature_reference_unique UNIQUE,
    structure_id TEXT NOT NULL CONSTRAINT candidature_structure_fk REFERENCES structure (id),
    enveloppe_id TEXT CONSTRAINT candidature_enveloppe_fk REFERENCES enveloppe (id),
    cree_le TIMESTAMP NOT NULL
);

-- A row of the tableau de gestion. Listed columns are text, never null (docs/adr/0002); `<column>_tri` is the folded
-- twin that sorts and filters.
CREATE TABLE demande (
    rang INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL CONSTRAINT demande_id_unique UNIQUE,
    version BIGINT NOT NULL DEFAULT 1,
    supprimee BOOLEAN NOT NULL DEFAULT FALSE,
    structure_id TEXT NOT NULL CONSTRAINT demande_structure_fk REFERENCES structure (id),
    personne_id TEXT NOT NULL CONSTRAINT demande_personne_fk REFERENCES personne (id),
    enveloppe_id TEXT CONSTRAINT demande_enveloppe_fk REFERENCES enveloppe (id),
    date_demande TEXT NOT NULL,
    etape TEXT NOT NULL
        CONSTRAINT demande_etape_connu CHECK (etape IN ('recue', 'liste_attente', 'financement_accorde', 'financement_refuse', 'eligibilite_en_attente', 'eligibilite_validee', 'eligibilite_refusee', 'planifiee', 'presente', 'presence_partielle', 'absente', 'pix_passe', 'habilitee', 'annulee', 'retiree')),
    verdict TEXT NOT NULL
        CONSTRAINT demande_verdict_connu CHECK (verdict IN ('ok', 'a-verifier', 'bloquant')),
    nom TEXT NOT NULL,
    prenom TEXT NOT NULL,
    email TEXT NOT NULL,
    profession TEXT NOT NULL DEFAULT '',
    statut_professionnel TEXT NOT NULL DEFAULT ''
        CONSTRAINT demande_statut_professionnel_connu CHECK (statut_professionnel IN ('', 'salarie', 'elu', 'benevole', 'service_civique', 'apprenti', 'stagiaire')),
    conseiller_numerique TEXT NOT NULL DEFAULT ''
        CONSTRAINT demande_conseiller_numerique_connu CHECK (conseiller_numerique IN ('', 'oui', 'non')),
    accompagne_demarches TEXT NOT NULL DEFAULT ''
        CONSTRAINT demande_accompagne_demarches_connu CHECK (accompagne_demarches IN ('', 'oui', 'non')),
    formation TEXT NOT NULL
        CONSTRAINT demande_formation_connu CHECK (formation IN ('aidants_numeriques', 'aidants_connect')),
    financement TEXT NOT NULL
        CONSTRAINT demande_financement_connu CHECK (financement IN ('enveloppe', 'marche_conseillers_numeriques', 'opco', 'fonds_propres', 'entre_pairs')),
    structure_nom TEXT NOT NULL,
    structure_type TEXT NOT NULL DEFAULT '',
    label_france_services TEXT NOT NULL DEFAULT ''
        CONSTRAINT demande_label_france_services_connu CHECK (label_france_services IN ('', 'oui', 'non')),
    structure_email TEXT NOT NULL DEFAULT '',
    adresse TEXT NOT NULL DEFAULT '',
    code_postal TEXT NOT NULL DEFAULT '',
    ville TEXT NOT NULL DEFAULT '',
    departement TEXT NOT NULL DEFAULT '',
    siret TEXT NOT NULL,
    numero_habilitation TEXT NOT NULL DEFAULT '',
    referent_nom TEXT NOT NULL DEFAULT '',
    referent_prenom TEXT NOT NULL DEFAULT '',
    referent_email TEXT NOT NULL DEFAULT '',
    referent_profession TEXT NOT NULL DEFAULT '',
    referent_telephone TEXT NOT NULL DEFAULT '',
    decision_financement TEXT NOT NULL DEFAULT ''
        CONSTRAINT demande_decision_financement_connu CHECK (decision_financement IN ('', 'liste_attente', 'accorde', 'refuse')),
    decision_eligibilite TEXT NOT NULL DEFAULT ''
        CONSTRAINT demande_decision_eligibilite_connu CHECK (decision_eligibilite IN ('', 'validee', 'refusee')),
    cohorte TEXT NOT NULL DEFAULT '',
    session_formation TEXT NOT NULL DEFAULT '',
    organisme TEXT NOT NULL DEFAULT '',
    date_session TEXT NOT NULL DEFAULT '',
    presence TEXT NOT NULL DEFAULT ''
        CONSTRAINT demande_presence_connu CHECK (presence IN ('', 'present', 'partielle', 'absent')),
    pix_passe TEXT NOT NULL DEFAULT ''
        CONSTRAINT demande_pix_passe_connu CHECK (pix_passe IN ('', 'oui', 'non')),
    habilite TEXT NOT NULL DEFAULT ''
        CONSTRAINT demande_habilite_connu CHECK (habilite IN ('', 'oui', 'non')),
    annulee_par TEXT NOT NULL DEFAULT ''
        CONSTRAINT demande_annulee_par_connu CHECK (annulee_par IN ('', 'structure', 'referent', 'recipiendaire', 'anct')),
    retiree TEXT NOT NULL DEFAULT ''
        CONSTRAINT demande_retiree_connu CHECK (retiree IN ('', 'oui', 'non')),
    commentaire TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL
        CONSTRAINT demande_source_connu CHECK (source IN ('candidature', 'habilitation', 'saisie', 'referent', 'import')),
    reference TEXT NOT NULL DEFAULT '',
    nom_tri TEXT NOT NULL DEFAULT '',
    prenom_tri TEXT NOT NULL DEFAULT '',
    profession_tri TEXT NOT NULL DEFAULT '',
    structure_nom_tri TEXT NOT NULL DEFAULT '',
    adresse_tri TEXT NOT NULL DEFAULT '',
    ville_tri TEXT NOT NULL DEFAULT '',
    referent_nom_tri TEXT NOT NULL DEFAULT '',
    referent_prenom_tri TEXT NOT NULL DEFAULT '',
    referent_profession_tri TEXT NOT NULL DEFAULT '',
    cohorte_tri TEXT NOT NULL DEFAULT '',
    session_formation_tri TEXT NOT NULL DEFAULT '',
    organisme_tri TEXT NOT NULL DEFAULT '',
    commentaire_tri TEXT NOT NULL DEFAULT ''
);

-- One index per column that the table sorts and filters. `supprimee` comes first so that counting and sorting read the
-- index alone; the sparse ones only hold the rows that have a value.
CREATE INDEX demande_par_date_demande ON demande (supprimee, date_demande);
CREATE INDEX demande_par_etape ON demande (supprimee, etape);
CREATE INDEX demande_par_verdict ON demande (supprimee, verdict);
CREATE INDEX demande_par_nom ON demande (supprimee, nom_tri);
CREATE INDEX demande_par_prenom ON demande (supprimee, prenom_tri);
CREATE INDEX demande_par_email ON demande (supprimee, email);
CREATE INDEX demande_par_profession ON demande (supprimee, profession_tri);
CREATE INDEX demande_par_statut_professionnel ON demande (supprimee, statut_professionnel) WHERE statut_professionnel <> '';
CREATE INDEX demande_par_conseiller_numerique ON demande (supprimee, conseiller_numerique) WHERE conseiller_numerique <> '';
CREATE INDEX demande_par_accompagne_demarches ON demande (supprimee, accompagne_demarches) WHERE accompagne_demarches <> '';
CREATE INDEX demande_par_formation ON demande (supprimee, formation);
CREATE INDEX demande_par_financement ON demande (supprimee, financement);
CREATE INDEX demande_par_structure_nom ON demande (supprimee, structure_nom_tri);
CREATE INDEX demande_par_structure_type ON demande (supprimee, structure_type);
CREATE INDEX demande_par_label_france_services ON demande (supprimee, label_france_services);
CREATE INDEX demande_par_structure_email ON demande (supprimee, structure_email);
CREATE INDEX demande_par_adresse ON demande (supprimee, adresse_tri);
CREATE INDEX demande_par_code_postal ON demande (supprimee, code_postal);
CREATE INDEX demande_par_ville ON demande (supprimee, ville_tri);
CREATE INDEX demande_par_departement ON demande (supprimee, departement);
CREATE INDEX demande_par_siret ON demande (supprimee, siret);
CREATE INDEX demande_par_numero_habilitation ON demande (supprimee, numero_habilitation) WHERE numero_habilitation <> '';
CREATE INDEX demande_par_referent_nom ON demande (supprimee, referent_nom_tri) WHERE referent_nom_tri <> '';
CREATE INDEX demande_par_referent_prenom ON demande (supprimee, referent_prenom_tri) WHERE referent_prenom_tri <> '';
CREATE INDEX demande_par_referent_email ON demande (supprimee, referent_email) WHERE referent_email <> '';
CREATE INDEX demande_par_referent_profession ON demande (supprimee, referent_profession_tri) WHERE referent_profession_tri <> '';
CREATE INDEX demande_par_referent_telephone ON demande (supprimee, referent_telephone) WHERE referent_telephone <> '';
CREATE INDEX demande_par_decision_financement ON demande (supprimee, decision_financement) WHERE decision_financement <> '';
CREATE INDEX demande_par_decision_eligibilite ON demande (supprimee, decision_eligibilite) WHERE decision_eligibilite <> '';
CREATE INDEX demande_par_cohorte ON demande (supprimee, cohorte_tri) WHERE cohorte_tri <> '';
CREATE INDEX demande_par_session_formation ON demande (supprimee, session_formation_tri) WHERE session_formation_tri <> '';
CREATE INDEX demande_par_organisme ON demande (supprimee, organisme_tri) WHERE organisme_tri <> '';
CREATE INDEX demande_par_date_session ON demande (supprimee, date_session) WHERE date_session <> '';
CREATE INDEX demande_par_presence ON demande (supprimee, presence) WHERE presence <> '';
CREATE INDEX demande_par_pix_passe ON demande (supprimee, pix_passe) WHERE pix_passe <> '';
CREATE INDEX demande_par_habilite ON demande (supprimee, habilite) WHERE habilite <> '';
CREATE INDEX demande_par_annulee_par ON demande (supprimee, annulee_par) WHERE annulee_par <> '';
CREATE INDEX demande_par_retiree ON demande (supprimee, retiree) WHERE retiree <> '';
CREATE INDEX demande_par_commentaire ON demande (supprimee, commentaire_tri) WHERE commentaire_tri <> '';
CREATE INDEX demande_par_source ON demande (supprimee, source);
CREATE INDEX demande_par_reference ON demande (supprimee, reference) WHERE reference <> '';
CREATE INDEX demande_par_enveloppe ON demande (supprimee, enveloppe_id);
CREATE INDEX demande_par_personne ON demande (personne_id);
CREATE INDEX demande_par_structure ON demande (structure_id);

-- Search of any substring of three characters or more: a trigram index beside the table, fed by triggers.
CREATE VIEW demande_texte AS SELECT rang, nom_tri || ' ' || prenom_tri || ' ' || email || ' ' || structure_nom_tri || ' ' || siret || ' ' || ville_tri || ' ' || referent_nom_tri || ' ' || referent_email || ' ' || structure_email || ' ' || reference AS texte FROM demande;
CREATE VIRTUAL TABLE demande_recherche USING fts5 (
    texte, tokenize = 'trigram', detail = 'none', columnsize = 0, content = 'demande_texte', content_rowid = 'rang'
);
CREATE TRIGGER demande_recherche_ajout AFTER INSERT ON demande BEGIN
    INSERT INTO demande_recherche (rowid, texte) VALUES (new.rang, new.nom_tri || ' ' || new.prenom_tri || ' ' || new.email || ' ' || new.structure_nom_tri || ' ' || new.siret || ' ' || new.ville_tri || ' ' || new.referent_nom_tri || ' ' || new.referent_email || ' ' || new.structure_email || ' ' || new.reference);
END;
CREATE TRIGGER demande_recherche_retrait AFTER DELETE ON demande BEGIN
    INSERT INTO demande_recherche (demande_recherche, rowid, texte) VALUES ('delete', old.rang, old.nom_tri || ' ' || old.prenom_tri || ' ' || old.email || ' ' || old.structure_nom_tri || ' ' || old.siret || ' ' || old.ville_tri || ' ' || old.referent_nom_tri || ' ' || old.referent_email || ' ' || old.structure_email || ' ' || old.reference);
END;
CREATE TRIGGER demande_recherche_maj AFTER UPDATE OF nom_tri, prenom_tri, email, structure_nom_tri, siret, ville_tri, referent_nom_tri, referent_email, structure_email, reference ON demande BEGIN
    INSERT INTO demande_recherche (demande_recherche, rowid, texte) VALUES ('delete', old.rang, old.nom_tri || ' ' || old.prenom_tri || ' ' || old.email || ' ' || old.structure_nom_tri || ' ' || old.siret || ' ' || old.ville_tri || ' ' || old.referent_nom_tri || ' ' || old.referent_email || ' ' || old.structure_email || ' ' || old.reference);
    INSERT INTO demande_recherche (rowid, texte) VALUES (new.rang, new.nom_tri || ' ' || new.prenom_tri || ' ' || new.email || ' ' || new.structure_nom_tri || ' ' || new.siret || ' ' || new.ville_tri || ' ' || new.referent_nom_tri || ' ' || new.referent_email || ' ' || new.structure_email || ' ' || new.reference);
END;

-- A decision found in an import and kept as declared, when the importer may not take it (product §3).
CREATE TABLE demande_declaree (
    demande_id TEXT NOT NULL CONSTRAINT demande_declaree_demande_fk REFERENCES demande (id),
    colonne TEXT NOT NULL,
    valeur TEXT NOT NULL,
    CONSTRAINT demande_declaree_pk PRIMARY KEY (demande_id, colonne)
);
