//! French sentences of one demande: card, form, conflict, history.

use domain::demande::OrigineEntree;
use domain::demande::choisies::DemandeSupprimee;

use super::instant;

/// Title of the screen of one demande.
pub const DEMANDE: &str = "Demande";
/// Title of the screen that adds one.
pub const NOUVELLE: &str = "Ajouter une demande";
/// Group of columns.
pub const GROUPE_PROFESSIONNEL: &str = "Professionnel";
/// Group of columns.
pub const GROUPE_STRUCTURE: &str = "Structure";
/// Group of columns.
pub const GROUPE_REFERENT: &str = "Référent Aidants Connect";
/// Group of columns.
pub const GROUPE_SUIVI: &str = "Suivi";
/// Group of columns.
pub const GROUPE_DECISIONS: &str = "Étape, décisions et origine";
/// Title of the constats.
pub const CONSTATS: &str = "Ce que disent les règles";
/// No constat.
pub const AUCUN_CONSTAT: &str = "Aucune règle n’a de remarque sur cette demande.";
/// What a constat rests on.
pub fn preuve(preuve: &str) -> String {
    format!("Preuve : {preuve}")
}

/// Choice of a column in the history.
pub const HISTORIQUE_COLONNE: &str = "Seulement les changements de";
/// All of them.
pub const HISTORIQUE_TOUTES: &str = "Toutes les colonnes";
/// Title of the history.
pub const HISTORIQUE: &str = "Historique";
/// Title of declared decisions.
pub const DECLARE: &str = "Déclaré dans le fichier importé";
/// What « declared » means.
pub const DECLARE_AIDE: &str =
    "Ces valeurs figuraient dans le fichier, mais elles n’ont pas valeur de décision : elles restent à prendre.";
/// Beside a declared value.
pub const DECLARE_MENTION: &str = "déclaré, non décidé";
/// An empty cell, for who does not see it.
pub const NON_RENSEIGNE: &str = "Non renseigné";
/// Button that edits.
pub const MODIFIER: &str = "Modifier";
/// Button that deletes.
pub const SUPPRIMER: &str = "Supprimer";
/// Done.
pub const SUPPRIMEE: &str = "La demande est supprimée.";
/// Undo.
pub const ANNULER_SUPPRESSION: &str = "Annuler la suppression";
/// Undone.
pub const RESTAUREE: &str = "La demande est de nouveau dans le tableau.";
/// Button that closes the panel.
pub const FERMER: &str = "Fermer";
/// Link to the screen of the demande.
pub const PLEINE_PAGE: &str = "Ouvrir en pleine page";
/// Link to the table.
pub const RETOUR: &str = "Retour au tableau de gestion";
/// Button that saves.
pub const ENREGISTRER: &str = "Enregistrer";
/// Button that leaves the form.
pub const ABANDONNER: &str = "Ne rien changer";
/// Done.
pub const ENREGISTREE: &str = "La demande est enregistrée.";
/// Done.
pub const AJOUTEE: &str = "La demande est ajoutée au tableau.";
/// What had not been saved is back.
pub const BROUILLON_REPRIS: &str = "Votre saisie, qui n’avait pas été enregistrée, est reprise\u{a0}: enregistrez-la, ou choisissez «\u{a0}Ne rien changer\u{a0}» pour l’effacer.";
/// The browser keeps nothing.
pub const BROUILLON_REFUSE: &str =
    "Votre navigateur refuse de conserver votre saisie sur cet appareil : enregistrez avant de quitter cette page.";
/// Nothing was changed.
pub const RIEN_A_ENREGISTRER: &str = "Rien n’a changé : il n’y a rien à enregistrer.";
/// Title of the summary of refusals.
pub const A_CORRIGER: &str = "Corrigez ces champs, puis enregistrez de nouveau.";
/// Title of the conflict.
pub const CONFLIT_TITRE: &str = "Quelqu’un a modifié cette demande pendant votre saisie";
/// What to do.
pub const CONFLIT_SUITE: &str =
    "Rien de ce que vous avez saisi n’est perdu. Choisissez la valeur à garder pour chaque champ, puis enregistrez.";
/// Nothing to choose.
pub const CONFLIT_AUCUN: &str =
    "Les changements ne portent pas sur les mêmes champs : enregistrez de nouveau pour ajouter les vôtres.";
/// What the other one changed.
pub const CONFLIT_AUTRES: &str = "Champs modifiés entre-temps, que vous n’avez pas touchés";
/// Button that saves after a conflict.
pub const CONFLIT_ENREGISTRER: &str = "Enregistrer ces choix";
/// Who is asked for, by « prénom nom ».
pub fn demande_de(prenom: &str, nom: &str) -> String {
    format!("{prenom} {nom}")
}

/// Label of the envelope.
pub const ENVELOPPE: &str = "Enveloppe";
/// There is none.
pub const HISTORIQUE_VIDE: &str = "Aucun changement.";
/// More of the history.
pub const SUITE_HISTORIQUE: &str = "Afficher les changements plus anciens";
/// No role: a public form.
pub const PUBLIC: &str = "public";
/// The chosen type of editor for yes/no.
pub const CHOISIR: &str = "Non renseigné";

