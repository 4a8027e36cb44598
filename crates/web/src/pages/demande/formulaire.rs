//! The form of a demande: every column a person may type, checked by the rules of the domain as one types.

use domain::demande::request::{ADRESSE_MAX, COMMENTAIRE_MAX, NUMERO_HABILITATION_MAX, OBLIGATOIRES, TEXTE_MAX};
use domain::demande::{Colonne, DemandeSaisie, DemandeValide, Ligne, TypeColonne};
use leptos::prelude::*;

use super::brouillon::{Brouillon, Champ};
use super::fusion::{self, libres};
use super::groupes::GROUPES;
use crate::api::ClientError;
use crate::browser;
use crate::forms::summary::SUMMARY_ID;
use crate::forms::{Fault, Faults};
use crate::reactive::{State, computed, effect};
use crate::session::use_session;
use crate::text::tableau as texte;
use crate::ui::dynamic::when;
use crate::ui::{Alert, Button, ButtonKind, Select, TextArea, TextField, Tone};

/// What is typed.
#[derive(Clone, Copy)]
pub struct Formulaire {
    champs: StoredValue<Vec<(Colonne, RwSignal<String>)>>,
    /// The demande as it was read.
    base: State<Ligne>,
    /// The refused fields.
    pub refus: Faults,
}

impl Formulaire {
    /// A form filled with this row, of the columns that the signed-in person may type.
    pub fn nouveau(base: Ligne) -> Self {
        let session = use_session();
        let permises = libres().filter(|colonne| untrack(|| session.writes(*colonne)));
        let champs: Vec<_> = permises.map(|colonne| (colonne, RwSignal::new(base.get(colonne).to_owned()))).collect();
        let champs = StoredValue::new(champs);
        let base = State::new(base);
        let refus = Faults::new(computed(move || refus(tapee(&base.read(), champs))));
        Self { champs, base, refus }
    }

    /// Types again what was not saved.
    pub fn reprendre(self, brouillon: &Brouillon) {
        for change in &brouillon.champs {
            if let Some(champ) = self.champ(change.colonne) {
                champ.set(change.tape.clone());
            }
        }
    }

    /// What is not saved (tracked).
    pub fn changes(self) -> Vec<Champ> {
        Brouillon::entre(&self.base.read(), &self.tapee())
    }

    /// The row as typed (tracked).
    pub fn tapee(self) -> Ligne {
        tapee(&self.base.read(), self.champs)
    }

    /// The row as it was read (tracked).
    pub fn base(self) -> Ligne {
        self.base.get()
    }

    /// What was changed (tracked).
    pub fn saisie(self) -> DemandeSaisie {
        fusion::saisie(&self.base.read(), &self.tapee())
    }

    fn champ(self, colonne: Colonne) -> Option<RwSignal<String>> {
        self.champs.with_value(|champs| champs.iter().find(|(autre, _)| *autre == colonne).map(|(_, signal)| *signal))
    }

    /// Starts again from what stands on the server, keeping what was typed but for these values.
    pub fn rebaser(self, serveur: Ligne, prises: &[Colonne]) {
        let (avant, tapee) = (self.base.get_untracked(), untrack(|| self.tapee()));
        for colonne in libres() {
            let garder = tapee.get(colonne) != avant.get(colonne) && !prises.contains(&colonne);
            if let (false, Some(champ)) = (garder, self.champ(colonne)) {
                champ.set(serveur.get(colonne).to_owned());
            }
        }
        self.base.set(serveur);
    }

    /// Shows what the server refused; gives the failure back when it is about no field of the form.
    pub fn refuser(self, error: ClientError) -> Option<ClientError> {
        let refuses: Vec<Fault> = error
            .problem()
            .map(|problem| &problem.errors)
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .into_iter()
            .filter_map(|refus| {
                let colonne = Colonne::parse(refus.champ.trim_start_matches('/'))?;
                self.champ(colonne)?;
                Some(faute(colonne, &refus.message))
            })
            .collect();
        if refuses.is_empty() {
            return Some(error);
        }
        self.refus.refuse(refuses);
        browser::focus_later(SUMMARY_ID);
        None
    }

