//! The tables of the list of habilitated people.

diesel::table! {
    habilite (id) {
        id -> Text,
        departement -> Text,
        nom -> Text,
        prenom -> Text,
        cle -> Text,
        email -> Text,
        profession -> Text,
        mandats -> BigInt,
        demarches -> BigInt,
        structure_nom -> Text,
        structure_type -> Text,
        adresse -> Text,
        code_postal -> Text,
        ville -> Text,
        siret -> Text,
        referent_nom -> Text,
        referent_prenom -> Text,
        referent_profession -> Text,
        referent_email -> Text,
        recherche -> Text,
    }
}

diesel::table! {
    habilite_liste (departement) {
        departement -> Text,
        du -> Text,
    }
}
