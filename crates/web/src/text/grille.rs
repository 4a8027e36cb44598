//! French sentences of the table itself, whatever it holds.

/// Rows of a selection are not all in memory.
pub const SELECTION_TROP_GRANDE: &str =
    "La sélection contient des lignes qui ne sont pas encore chargées : faites-les défiler, ou choisissez-en moins.";
/// Rows of a selection could not all be read.
pub const SELECTION_INCOMPLETE: &str =
    "Les lignes de la sélection n’ont pas pu être toutes lues, et rien n’a été fait : sélectionnez-les de nouveau.";
/// Title of the dialog of the keys.
pub const RACCOURCIS_TITRE: &str = "Raccourcis clavier du tableau";
/// The keys of every table and what they do.
pub const RACCOURCIS: &[(&str, &str)] = &[
    ("Flèches, Début, Fin, Page préc., Page suiv.", "Se déplacer"),
    ("Ctrl + Début, Ctrl + Fin", "Aller à la première, à la dernière cellule"),
    ("Entrée", "Ouvrir la ligne ; sur un groupe, l’ouvrir ou le fermer"),
    ("Maj + flèches", "Sélectionner plusieurs cellules"),
    ("Ctrl + A", "Sélectionner tout le tableau"),
    ("Ctrl + C", "Copier la sélection"),
    ("Échap", "Abandonner la sélection, ou la saisie"),
    ("F6, Maj + F6", "Passer à la partie suivante, précédente de la page"),
    ("Tab", "Sortir du tableau"),
    ("?", "Afficher cette liste"),
];
/// Those of its headers, where columns move.
pub const RACCOURCIS_COLONNES: &[(&str, &str)] = &[
    ("Alt + flèche gauche ou droite, sur un en-tête", "Déplacer la colonne"),
    ("Alt + Maj + flèche gauche ou droite, sur un en-tête", "Rétrécir ou élargir la colonne"),
    ("Maj + Entrée, sur un en-tête", "Trier aussi par cette colonne"),
];
/// Those of cells that are typed in.
pub const RACCOURCIS_SAISIE: &[(&str, &str)] = &[
    ("F2, ou taper un texte", "Modifier la cellule"),
    ("Entrée, Tab, dans une saisie", "L’enregistrer et passer à la cellule du dessous, de droite"),
    ("Ctrl + V", "Coller depuis un tableur"),
    ("Ctrl + D", "Recopier vers le bas la première ligne de la sélection"),
    ("Suppr", "Vider la sélection"),
    ("Ctrl + Z", "Annuler"),
    ("Ctrl + Y, Ctrl + Maj + Z", "Rétablir"),
];
/// The empty value of a choice.
pub const VIDE: &str = "(vide)";
/// A cell that is not saved yet.
pub const EN_ATTENTE: &str = "pas encore enregistré";
/// A cell that was refused.
pub const REFUSEE: &str = "refusé";
/// A cell that somebody else has changed too.
pub const EN_CONFLIT: &str = "modifié aussi par quelqu’un d’autre";
/// Button: my value stays.
pub const GARDER: &str = "Garder ma saisie";
/// Button: the value of the other person stays.
pub const PRENDRE: &str = "Prendre l’autre valeur";
/// Button: a refused cell is given up.
pub const RENONCER: &str = "Renoncer à cette saisie";
/// Button that undoes.
pub const ANNULER: &str = "Annuler";
/// Button that does again.
pub const RETABLIR: &str = "Rétablir";
/// Nothing to undo.
pub const RIEN_A_ANNULER: &str = "Rien à annuler.";
/// Nothing to do again.
pub const RIEN_A_RETABLIR: &str = "Rien à rétablir.";
/// Undoing waits for what is being saved.
pub const PAS_ENCORE: &str = "Attendez la fin de l’enregistrement, puis annulez.";
/// The server cannot be reached.
pub const COUPURE: &str = "Pas de liaison avec le serveur : vos saisies sont gardées ici et partiront dès son retour.";
/// Title of what asks for something.
pub const A_REVOIR: &str = "Saisies à revoir";

/// Name of the control of a cell.
pub fn saisir(colonne: &str) -> String {
    format!("{colonne} : nouvelle valeur")
}

/// « 12 cellules copiées ».
pub fn copiees(nombre: usize) -> String {
    if nombre < 2 { "Cellule copiée.".to_owned() } else { format!("{nombre} cellules copiées.") }
}

/// What became of cells changed together.
pub fn changees(nombre: usize, refusees: usize) -> String {
    let faites = match nombre {
        0 => "Aucune cellule modifiée.".to_owned(),
        1 => "1 cellule modifiée.".to_owned(),
        _ => format!("{nombre} cellules modifiées."),
    };
    match refusees {
        0 => faites,
        1 => format!("{faites} 1 ne peut pas l’être ainsi."),
        _ => format!("{faites} {refusees} ne peuvent pas l’être ainsi."),
    }
}

/// « Enregistrement de 3 cellules… ».
pub fn en_attente(nombre: usize) -> String {
    if nombre < 2 {
        "Enregistrement d’une cellule…".to_owned()
    } else {
        format!("Enregistrement de {nombre} cellules…")
    }
}

/// A refused cell: « Ville de Dubois : « x » refusé. Pourquoi. »
pub fn refusee(colonne: &str, ligne: &str, valeur: &str, raison: &str) -> String {
    format!("{colonne}, {ligne} : « {valeur} » n’est pas enregistré. {raison}")
}

/// Both values of a cell in conflict.
pub fn conflit(colonne: &str, ligne: &str, mienne: &str, autre: &str) -> String {
    format!("{colonne}, {ligne} : vous avez saisi « {mienne} » ; quelqu’un vient d’enregistrer « {autre} ».")
}

/// What an undoing gave.
pub fn defait(lignes: usize, laissees: usize, retabli: bool) -> String {
    let quoi = if retabli { "Rétabli" } else { "Annulé" };
    let faites = match lignes {
        0 => format!("{quoi} : aucune ligne."),
        1 => format!("{quoi} : 1 ligne."),
        _ => format!("{quoi} : {lignes} lignes."),
    };
    match laissees {
        0 => faites,
        1 => format!("{faites} 1 ligne, modifiée depuis, est laissée telle quelle."),
        _ => format!("{faites} {laissees} lignes, modifiées depuis, sont laissées telles quelles."),
    }
}

/// Read out with a row that others are on.
pub fn presents(noms: &str) -> String {
    format!("Ouverte aussi par {noms}.")
}
