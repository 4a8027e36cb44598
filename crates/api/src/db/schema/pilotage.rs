//! The tables of the dashboards.

diesel::table! {
    demande_jalon (demande_id) {
        demande_id -> Text,
        financement_le -> Text,
        eligibilite_le -> Text,
        presence_le -> Text,
        habilitation_le -> Text,
        motif_refus -> Text,
    }
}

diesel::table! {
    compteur (etendue, mesure, lieu, valeur, jours) {
        etendue -> Text,
        mesure -> Text,
        lieu -> Text,
        valeur -> Text,
        jours -> BigInt,
        nombre -> BigInt,
    }
}
