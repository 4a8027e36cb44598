//! The answers of the candidature form: one signal per field on screen, one plain value for the draft and the request.

use std::collections::BTreeMap;

use crate::reactive::State;
use domain::candidature::{
    NouvelleCandidature, PROFESSIONNELS_MAX, ProfessionnelSaisie, ReferentSaisie, StructureSaisie,
};
use domain::demande::{Formation, StatutProfessionnel};
use domain::lien::StructurePreremplie;
use leptos::prelude::*;

/// Declares a group of text fields: its values, its signals, and the way between both.
macro_rules! champs {
    ($(#[$doc:meta])* $Values:ident, $Signals:ident { $($name:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $Values { $(#[doc = "As typed."] pub $name: String),+ }

        impl $Values {
            fn write(&self, prefix: &str, map: &mut BTreeMap<String, String>) {
                $(if !self.$name.is_empty() {
                    map.insert(format!("{prefix}{}", stringify!($name)), self.$name.clone());
                })+
            }

            fn read(prefix: &str, map: &BTreeMap<String, String>) -> Self {
                Self { $($name: map.get(&format!("{prefix}{}", stringify!($name))).cloned().unwrap_or_default()),+ }
            }
        }

        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $Signals { $(#[doc = "As typed."] pub $name: RwSignal<String>),+ }

        impl $Signals {
            /// Signals that hold these values.
            pub fn new(values: $Values) -> Self {
                Self { $($name: RwSignal::new(values.$name)),+ }
            }

            /// The values (tracked).
            pub fn get(self) -> $Values {
                $Values { $($name: self.$name.get()),+ }
            }

            /// Replaces the values.
            pub fn set(self, values: $Values) {
                $(self.$name.set(values.$name);)+
            }
        }
    };
}

champs! {
    /// The structure. `label` is `oui`, `non` or empty; `code_insee` is chosen with the city.
    Structure, StructureSignals {
        nom, type_structure, label, email_contact, adresse, code_postal, ville, code_insee, siret, numero_habilitation,
    }
}

champs! {
    /// The référent.
    Referent, ReferentSignals { nom, prenom, profession, email, telephone }
}

champs! {
    /// A professional, apart from the trainings. Choices hold their code, `oui`, `non` or nothing.
    Personne, PersonneSignals { nom, prenom, email, profession, statut, conseiller, accompagne }
}

/// A professional with the trainings wished.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Professionnel {
    /// Who.
    pub personne: Personne,
    /// Codes of the trainings.
    pub formations: Vec<String>,
}

/// Where the candidature goes: by the link that was followed, or to the envelope that an older link names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Destination {
    /// Code of the link.
    pub lien: Option<String>,
    /// Identifier of the envelope.
    pub enveloppe: Option<String>,
}

/// Everything typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The structure.
    pub structure: Structure,
    /// Its référent.
    pub referent: Referent,
    /// The professionals.
    pub professionnels: Vec<Professionnel>,
}

impl Answers {
    /// The empty form: one professional to fill in.
    pub fn empty() -> Self {
        Self { professionnels: vec![Professionnel::default()], ..Self::default() }
    }

    /// Whether something was typed.
    pub fn is_started(&self) -> bool {
        *self != Self::empty() && *self != Self::default()
    }

    /// Every answer by its place (`structure.nom`, `pro.0.email`), as the draft keeps them. `pros` counts the professionals.
    pub fn to_map(&self) -> BTreeMap<String, String> {
        let mut map = BTreeMap::new();
        self.structure.write("structure.", &mut map);
        self.referent.write("referent.", &mut map);
        map.insert("pros".to_owned(), self.professionnels.len().to_string());
        for (rank, professionnel) in self.professionnels.iter().enumerate() {
            let prefix = format!("pro.{rank}.");
            professionnel.personne.write(&prefix, &mut map);
            map.insert(format!("{prefix}formations"), professionnel.formations.join(","));
        }
        map
    }

