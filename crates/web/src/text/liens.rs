//! Sentences about the links of the candidature form.

use domain::lien::{EtatLien, Lien};

use super::tableau::date;

/// Title, and entry of the menu.
pub const LIENS: &str = "Liens de candidature";
/// What they are for.
pub const AIDE: &str = "Un lien mène droit au formulaire de votre enveloppe. Donnez-lui des jours, et ce que le formulaire peut contenir d’avance : la structure n’aura qu’à compléter.";
/// Envelope to work on.
pub const ENVELOPPE: &str = "Enveloppe";
/// None in reach.
pub const SANS_ENVELOPPE: &str = "Vous n’avez pas d’enveloppe : demandez-en l’accès à l’équipe nationale.";
/// No link.
pub const AUCUN: &str = "Cette enveloppe n’a pas encore de lien.";
/// Form of a new link.
pub const NOUVEAU: &str = "Faire un lien";
/// Form of an existing one.
pub const REGLER: &str = "Régler";
/// Label.
pub const LIBELLE: &str = "Libellé, montré au-dessus du formulaire";
/// First day.
pub const OUVRE: &str = "Premier jour";
/// Last day.
pub const FERME: &str = "Dernier jour";
/// What the form holds beforehand.
pub const PREREMPLI: &str = "Ce que le formulaire contient d’avance";
/// Name of the structure.
pub const NOM: &str = "Nom de la structure";
/// Help of that name.
pub const NOM_AIDE: &str = "Pour un EPCI, écrivez un mot de son nom : ceux qui le portent sont proposés.";
/// Type of structure.
pub const TYPE: &str = "Type de structure";
/// No type.
pub const TYPE_LIBRE: &str = "À choisir par la structure";
/// SIRET.
pub const SIRET: &str = "SIRET";
/// Street.
pub const ADRESSE: &str = "Adresse";
/// Postal code.
pub const CODE_POSTAL: &str = "Code postal";
/// City.
pub const VILLE: &str = "Ville";
/// Makes it.
pub const FAIRE: &str = "Faire le lien";
/// Saves it.
pub const ENREGISTRER: &str = "Enregistrer";
/// Closes it.
pub const FERMER: &str = "Fermer ce lien";
/// Opens it again.
pub const ROUVRIR: &str = "Rouvrir ce lien";
/// Copies its address.
pub const COPIER: &str = "Copier l’adresse";
/// Said when it is done.
pub const COPIEE: &str = "L’adresse est copiée.";
/// When the browser refuses.
pub const NON_COPIEE: &str = "Le navigateur refuse de copier : sélectionnez l’adresse et copiez-la.";
/// Its QR code.
pub const QR: &str = "QR code à imprimer (SVG)";
/// Said when it is done.
pub const FAIT: &str = "Le lien est prêt.";
/// Said when it is done.
pub const REGLE: &str = "Le lien est réglé.";

/// Whether a link takes candidatures, until when, and how many were filed.
pub fn etat(lien: &Lien) -> String {
    let reglages = &lien.reglages;
    let quand = match lien.etat {
        EtatLien::Ouvert if reglages.ferme_le.is_empty() => "Ouvert".to_owned(),
        EtatLien::Ouvert => format!("Ouvert jusqu’au {} inclus", date(&reglages.ferme_le)),
        EtatLien::AVenir => format!("Ouvrira le {}", date(&reglages.ouvre_le)),
        EtatLien::Ferme => "Fermé".to_owned(),
    };
    let deposees = match lien.candidatures {
        0 => "aucune candidature déposée".to_owned(),
        1 => "1 candidature déposée".to_owned(),
        nombre => format!("{nombre} candidatures déposées"),
    };
    format!("{quand}, {deposees}.")
}

/// Read out while an EPCI is looked for by its name.
pub fn epci_proposes(nombre: usize) -> String {
    match nombre {
        0 => "Aucun EPCI de ce nom : ce que vous écrivez est gardé.".to_owned(),
        1 => "1 EPCI proposé : flèche bas puis Entrée pour le choisir.".to_owned(),
        _ => format!("{nombre} EPCI proposés : flèche bas pour les parcourir, Entrée pour choisir."),
    }
}

/// Name of an action on a link.
pub fn sur(action: &str, libelle: &str) -> String {
    format!("{action} : {libelle}")
}
