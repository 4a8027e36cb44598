//! The invitations that wait for an answer, and the form that sends one.

use domain::compte::InvitationVue;
use domain::permission::Role;
use leptos::prelude::*;

use super::LIGNES;
use crate::api::compte::Acte;
use crate::api::comptes as api;
use crate::browser;
use crate::pages::connexion::Attempt;
use crate::pages::demande::nouvelle::enveloppe;
use crate::reactive::State;
use crate::text::{comptes as text, fr};
use crate::ui::dynamic::{dynamic, when};
use crate::ui::plain::{Field, FieldKind, button, element, folded, form, list, paragraph, send_button, words};
use crate::ui::{Announcer, ButtonKind, Select, Tone, use_announcer};

const SECTION_ID: &str = "invitations";

/// What the parts share.
#[derive(Clone, Copy)]
struct Invitations {
    lues: State<Option<Vec<InvitationVue>>>,
    essai: Attempt,
    annonces: Announcer,
    nom: RwSignal<String>,
    email: RwSignal<String>,
    role: RwSignal<String>,
    enveloppe: RwSignal<String>,
}

impl Invitations {
    /// Does something, says so, then reads the list again.
    fn agir(self, acte: Option<(Acte, String)>) {
        self.essai.run(Box::pin(async move {
            if let Some((acte, phrase)) = acte {
                acte.await?;
                self.annonces.show(Tone::Success, phrase);
                browser::focus_later(SECTION_ID);
                self.nom.set(String::new());
                self.email.set(String::new());
            }
            self.lues.try_set(Some(api::invitations().await?));
            Ok(())
        }));
    }

    /// Whether the role acts on an envelope (tracked).
    fn sur_enveloppe(self) -> bool {
        *self.role.read() == Role::Recipiendaire.as_str()
    }

    fn envoyer(self) {
        let email = self.email.get_untracked();
        let organisation =
            if untrack(|| self.sur_enveloppe()) { self.enveloppe.get_untracked() } else { String::new() };
        let acte = api::inviter(&self.nom.get_untracked(), &email, &self.role.get_untracked(), &organisation);
        self.agir(Some((acte, text::invite(&email))));
    }
}

/// The section.
pub fn section() -> AnyView {
    let vide = || RwSignal::new(String::new());
    let invitations = Invitations {
        lues: State::new(None),
        essai: Attempt::new(),
        annonces: use_announcer(),
        nom: vide(),
        email: vide(),
        role: vide(),
        enveloppe: vide(),
    };
    invitations.agir(None);
    let contenu = vec![
        element("h2", "fr-h5", Some(SECTION_ID), vec![words(text::INVITATIONS)]),
        invitations.essai.alert(),
        dynamic(move || match invitations.lues.get() {
            None => ().into_any(),
            Some(lues) if lues.is_empty() => paragraph("", text::AUCUNE_INVITATION),
            Some(lues) => list(LIGNES, lues.iter().map(|une| ligne(invitations, une)).collect()),
        }),
        folded("pa-repli", text::INVITER, vec![formulaire(invitations)]),
    ];
    element("section", "", None, contenu)
}

fn ligne(invitations: Invitations, une: &InvitationVue) -> AnyView {
    let (id, quoi) = (une.id.clone(), text::invitation(une));
    let nom = Some(text::sur(text::RETIRER, &quoi));
    let retirer = Box::new(move || invitations.agir(Some((api::retirer_invitation(&id), text::FAIT.to_owned()))));
    let contenu = vec![
        paragraph("", quoi),
        paragraph("fr-hint-text", text::invitation_dates(une)),
        button(ButtonKind::Tertiary, text::RETIRER, nom, invitations.essai.busy, retirer),
    ];
    element("div", "", None, contenu)
}

fn formulaire(invitations: Invitations) -> AnyView {
    let essai = invitations.essai;
    let champ =
        |id, label, value, refus| Field { kind: FieldKind::Long, id, label, hint: "", value }.draw(essai.at(refus));
    let roles = Role::COMPTES.into_iter().map(|role| (role.as_str().to_owned(), fr::role(role).to_owned()));
    let roles: Vec<(String, String)> = roles.collect();
    let refus = essai.at("/role");
    let role =
        view! { <Select id="role" label=text::ROLE value=invitations.role options=roles required=true error=refus /> };
    let champs = vec![
        paragraph("", text::INVITER_AIDE),
        champ("nom", text::NOM, invitations.nom, "/nom"),
        champ("email", text::EMAIL, invitations.email, "/email"),
        role.into_any(),
        when(move || invitations.sur_enveloppe(), move || enveloppe(invitations.enveloppe, text::ENVELOPPE, None)),
        send_button(text::ENVOYER, invitations.essai.busy),
    ];
    form("", champs, Box::new(move || invitations.envoyer()))
}
