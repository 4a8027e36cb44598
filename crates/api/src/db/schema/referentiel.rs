//! The tables of the territories.

diesel::table! {
    region (code) {
        code -> Text,
        nom -> Text,
    }
}

diesel::table! {
    departement (code) {
        code -> Text,
        nom -> Text,
        region -> Text,
    }
}

diesel::table! {
    commune (code_insee) {
        code_insee -> Text,
        nom -> Text,
        departement -> Text,
        siren -> Nullable<Text>,
        codes_postaux -> Text,
    }
}
