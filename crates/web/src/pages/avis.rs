//! What one is told of, and how one wants to be told; the page by which one wants no more mail.

use domain::avis::{Avis, GenreAvis, GenreDesabonne, MoyenAvis, PreferencesAvis};
use leptos::prelude::*;

use super::connexion::{Attempt, secret};
use crate::api::{ClientError, Query, avis as api};
use crate::browser;
use crate::reactive::State;
use crate::routes::Route;
use crate::session::use_session;
use crate::text::avis as text;
use crate::ui::dynamic::dynamic;
use crate::ui::pagination::{LINES_ID, lines, more};
use crate::ui::plain::{button, element, form, heading, link, paragraph, send_button, title, waiting};
use crate::ui::{Announcer, ButtonKind, Select, Tone, page, use_announcer};

/// What the parts share.
#[derive(Clone, Copy)]
struct Ecran {
    lus: State<Option<Vec<Avis>>>,
    suite: RwSignal<Option<String>>,
    essai: Attempt,
    annonces: Announcer,
    /// Counted in the header too.
    non_lus: RwSignal<i64>,
}

impl Ecran {
    /// Reads the next page.
    fn lire(self) {
        self.essai.run(Box::pin(async move {
            let (avis, suite) = api::lister(self.suite.get_untracked().as_deref()).await?;
            self.suite.try_set(suite);
            self.lus.update(|lus| lus.get_or_insert_default().extend(avis));
            Ok(())
        }));
    }

    /// Marks these as read, or all of them.
    fn marquer(self, ids: Vec<String>) {
        self.essai.run(Box::pin(async move {
            self.non_lus.set(api::marquer(ids.clone()).await?);
            self.lus.update(|lus| {
                let marques = |avis: &&mut Avis| ids.is_empty() || ids.contains(&avis.id);
                lus.iter_mut().flatten().filter(marques).for_each(|avis| avis.lu = true);
            });
            self.annonces.show(Tone::Success, text::MARQUES);
            browser::focus_later(page::TITLE_ID);
            Ok(())
        }));
    }
}

/// The screen `/avis`.
#[component]
pub fn AvisPage() -> impl IntoView {
    let ecran = Ecran {
        lus: State::new(None),
        suite: RwSignal::new(None),
        essai: Attempt::new(),
        annonces: use_announcer(),
        non_lus: use_session().non_lus(),
    };
    ecran.lire();
    let contenu = vec![
        title(text::AVIS),
        paragraph("", text::AIDE),
        ecran.essai.alert(),
        dynamic(move || ecran.lus.get().map_or_else(waiting, |lus| liste(ecran, &lus))),
        more(
            LINES_ID,
            (ButtonKind::Tertiary, text::SUITE),
            (ecran.suite, ecran.essai.busy),
            Box::new(move || ecran.lire()),
        ),
        reglages(ecran.annonces),
    ];
    element("div", "pa-texte", None, contenu)
}

fn liste(ecran: Ecran, lus: &[Avis]) -> AnyView {
    if lus.is_empty() {
        return paragraph("", text::AUCUN);
    }
    let mut contenu = Vec::new();
    if lus.iter().any(|avis| !avis.lu) {
        let tout = Box::new(move || ecran.marquer(Vec::new()));
        contenu.push(button(ButtonKind::Secondary, text::TOUT_LU, None, ecran.essai.busy, tout));
    }
    contenu.push(lines(lus.iter().map(|avis| un(ecran, avis)).collect()));
    element("div", "", None, contenu)
}

fn un(ecran: Ecran, avis: &Avis) -> AnyView {
    let mut contenu = vec![
        heading("h2", if avis.lu { "fr-text--md" } else { "fr-h6" }, text::quoi(avis)),
        paragraph("fr-hint-text", text::quand(avis)),
    ];
    match avis.genre {
        // Told already.
        GenreAvis::Confiee | GenreAvis::Etape => {}
        _ if avis.texte.is_empty() => contenu.push(paragraph("pa-lignes", text::RETIRE)),
        _ => contenu.push(paragraph("pa-lignes", &*avis.texte)),
    }
    contenu.push(ou(avis));
    if !avis.lu {
        let (id, nom) = (avis.id.clone(), format!("{} : {}", text::MARQUER_LU, text::quoi(avis)));
        let marquer = Box::new(move || ecran.marquer(vec![id.clone()]));
        contenu.push(button(ButtonKind::Tertiary, text::MARQUER_LU, Some(nom), ecran.essai.busy, marquer));
    }
    element("div", "", None, contenu)
}

