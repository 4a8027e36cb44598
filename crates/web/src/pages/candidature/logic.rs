//! What the form decides without a screen: which control a refused field is, and what is said of it.

use domain::candidature::NouvelleCandidature;
use domain::error::FieldError;
use domain::referentiel::CommuneVue;
use domain::values::{CodePostal, Siret};

use super::model::{Answers, field_id};
use crate::forms::Fault;
use crate::text::candidature as text;

/// Identifier of the section of the professionals.
pub const PROFESSIONNELS_ID: &str = "professionnels";
/// Identifier of the city, typed or chosen.
pub const VILLE_ID: &str = "structure-ville";
/// Identifier of the question on the label.
pub const LABEL_ID: &str = "structure-label";

/// The control a JSON Pointer leads to, and its name. What leads to no control is shown at the title of the form.
pub fn locate(pointer: &str, keys: &[u32]) -> (String, String) {
    let mut parts = pointer.split('/').skip(1);
    match (parts.next(), parts.next(), parts.next()) {
        (Some("structure"), Some("code_insee" | "ville"), None) => (VILLE_ID.to_owned(), text::VILLE.to_owned()),
        (Some("structure"), Some("label_france_services"), None) => (LABEL_ID.to_owned(), text::LABEL_COURT.to_owned()),
        (Some("structure"), Some(field), None) => (format!("structure-{field}"), text::structure(field).to_owned()),
        (Some("structure"), None, None) => ("structure-nom".to_owned(), text::STRUCTURE.to_owned()),
        (Some("referent"), Some(field), None) => (format!("referent-{field}"), text::referent(field)),
        (Some("referent"), None, None) => ("referent-nom".to_owned(), text::REFERENT.to_owned()),
        (Some("professionnels"), rank, field) => locate_professionnel(rank, field, keys),
        _ => (crate::ui::page::TITLE_ID.to_owned(), String::new()),
    }
}

fn locate_professionnel(rank: Option<&str>, field: Option<&str>, keys: &[u32]) -> (String, String) {
    let rank: Option<usize> = rank.and_then(|rank| rank.parse().ok());
    match rank.and_then(|rank| Some((rank, *keys.get(rank)?))) {
        None => (PROFESSIONNELS_ID.to_owned(), text::PROFESSIONNELS.to_owned()),
        Some((rank, key)) => {
            let field = match field.unwrap_or("nom") {
                "conseiller_numerique" => "conseiller",
                "accompagne_demarches" => "accompagne",
                field => field,
            };
            (field_id(key, field), text::champ_professionnel(rank + 1, text::personne(field)))
        }
    }
}

/// The faults that refused fields are.
pub fn to_faults(errors: &[FieldError], keys: &[u32]) -> Vec<Fault> {
    let fault = |error: &FieldError| {
        let (id, label) = locate(&error.champ, keys);
        Fault { id, label, message: error.message.clone() }
    };
    errors.iter().map(fault).collect()
}

/// What the rules refuse of the form now, in the order of the form.
pub fn local_faults(answers: &Answers, request: &NouvelleCandidature, keys: &[u32]) -> Vec<Fault> {
    let mut faults = match request.valider() {
        Ok(_) => Vec::new(),
        Err(errors) => to_faults(&errors, keys),
    };
    // On the wire the label is yes or no; on screen it may not be answered yet.
    if answers.structure.label.is_empty() {
        let place = faults.iter().position(|fault| !is_before_label(&fault.id)).unwrap_or(faults.len());
        let label = text::LABEL_COURT.to_owned();
        faults.insert(place, Fault { id: LABEL_ID.to_owned(), label, message: text::LABEL_VIDE.to_owned() });
    }
    faults
}

fn is_before_label(id: &str) -> bool {
    matches!(id, "structure-nom" | "structure-type_structure")
}

/// What is said of the SIRET while it is typed: nothing before 14 digits, then what is wrong or how it is read.
pub fn siret_live(typed: &str) -> (Option<String>, Option<String>) {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    match Siret::parse(typed) {
        Ok(siret) => (None, Some(text::siret_valide(&siret.afficher()))),
        Err(refus) if digits >= 14 => (Some(refus.message.to_owned()), None),
        Err(_) => (None, None),
    }
}