    /// Whether the rules of the browser accept what is typed; otherwise shows what they refuse.
    pub fn accepte(self) -> bool {
        let refuses = self.refus.submit();
        if !refuses.is_empty() {
            browser::focus_later(SUMMARY_ID);
        }
        refuses.is_empty()
    }
}

fn tapee(base: &Ligne, champs: StoredValue<Vec<(Colonne, RwSignal<String>)>>) -> Ligne {
    let mut ligne = base.clone();
    for (colonne, champ) in champs.get_value() {
        ligne.set(colonne, champ.get());
    }
    ligne
}

fn refus(ligne: Ligne) -> Vec<Fault> {
    let refuses = DemandeValide::valider(ligne).err().unwrap_or_default();
    let libres: Vec<Colonne> = libres().collect();
    let tapes = refuses.into_iter().filter(|(colonne, _)| libres.contains(colonne));
    tapes.map(|(colonne, refus)| faute(colonne, refus.message)).collect()
}

fn faute(colonne: Colonne, message: &str) -> Fault {
    let label = domain::text::fr::colonne(colonne).to_owned();
    Fault { id: identifiant(colonne), label, message: message.to_owned() }
}

/// Identifier of the control of a column.
pub fn identifiant(colonne: Colonne) -> String {
    format!("champ-{}", colonne.nom())
}

/// The fields in groups.
pub fn champs(formulaire: Formulaire) -> AnyView {
    let groupes = GROUPES.iter().filter_map(|(titre, colonnes)| {
        let champs: Vec<AnyView> = colonnes.iter().filter_map(|colonne| champ(formulaire, *colonne)).collect();
        if champs.is_empty() {
            return None;
        }
        Some(view! {
            <fieldset class="demande__groupe">
                <legend class="fr-h6">{*titre}</legend>
                <div class="demande__champs">{champs}</div>
            </fieldset>
        })
    });
    groupes.collect_view().into_any()
}

/// The control of a column; none when nobody may type it.
fn champ(formulaire: Formulaire, colonne: Colonne) -> Option<AnyView> {
    let value = formulaire.champ(colonne)?;
    let id = identifiant(colonne);
    let error = formulaire.refus.of(id.clone());
    let label = domain::text::fr::colonne(colonne);
    let required = OBLIGATOIRES.contains(&colonne);
    let quitte = id.clone();
    let on_blur = Callback::new(move |()| formulaire.refus.touch(&quitte));
    let change = id.clone();
    effect(move || {
        value.track();
        formulaire.refus.changed(&change);
    });
    Some(match colonne.genre() {
        TypeColonne::Choix | TypeColonne::OuiNon => {
            let codes = colonne.codes().into_iter();
            let options: Vec<(String, String)> =
                codes.map(|code| (code.to_owned(), domain::text::fr::choix(colonne, code).to_owned())).collect();
            let placeholder = Some(texte::CHOISIR);
            view! { <Select id label value options error required on_blur placeholder /> }.into_any()
        }
        _ if colonne == Colonne::Commentaire => {
            let maxlength = longueur(COMMENTAIRE_MAX);
            view! { <TextArea id label value error required maxlength /> }.into_any()
        }
        _ => {
            let (kind, inputmode, maxlength) = forme(colonne);
            view! { <TextField id label value error required on_blur kind inputmode maxlength /> }.into_any()
        }
    })
}

