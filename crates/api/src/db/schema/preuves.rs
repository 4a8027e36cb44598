//! The tables of the proofs from the outside.

diesel::table! {
    preuve (siret, service) {
        siret -> Text,
        service -> Text,
        valeur -> Text,
        obtenue_le -> Nullable<Timestamp>,
        tentee_le -> Nullable<Timestamp>,
        echec -> Text,
        tentatives -> BigInt,
        prochaine_le -> Timestamp,
        a_appliquer -> Nullable<BigInt>,
    }
}

diesel::table! {
    service_externe (service) {
        service -> Text,
        pris -> BigInt,
        dernier_le -> Timestamp,
        echecs -> BigInt,
        ouvert_jusqu -> Timestamp,
    }
}

diesel::table! {
    table_opco (id) {
        id -> Text,
        importee_le -> Timestamp,
        lignes -> BigInt,
        active -> Bool,
    }
}

diesel::table! {
    opco_siret (table_id, siret, rang) {
        table_id -> Text,
        siret -> Text,
        rang -> BigInt,
        opco -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(opco_siret, table_opco);
