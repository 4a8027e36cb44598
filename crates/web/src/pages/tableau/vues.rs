//! Named views: those the service proposes to a role, one's own, those of colleagues. A view only says an address of the table.

use domain::demande::{Colonne, Filtre, Tri};
use domain::vue::{EtatVue, NOM_MAX, Vue, VueSaisie};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys;

use super::etat::{Etat, PAR_DEFAUT, uniques};
use super::{Tableau, barre};
use crate::api::{ClientError, vues};
use crate::browser;
use crate::reactive::State;
use crate::session::use_session;
use crate::text::vues as texte;
use crate::ui::dynamic::{dynamic, failure, when, words as dynamic_words};
use crate::ui::plain::{Tag, dialog_button, element, heading, list, paragraph, several, small_button, waiting, words};
use crate::ui::{Button, ButtonKind, Checkbox, TextField, Tone, use_announcer};

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
    /// The view that takes another name.
    renommee: State<Option<Vue>>,
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
                    self.nommer(None);
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

    /// Gives a view another name, or, without one, names what is shown.
    fn nommer(self, vue: Option<Vue>) {
        self.nom.set(vue.as_ref().map(|vue| vue.nom.clone()).unwrap_or_default());
        self.refus.set(None);
        self.renommee.set(vue);
    }

    fn garder(self) {
        if let Some(vue) = self.renommee.get_untracked() {
            let saisie = VueSaisie { nom: self.nom.get_untracked().trim().to_owned(), ..saisie(&vue) };
            return self.remplacer(&vue, saisie, texte::RENOMMEE);
        }
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
        renommee: State::new(None),
    };
    let preparer = Box::new(move || vues.lire());
    dialog_button(words(texte::VUES), ("vues", texte::TITRE), vues.ouvert, preparer, Box::new(move || contenu(vues)))
}

/// The views proposed to the person's role: name and filter.
fn proposees() -> Vec<(&'static str, String)> {
    let role = untrack(|| use_session().role());
    role.map(|role| texte::proposees(role, &browser::today())).unwrap_or_default()
}

/// The first view proposed to the role, one press away while the table is as it opens.
pub fn proposition(tableau: Tableau) -> AnyView {
    let Some((nom, filtre)) = proposees().into_iter().next() else { return several(Vec::new()) };
    let vue = StoredValue::new(EtatVue { filtre, ..EtatVue::default() });
    let habituel = move || Etat { ouverte: None, changements: None, ..tableau.etat.get() } == Etat::default();
    when(habituel, move || {
        let aller = Box::new(move || {
            tableau.aller(vue.with_value(etat));
            crate::grid::focus_later(super::GRILLE_ID);
        });
        let bouton = small_button(ButtonKind::Tertiary, words(nom), None, None, aller);
        element("p", "tableau__proposition", None, vec![words(texte::PROPOSEE), bouton])
    })
}

fn contenu(vues: Vues) -> AnyView {
    let proposees = proposees().into_iter().map(|(nom, filtre)| {
        let vue = EtatVue { filtre, ..EtatVue::default() };
        lien(vues, nom.to_owned(), vue)
    });
    let liste = move |miennes: bool| {
        let lues = vues.lues.get();
        let choisies = lues.into_iter().filter(|vue| vue.mienne == miennes);
        let lignes: Vec<AnyView> =
            choisies.map(|vue| if miennes { mienne(vues, vue) } else { de_collegue(vues, &vue) }).collect();
        if lignes.is_empty() { paragraph("", texte::aucune(miennes)) } else { list("tableau__vues", lignes) }
    };
    let titre = |mots: &'static str| heading("h3", "fr-h6", mots);
    several(vec![
        failure(vues.echec.into(), Some(Callback::new(move |()| vues.lire()))),
        titre(texte::PROPOSEES),
        list("tableau__vues", proposees.collect()),
        titre(texte::MIENNES),
        when(move || vues.occupe.get(), waiting),
        dynamic(move || liste(true)),
        titre(texte::COLLEGUES),
        dynamic(move || liste(false)),
        formulaire(vues),
    ])
}

/// Exports what a view shows: a view is also a template of exports.
fn export(nom: &str, vue: &EtatVue) -> AnyView {
    let etat = etat(vue);
    let lien = |format: &str| {
        let mots = (format.to_ascii_uppercase(), Some(texte::exporter(format, nom)));
        barre::lien_export(Signal::stored(etat.adresse_export(format)), mots, Callback::new(|()| {}))
    };
    let liens = std::iter::once(words(texte::EXPORTER)).chain(barre::FORMATS.map(lien)).collect();
    element("span", "tableau__formats", None, liens)
}