    /// The answers of a draft; what it does not say is empty.
    pub fn from_map(map: &BTreeMap<String, String>) -> Self {
        let count =
            map.get("pros").and_then(|count| count.parse().ok()).unwrap_or(1_usize).clamp(1, PROFESSIONNELS_MAX);
        let professionnel = |rank: usize| {
            let prefix = format!("pro.{rank}.");
            let formations = map.get(&format!("{prefix}formations")).map(String::as_str).unwrap_or_default();
            Professionnel {
                personne: Personne::read(&prefix, map),
                formations: formations.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
            }
        };
        Self {
            structure: Structure::read("structure.", map),
            referent: Referent::read("referent.", map),
            professionnels: (0..count).map(professionnel).collect(),
        }
    }

    /// The candidature as the API takes it.
    pub fn to_request(&self, destination: Destination) -> NouvelleCandidature {
        let referent = &self.referent;
        NouvelleCandidature {
            enveloppe: destination.enveloppe,
            lien: destination.lien,
            structure: structure(&self.structure),
            referent: (*referent != Referent::default()).then(|| ReferentSaisie {
                nom: trimmed(&referent.nom),
                prenom: trimmed(&referent.prenom),
                profession: trimmed(&referent.profession),
                email: trimmed(&referent.email),
                telephone: trimmed(&referent.telephone),
            }),
            professionnels: self.professionnels.iter().map(professionnel).collect(),
        }
    }
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() { None } else { Some(text.to_owned()) }
}

fn yes_no(code: &str) -> Option<bool> {
    match code {
        "oui" => Some(true),
        "non" => Some(false),
        _ => None,
    }
}

fn structure(values: &Structure) -> StructureSaisie {
    StructureSaisie {
        nom: trimmed(&values.nom),
        type_structure: values.type_structure.clone(),
        label_france_services: yes_no(&values.label).unwrap_or_default(),
        email_contact: trimmed(&values.email_contact),
        adresse: trimmed(&values.adresse),
        code_postal: trimmed(&values.code_postal),
        ville: trimmed(&values.ville),
        code_insee: filled(&values.code_insee),
        siret: trimmed(&values.siret),
        numero_habilitation: filled(&values.numero_habilitation),
    }
}

fn professionnel(values: &Professionnel) -> ProfessionnelSaisie {
    let personne = &values.personne;
    ProfessionnelSaisie {
        nom: trimmed(&personne.nom),
        prenom: trimmed(&personne.prenom),
        email: trimmed(&personne.email),
        profession: trimmed(&personne.profession),
        formations: values.formations.iter().filter_map(|code| Formation::parse(code)).collect(),
        statut: StatutProfessionnel::parse(&personne.statut),
        conseiller_numerique: yes_no(&personne.conseiller),
        accompagne_demarches: yes_no(&personne.accompagne),
    }
}

/// A professional on screen. The key never changes, whatever is removed before it: identifiers of controls stand on it.
#[derive(Clone, Copy)]
pub struct ProfessionnelSignals {
    /// Unique on the page.
    pub key: u32,
    /// Who.
    pub personne: PersonneSignals,
    /// Codes of the trainings.
    pub formations: RwSignal<Vec<String>>,
}

impl ProfessionnelSignals {
    fn new(key: u32, values: Professionnel) -> Self {
        Self { key, personne: PersonneSignals::new(values.personne), formations: RwSignal::new(values.formations) }
    }

    /// The values (tracked).
    pub fn get(self) -> Professionnel {
        Professionnel { personne: self.personne.get(), formations: self.formations.get() }
    }

    /// Identifier of the control of this field.
    pub fn id(self, field: &str) -> String {
        field_id(self.key, field)
    }
}

/// Identifier of the control of a professional's field.
pub fn field_id(key: u32, field: &str) -> String {
    format!("pro-{key}-{field}")
}

/// The form on screen.
#[derive(Clone, Copy)]
pub struct Form {
    /// The structure.
    pub structure: StructureSignals,
    /// Its référent.
    pub referent: ReferentSignals,
    /// The professionals, in order.
    pub professionnels: State<Vec<ProfessionnelSignals>>,
    next_key: StoredValue<u32>,
}

impl Form {
    /// A form that holds these answers.
    pub fn new(answers: Answers) -> Self {
        let form = Self {
            structure: StructureSignals::new(answers.structure),
            referent: ReferentSignals::new(answers.referent),
            professionnels: State::new(Vec::new()),
            next_key: StoredValue::new(1),
        };
        form.set_professionnels(answers.professionnels);
        form
    }

