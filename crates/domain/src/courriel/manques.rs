//! What a demande lacks that its structure alone can give.

use crate::demande::{Colonne, Ligne};
use crate::rules::{Constat, Verdict};
use crate::values::Siret;

/// What is asked of the référent (ELI-6).
const REFERENT: [Colonne; 5] = [
    Colonne::ReferentNom,
    Colonne::ReferentPrenom,
    Colonne::ReferentProfession,
    Colonne::ReferentEmail,
    Colonne::ReferentTelephone,
];

/// The columns whose absence, or whose form, blocks a financing (ELI-4, ELI-6, ELI-9). What the structure cannot change, a
/// status or an establishment that is closed, is not among them.
pub fn manques(ligne: &Ligne, constats: &[Constat]) -> Vec<Colonne> {
    let bloque = |regle: &str| constats.iter().any(|un| un.regle == regle && un.verdict == Verdict::Bloquant);
    let mut manques = Vec::new();
    if bloque("ELI-4") {
        manques.push(Colonne::Email);
    }
    if bloque("ELI-6") {
        manques.extend(REFERENT.into_iter().filter(|colonne| ligne.get(*colonne).trim().is_empty()));
    }
    if bloque("ELI-9") && Siret::parse(ligne.get(Colonne::Siret)).is_err() {
        manques.push(Colonne::Siret);
    }
    manques
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{FaitRegistre, FaitsExternes, evaluer};

    fn of(values: &[(Colonne, &str)], externes: &FaitsExternes) -> Vec<Colonne> {
        let mut ligne = Ligne::default();
        let complete = [
            (Colonne::Formation, "aidants_connect"),
            (Colonne::Nom, "Dubois"),
            (Colonne::Prenom, "Angela"),
            (Colonne::Email, "angela.dubois@mairie.example"),
            (Colonne::Siret, "21010053300012"),
            (Colonne::ReferentNom, "Martin"),
            (Colonne::ReferentPrenom, "Claude"),
            (Colonne::ReferentProfession, "Directrice"),
            (Colonne::ReferentEmail, "claude.martin@mairie.example"),
            (Colonne::ReferentTelephone, "+33639980102"),
        ];
        for (column, value) in complete.iter().chain(values) {
            ligne.set(*column, *value);
        }
        manques(&ligne, &evaluer(&ligne, externes, None))
    }

    #[test]
    fn eli_6_every_empty_column_of_the_referent_is_asked_for() {
        let nothing = FaitsExternes::default();
        assert_eq!(of(&[], &nothing), []);
        let empty = [(Colonne::ReferentTelephone, ""), (Colonne::ReferentNom, " ")];
        assert_eq!(of(&empty, &nothing), [Colonne::ReferentNom, Colonne::ReferentTelephone]);
        // Aidants Numériques has no référent.
        let empty = [(Colonne::Formation, "aidants_numeriques"), (Colonne::ReferentNom, "")];
        assert_eq!(of(&empty, &nothing), []);
    }

    #[test]
    fn eli_4_and_eli_9_are_asked_for_when_another_value_would_do() {
        let nothing = FaitsExternes::default();
        let wrong = [(Colonne::Email, "accueil@mairie.example"), (Colonne::Siret, "21010053300013")];
        assert_eq!(of(&wrong, &nothing), [Colonne::Email, Colonne::Siret]);
        let closed = FaitsExternes {
            registre: Some(FaitRegistre {
                ouvert: false,
                droit_public: String::new(),
                date: String::new(),
                source: String::new(),
            }),
            ..FaitsExternes::default()
        };
        assert_eq!(of(&[], &closed), [], "nobody opens an establishment again by mail");
        assert_eq!(of(&[(Colonne::StatutProfessionnel, "benevole")], &nothing), []);
    }
}
