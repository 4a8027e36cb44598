//! French sentences of what is done to many demandes at once.

/// Button that opens the dialog.
pub const AGIR: &str = "Agir en nombre";
/// Title of the dialog.
pub const TITRE: &str = "Agir sur plusieurs demandes";
/// Legend: on which.
pub const SUR: &str = "Sur quelles demandes ?";
/// Legend: what.
pub const QUOI: &str = "Que faire ?";
/// Choice: a value.
pub const METTRE: &str = "Mettre la même valeur dans une colonne";
/// Choice: delete.
pub const SUPPRIMER: &str = "Les supprimer (vous pourrez annuler)";
/// Label of the column.
pub const COLONNE: &str = "Colonne";
/// No column.
pub const COLONNE_VIDE: &str = "Choisissez une colonne.";
/// Label of the value.
pub const VALEUR: &str = "Valeur (vide pour effacer)";
/// Button that tries.
pub const ESSAYER: &str = "Essayer sans rien écrire";
/// Button that stops.
pub const ARRETER: &str = "Arrêter là";

/// The rows of the range.
pub fn la_selection(nombre: usize) -> String {
    format!("Les {nombre} lignes de la sélection")
}

/// Every row of the list.
pub fn les_resultats(nombre: usize) -> String {
    match nombre {
        1 => "La seule demande du tableau, filtres compris".to_owned(),
        _ => format!("Les {} demandes du tableau, filtres compris", super::tableau::milliers(nombre as u64)),
    }
}

/// Button that does it.
pub fn faire(nombre: usize) -> String {
    if nombre == 1 { "Le faire pour 1 demande".to_owned() } else { format!("Le faire pour {nombre} demandes") }
}

/// What was refused of which row.
pub fn refus(ligne: &str, raison: &str) -> String {
    format!("{ligne} : {raison}")
}

/// How far it is, and what it gives.
pub fn resume(essai: bool, vues: usize, total: usize, faites: usize, inchangees: usize, refusees: usize) -> String {
    let changent = if essai { "changeraient" } else { "changées" };
    let quoi = if essai { "Essai" } else { "Fait" };
    format!("{quoi} : {vues} sur {total}. {faites} {changent}, {inchangees} sans changement, {refusees} refusées.")
}

/// Told once it is done.
pub fn fait(nombre: usize) -> String {
    if nombre == 1 { "1 demande changée.".to_owned() } else { format!("{nombre} demandes changées.") }
}