/// The postal code to search communes with, once it is complete.
pub fn complete_postal_code(typed: &str) -> Option<String> {
    CodePostal::parse(typed).ok().map(|code| code.as_str().to_owned())
}

/// Most proposals shown for a name.
const PROPOSALS: usize = 20;

/// A commune with one of its postal codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The commune.
    pub commune: CommuneVue,
    /// The postal code.
    pub code_postal: String,
    /// « Ambérieu-en-Bugey (01500) ».
    pub words: String,
}

/// What to propose for the communes of a name, one line for each postal code.
pub fn proposals(communes: &[CommuneVue]) -> Vec<Proposal> {
    let of = |commune: &CommuneVue| {
        let commune = commune.clone();
        commune.codes_postaux.clone().into_iter().map(move |code_postal| Proposal {
            words: format!("{} ({code_postal})", commune.nom),
            commune: commune.clone(),
            code_postal,
        })
    };
    communes.iter().flat_map(of).take(PROPOSALS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(pointer: &str) -> String {
        locate(pointer, &[7, 3]).0
    }

    #[test]
    fn pointers_lead_to_the_controls_on_screen() {
        assert_eq!(id("/structure/siret"), "structure-siret");
        assert_eq!(id("/structure/code_insee"), "structure-ville");
        assert_eq!(id("/structure/label_france_services"), "structure-label");
        assert_eq!(id("/structure"), "structure-nom");
        assert_eq!(id("/referent/telephone"), "referent-telephone");
        assert_eq!(id("/professionnels/0/email"), "pro-7-email");
        assert_eq!(id("/professionnels/1/formations"), "pro-3-formations");
        assert_eq!(id("/professionnels/1/formations/0"), "pro-3-formations");
        assert_eq!(id("/professionnels/1"), "pro-3-nom");
        assert_eq!(id("/professionnels/1/accompagne_demarches"), "pro-3-accompagne");
        assert_eq!(id("/professionnels/2/email"), "professionnels");
        assert_eq!(id("/professionnels"), "professionnels");
        assert_eq!(id("/enveloppe"), "titre");
        assert_eq!(id(""), "titre");
    }

    #[test]
    fn every_refusal_of_an_empty_form_has_a_name() {
        let answers = Answers::empty();
        let faults =
            local_faults(&answers, &answers.to_request(crate::pages::candidature::model::Destination::default()), &[1]);
        assert!(faults.len() >= 12, "{faults:?}");
        assert!(faults.iter().all(|fault| !fault.label.is_empty() && !fault.message.is_empty()), "{faults:?}");
        let ids: Vec<_> = faults.iter().map(|fault| fault.id.as_str()).collect();
        assert_eq!(ids.iter().position(|id| *id == LABEL_ID), Some(2));
    }

    #[test]
    fn a_commune_is_proposed_with_each_of_its_postal_codes_and_no_list_is_endless() {
        let commune = |nom: &str, codes: usize| CommuneVue {
            code_insee: "00000".to_owned(),
            nom: nom.to_owned(),
            departement: "00".to_owned(),
            codes_postaux: (0..codes).map(|code| format!("{code:05}")).collect(),
        };
        let words = |list: &[CommuneVue]| proposals(list).into_iter().map(|one| one.words).collect::<Vec<_>>();
        assert_eq!(
            words(&[commune("Bron", 1), commune("Lyon", 2), commune("Rien", 0)]),
            ["Bron (00000)", "Lyon (00000)", "Lyon (00001)"]
        );
        assert_eq!(words(&[commune("Paris", 19), commune("Marseille", 16)]).len(), PROPOSALS);
    }

    #[test]
    fn siret_is_judged_at_its_fourteenth_digit() {
        assert_eq!(siret_live("2101005330001"), (None, None));
        let (error, success) = siret_live("210 100 533 00013");
        assert!(error.is_some() && success.is_none());
        let (error, success) = siret_live("21010053300012");
        assert!(error.is_none() && success.is_some_and(|words| words.contains("00012")));
    }
}
