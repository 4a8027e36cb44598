//! The tables, hand-owned (`print-schema` from SQLite loses integer widths). A test compares it with both migrated databases.

// Generated code of `diesel::table!` carries no documentation.
#![allow(missing_docs, reason = "the macro writes undocumented items; the migrations document each column")]

mod eligibilite;
mod habilites;
mod pilotage;
mod preuves;
mod rappels;
mod referentiel;

pub use eligibilite::{
    acces_bac_a_sable, calendrier_eligibilite, echange, lot_demande, lot_eligibilite, sequence_habilitation,
};
pub use habilites::{habilite, habilite_liste};
pub use pilotage::{compteur, demande_jalon};
pub use preuves::{opco_siret, preuve, service_externe, table_opco};
pub use rappels::{rappel, rappel_passage, rappel_refuse};
pub use referentiel::{commune, departement, region};

diesel::table! {
    enveloppe (id) {
        id -> Text,
        departement -> Text,
        annee -> BigInt,
        recipiendaire -> Text,
        libelle -> Text,
        etat -> Text,
        siret -> Text,
        convention -> Text,
        debut -> Text,
        fin -> Text,
        cible -> BigInt,
        prix_aidants_numeriques -> BigInt,
        prix_aidants_connect -> BigInt,
        montant -> BigInt,
        engage -> BigInt,
        consomme -> BigInt,
        departs -> BigInt,
        file -> BigInt,
        version -> BigInt,
        acces -> BigInt,
    }
}

diesel::table! {
    compte (id) {
        id -> Text,
        email -> Text,
        nom -> Text,
        etat -> Text,
        version -> BigInt,
        recherche -> Text,
        cachet -> BigInt,
    }
}

diesel::table! {
    compte_role (compte_id, role) {
        compte_id -> Text,
        role -> Text,
    }
}

diesel::table! {
    organisme (id) {
        id -> Text,
        nom -> Text,
    }
}

diesel::table! {
    compte_structure (compte_id, structure_id, role) {
        compte_id -> Text,
        structure_id -> Text,
        role -> Text,
    }
}

diesel::table! {
    compte_organisme (compte_id, organisme_id, role) {
        compte_id -> Text,
        organisme_id -> Text,
        role -> Text,
    }
}

diesel::table! {
    compte_enveloppe (compte_id, enveloppe_id) {
        compte_id -> Text,
        enveloppe_id -> Text,
    }
}

diesel::table! {
    session (empreinte) {
        empreinte -> Text,
        id -> Text,
        compte_id -> Text,
        role -> Text,
        appareil -> Text,
        cree_le -> Timestamp,
        vue_le -> Timestamp,
        expire_le -> Timestamp,
        otp_le -> Timestamp,
    }
}

diesel::table! {
    moyen_otp (id) {
        id -> Text,
        compte_id -> Nullable<Text>,
        genre -> Text,
        etat -> Text,
        serie -> Nullable<Text>,
        graine -> Text,
        cle_id -> Text,
        dernier_pas -> BigInt,
        derive -> BigInt,
        cree_le -> Timestamp,
        nom -> Text,
    }
}