/// Type of the input, keyboard of a phone, most characters. Room is left for the spaces people type between digits.
pub fn forme(colonne: Colonne) -> (&'static str, &'static str, u32) {
    match colonne {
        Colonne::DateDemande | Colonne::DateSession => ("date", "text", 10),
        Colonne::Email | Colonne::StructureEmail | Colonne::ReferentEmail => ("email", "email", 254),
        Colonne::ReferentTelephone => ("tel", "tel", 30),
        Colonne::Siret => ("text", "numeric", 30),
        Colonne::CodePostal => ("text", "numeric", 10),
        Colonne::NumeroHabilitation => ("text", "numeric", longueur(NUMERO_HABILITATION_MAX)),
        Colonne::Adresse => ("text", "text", longueur(ADRESSE_MAX)),
        _ => ("text", "text", longueur(TEXTE_MAX)),
    }
}

fn longueur(max: usize) -> u32 {
    u32::try_from(max).unwrap_or(u32::MAX)
}

/// What is said of the draft: that it was taken up again, or that the browser does not keep it.
pub fn avis_de_brouillon(repris: bool, garde: RwSignal<bool>) -> AnyView {
    let refuse = || view! { <Alert tone=Tone::Warning live=true><p>{texte::BROUILLON_REFUSE}</p></Alert> }.into_any();
    view! {
        {repris.then(|| view! { <Alert tone=Tone::Info live=true><p>{texte::BROUILLON_REPRIS}</p></Alert> })}
        {when(move || !garde.get(), refuse)}
    }
    .into_any()
}

/// Save, or leave.
pub fn pied(occupe: RwSignal<bool>, abandonner: Callback<()>) -> AnyView {
    view! {
        <div class="demande__pied">
            <Button submit=true busy=occupe>
                {texte::ENREGISTRER}
            </Button>
            <Button kind=ButtonKind::Secondary on_click=Callback::new(move |_| abandonner.run(()))>
                {texte::ABANDONNER}
            </Button>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exemple() -> Ligne {
        let mut ligne = Ligne::default();
        for (colonne, valeur) in [
            (Colonne::StructureNom, "Mairie de Bourg-en-Bresse"),
            (Colonne::Siret, "21010053300012"),
            (Colonne::Nom, "Dubois"),
            (Colonne::Prenom, "Angela"),
            (Colonne::Email, "angela.dubois@mairie.example"),
            (Colonne::Formation, "aidants_connect"),
            (Colonne::Etape, "recue"),
        ] {
            ligne.set(colonne, valeur);
        }
        ligne
    }

    #[test]
    fn the_rules_of_the_domain_check_what_is_typed() {
        Owner::new().with(|| {
            let formulaire = Formulaire::nouveau(exemple());
            assert_eq!(formulaire.refus.submit(), Vec::new());
            formulaire.champ(Colonne::Email).unwrap().set("angela".to_owned());
            formulaire.champ(Colonne::Nom).unwrap().set(String::new());
            let refuses: Vec<String> = formulaire.refus.submit().into_iter().map(|faute| faute.id).collect();
            assert_eq!(refuses, ["champ-nom", "champ-email"]);
        });
    }

    #[test]
    fn after_a_conflict_what_was_typed_stays_unless_given_up() {
        Owner::new().with(|| {
            let formulaire = Formulaire::nouveau(exemple());
            formulaire.champ(Colonne::Nom).unwrap().set("Roy".to_owned());
            formulaire.champ(Colonne::Ville).unwrap().set("Bron".to_owned());
            let mut serveur = exemple();
            serveur.set(Colonne::Nom, "Duboys");
            serveur.set(Colonne::Ville, "Lyon");
            serveur.set(Colonne::Profession, "Agente");
            formulaire.rebaser(serveur, &[Colonne::Nom]);
            let tapee = formulaire.tapee();
            assert_eq!(tapee.get(Colonne::Nom), "Duboys");
            assert_eq!(tapee.get(Colonne::Ville), "Bron");
            assert_eq!(tapee.get(Colonne::Profession), "Agente");
            let envoyee = serde_json::to_value(formulaire.saisie()).unwrap();
            assert_eq!(envoyee, serde_json::json!({ "ville": "Bron" }));
        });
    }
}
