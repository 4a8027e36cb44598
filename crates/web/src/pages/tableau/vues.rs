//! Named views: those the service proposes to a role, one's own, those of colleagues. A view only says an address of the table.

use domain::demande::{Colonne, Filtre, Tri};
use domain::vue::{EtatVue, NOM_MAX, Vue, VueSaisie};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::etat::{Etat, PAR_DEFAUT, uniques};
use super::{Tableau, barre};
use crate::api::{ClientError, vues};
use crate::browser;
use crate::reactive::{State, submit};
use crate::session::use_session;
use crate::text::vues as texte;
use crate::ui::dynamic::{dynamic, failure, when};
use crate::ui::{Button, ButtonKind, Checkbox, Dialog, Skeleton, TextField, Tone, use_announcer};

/// Identifier of the field that names a view.
const NOM_ID: &str = "vue-nom";

/// The views being shown.
#[derive(Clone, Copy)]
struct Vues {
    tableau: Tableau,
    ouvert: RwSignal<bool>,
    lues: State<Vec<Vue>>,
    occupe: RwSignal<bool>,
    echec: RwSignal<Option<ClientError>>,
    nom: RwSignal<String>,
    refus: RwSignal<Option<String>>,
    partagee: RwSignal<bool>,
}

/// What the table shows now, as a view keeps it.
fn present(tableau: Tableau) -> EtatVue {
    let etat = tableau.present();
    let tri = if etat.tri == Tri::default() { String::new() } else { etat.tri.to_string() };
    let noms = || etat.colonnes.iter().map(|colonne| colonne.nom().to_owned()).collect();
    let colonnes = if etat.colonnes == PAR_DEFAUT { Vec::new() } else { noms() };
    let largeurs = etat.largeurs.iter().map(|(colonne, largeur)| (colonne.nom().to_owned(), *largeur)).collect();
    EtatVue {
        filtre: etat.filtre.to_string(),
        tri,
        groupe: etat.groupe.map_or_else(String::new, |colonne| colonne.nom().to_owned()),
        q: etat.q,
        colonnes,
        largeurs,
        figees: etat.figees,
        serre: etat.serre,
    }
}

/// The state of the table that a view says. A column that no longer exists is left out.
fn etat(vue: &EtatVue) -> Etat {
    let colonnes: Vec<Colonne> = vue.colonnes.iter().filter_map(|nom| Colonne::parse(nom)).collect();
    Etat {
        filtre: Filtre::parse(&vue.filtre).unwrap_or_default(),
        tri: Tri::parse(&vue.tri).unwrap_or_default(),
        groupe: Colonne::parse(&vue.groupe),
        q: vue.q.clone(),
        colonnes: if colonnes.is_empty() { PAR_DEFAUT.to_vec() } else { uniques(colonnes) },
        largeurs: vue.largeurs.iter().filter_map(|(nom, largeur)| Some((Colonne::parse(nom)?, *largeur))).collect(),
        figees: vue.figees,
        serre: vue.serre,
        ..Etat::default()
    }
}

impl Vues {
    fn lire(self) {
        self.occupe.set(true);
        self.echec.set(None);
        spawn_local(async move {
            let lues = vues::lister().await;
            if self.occupe.try_set(false).is_some() {
                return;
            }
            match lues {
                Ok(lues) => self.lues.set(lues),
                Err(error) => self.echec.set(Some(error)),
            }
        });
    }

    fn aller(self, vue: &EtatVue) {
        self.ouvert.set(false);
        self.tableau.aller(etat(vue));
        crate::grid::focus_later(super::GRILLE_ID);
    }

    /// Does something to the views on the server, then reads them again.
    fn agir(self, agir: impl Future<Output = Result<(), ClientError>> + 'static, dit: &'static str) {
        let annonces = use_announcer();
        if self.occupe.get_untracked() {
            return;
        }
        self.occupe.set(true);
        self.echec.set(None);
        spawn_local(async move {
            let fait = agir.await;
            if self.occupe.try_set(false).is_some() {
                return;
            }
            match fait {
                Ok(()) => {
                    self.nom.set(String::new());
                    self.refus.set(None);
                    annonces.show(Tone::Success, dit);
                    self.lire();
                }
                Err(error) => {
                    let du_nom =
                        error.problem().and_then(|probleme| probleme.errors.iter().find(|faute| faute.champ == "/nom"));
                    match du_nom {
                        Some(faute) => {
                            self.refus.set(Some(faute.message.clone()));
                            browser::focus(NOM_ID);
                        }
                        None => self.echec.set(Some(error)),
                    }
                }
            }
        });
    }

    fn garder(self) {
        let saisie = VueSaisie {
            nom: self.nom.get_untracked().trim().to_owned(),
            etat: present(self.tableau),
            partagee: self.partagee.get_untracked(),
            habituelle: false,
        };
        self.agir(async move { vues::garder(&saisie).await }, texte::GARDEE);
    }