diesel::table! {
    usage_unique (empreinte) {
        empreinte -> Text,
        genre -> Text,
        sujet -> Text,
        client -> Text,
        cree_le -> Timestamp,
        expire_le -> Timestamp,
        consomme_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    frein (cle, fenetre) {
        cle -> Text,
        fenetre -> BigInt,
        nombre -> BigInt,
        expire_le -> Timestamp,
    }
}

diesel::table! {
    invitation (id) {
        id -> Text,
        email -> Text,
        nom -> Text,
        role -> Text,
        enveloppe_id -> Nullable<Text>,
        structure_id -> Nullable<Text>,
        organisme_id -> Nullable<Text>,
        auteur_genre -> Text,
        auteur_id -> Text,
        cree_le -> Timestamp,
        expire_le -> Timestamp,
        acceptee_le -> Nullable<Timestamp>,
        retiree_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    texte_engagement (id) {
        id -> Text,
        genre -> Text,
        version -> BigInt,
        contenu -> Text,
        publie_le -> Timestamp,
        courant -> Bool,
    }
}

diesel::table! {
    acceptation (compte_id, texte_id) {
        compte_id -> Text,
        texte_id -> Text,
        accepte_le -> Timestamp,
    }
}

diesel::table! {
    client_api (id) {
        id -> Text,
        nom -> Text,
        role -> Text,
        portees -> Text,
        responsable -> Nullable<Text>,
        cree_le -> Timestamp,
        revoque_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    client_api_enveloppe (client_id, enveloppe_id) {
        client_id -> Text,
        enveloppe_id -> Text,
    }
}

diesel::table! {
    client_api_origine (client_id, origine) {
        client_id -> Text,
        origine -> Text,
    }
}

diesel::table! {
    jeton (cle) {
        cle -> Text,
        empreinte -> Text,
        client_id -> Text,
        genre -> Text,
        cree_le -> Timestamp,
        expire_le -> Timestamp,
        revoque -> Bool,
        vu_le -> Nullable<Timestamp>,
        createur -> Nullable<Text>,
        cachet -> BigInt,
    }
}

diesel::table! {
    journal (numero) {
        numero -> BigInt,
        date -> Timestamp,
        acteur_genre -> Text,
        acteur_id -> Text,
        role -> Text,
        action -> Text,
        objet -> Text,
        objet_id -> Text,
        requete -> Text,
        donnees_empreinte -> Text,
        precedente -> Text,
        empreinte -> Text,
    }
}

diesel::table! {
    journal_donnees (numero) {
        numero -> BigInt,
        sel -> Text,
        valeurs -> Text,
    }
}

diesel::table! {
    journal_tete (id) {
        id -> BigInt,
        numero -> BigInt,
        empreinte -> Text,
    }
}

diesel::table! {
    boite_envoi (id) {
        id -> Text,
        sujet -> Text,
        charge -> Text,
        cree_le -> Timestamp,
        envoye_le -> Nullable<Timestamp>,
        tentatives -> BigInt,
    }
}

diesel::table! {
    idempotence (portee, cle) {
        portee -> Text,
        cle -> Text,
        empreinte -> Text,
        statut -> BigInt,
        corps -> Text,
        expire_le -> Timestamp,
    }
}

diesel::table! {
    structure (id) {
        id -> Text,
        siret -> Text,
        nom -> Text,
        genre -> Text,
        departement -> Text,
        numero_habilitation -> Nullable<Text>,
        habilitee_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    personne (id) {
        id -> Text,
        email -> Text,
        cle -> Text,
        nom -> Text,
        prenom -> Text,
    }
}

diesel::table! {
    candidature (id) {
        id -> Text,
        reference -> Text,
        structure_id -> Text,
        enveloppe_id -> Nullable<Text>,
        cree_le -> Timestamp,
        lien_id -> Nullable<Text>,
        suivi -> Text,
    }
}

diesel::table! {
    demande (rang) {
        rang -> BigInt,
        id -> Text,
        version -> BigInt,
        supprimee -> Bool,
        structure_id -> Text,
        personne_id -> Text,
        enveloppe_id -> Nullable<Text>,
        date_demande -> Text,
        etape -> Text,
        verdict -> Text,
        nom -> Text,
        prenom -> Text,
        email -> Text,
        profession -> Text,
        statut_professionnel -> Text,
        conseiller_numerique -> Text,
        accompagne_demarches -> Text,
        formation -> Text,
        financement -> Text,
        structure_nom -> Text,
        structure_type -> Text,
        label_france_services -> Text,
        structure_email -> Text,
        adresse -> Text,
        code_postal -> Text,
        ville -> Text,
        departement -> Text,
        siret -> Text,
        numero_habilitation -> Text,
        referent_nom -> Text,
        referent_prenom -> Text,
        referent_email -> Text,
        referent_profession -> Text,
        referent_telephone -> Text,
        decision_financement -> Text,
        decision_eligibilite -> Text,
        cohorte -> Text,
        session_formation -> Text,
        organisme -> Text,
        date_session -> Text,
        presence -> Text,
        pix_passe -> Text,
        habilite -> Text,
        annulee_par -> Text,
        retiree -> Text,
        suivi_par -> Text,
        commentaire -> Text,
        source -> Text,
        reference -> Text,
        nom_tri -> Text,
        prenom_tri -> Text,
        profession_tri -> Text,
        structure_nom_tri -> Text,
        adresse_tri -> Text,
        ville_tri -> Text,
        referent_nom_tri -> Text,
        referent_prenom_tri -> Text,
        referent_profession_tri -> Text,
        cohorte_tri -> Text,
        session_formation_tri -> Text,
        organisme_tri -> Text,
        commentaire_tri -> Text,
        prix_accorde -> BigInt,
        attente -> BigInt,
    }
}

diesel::table! {
    mouvement_enveloppe (id) {
        id -> Text,
        genre -> Text,
        etat -> Text,
        enveloppe_id -> Text,
        vers_id -> Nullable<Text>,
        montant -> BigInt,
        motif -> Text,
        propose_par -> Text,
        propose_le -> Timestamp,
        decide_par -> Nullable<Text>,
        decide_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    tarif_enveloppe (enveloppe_id, formation, organisme) {
        enveloppe_id -> Text,
        formation -> Text,
        organisme -> Text,
        nom -> Text,
        prix -> BigInt,
    }
}

diesel::table! {
    demande_declaree (demande_id, colonne) {
        demande_id -> Text,
        colonne -> Text,
        valeur -> Text,
    }
}

diesel::table! {
    import (id) {
        id -> Text,
        version -> BigInt,
        etat -> Text,
        essai -> Bool,
        format -> Text,
        acteur_genre -> Text,
        acteur_id -> Text,
        role -> Text,
        requete -> Text,
        enveloppe_id -> Nullable<Text>,
        fichier -> Text,
        octets -> BigInt,
        octets_lus -> BigInt,
        lignes -> BigInt,
        creees -> BigInt,
        modifiees -> BigInt,
        inchangees -> BigInt,
        rejetees -> BigInt,
        colonnes_inconnues -> Text,
        erreur -> Nullable<Text>,
        arret_demande -> Bool,
        cree_le -> Timestamp,
        termine_le -> Nullable<Timestamp>,
        reglages -> Text,
        feuilles_ignorees -> Text,
    }
}

diesel::table! {
    import_lot (import_id, numero) {
        import_id -> Text,
        numero -> BigInt,
        rapport -> Text,
        rejets -> Text,
        effets -> Text,
    }
}

diesel::table! {
    vue (id) {
        id -> Text,
        compte_id -> Text,
        role -> Text,
        nom -> Text,
        etat -> Text,
        partagee -> Bool,
        version -> BigInt,
        habituelle -> Bool,
    }
}

diesel::table! {
    correspondance_import (organisation, entetes) {
        organisation -> Text,
        entetes -> Text,
        correspondance -> Text,
    }
}

diesel::table! {
    envoi_messages (compte_id, jour) {
        compte_id -> Text,
        jour -> Text,
        nombre -> BigInt,
    }
}

diesel::table! {
    presence (demande_id, compte_id) {
        demande_id -> Text,
        compte_id -> Text,
        vu_le -> Timestamp,
    }
}

diesel::table! {
    lien_candidature (id) {
        id -> Text,
        code -> Text,
        enveloppe_id -> Text,
        libelle -> Text,
        ouvre_le -> Text,
        ferme_le -> Text,
        structure -> Text,
        ferme -> Bool,
        cree_le -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    commentaire (id) {
        id -> Text,
        demande_id -> Text,
        compte_id -> Text,
        role -> Text,
        texte -> Text,
        cree_le -> Timestamp,
    }
}

diesel::table! {
    avis (id) {
        id -> Text,
        compte_id -> Text,
        genre -> Text,
        commentaire_id -> Nullable<Text>,
        cree_le -> Timestamp,
        lu_le -> Nullable<Timestamp>,
        a_resumer -> Bool,
        auteur_id -> Nullable<Text>,
        demande_id -> Nullable<Text>,
        import_id -> Nullable<Text>,
        nombre -> BigInt,
        texte -> Text,
    }
}

diesel::table! {
    preference_avis (compte_id, genre) {
        compte_id -> Text,
        genre -> Text,
        moyen -> Text,
    }
}

diesel::table! {
    brouillon (empreinte) {
        empreinte -> Text,
        contenu -> Text,
        expire_le -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    region,
    departement,
    commune,
    enveloppe,
    tarif_enveloppe,
    mouvement_enveloppe,
    compte,
    compte_role,
    compte_enveloppe,
    compte_structure,
    compte_organisme,
    organisme,
    session,
    moyen_otp,
    usage_unique,
    frein,
    invitation,
    texte_engagement,
    acceptation,
    client_api,
    client_api_enveloppe,
    client_api_origine,
    jeton,
    journal,
    journal_donnees,
    journal_tete,
    boite_envoi,
    idempotence,
    structure,
    personne,
    candidature,
    demande,
    demande_declaree,
    import,
    import_lot,
    correspondance_import,
    envoi_messages,
    presence,
    vue,
    lien_candidature,
    commentaire,
    avis,
    preference_avis,
    brouillon,
);
