//! The form of a link.

use domain::lien::{LienSaisie, StructurePreremplie};
use domain::referentiel::EpciVue;
use domain::values::type_structure::{TYPES, TypeStructure};
use leptos::prelude::*;

use crate::api::referentiel;
use crate::forms::Proposals;
use crate::pages::connexion::Attempt;
use crate::text::liens as text;
use crate::ui::combobox::Combobox;
use crate::ui::plain::{element, form, paragraph, send_button};
use crate::ui::{Select, TextField};

/// What is typed.
#[derive(Clone, Copy)]
pub struct Champs {
    /// Begins the identifiers of the controls.
    place: &'static str,
    libelle: RwSignal<String>,
    ouvre: RwSignal<String>,
    ferme: RwSignal<String>,
    nom: RwSignal<String>,
    genre: RwSignal<String>,
    siret: RwSignal<String>,
    adresse: RwSignal<String>,
    code_postal: RwSignal<String>,
    ville: RwSignal<String>,
}

impl Champs {
    /// Empty.
    pub fn nouveau(place: &'static str) -> Self {
        let vide = || RwSignal::new(String::new());
        Self {
            place,
            libelle: vide(),
            ouvre: vide(),
            ferme: vide(),
            nom: vide(),
            genre: vide(),
            siret: vide(),
            adresse: vide(),
            code_postal: vide(),
            ville: vide(),
        }
    }

    /// Shows what a link is set to.
    pub fn remplir(self, reglages: &LienSaisie) {
        let structure = &reglages.structure;
        for (champ, valeur) in [
            (self.libelle, &reglages.libelle),
            (self.ouvre, &reglages.ouvre_le),
            (self.ferme, &reglages.ferme_le),
            (self.nom, &structure.nom),
            (self.genre, &structure.type_structure),
            (self.siret, &structure.siret),
            (self.adresse, &structure.adresse),
            (self.code_postal, &structure.code_postal),
            (self.ville, &structure.ville),
        ] {
            champ.set(valeur.clone());
        }
    }

    /// What is typed, as it is now.
    pub fn saisie(self, ferme: bool) -> LienSaisie {
        let lu = |champ: RwSignal<String>| champ.get_untracked().trim().to_owned();
        LienSaisie {
            libelle: lu(self.libelle),
            ouvre_le: lu(self.ouvre),
            ferme_le: lu(self.ferme),
            structure: StructurePreremplie {
                nom: lu(self.nom),
                type_structure: lu(self.genre),
                siret: lu(self.siret),
                adresse: lu(self.adresse),
                code_postal: lu(self.code_postal),
                ville: lu(self.ville),
            },
            ferme,
        }
    }

    /// The name of the structure, with the groupings of communes proposed for what is typed; the one chosen gives its type.
    fn nom(self, error: Signal<Option<String>>) -> AnyView {
        let epci = Proposals::new(|un: &EpciVue| un.nom.clone(), text::epci_proposes);
        let on_type = Callback::new(move |typed: String| {
            epci.search(self.nom, typed, async |mots| referentiel::epci(&mots).await.unwrap_or_default());
        });
        let on_choose = Callback::new(move |place| {
            if let Some(choisi) = epci.at(place) {
                self.nom.set(choisi.nom);
                self.genre.set(choisi.type_structure);
            }
        });
        let id = format!("{}-nom", self.place);
        let on_blur = Callback::new(|()| {});
        view! {
            <Combobox
                id
                label=text::NOM
                hint=text::NOM_AIDE
                value=self.nom
                options=epci.shown
                on_type
                on_choose
                error
                on_blur
            />
        }
        .into_any()
    }

    /// The form; `essai` tells what was refused.
    pub fn dessiner(self, essai: Attempt, envoyer: &'static str, act: Box<dyn FnMut()>) -> AnyView {
        let un = |nom: &'static str, label, value, kind, required, at| {
            champ(format!("{}-{nom}", self.place), label, (value, kind, required), essai.at(at))
        };
        let mut contenu = vec![
            un("libelle", text::LIBELLE, self.libelle, "text", true, "/libelle"),
            un("ouvre", text::OUVRE, self.ouvre, "date", false, "/ouvre_le"),
            un("ferme", text::FERME, self.ferme, "date", false, "/ferme_le"),
            paragraph("fr-text--bold", text::PREREMPLI),
            self.nom(essai.at("/structure/nom")),
            genre(format!("{}-genre", self.place), self.genre, essai.at("/structure/type_structure")),
            un("siret", text::SIRET, self.siret, "text", false, "/structure/siret"),
            un("adresse", text::ADRESSE, self.adresse, "text", false, "/structure/adresse"),
            un("code-postal", text::CODE_POSTAL, self.code_postal, "text", false, "/structure/code_postal"),
            un("ville", text::VILLE, self.ville, "text", false, "/structure/ville"),
        ];
        contenu.push(send_button(envoyer, essai.busy));
        element("div", "pa-encadre", None, vec![form("", contenu, act)])
    }
}

#[inline(never)]
fn champ(
    id: String,
    label: &'static str,
    (value, kind, required): (RwSignal<String>, &'static str, bool),
    error: Signal<Option<String>>,
) -> AnyView {
    view! { <TextField id label value kind required error /> }.into_any()
}

fn genre(id: String, value: RwSignal<String>, error: Signal<Option<String>>) -> AnyView {
    let un = |genre: &TypeStructure| (genre.code.to_owned(), genre.libelle().to_owned());
    let options: Vec<(String, String)> = TYPES.iter().map(un).collect();
    view! { <Select id label=text::TYPE value options placeholder=Some(text::TYPE_LIBRE) error /> }.into_any()
}
