//! Links of the candidature form: those of an envelope, one to make, one to set; copied, printed as a QR code, closed.

mod formulaire;

use domain::lien::{EtatLien, Lien, LienSaisie};
use domain::permission::Operation;
use domain::session::EnveloppeVue;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::formulaire::Champs;
use super::connexion::Attempt;
use crate::api::{liens as api, referentiel};
use crate::browser;
use crate::reactive::{State, effect};
use crate::session::use_session;
use crate::text::liens as text;
use crate::ui::dynamic::{dynamic, when};
use crate::ui::plain::{button, element, folded, heading, link, list, paragraph, title, waiting, words};
use crate::ui::{Announcer, ButtonKind, Select, Tone, page, use_announcer};

/// What the parts share.
#[derive(Clone, Copy)]
struct Ecran {
    enveloppes: State<Option<Vec<EnveloppeVue>>>,
    /// The one worked on.
    enveloppe: RwSignal<String>,
    liens: State<Option<Vec<Lien>>>,
    /// The link being set, by its identifier.
    regle: RwSignal<Option<String>>,
    essai: Attempt,
    annonces: Announcer,
    /// Whether the person makes and sets links.
    gere: bool,
}

impl Ecran {
    fn lire(self) {
        self.essai.run(Box::pin(async move {
            let enveloppes = referentiel::enveloppes().await?;
            let premiere = enveloppes.first().map(|une| une.id.clone()).unwrap_or_default();
            self.enveloppes.try_set(Some(enveloppes));
            self.enveloppe.try_set(premiere);
            Ok(())
        }));
    }

    /// Reads the links of the envelope worked on.
    fn lire_liens(self) {
        let enveloppe = self.enveloppe.get();
        if enveloppe.is_empty() {
            return;
        }
        self.liens.set(None);
        self.essai.read(Box::pin(async move {
            self.liens.try_set(Some(api::lister(&enveloppe).await?));
            Ok(())
        }));
    }

    /// Makes or sets a link, says so, and shows what became of the list.
    fn enregistrer(self, saisie: LienSaisie, connu: Option<(String, i64)>, puis: Callback<()>) {
        self.essai.run(Box::pin(async move {
            let enveloppe = self.enveloppe.get_untracked();
            let dit = match &connu {
                Some((id, version)) => api::regler(id, *version, &saisie).await.map(|()| text::REGLE)?,
                None => api::faire(&enveloppe, &saisie).await.map(|()| text::FAIT)?,
            };
            self.regle.set(None);
            puis.try_run(());
            self.annonces.show(Tone::Success, dit);
            self.liens.try_set(Some(api::lister(&enveloppe).await?));
            browser::focus_later(page::TITLE_ID);
            Ok(())
        }));
    }

    fn copier(self, adresse: String) {
        spawn_local(async move {
            let copiee = browser::copy(&adresse).await;
            let (ton, dit) = if copiee { (Tone::Success, text::COPIEE) } else { (Tone::Warning, text::NON_COPIEE) };
            self.annonces.show(ton, dit);
        });
    }
}

/// The screen `/administration/liens`.
#[component]
pub fn LiensPage() -> impl IntoView {
    let session = use_session();
    let ecran = Ecran {
        enveloppes: State::new(None),
        enveloppe: RwSignal::new(String::new()),
        liens: State::new(None),
        regle: RwSignal::new(None),
        essai: Attempt::new(),
        annonces: use_announcer(),
        gere: untrack(|| session.may(Operation::LienGerer)),
    };
    ecran.lire();
    effect(move || ecran.lire_liens());
    let contenu = vec![
        title(text::LIENS),
        paragraph("", text::AIDE),
        ecran.essai.alert(),
        dynamic(move || ecran.enveloppes.get().map_or_else(waiting, |enveloppes| tout(ecran, &enveloppes))),
    ];
    element("div", "pa-texte", None, contenu)
}

