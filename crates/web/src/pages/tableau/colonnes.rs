//! Which columns are shown.

use domain::demande::Colonne;
use leptos::prelude::*;

use super::Tableau;
use super::etat::{Etat, PAR_DEFAUT, ordonnees};
use crate::reactive::effect;
use crate::session::use_session;
use crate::text::tableau as texte;
use crate::ui::{Button, ButtonKind, CheckboxGroup, Dialog};

/// The button and its dialog. At least one column stays.
pub fn choix(tableau: Tableau) -> AnyView {
    let session = use_session();
    let ouvert = RwSignal::new(false);
    let noms = |colonnes: &[Colonne]| colonnes.iter().map(|colonne| colonne.nom().to_owned()).collect::<Vec<_>>();
    let choisies = RwSignal::new(Vec::<String>::new());
    let ouvrir = Callback::new(move |_| {
        choisies.set(noms(&tableau.present().colonnes));
        ouvert.set(true);
    });
    let revenir = Callback::new(move |_| choisies.set(noms(&PAR_DEFAUT)));
    effect(move || {
        let colonnes: Vec<Colonne> = choisies.read().iter().filter_map(|nom| Colonne::parse(nom)).collect();
        let colonnes = ordonnees(&colonnes);
        let present = tableau.present();
        if ouvert.get_untracked() && !colonnes.is_empty() && colonnes != present.colonnes {
            tableau.remplacer(Etat { colonnes, ..present });
        }
    });
    let options = move || {
        let options = Colonne::ALL.iter().filter(|colonne| session.reads(**colonne));
        options.map(|c| (c.nom().to_owned(), domain::text::fr::colonne(*c).to_owned())).collect::<Vec<_>>()
    };
    view! {
        <Button kind=ButtonKind::Tertiary small=true on_click=ouvrir>
            {texte::COLONNES}
        </Button>
        <Dialog id="colonnes" title=texte::COLONNES open=ouvert>
            <p>
                <Button kind=ButtonKind::Secondary small=true on_click=revenir>
                    {texte::COLONNES_DEFAUT}
                </Button>
            </p>
            <CheckboxGroup
                id="colonnes-affichees"
                legend=texte::COLONNES_AFFICHEES
                options=untrack(options)
                value=choisies
                required=true
            />
        </Dialog>
    }
    .into_any()
}
