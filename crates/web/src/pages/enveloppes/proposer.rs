//! Proposing a transfer or an amendment: another person decides.

use domain::enveloppe::tableau::lire_euros;
use domain::enveloppe::{GenreMouvement, MouvementSaisie};
use leptos::prelude::*;

use super::fiche::Fiche;
use crate::api::{enveloppes as api, referentiel};
use crate::pages::connexion::Attempt;
use crate::reactive::State;
use crate::text::enveloppes as text;
use crate::ui::plain::{Field, FieldKind, folded, form, send_button};
use crate::ui::{RadioGroup, Select, TextArea, Tone};

/// An amount in euros, which may be negative, in cents.
fn centimes(texte: &str) -> Option<i64> {
    let texte = texte.trim();
    match texte.strip_prefix(['-', '\u{2212}']) {
        Some(moins) => lire_euros(moins).map(|centimes| -centimes),
        None => lire_euros(texte),
    }
}

/// The form, folded.
pub fn proposer(fiche: Fiche) -> AnyView {
    let vide = || RwSignal::new(String::new());
    let (genre, vers, combien, motif) =
        (RwSignal::new(GenreMouvement::Avenant.as_str().to_owned()), vide(), vide(), vide());
    let (illisible, essai) = (RwSignal::new(false), Attempt::new());
    let autres = State::new(Vec::new());
    let sienne = fiche.id.get_value();
    essai.read(Box::pin(async move {
        let toutes = referentiel::enveloppes().await?;
        let autre = toutes.into_iter().filter(|une| une.id != sienne);
        autres.set(autre.map(|une| (une.id, format!("{} – {}", une.departement, une.libelle))).collect());
        Ok(())
    }));
    let envoyer = move || {
        let montant = centimes(&combien.get_untracked());
        illisible.set(montant.is_none());
        let (Some(montant), Some(genre)) = (montant, GenreMouvement::parse(&genre.get_untracked())) else { return };
        let vers = Some(vers.get_untracked()).filter(|_| genre == GenreMouvement::Transfert);
        let saisie = MouvementSaisie { genre, vers, montant, motif: motif.get_untracked() };
        essai.run(Box::pin(async move {
            let id = fiche.id.get_value();
            api::proposer(&id, &saisie).await?;
            fiche.annonces.show(Tone::Success, text::PROPOSE);
            fiche.mouvements.set(api::mouvements(&id).await?);
            combien.set(String::new());
            motif.set(String::new());
            Ok(())
        }));
    };
    let genres = [(GenreMouvement::Avenant, text::AVENANT), (GenreMouvement::Transfert, text::TRANSFERT)];
    let genres = genres.map(|(un, mots)| (un.as_str().to_owned(), mots.to_owned())).to_vec();
    let options = Signal::derive(move || autres.get());
    let montant = Signal::derive(move || {
        if illisible.get() { Some(text::MONTANT_ILLISIBLE.to_owned()) } else { essai.at("/montant").get() }
    });
    let (id, label, hint) = ("combien", text::COMBIEN, text::COMBIEN_AIDE);
    let contenu = vec![
        view! { <RadioGroup id="genre" legend=text::GENRE options=genres value=genre required=true /> }.into_any(),
        view! { <Select id="vers" label=text::VERS value=vers options error=essai.at("/vers") /> }.into_any(),
        Field { id, label, hint, kind: FieldKind::Text, value: combien }.draw(montant),
        view! { <TextArea id="raison" label=text::POURQUOI value=motif error=essai.at("/motif") maxlength=1_000 required=true /> }
            .into_any(),
        send_button(text::PROPOSER_BOUTON, essai.busy),
        essai.alert(),
    ];
    folded("pa-repli", text::PROPOSER, vec![form("", contenu, Box::new(envoyer))])
}

#[cfg(test)]
mod tests {
    use super::centimes;

    #[test]
    fn an_amendment_may_take_money_off() {
        assert_eq!(centimes(" 1 500,5 "), Some(150_050));
        assert_eq!((centimes("-1 500"), centimes("\u{2212}3")), (Some(-150_000), Some(-300)));
        assert_eq!((centimes(""), centimes("--3"), centimes("mille")), (None, None, None));
    }
}
