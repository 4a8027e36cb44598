//! French sentences of the table, of the demande and of imports.

mod demande;
mod import;

use domain::demande::Colonne;

use crate::pages::tableau::criteres::Genre;

pub use demande::*;
pub use import::*;

/// Title of the screen.
pub const TITRE: &str = "Tableau de gestion";
/// What the table holds.
pub const GRILLE: &str = "Demandes de formation";
/// How to move in the table.
pub const GRILLE_AIDE: &str = "Dans le tableau, déplacez-vous avec les flèches, Début, Fin, Page précédente et Page suivante ; \
    Entrée ouvre la demande, F2 modifie la cellule, ? affiche tous les raccourcis.";
/// Button to the import screen.
pub const IMPORTER: &str = "Importer";
/// Button that unfolds the formats of export.
pub const EXPORTER: &str = "Exporter";
/// What the export holds.
pub const EXPORT_AIDE: &str = "Le fichier contient exactement les lignes et les colonnes affichées, précédées de l’identifiant de chaque demande.";
/// Above the formats of the file of the rows that are chosen.
pub fn lignes_choisies(nombre: usize) -> String {
    format!("Les {nombre} lignes sélectionnées seulement :")
}
/// Name of the button of a format of that file.
pub fn exporter_choisies(format: &str, nombre: usize) -> String {
    format!("{} des {nombre} lignes sélectionnées", format.to_ascii_uppercase())
}
/// Button that adds a demande.
pub const AJOUTER: &str = "Ajouter une demande";
/// Label of the search field.
pub const RECHERCHER: &str = "Rechercher";
/// Hint of the search field.
pub const RECHERCHER_AIDE: &str = "Nom, e-mail, structure ou SIRET ; les accents ne comptent pas";
/// Button that unfolds the panel of filters.
pub const FILTRER: &str = "Filtrer";
/// Title of the panel of filters.
pub const AJOUTER_FILTRE_TITRE: &str = "Ajouter un filtre";
/// Column to filter.
pub const FILTRE_COLONNE: &str = "Colonne";
/// How to filter it.
pub const FILTRE_GENRE: &str = "Condition";
/// Words looked for.
pub const FILTRE_VALEUR: &str = "Valeur";
/// Choices looked for.
pub const FILTRE_CHOIX: &str = "Cochez une ou plusieurs valeurs";
/// First day.
pub const FILTRE_DU: &str = "Du";
/// Last day.
pub const FILTRE_AU: &str = "Au";
/// Button that adds the filter.
pub const FILTRE_APPLIQUER: &str = "Ajouter ce filtre";
/// Why an empty filter is refused.
pub const FILTRE_VIDE: &str = "Indiquez ce que vous cherchez, puis ajoutez le filtre.";
/// Name of the list of filters.
pub const FILTRES_ACTIFS: &str = "Filtres appliqués";
/// Button that removes every filter and the search.
pub const TOUT_EFFACER: &str = "Tout effacer";
/// Button that opens the choice of columns.
pub const COLONNES: &str = "Colonnes";
/// Legend of the choice of columns.
pub const COLONNES_AFFICHEES: &str = "Colonnes affichées";
/// Button that gives the usual columns back.
pub const COLONNES_DEFAUT: &str = "Revenir aux colonnes habituelles";
/// Lines are closer together.
pub const LIGNES_SERREES: &str = "Lignes serrées";
/// Part of the dialog of the columns.
pub const ORDRE_ET_LARGEUR: &str = "Ordre, largeur et colonnes figées";
/// How many columns stay in sight.
pub const FIGEES: &str = "Colonnes qui restent en vue quand le tableau défile de côté";
/// As usual.
pub const FIGEES_HABITUELLES: &str = "Celles d’habitude : nom et prénom en tête";
/// Moves a column towards the beginning.
pub const AVANT: &str = "Avancer";
/// Moves a column towards the end.
pub const APRES: &str = "Reculer";
/// Width of a column.
pub const LARGEUR: &str = "Largeur";
/// As usual.
pub const LARGEUR_HABITUELLE: &str = "Largeur habituelle";
/// Button and title of the groups.
pub const GROUPER: &str = "Grouper";
/// Choice of the column.
pub const GROUPER_PAR: &str = "Grouper par";
/// Demandes without a value.
pub const SANS_VALEUR: &str = "Sans valeur";
/// No column.
pub const SANS_GROUPE: &str = "Aucune colonne : les lignes à la suite";
/// What grouping does.
pub const GROUPER_AIDE: &str = "Les lignes sont rangées sous chaque valeur. Une colonne qui a plus de 200 valeurs ne se groupe pas : ajoutez d’abord un filtre.";
/// Closes every group.
pub const TOUT_FERMER: &str = "Fermer tous les groupes";
/// Opens every group.
pub const TOUT_DEPLIER: &str = "Ouvrir tous les groupes";
/// Button and title of the order of the rows.
pub const TRIER: &str = "Trier";
/// Labels of its lines.
pub const TRIER_PAR: [&str; 3] = ["Trier par", "Puis par", "Et enfin par"];
/// No column.
pub const TRI_AUCUN: &str = "Aucune colonne";
/// Smallest first.
pub const CROISSANT: &str = "Croissant (A à Z, du plus ancien au plus récent)";
/// Largest first.
pub const DECROISSANT: &str = "Décroissant";
/// Name of the counters by stage.
pub const COMPTEURS_ETAPES: &str = "Filtrer par étape";
/// Name of the counters by verdict.
pub const COMPTEURS_VERDICTS: &str = "Filtrer par verdict";
/// Why it was done.
pub fn motif(motif: String) -> String {
    format!(" – Motif : {motif}")
}
/// Counter of the demandes that the person takes care of.
pub const SUIVIES_PAR_MOI: &str = "Suivies par moi";
/// No row at all.
pub const AUCUNE_DEMANDE: &str = "Aucune demande pour le moment";
/// What to do then, for who may write.
pub const AUCUNE_DEMANDE_SUITE: &str = "Partagez le lien du formulaire de candidature avec les structures de votre département, \
    importez un fichier, ou ajoutez une demande vous-même.";
