//! French sentences of named views.

use domain::permission::Role;

/// Button that opens the views.
pub const VUES: &str = "Vues";
/// Title of the dialog.
pub const TITRE: &str = "Vues du tableau";
/// Title of the views that the service proposes.
pub const PROPOSEES: &str = "Proposées";
/// Title of one's own.
pub const MIENNES: &str = "Mes vues";
/// Title of those of colleagues.
pub const COLLEGUES: &str = "Partagées par des collègues";
/// Name of the form.
pub const GARDER_TITRE: &str = "Garder la vue présente";
/// Label of the name.
pub const NOM: &str = "Garder ce que montre le tableau sous le nom";
/// Hint of the name.
pub const NOM_AIDE: &str = "Le filtre, le tri, la recherche et les colonnes sont gardés";
/// Label of the box.
pub const PARTAGER_AVEC: &str = "La partager avec mes collègues, qui ne pourront pas la modifier";
/// Button that keeps.
pub const GARDER: &str = "Garder cette vue";
/// Button that replaces a view by what is shown.
pub const METTRE_A_JOUR: &str = "Remplacer par la vue présente";
/// Button that gives another name.
pub const RENOMMER: &str = "Renommer";
/// Button that leaves a name as it is.
pub const NE_PAS_RENOMMER: &str = "Ne pas renommer";
/// Label of the other name.
pub const NOUVEAU_NOM: &str = "Nouveau nom de la vue";
/// Before the view that is proposed above the table.
pub const PROPOSEE: &str = "Vue proposée : ";
/// Button that shares.
pub const PARTAGER: &str = "Partager";
/// Button that no longer shares.
pub const NE_PLUS_PARTAGER: &str = "Ne plus partager";
/// Button that makes the table open on a view.
pub const OUVRIR_SUR: &str = "Ouvrir le tableau sur cette vue";
/// Button that no longer does.
pub const NE_PLUS_OUVRIR_SUR: &str = "Ne plus ouvrir le tableau sur cette vue";
/// The table opens on a view.
pub const HABITUELLE: &str = "Le tableau s’ouvrira sur cette vue.";
/// It no longer does.
pub const NON_HABITUELLE: &str = "Le tableau s’ouvrira comme d’habitude.";
/// Before the links that export what a view shows, one for each format.
pub const EXPORTER: &str = "Exporter :";
/// Button that deletes.
pub const SUPPRIMER: &str = "Supprimer";
/// Beside a shared view.
pub const EST_PARTAGEE: &str = "partagée";
/// A view was kept.
pub const GARDEE: &str = "La vue est gardée.";
/// A view was replaced.
pub const MISE_A_JOUR: &str = "La vue est à jour.";
/// A view has another name.
pub const RENOMMEE: &str = "La vue a son nouveau nom.";
/// A view is shared.
pub const PARTAGEE: &str = "Vos collègues voient cette vue.";
/// A view is no longer shared.
pub const NON_PARTAGEE: &str = "Vous seul voyez cette vue.";
/// A view was deleted.
pub const SUPPRIMEE: &str = "La vue est supprimée ; les demandes ne changent pas.";

/// There is none.
pub const fn aucune(miennes: bool) -> &'static str {
    if miennes { "Aucune pour le moment." } else { "Aucune." }
}

/// Whose a view is.
pub fn de(auteur: &str) -> String {
    format!("de {auteur}")
}

/// Name of the link that exports what a view shows.
pub fn exporter(format: &str, vue: &str) -> String {
    format!("Exporter en {} : {vue}", format.to_ascii_uppercase())
}

/// What a button does to which view.
pub fn sur(action: &str, vue: &str) -> String {
    format!("{action} : {vue}")
}

/// The view of those who have reached the end.
pub const HABILITES: &str = "Habilités";

/// The views proposed to a role on this day: name and filter. The first is the one it most needs.
pub fn proposees(role: Role, aujourdhui: &str) -> Vec<(&'static str, String)> {
    let a_verifier = ("À vérifier", "verdict eq \"a-verifier\"");
    let a_decider = ("Financement à décider", "decision_financement empty and verdict ne \"bloquant\"");
    let premieres = match role {
        Role::Recipiendaire => [a_decider, a_verifier, ("Bloquées", "verdict eq \"bloquant\"")],
        Role::Instructeur | Role::Anct => {
            let en_attente = "decision_financement filled and decision_eligibilite empty";
            [a_verifier, ("Éligibilité en attente", en_attente), a_decider]
        }
        _ => return Vec::new(),
    };
    let manquantes = format!("etape eq \"planifiee\" and date_session le \"{aujourdhui}\"");
    let mut vues: Vec<(&'static str, String)> =
        premieres.into_iter().map(|(nom, filtre)| (nom, filtre.to_owned())).collect();
    vues.push(("À planifier", "etape in (\"eligibilite_validee\", \"financement_accorde\")".to_owned()));
    vues.push(("Présences manquantes", manquantes));
    vues.push((HABILITES, "etape eq \"habilitee\"".to_owned()));
    vues
}
