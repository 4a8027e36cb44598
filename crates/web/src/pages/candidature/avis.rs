//! What the rules say of a professional while the form is being filled in: the same rules as on the server.

use domain::demande::{Colonne, Formation, Ligne};
use domain::rules::{Constat, FaitsExternes, Verdict, evaluer, verdict_global};
use domain::values::{Email, NomPersonne, Siret};

use super::model::{Answers, Professionnel};
use crate::text::candidature as text;

/// Something to correct or to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What a rule says.
    pub constat: Constat,
    /// The training it is about, when the other one is asked for as well and is not concerned.
    pub only: Option<Formation>,
}

/// What the rules say of a professional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Avis {
    /// The gravest verdict of each training asked for.
    pub verdicts: Vec<(Formation, Verdict)>,
    /// What is not in order, the gravest first; what two trainings share is said once.
    pub points: Vec<Point>,
}

/// What the rules say of a professional, as far as it is typed: nothing before name, e-mail and training are.
pub fn avis(answers: &Answers, professionnel: &Professionnel) -> Avis {
    let personne = &professionnel.personne;
    let named = NomPersonne::parse(&personne.nom).is_ok() && NomPersonne::parse(&personne.prenom).is_ok();
    if !named || Email::parse(&personne.email).is_err() {
        return Avis::default();
    }
    let wanted = |formation: &&Formation| professionnel.formations.iter().any(|code| code == formation.as_str());
    let formations: Vec<Formation> = Formation::ALL.iter().filter(wanted).copied().collect();
    let base = ligne(answers, professionnel);
    let mut avis = Avis::default();
    for formation in &formations {
        let constats = constats(&base, *formation);
        avis.verdicts.push((*formation, verdict_global(&constats)));
        let only = (formations.len() > 1).then_some(*formation);
        for constat in constats.into_iter().filter(|constat| constat.verdict != Verdict::Ok) {
            add(&mut avis.points, constat, only);
        }
    }
    let (mut points, others): (Vec<_>, Vec<_>) =
        avis.points.into_iter().partition(|point| point.constat.verdict == Verdict::Bloquant);
    points.extend(others);
    Avis { points, ..avis }
}

/// Adds a point, or widens to both trainings the one that says the same.
fn add(points: &mut Vec<Point>, constat: Constat, only: Option<Formation>) {
    let same = |point: &&mut Point| point.constat.phrase == constat.phrase && point.constat.verdict == constat.verdict;
    match points.iter_mut().find(same) {
        Some(point) => point.only = None,
        None => points.push(Point { constat, only }),
    }
}

fn constats(base: &Ligne, formation: Formation) -> Vec<Constat> {
    let mut ligne = base.clone();
    ligne.set(Colonne::Formation, formation.as_str());
    let mut constats = evaluer(&ligne, &FaitsExternes::default(), None);
    // What is wrong with the structure is said beside its own fields, once: not again for each professional.
    let siret_known = Siret::parse(ligne.get(Colonne::Siret)).is_ok();
    constats.retain(|constat| match constat.champ.as_deref().and_then(Colonne::parse) {
        Some(Colonne::Siret) => siret_known,
        Some(Colonne::StructureType) => !ligne.get(Colonne::StructureType).is_empty(),
        _ => true,
    });
    constats
}