/// What to do then, for who only reads.
pub const AUCUNE_DEMANDE_LECTURE: &str =
    "Les demandes apparaîtront ici dès qu’une structure aura envoyé sa candidature.";
/// No row passes.
pub const AUCUN_RESULTAT: &str = "Aucune demande ne correspond";
/// What to do then.
pub const AUCUN_RESULTAT_SUITE: &str = "Retirez un filtre ou cherchez d’autres mots.";
/// Button that tries again.
pub const REESSAYER: &str = "Réessayer";
/// Before the sentence of an address that is not understood.
pub const ADRESSE_INCOMPRISE: &str =
    "L’adresse de cette page contient un filtre ou un tri qui n’est pas compris ; il est ignoré.";
/// Name of the panel.
pub const PANNEAU: &str = "Détail de la demande";

/// Title of the dialog of pasting.
pub const COLLAGE_TITRE: &str = "Coller des cellules";
/// Button that pastes.
pub const COLLER: &str = "Coller";
/// Button that does not.
pub const NE_PAS_COLLER: &str = "Ne rien coller";
/// Caption: what is not taken.
pub const COLLAGE_REFUS: &str = "Ce qui ne sera pas pris";
/// Its headers.
pub const COLLAGE_REFUS_TETES: [&str; 3] = ["Où", "Texte collé", "Pourquoi"];
/// Caption: what changes.
pub const COLLAGE_CHANGE: &str = "Ce qui changera";
/// Its headers.
pub const COLLAGE_CHANGE_TETES: [&str; 3] = ["Colonne", "Aujourd’hui", "Après"];
/// Too many rows, as a place.
pub const COLLAGE_RANGEES: &str = "Toutes les lignes";
/// Too many rows.
pub const COLLAGE_TROP: &str = "1 000 lignes au plus à la fois : collez en plusieurs fois, ou importez le fichier.";
/// A cell beyond the last column.
pub const COLLAGE_DEHORS: &str =
    "Il n’y a plus de colonne à cet endroit : affichez-en d’autres, ou collez plus à gauche.";