fn tout(ecran: Ecran, enveloppes: &[EnveloppeVue]) -> AnyView {
    if enveloppes.is_empty() {
        return paragraph("", text::SANS_ENVELOPPE);
    }
    let options: Vec<(String, String)> = enveloppes.iter().map(|une| (une.id.clone(), une.libelle.clone())).collect();
    let choix = view! {
        <Select id="enveloppe" label=text::ENVELOPPE value=ecran.enveloppe options placeholder=None required=true />
    };
    let mut contenu = vec![choix.into_any()];
    if ecran.gere {
        contenu.push(nouveau(ecran));
    }
    contenu.push(dynamic(move || ecran.liens.get().map_or_else(waiting, |liens| liste(ecran, &liens))));
    element("div", "", None, contenu)
}

/// The form of a link to make.
fn nouveau(ecran: Ecran) -> AnyView {
    let champs = Champs::nouveau("nouveau");
    let vider = Callback::new(move |()| champs.remplir(&LienSaisie::default()));
    let faire = move || ecran.enregistrer(champs.saisie(false), None, vider);
    let formulaire = champs.dessiner(ecran.essai, text::FAIRE, Box::new(faire));
    folded("pa-repli", text::NOUVEAU, vec![formulaire])
}

fn liste(ecran: Ecran, liens: &[Lien]) -> AnyView {
    if liens.is_empty() {
        return paragraph("", text::AUCUN);
    }
    list("pa-liste-nue pa-entrees", liens.iter().map(|lien| un(ecran, lien)).collect())
}

fn un(ecran: Ecran, lien: &Lien) -> AnyView {
    let nom = lien.reglages.libelle.clone();
    let adresse = lien.adresse.clone();
    let copier = Box::new(move || ecran.copier(adresse.clone()));
    let occupe = ecran.essai.busy;
    let mut boutons = vec![
        button(ButtonKind::Tertiary, text::COPIER, Some(text::sur(text::COPIER, &nom)), occupe, copier),
        link("fr-link", api::qr(&lien.id), text::QR, true),
    ];
    if ecran.gere {
        boutons.extend(changements(ecran, lien));
    }
    let contenu = vec![
        heading("h2", "fr-h6", nom),
        paragraph("", text::etat(lien)),
        element("p", "", None, vec![element("code", "", None, vec![words(lien.adresse.clone())])]),
        element("div", "pa-actions", None, boutons),
        reglage(ecran, lien),
    ];
    element("div", "", None, contenu)
}

/// The buttons that set a link, and close it or open it again.
fn changements(ecran: Ecran, lien: &Lien) -> Vec<AnyView> {
    let (id, occupe) = (lien.id.clone(), ecran.essai.busy);
    let regler = Box::new(move || ecran.regle.set(Some(id.clone())));
    let nom = |action| Some(text::sur(action, &lien.reglages.libelle));
    let ferme = lien.etat == EtatLien::Ferme && lien.reglages.ferme;
    let action = if ferme { text::ROUVRIR } else { text::FERMER };
    let (voulu, connu) = (LienSaisie { ferme: !ferme, ..lien.reglages.clone() }, (lien.id.clone(), lien.version));
    let basculer = move || ecran.enregistrer(voulu.clone(), Some(connu.clone()), Callback::new(|()| {}));
    vec![
        button(ButtonKind::Tertiary, text::REGLER, nom(text::REGLER), occupe, regler),
        button(ButtonKind::Tertiary, action, nom(action), occupe, Box::new(basculer)),
    ]
}

/// The form of this link, while it is being set.
fn reglage(ecran: Ecran, lien: &Lien) -> AnyView {
    let (id, lien) = (lien.id.clone(), lien.clone());
    let formulaire = move || {
        let champs = Champs::nouveau("reglage");
        champs.remplir(&lien.reglages);
        let (connu, ferme) = ((lien.id.clone(), lien.version), lien.reglages.ferme);
        let enregistrer = move || ecran.enregistrer(champs.saisie(ferme), Some(connu.clone()), Callback::new(|()| {}));
        browser::focus_later("reglage-libelle");
        champs.dessiner(ecran.essai, text::ENREGISTRER, Box::new(enregistrer))
    };
    when(move || ecran.regle.read().as_ref() == Some(&id), formulaire)
}