/// The row the answers will become, read with indulgence: what is not well formed yet stays as typed.
fn ligne(answers: &Answers, professionnel: &Professionnel) -> Ligne {
    let (structure, referent, personne) = (&answers.structure, &answers.referent, &professionnel.personne);
    let siret =
        Siret::parse(&structure.siret).map_or_else(|_| structure.siret.clone(), |siret| siret.as_str().to_owned());
    let email =
        Email::parse(&personne.email).map_or_else(|_| personne.email.clone(), |email| email.as_str().to_owned());
    let referent_email =
        Email::parse(&referent.email).map_or_else(|_| referent.email.clone(), |email| email.as_str().to_owned());
    let values = [
        (Colonne::Source, "candidature"),
        (Colonne::Financement, "enveloppe"),
        (Colonne::StructureNom, &structure.nom),
        (Colonne::StructureType, &structure.type_structure),
        (Colonne::LabelFranceServices, &structure.label),
        (Colonne::StructureEmail, &structure.email_contact),
        (Colonne::Adresse, &structure.adresse),
        (Colonne::CodePostal, &structure.code_postal),
        (Colonne::Ville, &structure.ville),
        (Colonne::Siret, &siret),
        (Colonne::NumeroHabilitation, &structure.numero_habilitation),
        (Colonne::ReferentNom, &referent.nom),
        (Colonne::ReferentPrenom, &referent.prenom),
        (Colonne::ReferentProfession, &referent.profession),
        (Colonne::ReferentEmail, &referent_email),
        (Colonne::ReferentTelephone, &referent.telephone),
        (Colonne::Nom, &personne.nom),
        (Colonne::Prenom, &personne.prenom),
        (Colonne::Email, &email),
        (Colonne::Profession, &personne.profession),
        (Colonne::StatutProfessionnel, &personne.statut),
        (Colonne::ConseillerNumerique, &personne.conseiller),
        (Colonne::AccompagneDemarches, &personne.accompagne),
    ];
    let mut ligne = Ligne::default();
    for (colonne, value) in values {
        ligne.set(colonne, value.trim());
    }
    ligne
}

/// One sentence to read out when the verdicts of a professional change.
pub fn spoken(rank: usize, avis: &Avis) -> String {
    let count = |wanted: Verdict| avis.points.iter().filter(|point| point.constat.verdict == wanted).count();
    text::avis_annonce(rank, count(Verdict::Bloquant), count(Verdict::AVerifier))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(email: &str) -> (Answers, Professionnel) {
        let mut answers = Answers::empty();
        answers.structure.siret = "21010053300012".to_owned();
        answers.structure.type_structure = "municipalites".to_owned();
        let professionnel = answers.professionnels.first_mut().unwrap();
        professionnel.personne.nom = "Dubois".to_owned();
        professionnel.personne.prenom = "Angela".to_owned();
        professionnel.personne.email = email.to_owned();
        professionnel.formations = vec!["aidants_numeriques".to_owned(), "aidants_connect".to_owned()];
        let professionnel = professionnel.clone();
        (answers, professionnel)
    }

    #[test]
    fn nothing_is_said_before_the_person_is_known() {
        let (answers, mut professionnel) = filled("angela.dubois@mairie.example");
        assert_eq!(avis(&answers, &professionnel).verdicts.len(), 2);
        professionnel.personne.email = "angela".to_owned();
        assert_eq!(avis(&answers, &professionnel), Avis::default());
    }

    #[test]
    fn a_generic_box_blocks_aidants_connect_only() {
        let (answers, professionnel) = filled("contact@mairie.example");
        let found: Vec<_> = avis(&answers, &professionnel)
            .points
            .into_iter()
            .filter(|point| point.constat.regle == "ELI-4")
            .map(|point| (point.only, point.constat.verdict))
            .collect();
        assert_eq!(
            found,
            [
                (Some(Formation::AidantsConnect), Verdict::Bloquant),
                (Some(Formation::AidantsNumeriques), Verdict::AVerifier)
            ]
        );
    }

    #[test]
    fn what_both_trainings_share_is_said_once() {
        let (answers, professionnel) = filled("angela.dubois@mairie.example");
        let points = avis(&answers, &professionnel).points;
        assert!(points.iter().all(|point| point.constat.regle != "ELI-4"), "{points:?}");
        let mut phrases: Vec<_> = points.iter().map(|point| point.constat.phrase.as_str()).collect();
        let shared = points.iter().filter(|point| point.only.is_none()).count();
        assert!(shared > 0, "{points:?}");
        phrases.sort_unstable();
        let count = phrases.len();
        phrases.dedup();
        assert_eq!(phrases.len(), count);
    }

    #[test]
    fn a_wrong_siret_is_not_said_again_of_each_professional() {
        let (mut answers, professionnel) = filled("angela.dubois@mairie.example");
        answers.structure.siret = "21010053300013".to_owned();
        let points = avis(&answers, &professionnel).points;
        assert!(points.iter().all(|point| point.constat.regle != "ELI-9"), "{points:?}");
    }
}
