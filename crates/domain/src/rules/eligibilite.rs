//! The evaluation of a demande: its constats in the order of the rules, and what they add up to.

use crate::demande::Ligne;
use crate::rules::contexte::Contexte;
use crate::rules::faits::{FaitsExternes, FaitsInternes};
use crate::rules::{Constat, Verdict, adresse, connus, personne, priorite, structure};

/// Evaluates the rules ELI-1 … ELI-11 that have something to say of a row, in this order.
///
/// Without `internes` (public operations) the rules that would reveal what we know of somebody are not evaluated at
/// all: ELI-5, ELI-10, and the part of ELI-4 that looks for another holder of the address.
pub fn evaluer(ligne: &Ligne, externes: &FaitsExternes, internes: Option<&FaitsInternes>) -> Vec<Constat> {
    let c = Contexte::new(ligne);
    let mut constats = Vec::with_capacity(11);
    constats.extend(personne::eli_1(&c));
    constats.push(personne::eli_2(&c));
    constats.extend(structure::eli_3(&c, externes));
    constats.push(adresse::eli_4(&c, internes));
    constats.extend(internes.and_then(|faits| connus::eli_5(&c, faits)));
    constats.extend(structure::eli_6(&c));
    constats.extend(personne::eli_7(&c));
    constats.extend(personne::eli_8(&c));
    constats.push(structure::eli_9(&c, externes));
    constats.extend(internes.map(|faits| connus::eli_10(&c, faits)));
    constats.push(priorite::eli_11(&c));
    constats
}

/// The gravest verdict; nothing examined is nothing proven.
pub fn verdict_global(constats: &[Constat]) -> Verdict {
    constats.iter().map(|constat| constat.verdict).max().unwrap_or(Verdict::AVerifier)
}

/// Whether one constat refuses the financing.
pub fn bloque_financement(constats: &[Constat]) -> bool {
    constats.iter().any(|constat| constat.verdict == Verdict::Bloquant)
}