/// A cell of a new row in a column that one does not write.
pub const COLLAGE_FERMEE: &str = "Cette colonne ne se remplit pas ici : laissez-la vide.";

/// Why a column is not changed in the table.
pub const fn fermee(colonne: Colonne, personne: bool) -> &'static str {
    match colonne {
        Colonne::Etape | Colonne::Verdict => "Cette colonne se calcule d’elle-même, d’après les autres.",
        Colonne::Source | Colonne::Reference | Colonne::EnveloppeId => {
            "Cette colonne est fixée à la création de la demande."
        }
        _ if personne => "Cette colonne se décide à son étape, pas dans le tableau.",
        _ => "Votre rôle ne modifie pas cette colonne.",
    }
}

/// « Ligne 12, Ville ».
pub fn a_la_ligne(rangee: usize, colonne: &str) -> String {
    if colonne.is_empty() { format!("Ligne {rangee}") } else { format!("Ligne {rangee}, {colonne}") }
}

/// « et 12 autres ».
pub fn et_autres(nombre: usize) -> String {
    if nombre == 1 { "et une autre.".to_owned() } else { format!("et {nombre} autres.") }
}

/// What pasting would do.
pub fn collage_resume(changees: usize, inchangees: usize, ajouts: usize, refus: usize, attend: bool) -> String {
    if attend {
        return "Lecture des lignes du tableau…".to_owned();
    }
    let mut phrases = vec![match changees {
        0 => "Aucune cellule ne change".to_owned(),
        1 => "1 cellule change".to_owned(),
        _ => format!("{changees} cellules changent"),
    }];
    let mut ajouter = |nombre: usize, une: &str, plusieurs: &str| match nombre {
        0 => {}
        1 => phrases.push(format!("1 {une}")),
        _ => phrases.push(format!("{nombre} {plusieurs}")),
    };
    ajouter(inchangees, "reste la même", "restent les mêmes");
    ajouter(ajouts, "demande est ajoutée", "demandes sont ajoutées");
    ajouter(refus, "n’est pas prise", "ne sont pas prises");
    format!("{}.", phrases.join(" ; "))
}

/// What was pasted.
pub fn collees(changees: usize, ajouts: usize) -> String {
    match (changees, ajouts) {
        (_, 0) => format!("Collé : {changees} cellule{}.", if changees > 1 { "s" } else { "" }),
        (0, _) => format!("Collé : {ajouts} demande{} en plus.", if ajouts > 1 { "s" } else { "" }),
        _ => format!("Collé : {changees} cellule(s) modifiée(s), {ajouts} demande(s) en plus."),
    }
}

/// « 34 825 demandes ».
pub fn nombre_de_demandes(nombre: u64) -> String {
    match nombre {
        0 => AUCUNE_DEMANDE.to_owned(),
        1 => "1 demande".to_owned(),
        _ => format!("{} demandes", milliers(nombre)),
    }
}

/// A number with thin spaces between thousands.
pub fn milliers(nombre: u64) -> String {
    let chiffres = nombre.to_string();
    let mut texte = String::with_capacity(chiffres.len() + 4);
    for (rang, chiffre) in chiffres.chars().enumerate() {
        if rang > 0 && (chiffres.len() - rang).is_multiple_of(3) {
            texte.push('\u{202f}');
        }
        texte.push(chiffre);
    }
    texte
}

/// A kind of filter.
pub const fn genre(genre: Genre) -> &'static str {
    match genre {
        Genre::Contient => "contient",
        Genre::Egal => "est exactement",
        Genre::Parmi => "est parmi",
        Genre::Entre => "est entre",
        Genre::Vide => "est vide",
        Genre::Rempli => "est rempli",
    }
}

/// « Étape : reçue, annulée ».
pub fn critere(colonne: Colonne, genre_choisi: Genre, valeurs: &[String]) -> String {
    let libelle = domain::text::fr::colonne(colonne);
    match genre_choisi {
        Genre::Parmi => {
            let valeurs: Vec<&str> = valeurs.iter().map(|code| domain::text::fr::choix(colonne, code)).collect();
            format!("{libelle} : {}", valeurs.join(", "))
        }
        Genre::Entre => entre(libelle, valeurs),
        Genre::Vide | Genre::Rempli => format!("{libelle} {}", genre(genre_choisi)),
        Genre::Contient | Genre::Egal => {
            format!("{libelle} {} « {} »", genre(genre_choisi), valeurs.first().map_or("", String::as_str))
        }
    }
}

