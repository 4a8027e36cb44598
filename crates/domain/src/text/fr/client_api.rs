//! What is wrong with an API client that somebody wants to make.

use crate::values::Refus;

/// Name.
pub const NOM: Refus =
    Refus { code: "nom_client", message: "Donnez un nom de 1 à 100 caractères, qui dise à quoi sert ce client." };
/// Scopes.
pub const PORTEES: Refus =
    Refus { code: "portees_client", message: "Choisissez au moins une permission, parmi celles de votre rôle." };
/// Envelopes of a récipiendaire.
pub const ENVELOPPES: Refus =
    Refus { code: "enveloppes_client", message: "Choisissez au moins une enveloppe, parmi les vôtres." };
/// Envelopes of somebody who works on all.
pub const SANS_ENVELOPPE: Refus = Refus {
    code: "enveloppes_sans_objet",
    message: "Un client de l’administration nationale atteint toutes les enveloppes : retirez ce champ.",
};
/// Origins.
pub const ORIGINES: Refus = Refus {
    code: "origines_client",
    message: "Une origine s’écrit https://hote.example, en minuscules, sans rien après : 10 au plus, une par ligne.",
};
/// Life of a key.
pub const DUREE: Refus = Refus { code: "duree_cle", message: "Une clé dure de 1 à 365 jours." };