/// A choice of the conflict: what was typed.
pub fn conflit_saisi(valeur: &str) -> String {
    format!("Ma saisie : {}", ou_vide(valeur))
}

/// A choice of the conflict: what stands on the server.
pub fn conflit_serveur(valeur: &str) -> String {
    format!("Valeur enregistrée entre-temps : {}", ou_vide(valeur))
}

/// « Lyon » → « Villeurbanne ».
pub fn changement(libelle: &str, avant: &str, apres: &str) -> String {
    format!("{libelle} : {} → {}", ou_vide(avant), ou_vide(apres))
}

fn ou_vide(valeur: &str) -> String {
    if valeur.is_empty() { "(vide)".to_owned() } else { format!("«\u{a0}{valeur}\u{a0}»") }
}

/// « par Anne Récipiendaire (recipiendaire), le … ».
pub fn auteur(nom: &str, role: Option<&str>, quand: &str) -> String {
    match role {
        Some(role) => format!("{} par {nom} ({})", instant(quand), role_nom(role)),
        None => format!("{} par {nom}", instant(quand)),
    }
}

/// By what a change came, when its author does not say it.
pub const fn origine(origine: OrigineEntree) -> &'static str {
    match origine {
        OrigineEntree::Import => ", par un import",
        OrigineEntree::Client => ", par l’API",
        OrigineEntree::Ecran | OrigineEntree::Formulaire | OrigineEntree::Plateforme => "",
    }
}

/// Leads to the report of the import that a change came from.
pub const VOIR_IMPORT: &str = "Voir l’import";

fn role_nom(code: &str) -> &str {
    match code {
        "recipiendaire" => "récipiendaire",
        "instructeur" => "équipe Aidants Connect",
        "anct" => "ANCT",
        autre => autre,
    }
}

/// After what was done, when it undid something.
pub const PAR_ANNULATION: &str = " par annulation";
/// Button and title: what one did lately.
pub const MES_CHANGEMENTS: &str = "Mes changements";
/// What the list holds.
pub const MES_CHANGEMENTS_AIDE: &str = "Ce que vous avez fait aux demandes depuis 30 jours, le plus récent d’abord. Un import se défait depuis son rapport.";
/// What the list of the deleted demandes holds.
pub const SUPPRIMEES_AIDE: &str = "Les demandes supprimées, par vous ou par d’autres, la dernière d’abord.";

/// Name of the part that holds them.
pub const SUPPRIMEES: &str = "Demandes supprimées";
/// Name of the part that holds what one did.
pub const MIENS: &str = "Ce que vous avez fait";
/// There is none.
pub const AUCUNE_SUPPRIMEE: &str = "Aucune demande n’est supprimée.";
/// More of them.
pub const SUITE_SUPPRIMEES: &str = "Afficher d’autres demandes supprimées";
/// Button that restores one.
pub const RESTAURER: &str = "Restaurer";

/// Whom a deleted demande is about.
pub fn de_qui(une: &DemandeSupprimee) -> String {
    format!("{} {}, {}", une.prenom, une.nom, une.structure_nom)
}

/// Who deleted it, and when.
pub fn supprimee_par(une: &DemandeSupprimee) -> String {
    format!("Supprimée le {} par {}", instant(&une.supprimee_le), une.auteur)
}

/// Name of the button that restores one.
pub fn restaurer_celle(qui: &str) -> String {
    format!("Restaurer la demande de {qui}")
}

/// Nothing was done.
pub const AUCUN_CHANGEMENT: &str = "Vous n’avez rien changé depuis 30 jours.";

/// What a gesture did.
pub fn geste(creees: i64, modifiees: i64, supprimees: i64, restaurees: i64, annulation: bool) -> String {
    let dire = |nombre: i64, fait: &str| match nombre {
        0 => None,
        1 => Some(format!("1 demande {fait}")),
        _ => Some(format!("{nombre} demandes {fait}s")),
    };
    let faits = [
        dire(creees, "ajoutée"),
        dire(modifiees, "modifiée"),
        dire(supprimees, "supprimée"),
        dire(restaurees, "rétablie"),
    ];
    let faits = faits.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if annulation { format!("{faits}{PAR_ANNULATION}") } else { faits }
}

/// Name of the button that undoes a gesture.
pub fn annuler_geste(geste: &str, quand: &str) -> String {
    format!("Annuler : {geste}, {quand}")
}

/// What was done.
pub fn action(code: &str) -> &str {
    match code {
        "demande.creee" => "Ajoutée",
        "demande.modifiee" => "Modifiée",
        "demande.supprimee" => "Supprimée",
        "demande.restauree" => "Rétablie",
        "demande.importee" => "Importée",
        "demande.financement" => "Financement décidé",
        "demande.eligibilite" => "Éligibilité décidée",
        "demande.complement_demande" => "Complément demandé",
        "demande.complement_recu" => "Complément reçu",
        "demande.reevaluee" => "Vérifiée de nouveau (liste des habilités)",
        "demande.verifiee" => "Vérifiée de nouveau (source extérieure)",
        "demande.import_defait" => "Import défait",
        "demande.courriel" => "Courriel envoyé à la personne",
        "demande.commentee" => "Commentée",
        "demande.commentaire_retire" => "Commentaire retiré",
        autre => autre,
    }
}
