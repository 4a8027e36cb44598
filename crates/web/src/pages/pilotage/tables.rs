//! The tables of a dashboard: every number of demandes is a link to its rows.

use domain::pilotage::{Chiffre, DepartementChiffre, TableauDeBord};
use domain::text::{fr, fr_pilotage};
use leptos::html;
use leptos::prelude::*;

use crate::routes::Route;
use crate::text::enveloppes::euros;
use crate::text::pilotage as texte;
use crate::ui::plain::{element, words};

/// A table with its caption and heads; the first cell of each row names it. Wider than the screen, it scrolls by itself.
pub fn tableau(titre: &'static str, entetes: &[&'static str], lignes: Vec<Vec<AnyView>>) -> AnyView {
    let tete = |entete: &&'static str| cellule("th", Some("col"), words(*entete));
    let tetes = element("tr", "", None, entetes.iter().map(tete).collect());
    let lignes = lignes.into_iter().map(|ligne| {
        let cellules = ligne.into_iter().enumerate().map(|(rang, contenu)| match rang {
            0 => cellule("th", Some("row"), contenu),
            _ => cellule("td", None, contenu),
        });
        element("tr", "", None, cellules.collect())
    });
    let contenu = vec![
        element("caption", "fr-sr-only", None, vec![words(titre)]),
        element("thead", "", None, vec![tetes]),
        element("tbody", "", None, lignes.collect()),
    ];
    html::div()
        .attr("class", "pa-chiffres")
        .attr("role", "region")
        .attr("aria-label", titre)
        .attr("tabindex", "0")
        .child(element("table", "", None, contenu))
        .into_any()
}

#[inline(never)]
fn cellule(tag: &'static str, scope: Option<&'static str>, contenu: AnyView) -> AnyView {
    html::custom(tag).attr("scope", scope).child(contenu).into_any()
}

/// A number that opens its rows.
pub fn chiffre(chiffre: &Chiffre, quoi: &str) -> AnyView {
    lien(chiffre.lien.clone(), fr_pilotage::nombre(chiffre.nombre), texte::ouvrir(chiffre.nombre, quoi))
}

#[inline(never)]
fn lien(href: String, dit: String, nom: String) -> AnyView {
    view! { <a class="fr-link" href=href aria-label=nom>{dit}</a> }.into_any()
}

/// Key figures: money and trainings.
pub fn cles(lu: &TableauDeBord) -> AnyView {
    let montants = &lu.montants;
    let argent = |centimes: i64| words(euros(centimes));
    let vises = texte::vises(montants.departs.nombre, montants.cible);
    let lignes = vec![
        vec![words(texte::DEMANDES), chiffre(&lu.demandes, texte::DEMANDES)],
        vec![
            words(texte::DEPARTS),
            lien(montants.departs.lien.clone(), vises.clone(), format!("{vises} : {}", texte::DEPARTS)),
        ],
        vec![words(texte::SUIVIS), chiffre(&montants.suivis, texte::SUIVIS)],
        vec![words(texte::MONTANT), argent(montants.montant)],
        vec![
            words(texte::ENGAGE),
            lien(
                montants.departs.lien.clone(),
                euros(montants.engage),
                texte::ENGAGE.to_owned() + " : " + &euros(montants.engage),
            ),
        ],
        vec![
            words(texte::CONSOMME),
            lien(
                montants.suivis.lien.clone(),
                euros(montants.consomme),
                texte::CONSOMME.to_owned() + " : " + &euros(montants.consomme),
            ),
        ],
        vec![words(texte::RESTE), argent(montants.reste)],
    ];
    tableau(texte::CLES, &[texte::MESURE, texte::VALEUR], lignes)
}

/// Demandes and départs at each stage.
pub fn etapes(lu: &TableauDeBord) -> AnyView {
    let lignes = lu.etapes.iter().map(|une| {
        let nom = fr::etape(une.etape);
        vec![words(nom), chiffre(&une.demandes, nom), chiffre(&une.departs, &format!("{nom}, {}", texte::DEPARTS))]
    });
    tableau(texte::ETAPES, &[texte::ETAPE, texte::DEMANDES, texte::DEPARTS], lignes.collect())
}