    /// Everything typed (tracked).
    pub fn answers(self) -> Answers {
        Answers {
            structure: self.structure.get(),
            referent: self.referent.get(),
            professionnels: self.professionnels.get().into_iter().map(ProfessionnelSignals::get).collect(),
        }
    }

    /// Keys of the professionals, in order (tracked).
    pub fn keys(self) -> Vec<u32> {
        self.professionnels.with(|list| list.iter().map(|professionnel| professionnel.key).collect())
    }

    /// The professional of this key.
    pub fn with_key(self, key: usize) -> Option<ProfessionnelSignals> {
        self.professionnels.with_untracked(|list| list.iter().find(|one| one.key as usize == key).copied())
    }

    /// Fills in what is known of the structure and was not typed yet.
    pub fn prefill(self, known: &StructurePreremplie) {
        let structure = self.structure;
        for (field, value) in [
            (structure.nom, &known.nom),
            (structure.type_structure, &known.type_structure),
            (structure.siret, &known.siret),
            (structure.adresse, &known.adresse),
            (structure.code_postal, &known.code_postal),
            (structure.ville, &known.ville),
        ] {
            // The form may be gone by the time the link is read.
            if !value.is_empty() && field.try_with_untracked(String::is_empty) == Some(true) {
                field.set(value.clone());
            }
        }
    }

    /// Replaces everything.
    pub fn set(self, answers: Answers) {
        self.structure.set(answers.structure);
        self.referent.set(answers.referent);
        self.set_professionnels(answers.professionnels);
    }

    /// Adds an empty professional, and gives its key.
    pub fn add(self) -> u32 {
        let key = self.take_key();
        self.professionnels.update(|list| list.push(ProfessionnelSignals::new(key, Professionnel::default())));
        key
    }

    /// Removes a professional.
    pub fn remove(self, key: u32) {
        self.professionnels.update(|list| list.retain(|professionnel| professionnel.key != key));
    }

    fn set_professionnels(self, mut values: Vec<Professionnel>) {
        if values.is_empty() {
            values.push(Professionnel::default());
        }
        let list = values.into_iter().map(|values| ProfessionnelSignals::new(self.take_key(), values)).collect();
        self.professionnels.set(list);
    }

    fn take_key(self) -> u32 {
        let key = self.next_key.get_value();
        self.next_key.set_value(key.wrapping_add(1));
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_form_is_not_started() {
        assert!(!Answers::empty().is_started());
        assert!(!Answers::default().is_started());
        let mut answers = Answers::empty();
        answers.structure.nom = "x".to_owned();
        assert!(answers.is_started());
    }

    #[test]
    fn answers_become_the_request() {
        let mut answers = Answers::empty();
        answers.structure.nom = " Mairie ".to_owned();
        answers.structure.label = "oui".to_owned();
        let first = answers.professionnels.first_mut().unwrap();
        first.personne.statut = "elu".to_owned();
        first.personne.accompagne = "non".to_owned();
        first.formations = vec!["aidants_connect".to_owned(), "inconnue".to_owned()];
        let request = answers.to_request(Destination { enveloppe: Some("e1".to_owned()), ..Destination::default() });
        assert_eq!(request.enveloppe.as_deref(), Some("e1"));
        assert_eq!(request.structure.nom, "Mairie");
        assert!(request.structure.label_france_services);
        assert_eq!(request.structure.code_insee, None);
        assert_eq!(request.referent, None);
        let professionnel = request.professionnels.first().unwrap();
        assert_eq!(professionnel.formations, [Formation::AidantsConnect]);
        assert_eq!(professionnel.statut, Some(StatutProfessionnel::Elu));
        assert_eq!(professionnel.accompagne_demarches, Some(false));
        assert_eq!(professionnel.conseiller_numerique, None);
    }

    #[test]
    fn keys_never_come_back() {
        Owner::new().with(|| {
            let form = Form::new(Answers::empty());
            let second = form.add();
            form.remove(second);
            let third = form.add();
            assert_ne!(second, third);
            assert_eq!(form.keys(), [1, third]);
            form.set(Answers::default());
            assert_eq!(form.keys().len(), 1);
        });
    }
}