    fn remplacer(self, vue: &Vue, saisie: VueSaisie, dit: &'static str) {
        let (id, version) = (vue.id.clone(), vue.version);
        self.agir(async move { vues::remplacer(&id, version, &saisie).await }, dit);
    }

    fn supprimer(self, vue: &Vue) {
        let (id, version) = (vue.id.clone(), vue.version);
        self.agir(async move { vues::supprimer(&id, version).await }, texte::SUPPRIMEE);
    }
}

/// The button and its dialog.
pub fn vues(tableau: Tableau) -> AnyView {
    let vues = Vues {
        tableau,
        ouvert: RwSignal::new(false),
        lues: State::new(Vec::new()),
        occupe: RwSignal::new(false),
        echec: RwSignal::new(None),
        nom: RwSignal::new(String::new()),
        refus: RwSignal::new(None),
        partagee: RwSignal::new(false),
    };
    let ouvrir = Callback::new(move |_| {
        vues.lire();
        vues.ouvert.set(true);
    });
    view! {
        <Button kind=ButtonKind::Tertiary small=true on_click=ouvrir>
            {texte::VUES}
        </Button>
        <Dialog id="vues" title=texte::TITRE open=vues.ouvert>
            {contenu(vues)}
        </Dialog>
    }
    .into_any()
}

fn contenu(vues: Vues) -> AnyView {
    let session = use_session();
    let proposees = untrack(|| session.role()).map(texte::proposees).unwrap_or_default();
    let proposees = proposees.iter().map(|(nom, filtre)| {
        let vue = EtatVue { filtre: (*filtre).to_owned(), ..EtatVue::default() };
        view! { <li>{lien(vues, (*nom).to_owned(), vue)}</li> }
    });
    let liste = move |miennes: bool| {
        let lues = vues.lues.get();
        let choisies = lues.into_iter().filter(|vue| vue.mienne == miennes);
        let lignes: Vec<AnyView> =
            choisies.map(|vue| if miennes { mienne(vues, vue) } else { de_collegue(vues, &vue) }).collect();
        if lignes.is_empty() {
            view! { <p>{texte::aucune(miennes)}</p> }.into_any()
        } else {
            view! { <ul class="tableau__vues">{lignes}</ul> }.into_any()
        }
    };
    view! {
        {failure(vues.echec.into(), Some(Callback::new(move |()| vues.lire())))}
        <h3 class="fr-h6">{texte::PROPOSEES}</h3>
        <ul class="tableau__vues">{proposees.collect_view()}</ul>
        <h3 class="fr-h6">{texte::MIENNES}</h3>
        {when(move || vues.occupe.get(), || view! { <Skeleton lines=2 /> }.into_any())}
        {dynamic(move || liste(true))}
        <h3 class="fr-h6">{texte::COLLEGUES}</h3>
        {dynamic(move || liste(false))}
        {formulaire(vues)}
    }
    .into_any()
}

/// Exports what a view shows: a view is also a template of exports.
fn export(nom: &str, vue: &EtatVue) -> AnyView {
    let href = Signal::stored(etat(vue).adresse_export("xlsx"));
    let mots = (texte::EXPORTER.to_owned(), Some(texte::sur(texte::EXPORTER, nom)));
    barre::lien_export(href, mots, Callback::new(|()| {}))
}

/// Goes to a view.
fn lien(vues: Vues, nom: String, vue: EtatVue) -> AnyView {
    let vue = StoredValue::new(vue);
    view! {
        <Button kind=ButtonKind::Tertiary small=true on_click=Callback::new(move |_| vue.with_value(|vue| vues.aller(vue)))>
            {nom}
        </Button>
    }
    .into_any()
}

/// What a view now is, to change it.
fn saisie(vue: &Vue) -> VueSaisie {
    VueSaisie { nom: vue.nom.clone(), etat: vue.etat.clone(), partagee: vue.partagee, habituelle: vue.habituelle }
}

/// Shows the person's usual view, when the table is opened without saying what to show.
pub fn ouvrir_habituelle(tableau: Tableau) {
    if tableau.present() != Etat::default() {
        return;
    }
    spawn_local(async move {
        let Ok(lues) = vues::lister().await else { return };
        let habituelle = lues.iter().find(|vue| vue.habituelle);
        // The person may have begun to filter meanwhile, or have left.
        let intact = tableau.etat.try_get_untracked().is_some_and(|etat| etat == Etat::default());
        if let Some(vue) = habituelle.filter(|_| intact) {
            tableau.remplacer(etat(&vue.etat));
        }
    });
}

