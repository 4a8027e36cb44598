//! What the import screens decide, without a browser.

use domain::import::{EtatImport, ImportVue};

/// Formats accepted, by the end of the file's name: type to send.
const FORMATS: [(&str, &str); 8] = [
    ("csv", "text/csv"),
    ("tsv", "text/csv"),
    ("txt", "text/csv"),
    ("ndjson", "application/x-ndjson"),
    ("jsonl", "application/x-ndjson"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("json", "application/x-ndjson"),
];

/// What the file chooser proposes.
pub const ACCEPT: &str = ".csv,.tsv,.txt,.ndjson,.jsonl,.json,.xlsx,.ods";

/// Media type of a file by its name; none when it is not accepted.
pub fn type_mime(nom: &str) -> Option<&'static str> {
    let (_, fin) = nom.rsplit_once('.')?;
    FORMATS.iter().find(|(extension, _)| extension.eq_ignore_ascii_case(fin)).map(|(_, mime)| *mime)
}

/// Whether nothing more will happen to this import by itself.
pub const fn fini(etat: EtatImport) -> bool {
    !matches!(etat, EtatImport::EnAttente | EtatImport::EnCours)
}

/// Percentage read, 0 to 100.
pub fn pour_cent(import: &ImportVue) -> u64 {
    if import.octets == 0 {
        return if fini(import.etat) { 100 } else { 0 };
    }
    part(import.octets_lus, import.octets)
}

/// Percentage that a part is of a whole, 0 to 100.
pub fn part(partie: u64, tout: u64) -> u64 {
    (partie.saturating_mul(100) / tout.max(1)).min(100)
}

/// Whether it may be undone: finished, for real, and it wrote something.
pub const fn defaisable(import: &ImportVue) -> bool {
    matches!(import.etat, EtatImport::Termine) && !import.dry_run && import.creees + import.modifiees > 0
}

/// Whether the same file may now be imported for real.
pub const fn a_confirmer(import: &ImportVue) -> bool {
    matches!(import.etat, EtatImport::Termine) && import.dry_run && import.creees + import.modifiees > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(etat: EtatImport, dry_run: bool) -> ImportVue {
        ImportVue {
            id: "i".into(),
            etat,
            dry_run,
            format: "csv".into(),
            octets: 300,
            octets_lus: 100,
            lignes: 10,
            creees: 4,
            modifiees: 1,
            inchangees: 3,
            rejetees: 2,
            colonnes_inconnues: Vec::new(),
            feuilles_ignorees: Vec::new(),
            erreur: None,
            cree_le: "2026-01-01T00:00:00Z".into(),
            termine_le: None,
        }
    }

    #[test]
    fn the_name_says_the_format() {
        assert_eq!(type_mime("Demandes 2026.CSV"), Some("text/csv"));
        assert_eq!(type_mime("a.b.ods"), Some("application/vnd.oasis.opendocument.spreadsheet"));
        for refuse in ["demandes.pdf", "csv", "demandes.xls", ""] {
            assert_eq!(type_mime(refuse), None, "{refuse}");
        }
        for (extension, _) in FORMATS {
            assert!(ACCEPT.split(',').any(|propose| propose == format!(".{extension}")));
        }
    }

    #[test]
    fn progress_never_leaves_0_to_100() {
        let mut en_cours = import(EtatImport::EnCours, true);
        assert_eq!(pour_cent(&en_cours), 33);
        en_cours.octets_lus = 900;
        assert_eq!(pour_cent(&en_cours), 100);
        en_cours.octets = 0;
        assert_eq!(pour_cent(&en_cours), 0);
    }

    #[test]
    fn a_part_of_nothing_is_nothing_and_no_part_exceeds_its_whole() {
        assert_eq!([part(0, 0), part(1, 3), part(3, 3), part(9, 3), part(u64::MAX, 2)], [0, 33, 100, 100, 100]);
    }

    #[test]
    fn only_a_finished_real_import_is_undone_and_only_a_rehearsal_is_confirmed() {
        assert!(defaisable(&import(EtatImport::Termine, false)));
        assert!(!defaisable(&import(EtatImport::Termine, true)));
        assert!(!defaisable(&import(EtatImport::EnCours, false)));
        assert!(a_confirmer(&import(EtatImport::Termine, true)));
        assert!(!a_confirmer(&import(EtatImport::Echoue, true)));
        let mut rien = import(EtatImport::Termine, true);
        (rien.creees, rien.modifiees) = (0, 0);
        assert!(!a_confirmer(&rien));
        assert!(fini(EtatImport::Annule) && !fini(EtatImport::EnAttente));
    }
}
