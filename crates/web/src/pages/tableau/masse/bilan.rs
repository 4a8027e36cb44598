//! What became of many demandes: how far it is, what it gave, every refusal, and what may follow.

use domain::demande::lot::{IssueLot, LotTraite};
use domain::error::FieldError;
use leptos::prelude::*;

use super::Masse;
use super::portee::Lue;
use crate::api::query::encode;
use crate::text::masse as texte;
use crate::ui::ButtonKind;
use crate::ui::dynamic::when;
use crate::ui::plain::{Tag, button, element, list, several, small_button, words};

/// Most refusals listed on the screen; all of them are in the file.
const LISTES: usize = 20;

/// What became of all of them so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bilan {
    /// Whether nothing is written.
    pub essai: bool,
    /// Whether one refusal refuses them all.
    pub atomique: bool,
    /// How many there are.
    pub total: usize,
    /// How many are done, or would be.
    pub faites: usize,
    /// How many had nothing to do.
    pub inchangees: usize,
    /// How many were refused.
    pub refusees: usize,
    /// Those that were refused: name, identifier, why.
    pub refus: Vec<[String; 3]>,
    /// Whether it is over.
    pub fini: bool,
}

impl Bilan {
    fn vues(&self) -> usize {
        self.faites + self.inchangees + self.refusees
    }

    /// Adds what became of some of them.
    pub fn ajouter(&mut self, traite: &LotTraite, lues: &[Lue]) {
        self.faites += traite.faites;
        self.inchangees += traite.inchangees;
        self.refusees += traite.refusees;
        for (resultat, lue) in traite.resultats.iter().zip(lues) {
            if let (IssueLot::Refusee, Some(probleme)) = (resultat.issue, &resultat.probleme) {
                let raison = probleme.errors.first().map_or(&probleme.detail, |faute| &faute.message);
                self.refus.push([lue.nom.clone(), lue.id.clone(), raison.clone()]);
            }
        }
    }

    /// Adds the refusals of a batch of which nothing was done: each says the rank of its operation.
    pub fn refuser(&mut self, fautes: &[FieldError], lues: &[Lue]) {
        self.fini = true;
        for faute in fautes {
            let rang = faute.champ.split('/').nth(2).and_then(|rang| rang.parse::<usize>().ok());
            if let Some(lue) = rang.and_then(|rang| lues.get(rang)) {
                // One that is refused for two reasons is one.
                self.refusees += usize::from(self.refus.last().is_none_or(|[_, id, _]| *id != lue.id));
                self.refus.push([lue.nom.clone(), lue.id.clone(), faute.message.clone()]);
            }
        }
    }

    /// Whether it may be done for good.
    fn faisable(&self) -> bool {
        self.essai && self.fini && self.faites > 0 && !(self.atomique && self.refusees > 0)
    }

    /// Every refusal, as a spreadsheet reads them.
    fn fichier(&self) -> String {
        // A text that a spreadsheet would take for a formula stays a text.
        let signe = |texte: &str| if texte.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
        let cellule = |texte: &String| format!("\"{}{}\"", signe(texte), texte.replace('"', "\"\""));
        let ligne = |refus: &[String; 3]| refus.iter().map(cellule).collect::<Vec<_>>().join(";");
        let lignes: Vec<String> = self.refus.iter().map(ligne).collect();
        format!("\u{feff}{}\r\n{}\r\n", texte::REFUS_TETES, lignes.join("\r\n"))
    }
}

/// How far it is, what it gave, and what may follow.
pub fn rapport(masse: Masse, bilan: Bilan) -> AnyView {
    let (vues, total, faites) = (bilan.vues(), bilan.total, bilan.faites);
    let resume = texte::resume(bilan.essai, vues, total, faites, bilan.inchangees, bilan.refusees);
    let arreter = move || {
        let jauge = Tag::new("progress", "").with("max", total.max(1).to_string()).with("value", vues.to_string());
        let bouton = Box::new(move || masse.arret.set(true));
        several(vec![
            jauge.around(Vec::new()),
            small_button(ButtonKind::Tertiary, words(texte::ARRETER), None, None, bouton),
        ])
    };
    let montres = bilan.refus.iter().take(LISTES).map(|[nom, _, raison]| words(texte::refus(nom, raison)));
    let mut contenu = vec![
        Tag::new("p", "").with("role", "status".to_owned()).around(vec![words(resume)]),
        when(move || masse.occupe.get(), arreter),
        list("", montres.collect()),
    ];
    if bilan.fini && !bilan.refus.is_empty() {
        let adresse = format!("data:text/csv;charset=utf-8,{}", encode(&bilan.fichier()));
        let lien = Tag::new("a", "fr-link").with("href", adresse).with("download", texte::REFUS_FICHIER.to_owned());
        let lien =
            lien.with("rel", "external".to_owned()).around(vec![words(texte::tous_les_refus(bilan.refus.len()))]);
        contenu.push(element("p", "", None, vec![lien]));
    }
    if bilan.atomique && bilan.refusees > 0 {
        contenu.push(element("p", "", None, vec![words(texte::RIEN_NE_SERA_FAIT)]));
    }
    if bilan.faisable() {
        let faire = texte::faire(faites);
        contenu.push(button(ButtonKind::Primary, faire, None, masse.occupe, Box::new(move || masse.lancer(false))));
    }
    element("div", "tableau__a-revoir", None, contenu)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::demande::lot::ResultatLot;
    use domain::error::{ErrorCode, Problem};

    fn lues(nombre: usize) -> Vec<Lue> {
        (0..nombre).map(|rang| Lue { id: format!("id{rang}"), version: 1, nom: format!("Nom \"{rang}\"") }).collect()
    }

    #[test]
    fn every_refusal_is_in_the_file_however_many_they_are() {
        let resultat = |lue: &Lue| ResultatLot::refusee(Some(lue.id.clone()), Problem::new(ErrorCode::VersionPerimee));
        let lues = lues(45);
        let traite = LotTraite::compter(true, None, lues.iter().map(resultat).collect());
        let mut bilan = Bilan { essai: true, fini: true, ..Bilan::default() };
        bilan.ajouter(&traite, &lues);
        let fichier = bilan.fichier();
        assert_eq!((bilan.refusees, fichier.trim_end().lines().count()), (45, 46));
        assert!(fichier.contains("\r\n\"Nom \"\"44\"\"\";\"id44\";\""), "{fichier}");
    }

    #[test]
    fn all_or_nothing_is_not_proposed_once_one_is_refused() {
        let mut bilan = Bilan { essai: true, atomique: true, faites: 2, fini: true, ..Bilan::default() };
        assert!(bilan.faisable());
        let faute = FieldError::new("/operations/1/valeurs/ville", "trop_long", "Trop long.");
        bilan.refuser(&[faute], &lues(3));
        assert_eq!(bilan.refus, [["Nom \"1\"", "id1", "Trop long."].map(str::to_owned)]);
        assert!(!bilan.faisable());
        bilan.atomique = false;
        assert!(bilan.faisable());
    }
}