/// Delays.
pub fn delais(lu: &TableauDeBord) -> AnyView {
    let lignes = lu.delais.iter().map(|un| {
        let nom = texte::passage(un.passage);
        let nombre = fr_pilotage::nombre(un.mesures);
        let mesurees = lien(un.lien.clone(), nombre.clone(), format!("{nombre} : {nom}"));
        vec![words(nom), mesurees, words(texte::jours(un.mediane)), words(texte::jours(un.p90))]
    });
    tableau(texte::DELAIS, &[texte::PASSAGE, texte::MESUREES, texte::MEDIANE, texte::P90], lignes.collect())
}

/// Milestones.
pub fn jalons(lu: &TableauDeBord) -> AnyView {
    let lignes =
        lu.jalons.iter().map(|un| vec![words(texte::jalon(un.jalon)), chiffre(&un.demandes, texte::jalon(un.jalon))]);
    tableau(texte::JALONS, &[texte::JALON, texte::DEMANDES], lignes.collect())
}

/// Types of structure.
pub fn structures(lu: &TableauDeBord) -> AnyView {
    let lignes = lu.structures.iter().map(|une| {
        let nom = texte::structure(&une.type_structure);
        vec![words(nom), chiffre(&une.demandes, nom)]
    });
    tableau(texte::STRUCTURES, &[texte::TYPE, texte::DEMANDES], lignes.collect())
}

/// Refusals and their reasons; none when nothing is refused.
pub fn refus(lu: &TableauDeBord) -> Option<AnyView> {
    let lignes = lu.refus.iter().flat_map(|refus| {
        let decision = texte::refus(refus.decision);
        let ligne = move |motif: &str, demandes: &Chiffre| {
            let mots = format!("{decision} : {motif}");
            vec![words(mots.clone()), chiffre(demandes, &mots)]
        };
        let motifs = refus.motifs.iter().map(move |motif| ligne(texte::motif(&motif.motif), &motif.demandes));
        let autres = Chiffre { nombre: refus.autres, ..refus.demandes.clone() };
        motifs.chain((refus.autres > 0).then(|| ligne(texte::AUTRES_MOTIFS, &autres)))
    });
    let lignes: Vec<Vec<AnyView>> = lignes.collect();
    (!lignes.is_empty()).then(|| tableau(texte::REFUS, &[texte::MOTIF, texte::DEMANDES], lignes))
}

/// Every département.
pub fn departements(lu: &TableauDeBord) -> AnyView {
    let ligne = |un: &DepartementChiffre| {
        let nom = format!("{} - {}", un.code, un.nom);
        let page = Route::PilotageDepartement(un.code.clone()).path();
        let departs = texte::vises(un.departs.nombre, un.cible);
        vec![
            view! { <a class="fr-link" href=page>{nom.clone()}</a> }.into_any(),
            chiffre(&un.demandes, &nom),
            lien(un.departs.lien.clone(), departs.clone(), format!("{nom} : {departs}")),
            chiffre(&un.habilitees, &format!("{nom}, {}", texte::HABILITEES)),
            words(euros(un.montant)),
            words(euros(un.engage)),
            words(euros(un.consomme)),
            words(euros(un.reste)),
        ]
    };
    let entetes = [
        texte::DEPARTEMENT,
        texte::DEMANDES,
        texte::DEPARTS,
        texte::HABILITEES,
        texte::MONTANT,
        texte::ENGAGE,
        texte::CONSOMME,
        texte::RESTE,
    ];
    tableau(texte::DEPARTEMENTS, &entetes, lu.departements.iter().map(ligne).collect())
}

/// The envelopes of a département.
pub fn enveloppes(lu: &TableauDeBord) -> AnyView {
    let lignes = lu.enveloppes.iter().map(|une| {
        let page = Route::PilotageEnveloppe(une.enveloppe.id.clone()).path();
        vec![
            view! { <a class="fr-link" href=page>{une.enveloppe.libelle.clone()}</a> }.into_any(),
            words(texte::vises(une.departs, une.cible)),
            words(euros(une.montant)),
            words(euros(une.engage)),
            words(euros(une.reste)),
        ]
    });
    let entetes = [texte::ENVELOPPES, texte::DEPARTS, texte::MONTANT, texte::ENGAGE, texte::RESTE];
    tableau(texte::ENVELOPPES, &entetes, lignes.collect())
}
