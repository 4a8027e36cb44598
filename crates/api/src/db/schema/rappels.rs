//! The tables of the reminders.

diesel::table! {
    rappel (evenement, objet, echeance) {
        evenement -> Text,
        objet -> Text,
        echeance -> Text,
        cree_le -> Timestamp,
    }
}

diesel::table! {
    rappel_passage (evenement) {
        evenement -> Text,
        prochain_le -> Timestamp,
        rang -> BigInt,
    }
}

diesel::table! {
    rappel_refuse (empreinte) {
        empreinte -> Text,
        cree_le -> Timestamp,
    }
}
