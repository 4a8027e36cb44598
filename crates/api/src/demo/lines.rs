//! Draws the lines of demonstration demandes.

use std::collections::BTreeMap;

use domain::demande::{Colonne, Ligne};
use domain::habilite::Habilite;
use domain::pilotage::{Jalon, Jalons};
use domain::referentiel::CommuneVue;
use domain::values::texte::plier;

use crate::areas::referentiel::Territories;
use crate::clock::{Clock, iso_date};
use crate::text::command::demo as words;

/// Endless lines, the same for the same seed.
pub struct Source<'a> {
    clock: &'a Clock,
    communes: Vec<(CommuneVue, String)>,
    envelopes: BTreeMap<String, String>,
    drawn: usize,
}

impl<'a> Source<'a> {
    /// Lines over these territories and envelopes.
    pub fn new(clock: &'a Clock, territories: &Territories, envelopes: BTreeMap<String, String>) -> Self {
        Self { clock, communes: territories.with_siren(), envelopes, drawn: 0 }
    }

    fn draw(&self, below: usize) -> usize {
        let wide = u32::from_be_bytes(self.clock.bytes::<4>()) as usize;
        wide.checked_rem(below).unwrap_or(0)
    }

    fn pick<T: Copy>(&self, from: &[T]) -> Option<T> {
        from.get(self.draw(from.len())).copied()
    }

    /// One commune in five is of the first département, whose envelope the demonstration account holds.
    fn commune(&self) -> Option<&(CommuneVue, String)> {
        let first = self.communes.iter().take_while(|(commune, _)| commune.departement == "01").count();
        let place = if self.draw(5) == 0 { self.draw(first) } else { self.draw(self.communes.len()) };
        self.communes.get(place)
    }

    /// The next line, its computed columns left to the service.
    pub fn next_line(&mut self) -> Ligne {
        self.drawn += 1;
        let mut line = Ligne::default();
        self.structure(&mut line);
        self.person(&mut line);
        self.request(&mut line);
        line
    }

    /// Somebody who is habilitated already.
    pub fn next_habilitated(&mut self) -> Habilite {
        let mut line = self.next_line();
        self.referent(&mut line);
        let of = |column| line.get(column).to_owned();
        let mandats = i64::try_from(self.draw(60)).unwrap_or(0);
        Habilite {
            id: String::new(),
            departement: of(Colonne::Departement),
            nom: of(Colonne::Nom),
            prenom: of(Colonne::Prenom),
            email: of(Colonne::Email),
            profession: of(Colonne::Profession),
            mandats,
            demarches: mandats * i64::try_from(self.draw(5)).unwrap_or(0),
            structure_nom: of(Colonne::StructureNom),
            structure_type: words::TOWN_HALLS.to_owned(),
            adresse: of(Colonne::Adresse),
            code_postal: of(Colonne::CodePostal),
            ville: of(Colonne::Ville),
            siret: of(Colonne::Siret),
            referent_nom: of(Colonne::ReferentNom),
            referent_prenom: of(Colonne::ReferentPrenom),
            referent_profession: of(Colonne::ReferentProfession),
            referent_email: of(Colonne::ReferentEmail),
        }
    }

    fn structure(&self, line: &mut Ligne) {
        let Some((commune, siren)) = self.commune() else { return };
        let domain = format!("{}.example", label(&commune.nom));
        line.set(Colonne::StructureNom, words::town_hall(&commune.nom));
        line.set(Colonne::StructureType, "municipalites");
        line.set(Colonne::LabelFranceServices, if self.draw(8) == 0 { "oui" } else { "non" });
        line.set(Colonne::StructureEmail, format!("mairie@{domain}"));
        let street = self.pick(&words::STREETS).unwrap_or_default();
        line.set(Colonne::Adresse, format!("{} {street}", self.draw(40) + 1));
        line.set(Colonne::CodePostal, commune.codes_postaux.first().cloned().unwrap_or_default());
        line.set(Colonne::Ville, &commune.nom);
        line.set(Colonne::Departement, &commune.departement);
        line.set(Colonne::Siret, siret(siren));
        line.set(Colonne::EnveloppeId, self.envelopes.get(&commune.departement).cloned().unwrap_or_default());
    }