fn entre(libelle: &str, valeurs: &[String]) -> String {
    let jour = |rang: usize| valeurs.get(rang).filter(|jour| !jour.is_empty()).map(|jour| date(jour));
    match (jour(0), jour(1)) {
        (Some(debut), Some(fin)) => format!("{libelle} : du {debut} au {fin}"),
        (Some(debut), None) => format!("{libelle} : à partir du {debut}"),
        (None, Some(fin)) => format!("{libelle} : jusqu’au {fin}"),
        (None, None) => libelle.to_owned(),
    }
}

/// What the button that removes a filter does.
pub fn retirer_filtre(filtre: &str) -> String {
    format!("Retirer le filtre « {filtre} »")
}

/// `2026-03-09` as « 09/03/2026 »; anything else as it is.
pub fn date(iso: &str) -> String {
    match (iso.get(0..4), iso.get(5..7), iso.get(8..10), iso.len()) {
        (Some(annee), Some(mois), Some(jour), 10) => format!("{jour}/{mois}/{annee}"),
        _ => iso.to_owned(),
    }
}

/// A group: « Ain : 12 demandes ».
pub fn groupe(valeur: &str, nombre: u64) -> String {
    format!("{valeur} : {}", nombre_de_demandes(nombre))
}

/// The button of the groups while there are some.
pub fn groupees(colonne: domain::demande::Colonne) -> String {
    format!("Groupées par : {}", domain::text::fr::colonne(colonne))
}

/// Label of the order of a line of the dialog.
pub fn ordre(rang: usize) -> String {
    format!("Sens du tri {}", rang + 1)
}

/// « Reculer : Ville ».
pub fn sur_colonne(quoi: &str, colonne: &str) -> String {
    format!("{quoi} : {colonne}")
}

/// How many columns stay in sight.
pub fn figees(nombre: u8) -> String {
    match nombre {
        0 => "Aucune".to_owned(),
        1 => "La première".to_owned(),
        _ => format!("Les {nombre} premières"),
    }
}

/// A width, in tenths of `rem`.
pub fn largeur(dixiemes: u16) -> String {
    match dixiemes {
        60 => "Étroite".to_owned(),
        120 => "Moyenne".to_owned(),
        200 => "Large".to_owned(),
        320 => "Très large".to_owned(),
        autre => format!("Réglée à la main ({autre})"),
    }
}

/// `2026-03-09T08:30:00Z` as « 09/03/2026 à 09:30 », by the clock of who reads.
pub fn instant(rfc3339: &str) -> String {
    let local = crate::browser::local_time(rfc3339);
    match (local.get(0..10), local.get(11..16)) {
        (Some(jour), Some(heure)) => format!("{} à {heure}", date(jour)),
        _ => local,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_read_as_in_french() {
        assert_eq!(milliers(34_825), "34\u{202f}825");
        assert_eq!(milliers(100), "100");
        assert_eq!(milliers(1_000_000), "1\u{202f}000\u{202f}000");
        assert_eq!(nombre_de_demandes(1), "1 demande");
        assert_eq!(date("2026-03-09"), "09/03/2026");
        assert_eq!(date("bientôt"), "bientôt");
        assert_eq!(instant("2026-03-09T08:30:12Z"), "09/03/2026 à 08:30");
        assert_eq!(taille(3_400_000), "3,4 Mo");
    }

    #[test]
    fn a_filter_reads_as_a_sentence() {
        let jours = ["2026-01-01".to_owned(), String::new()];
        assert_eq!(critere(Colonne::DateDemande, Genre::Entre, &jours), "Date de la demande : à partir du 01/01/2026");
        assert_eq!(critere(Colonne::Etape, Genre::Parmi, &["recue".to_owned()]), "Étape : Reçue");
        assert_eq!(critere(Colonne::Ville, Genre::Contient, &["lyon".to_owned()]), "Ville contient « lyon »");
    }
}