fn mienne(vues: Vues, vue: Vue) -> AnyView {
    let (nom, etat, partagee, habituelle) = (vue.nom.clone(), vue.etat.clone(), vue.partagee, vue.habituelle);
    let vue = StoredValue::new(vue);
    let bouton = |mots: &'static str, agir: Callback<()>| {
        view! {
            <Button
                kind=ButtonKind::Secondary
                small=true
                busy=vues.occupe
                aria_label=texte::sur(mots, &nom)
                on_click=Callback::new(move |_| agir.run(()))
            >
                {mots}
            </Button>
        }
        .into_any()
    };
    let mettre_a_jour = Callback::new(move |()| {
        vue.with_value(|vue| {
            let saisie = VueSaisie { etat: present(vues.tableau), ..saisie(vue) };
            vues.remplacer(vue, saisie, texte::MISE_A_JOUR);
        });
    });
    let partager = Callback::new(move |()| {
        vue.with_value(|vue| {
            let saisie = VueSaisie { partagee: !vue.partagee, ..saisie(vue) };
            vues.remplacer(vue, saisie, if vue.partagee { texte::NON_PARTAGEE } else { texte::PARTAGEE });
        });
    });
    let ouvrir_sur = Callback::new(move |()| {
        vue.with_value(|vue| {
            let saisie = VueSaisie { habituelle: !vue.habituelle, ..saisie(vue) };
            vues.remplacer(vue, saisie, if vue.habituelle { texte::NON_HABITUELLE } else { texte::HABITUELLE });
        });
    });
    let supprimer = Callback::new(move |()| vue.with_value(|vue| vues.supprimer(vue)));
    let export = export(&nom, &etat);
    view! {
        <li>
            {lien(vues, nom.clone(), etat)}
            {export}
            {partagee.then(|| view! { <span class="fr-hint-text">{texte::EST_PARTAGEE}</span> })}
            {bouton(texte::METTRE_A_JOUR, mettre_a_jour)}
            {bouton(if partagee { texte::NE_PLUS_PARTAGER } else { texte::PARTAGER }, partager)}
            {bouton(if habituelle { texte::NE_PLUS_OUVRIR_SUR } else { texte::OUVRIR_SUR }, ouvrir_sur)}
            {bouton(texte::SUPPRIMER, supprimer)}
        </li>
    }
    .into_any()
}

fn de_collegue(vues: Vues, vue: &Vue) -> AnyView {
    view! {
        <li>
            {lien(vues, vue.nom.clone(), vue.etat.clone())}
            {export(&vue.nom, &vue.etat)}
            <span class="fr-hint-text">{texte::de(&vue.auteur)}</span>
        </li>
    }
    .into_any()
}

/// Keeps what the table shows now under a name.
fn formulaire(vues: Vues) -> AnyView {
    let envoyer = move |event: SubmitEvent| {
        event.prevent_default();
        vues.garder();
    };
    view! {
        <form class="tableau__filtre" aria-label=texte::GARDER_TITRE on:submit=submit(envoyer) novalidate>
            <TextField
                id=NOM_ID
                label=texte::NOM
                hint=texte::NOM_AIDE
                value=vues.nom
                error=vues.refus
                required=true
                maxlength=u32::try_from(NOM_MAX).unwrap_or(60)
            />
            <Checkbox
                id="vue-partagee"
                label=texte::PARTAGER_AVEC
                checked=vues.partagee
                on_change=Callback::new(move |partagee| vues.partagee.set(partagee))
            />
            <Button submit=true small=true busy=vues.occupe>
                {texte::GARDER}
            </Button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::vues::proposees;
    use domain::permission::{Role, may_read};

    #[test]
    fn a_view_gives_back_the_state_it_was_made_of() {
        let vue = EtatVue {
            filtre: "ville contains \"lyon\"".into(),
            tri: "-nom".into(),
            groupe: "etape".into(),
            q: "zoé".into(),
            colonnes: vec!["presence".into(), "nom".into()],
            largeurs: [("nom".to_owned(), 200)].into(),
            figees: Some(1),
            serre: true,
        };
        let etat = etat(&vue);
        assert_eq!((etat.filtre.to_string(), etat.tri.to_string(), etat.q.as_str()), (vue.filtre, vue.tri, "zoé"));
        assert_eq!(etat.colonnes, [Colonne::Presence, Colonne::Nom], "in the order kept");
        assert_eq!(etat.groupe, Some(Colonne::Etape));
        assert_eq!((etat.largeur(Colonne::Nom), etat.figees, etat.serre), (Some(200), Some(1), true));
        assert_eq!(super::etat(&EtatVue::default()), Etat::default());
    }

    #[test]
    fn the_proposed_views_are_filters_that_their_role_may_ask() {
        for role in Role::COMPTES {
            for (nom, filtre) in proposees(role) {
                let filtre = Filtre::parse(filtre).unwrap_or_else(|erreur| panic!("{nom} : {erreur}"));
                assert!(filtre.colonnes().into_iter().all(|colonne| may_read(role, colonne)), "{nom}");
            }
        }
    }
}
