//! The tables of the eligibility batches and of what a validation brings about.

use super::{compte, demande, structure};

diesel::table! {
    calendrier_eligibilite (version) {
        version -> BigInt,
        premier_jour -> Text,
        periode -> BigInt,
        auteur_id -> Text,
        depuis -> Timestamp,
    }
}

diesel::table! {
    lot_eligibilite (id) {
        id -> Text,
        numero -> BigInt,
        prevu_le -> Text,
        a_la_main -> Bool,
        ouvert_le -> Timestamp,
        clos_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    lot_demande (lot_id, demande_id) {
        lot_id -> Text,
        demande_id -> Text,
        rang -> BigInt,
        decision -> Text,
        complement -> Text,
        motif -> Text,
        auteur_id -> Text,
        decide_le -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sequence_habilitation (id) {
        id -> BigInt,
        dernier -> BigInt,
    }
}

diesel::table! {
    acces_bac_a_sable (demande_id) {
        demande_id -> Text,
        personne_id -> Text,
        structure_id -> Text,
        etat -> Text,
        demande_le -> Timestamp,
        maj_le -> Timestamp,
    }
}

diesel::table! {
    echange (id) {
        id -> Text,
        demande_id -> Text,
        numero -> BigInt,
        genre -> Text,
        texte -> Text,
        auteur_id -> Text,
        suivi -> Text,
        cree_le -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(lot_demande, demande);
diesel::allow_tables_to_appear_in_same_query!(acces_bac_a_sable, structure);
diesel::allow_tables_to_appear_in_same_query!(acces_bac_a_sable, demande);
diesel::allow_tables_to_appear_in_same_query!(echange, compte);