    fn person(&self, line: &mut Ligne) {
        let first = self.pick(&words::FIRST).unwrap_or_default();
        let last = self.pick(&words::LAST).unwrap_or_default();
        let domain = line.get(Colonne::StructureEmail).split('@').nth(1).unwrap_or("").to_owned();
        let number = self.drawn;
        let email = match self.draw(12) {
            0 => format!("accueil{number}@{domain}"),
            1 => format!("{}{number}@webmail.example", label(first)),
            _ => format!("{}.{}{number}@{domain}", label(first), label(last)),
        };
        line.set(Colonne::Prenom, first);
        line.set(Colonne::Nom, last);
        line.set(Colonne::Email, email);
        line.set(Colonne::Profession, self.pick(&words::JOBS).unwrap_or_default());
        line.set(Colonne::StatutProfessionnel, if self.draw(30) == 0 { "elu" } else { "salarie" });
        line.set(Colonne::ConseillerNumerique, if self.draw(25) == 0 { "oui" } else { "non" });
        line.set(Colonne::AccompagneDemarches, "oui");
    }

    fn request(&self, line: &mut Ligne) {
        let days = i64::try_from(self.draw(240)).unwrap_or(0);
        line.set(Colonne::DateDemande, iso_date(self.clock.now() - chrono::Duration::days(days)));
        line.set(Colonne::Financement, "enveloppe");
        line.set(Colonne::Source, "candidature");
        if self.draw(5) < 3 {
            line.set(Colonne::Formation, "aidants_connect");
            self.referent(line);
        } else {
            line.set(Colonne::Formation, "aidants_numeriques");
        }
        self.progress(line);
    }

    fn referent(&self, line: &mut Ligne) {
        let (first, last) = (self.pick(&words::FIRST).unwrap_or_default(), self.pick(&words::LAST).unwrap_or_default());
        let domain = line.get(Colonne::StructureEmail).split('@').nth(1).unwrap_or("").to_owned();
        line.set(Colonne::ReferentPrenom, first);
        line.set(Colonne::ReferentNom, last);
        line.set(Colonne::ReferentEmail, format!("{}.{}@{domain}", label(first), label(last)));
        line.set(Colonne::ReferentProfession, self.pick(&words::JOBS).unwrap_or_default());
        line.set(Colonne::ReferentTelephone, format!("+3363998{:04}", self.draw(10_000)));
    }

    /// Decisions already taken, so that every stage shows.
    fn progress(&self, line: &mut Ligne) {
        let connect = line.get(Colonne::Formation) == "aidants_connect";
        let step = self.draw(10);
        match step {
            0..=3 => return,
            4 => return line.set(Colonne::DecisionFinancement, "liste_attente"),
            5 => return line.set(Colonne::DecisionFinancement, "refuse"),
            _ => line.set(Colonne::DecisionFinancement, "accorde"),
        }
        if connect && step >= 7 {
            line.set(Colonne::DecisionEligibilite, "validee");
        }
        if step >= 8 {
            line.set(Colonne::DateSession, iso_date(self.clock.now() + chrono::Duration::days(20)));
        }
        if step == 9 {
            line.set(Colonne::Presence, "present");
        }
    }
}

/// Days on which a line has plausibly reached what it holds as decided, the same for the same place.
pub fn milestones(line: &Ligne, place: usize) -> Jalons {
    let wait = |least: usize, spread: usize| i64::try_from(least + place * 7 % spread).unwrap_or(0);
    let after = |day: &str, days: i64| {
        let day = chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").ok();
        day.map_or_else(String::new, |day| (day + chrono::Duration::days(days)).to_string())
    };
    let reached = |milestone: Jalon, day: String| if milestone.atteint(line) { day } else { String::new() };
    let financed = after(line.get(Colonne::DateDemande), wait(5, 40));
    let refused = line.get(Colonne::DecisionFinancement) == "refuse";
    let reasons = &words::REFUSALS;
    Jalons {
        eligibilite: reached(Jalon::Eligibilite, after(&financed, wait(2, 15))),
        presence: reached(Jalon::Presence, after(line.get(Colonne::DateSession), wait(0, 4))),
        habilitation: String::new(),
        motif: reasons
            .get(place % reasons.len())
            .filter(|_| refused)
            .map(|reason| (*reason).to_owned())
            .unwrap_or_default(),
        financement: reached(Jalon::Financement, financed),
    }
}

/// A name as it stands in an address: its words, folded, with hyphens between them.
fn label(name: &str) -> String {
    let folded = plier(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// A SIRET of this SIREN whose key is right: the establishment 1, with the last digit computed (Luhn).
fn siret(siren: &str) -> String {
    let body = format!("{siren}0001");
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            let doubled = if place % 2 == 0 { digit * 2 } else { digit };
            doubled / 10 + doubled % 10
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}