/// Where one sees what an avis tells of.
fn ou(avis: &Avis) -> AnyView {
    let (chemin, mots) = match (&avis.demande_id, &avis.import_id) {
        (Some(demande), _) => (Route::Demande(demande.clone()).path(), text::OUVRIR),
        (None, Some(import)) => (Route::Import(import.clone()).path(), text::OUVRIR_IMPORT),
        (None, None) => (suivies(), text::OUVRIR_MIENNES),
    };
    link("fr-link", chemin, mots, false)
}

/// The address of the table of those that one takes care of.
fn suivies() -> String {
    let moi = use_session().current_untracked().map(|session| session.email).unwrap_or_default();
    Query::new().with("filtre", format!("suivi_par eq \"{moi}\"")).on(&Route::Tableau.path())
}

/// How one wants to be told of each kind of thing.
fn reglages(annonces: Announcer) -> AnyView {
    let essai = Attempt::new();
    let choix: Vec<_> = GenreAvis::ALL.iter().map(|genre| (*genre, RwSignal::new(String::new()))).collect();
    let choix = StoredValue::new(choix);
    essai.run(Box::pin(async move {
        let voulu = api::preferences().await?;
        for (genre, valeur) in choix.try_get_value().into_iter().flatten() {
            valeur.try_set(voulu.moyen(genre).as_str().to_owned());
        }
        Ok(())
    }));
    let enregistrer = move || {
        essai.run(Box::pin(async move {
            let mut voulu = PreferencesAvis::default();
            for (genre, valeur) in choix.get_value() {
                let moyen = MoyenAvis::parse(&valeur.get_untracked()).ok_or(ClientError::Unexpected)?;
                voulu.regler(genre, moyen);
            }
            api::regler(voulu).await?;
            annonces.show(Tone::Success, text::ENREGISTRE);
            Ok(())
        }));
    };
    let mut champs: Vec<AnyView> =
        choix.get_value().into_iter().map(|(genre, valeur)| selon(genre, text::sur(genre), valeur)).collect();
    champs.push(send_button(text::ENREGISTRER, essai.busy));
    let contenu = vec![heading("h2", "fr-h5", text::REGLAGES), essai.alert(), form("", champs, Box::new(enregistrer))];
    element("section", "pa-encadre", None, contenu)
}

fn selon(genre: GenreAvis, label: &'static str, value: RwSignal<String>) -> AnyView {
    let un = |moyen: &MoyenAvis| (moyen.as_str().to_owned(), text::moyen(*moyen).to_owned());
    let options: Vec<(String, String)> = MoyenAvis::ALL.iter().map(un).collect();
    view! { <Select id=format!("avis-{}", genre.as_str()) label value options placeholder=None required=true /> }
        .into_any()
}

/// Whether a secret is that of the reminders.
fn rappels(secret: &str) -> bool {
    secret.starts_with(GenreDesabonne::Rappel.as_str())
}

/// The screen `/desabonnement`: opening it changes nothing, for mail scanners follow links.
#[component]
pub fn DesabonnementPage() -> impl IntoView {
    let (secret, fait, essai) = (secret(), State::new(None::<GenreDesabonne>), Attempt::new());
    let arreter = move || {
        essai.run(Box::pin(async move {
            fait.try_set(api::desabonner(secret.get_untracked()).await?);
            browser::focus_later(page::TITLE_ID);
            Ok(())
        }));
    };
    let contenu = move || match fait.get() {
        _ if secret.get().is_empty() => paragraph("", text::LIEN_INCOMPLET),
        Some(genre) => paragraph("", text::desabonne(genre)),
        None => element(
            "div",
            "",
            None,
            vec![
                paragraph(
                    "",
                    if rappels(&secret.get()) { text::DESABONNEMENT_RAPPELS } else { text::DESABONNEMENT_AIDE },
                ),
                button(ButtonKind::Primary, text::DESABONNER, None, essai.busy, Box::new(arreter)),
            ],
        ),
    };
    element("div", "pa-texte", None, vec![title(text::DESABONNEMENT), essai.alert(), dynamic(contenu)])
}