/// Goes to a view.
fn lien(vues: Vues, nom: String, vue: EtatVue) -> AnyView {
    small_button(ButtonKind::Tertiary, words(nom), None, None, Box::new(move || vues.aller(&vue)))
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
    let bouton = |mots: &'static str, agir: Box<dyn Fn(Vue) + Send + Sync>| {
        let act = Box::new(move || agir(vue.get_value()));
        small_button(ButtonKind::Secondary, words(mots), Some(texte::sur(mots, &nom)), Some(vues.occupe), act)
    };
    let mettre_a_jour = move |vue: Vue| {
        let saisie = VueSaisie { etat: present(vues.tableau), ..saisie(&vue) };
        vues.remplacer(&vue, saisie, texte::MISE_A_JOUR);
    };
    let renommer = move |vue| {
        vues.nommer(Some(vue));
        browser::focus_later(NOM_ID);
    };
    let partager = move |vue: Vue| {
        let saisie = VueSaisie { partagee: !vue.partagee, ..saisie(&vue) };
        vues.remplacer(&vue, saisie, if vue.partagee { texte::NON_PARTAGEE } else { texte::PARTAGEE });
    };
    let ouvrir_sur = move |vue: Vue| {
        let saisie = VueSaisie { habituelle: !vue.habituelle, ..saisie(&vue) };
        vues.remplacer(&vue, saisie, if vue.habituelle { texte::NON_HABITUELLE } else { texte::HABITUELLE });
    };
    let mut contenu = vec![lien(vues, nom.clone(), etat.clone()), export(&nom, &etat)];
    if partagee {
        contenu.push(element("span", "fr-hint-text", None, vec![words(texte::EST_PARTAGEE)]));
    }
    contenu.extend([
        bouton(texte::METTRE_A_JOUR, Box::new(mettre_a_jour)),
        bouton(texte::RENOMMER, Box::new(renommer)),
        bouton(if partagee { texte::NE_PLUS_PARTAGER } else { texte::PARTAGER }, Box::new(partager)),
        bouton(if habituelle { texte::NE_PLUS_OUVRIR_SUR } else { texte::OUVRIR_SUR }, Box::new(ouvrir_sur)),
        bouton(texte::SUPPRIMER, Box::new(move |vue| vues.supprimer(&vue))),
    ]);
    several(contenu)
}

fn de_collegue(vues: Vues, vue: &Vue) -> AnyView {
    let auteur = element("span", "fr-hint-text", None, vec![words(texte::de(&vue.auteur))]);
    several(vec![lien(vues, vue.nom.clone(), vue.etat.clone()), export(&vue.nom, &vue.etat), auteur])
}

/// Keeps what the table shows now under a name, or gives a view another one.
fn formulaire(vues: Vues) -> AnyView {
    let envoyer = move |event: web_sys::Event| {
        event.prevent_default();
        vues.garder();
    };
    let nommee = move || vues.renommee.with(|vue| vue.as_ref().map(|vue| vue.nom.clone()));
    let mots =
        move |garder: &'static str| nommee().map_or_else(|| garder.to_owned(), |nom| texte::sur(texte::RENOMMER, &nom));
    let label = Signal::derive(move || if nommee().is_some() { texte::NOUVEAU_NOM } else { texte::NOM }.to_owned());
    let partage = move || {
        let on_change = Callback::new(move |partagee| vues.partagee.set(partagee));
        view! { <Checkbox id="vue-partagee" label=texte::PARTAGER_AVEC checked=vues.partagee on_change /> }.into_any()
    };
    let renoncer = move || {
        let act = Box::new(move || vues.nommer(None));
        small_button(ButtonKind::Tertiary, words(texte::NE_PAS_RENOMMER), None, None, act)
    };
    let (value, error, maxlength) = (vues.nom, vues.refus, u32::try_from(NOM_MAX).unwrap_or(60));
    let champ = view! { <TextField id=NOM_ID label hint=texte::NOM_AIDE value error required=true maxlength /> };
    let bouton =
        view! { <Button submit=true small=true busy=vues.occupe>{dynamic_words(move || mots(texte::GARDER))}</Button> };
    Tag::new("form", "tableau__filtre")
        .with("aria-label", texte::GARDER_TITRE.to_owned())
        .with("novalidate", String::new())
        .on("submit", Box::new(envoyer))
        .around(vec![
            champ.into_any(),
            when(move || nommee().is_none(), partage),
            bouton.into_any(),
            when(move || nommee().is_some(), renoncer),
        ])
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
    fn those_who_manage_find_what_is_to_plan_what_attendance_misses_and_who_is_habilitated() {
        for role in [Role::Recipiendaire, Role::Instructeur, Role::Anct] {
            let noms: Vec<&str> = proposees(role, "2026-11-30").iter().map(|(nom, _)| *nom).collect();
            for nom in ["À planifier", "Présences manquantes", "Habilités"] {
                assert!(noms.contains(&nom), "{role:?} : {noms:?}");
            }
        }
        assert!(proposees(Role::Aidant, "2026-11-30").is_empty());
    }

    #[test]
    fn the_proposed_views_are_filters_that_their_role_may_ask() {
        for role in Role::COMPTES {
            for (nom, filtre) in proposees(role, "2026-11-30") {
                let filtre = Filtre::parse(&filtre).unwrap_or_else(|erreur| panic!("{nom} : {erreur}"));
                assert!(filtre.colonnes().into_iter().all(|colonne| may_read(role, colonne)), "{nom}");
            }
        }
    }
}
