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
/// Choice: comment.
pub const COMMENTER: &str = "Les commenter";
/// Label of the comment.
pub const COMMENTAIRE: &str = "Commentaire";
/// What becomes of it.
pub const COMMENTAIRE_AIDE: &str = "Il s’ajoute au fil de chaque demande. Pour prévenir quelqu’un, ouvrez la demande.";
/// No comment.
pub const COMMENTAIRE_VIDE: &str = "Écrivez le commentaire.";
/// Legend: what a refusal does to the others.
pub const SI_REFUS: &str = "Si certaines ne peuvent pas l’être ?";
/// Choice: those that can be.
pub const CE_QUI_PEUT: &str = "Faire ce qui peut l’être";
/// Choice: all of them or none.
pub const TOUT_OU_RIEN: &str = "Tout ou rien : un seul refus, et aucune n’est changée (1 000 demandes au plus)";
/// One is refused, so that none will be done.
pub const RIEN_NE_SERA_FAIT: &str = "Tout ou rien : aucune demande n’est changée. Corrigez celles qui sont refusées, ou choisissez de faire ce qui peut l’être.";
/// Name of the file of refusals.
pub const REFUS_FICHIER: &str = "demandes-refusees.csv";
/// Its headers.
pub const REFUS_TETES: &str = "Demande;Identifiant;Raison";
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
/// Button that opens the dialog of a mail.
pub const ECRIRE: &str = "Écrire aux personnes";
/// Title of the dialog.
pub const ECRIRE_TITRE: &str = "Écrire aux personnes de ces demandes";
/// What has left is not undone.
pub const SANS_RETOUR: &str =
    "Un courriel parti ne se rappelle pas : relisez ce que recevra la première personne avant d’envoyer.";
/// Subject.
pub const OBJET: &str = "Objet";
/// Text.
pub const TEXTE: &str = "Message";
/// Button that shows.
pub const MONTRER: &str = "Voir avant d’envoyer";
/// Button that sends.
pub const ENVOYER: &str = "Envoyer";
/// Button that stops.
pub const ARRETER: &str = "Arrêter là";

/// What is replaced in a mail.
pub fn marques(marques: &[&str]) -> String {
    format!("Sont remplacés pour chaque personne : {}.", marques.join(", "))
}

/// To whom a mail goes.
pub fn a_qui(demandes: &str) -> String {
    format!("À qui : {}. Chaque personne le reçoit une seule fois.", demandes.to_ascii_lowercase())
}

/// How many people get a mail, and how many more may be sent.
pub fn destinataires(nombre: i64, reste: i64) -> String {
    let personnes = if nombre == 1 { "1 personne".to_owned() } else { format!("{nombre} personnes") };
    format!("{personnes} le recevraient (vous pouvez encore envoyer {reste} courriels aujourd’hui)")
}

/// What the first person reads.
pub fn premier(adresse: &str) -> String {
    format!("Ce que lira {adresse} :")
}

/// Told once it has left.
pub fn envoyes(nombre: i64) -> String {
    if nombre == 1 {
        "Le courriel part vers 1 personne.".to_owned()
    } else {
        format!("Le courriel part vers {nombre} personnes.")
    }
}

/// The rows of the range.
pub fn la_selection(nombre: usize) -> String {
    match nombre {
        1 => "La ligne de la sélection".to_owned(),
        _ => format!("Les {nombre} lignes de la sélection"),
    }
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

/// Too many for all or nothing.
pub fn trop_pour_tout(nombre: usize) -> String {
    let nombre = super::tableau::milliers(nombre as u64);
    format!(
        "« Tout ou rien » se fait en une fois, pour {nombre} demandes au plus : choisissez-en moins, ou de faire ce qui peut l’être."
    )
}

/// Link to the file of refusals.
pub fn tous_les_refus(nombre: usize) -> String {
    if nombre == 1 {
        "Télécharger le refus (CSV)".to_owned()
    } else {
        format!("Télécharger les {nombre} refus (CSV)")
    }
}

/// What was refused of which row.
pub fn refus(ligne: &str, raison: &str) -> String {
    format!("{ligne} : {raison}")
}

/// How far it is, and what it gives.
pub fn resume(essai: bool, vues: usize, total: usize, faites: usize, inchangees: usize, refusees: usize) -> String {
    let changent = if essai { "possibles" } else { "faites" };
    let quoi = if essai { "Essai" } else { "Fait" };
    format!("{quoi} : {vues} sur {total}. {faites} {changent}, {inchangees} sans changement, {refusees} refusées.")
}

/// Told once it is done.
pub fn fait(nombre: usize) -> String {
    if nombre == 1 { "1 demande changée.".to_owned() } else { format!("{nombre} demandes changées.") }
}
