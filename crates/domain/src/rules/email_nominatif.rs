//! Rule ELI-4, the reading of an address: does it name this person, a shared box, or somebody else?
//!
//! The local part is cut into pieces in every possible way (dynamic programming over its at most 64 signs): words of
//! the first and last names, their initials, particles, words of shared boxes, words of the place. What the best cut
//! proves decides. Nothing here refuses: what is not understood is a doubt.

use crate::rules::boites;
use crate::rules::decoupe::{Couvertures, Faits, Piece, couvrir, finit_un_mot};
use crate::values::email;
use crate::values::texte::plier_dans;

/// What the address says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forme {
    /// No address.
    Absente,
    /// Not a well-formed address.
    Illisible,
    /// No first or no last name to compare with.
    SansNom,
    /// First and last names, one of them perhaps by its initial, in any order.
    Nominative,
    /// Names cut short: `alex.dub`.
    Abregee,
    /// Only the last name.
    NomSeul,
    /// Only the first name.
    PrenomSeul,
    /// Only initials.
    Initiales,
    /// One of the names and something unknown: a married name, a second person, a slip.
    EnPartie,
    /// Words of a shared box only.
    Generique,
    /// Words of a shared box and something unknown, or the person's name.
    GeneriqueDouteuse,
    /// Nothing of the names.
    Autre,
}

/// Who serves the domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domaine {
    /// The structure, as far as can be told.
    Structure,
    /// A public mailbox provider.
    Messagerie,
    /// The closed domain of the conseillers numériques.
    Ferme,
}

/// What was read of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lecture {
    /// What the local part says.
    pub forme: Forme,
    /// Who serves the domain.
    pub domaine: Domaine,
}

/// What an address is compared with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reperes<'a> {
    /// First name, as typed.
    pub prenom: &'a str,
    /// Last name, as typed.
    pub nom: &'a str,
    /// City of the structure.
    pub ville: &'a str,
    /// Name of the structure.
    pub structure: &'a str,
}

/// Reads an address.
pub fn lire(adresse: &str, reperes: &Reperes<'_>) -> Lecture {
    let adresse = adresse.trim();
    let rien = |forme| Lecture { forme, domaine: Domaine::Structure };
    if adresse.is_empty() {
        return rien(Forme::Absente);
    }
    let minuscules;
    let adresse = if adresse.bytes().any(|b| b.is_ascii_uppercase()) {
        minuscules = adresse.to_ascii_lowercase();
        &minuscules
    } else {
        adresse
    };
    let Ok((locale, domaine)) = email::decouper(adresse) else {
        return rien(Forme::Illisible);
    };
    // What follows a plus sign is the holder's own label.
    let locale = locale.split_once('+').map_or(locale, |(avant, _)| avant);
    Lecture { forme: lire_locale(locale, domaine, reperes), domaine: lire_domaine(domaine) }
}

/// Who serves a domain.
fn lire_domaine(domaine: &str) -> Domaine {
    if boites::est_domaine_ferme(domaine) {
        Domaine::Ferme
    } else if boites::est_messagerie(domaine) {
        Domaine::Messagerie
    } else {
        Domaine::Structure
    }
}

/// What a local part says.
fn lire_locale(locale: &str, domaine: &str, reperes: &Reperes<'_>) -> Forme {
    let mut plies = String::with_capacity(reperes.prenom.len() + reperes.nom.len() + 8);
    plier_dans(reperes.prenom, &mut plies);
    let coupure = plies.len();
    plier_dans(reperes.nom, &mut plies);
    let (prenom, nom) = plies.split_at(coupure);
    let noms = Noms::new(prenom, nom);

    let propres = couvrir(locale, |reste, mot| noms.pieces(reste, mot));
    if propres.contient(|f| f.est_nominative()) {
        // A person whose names are words of shared boxes: « Service Social ».
        let ambigu = couvrir(locale, boites_seules).contient(|f| f.a(Faits::BOITE));
        return if ambigu { Forme::GeneriqueDouteuse } else { Forme::Nominative };
    }
    let lieu = Lieu::new(domaine, reperes);
    let generique = couvrir(locale, |reste, mot| lieu.pieces(reste, mot)).contient(|f| f.a(Faits::BOITE));
    if generique {
        let nommee = propres.contient(|f| f != Faits::RIEN) || noms.apparait_dans(locale);
        return if nommee { Forme::GeneriqueDouteuse } else { Forme::Generique };
    }
    if noms.incomplets() {
        return if a_un_mot_de_boite(locale) { Forme::GeneriqueDouteuse } else { Forme::SansNom };
    }
    let tout = |reste, mot| noms.pieces(reste, mot).chain(lieu.pieces(reste, mot)).chain(lettre_isolee(reste, mot));
    if couvrir(locale, tout).contient(|f| f.a(Faits::PRENOM) && f.a(Faits::NOM)) {
        return Forme::Nominative;
    }
    forme_du_doute(locale, &noms, &propres)
}

/// Why an address that is neither nominative nor generic is doubtful.
fn forme_du_doute(locale: &str, noms: &Noms<'_>, propres: &Couvertures) -> Forme {
    if a_un_mot_de_boite(locale) {
        Forme::GeneriqueDouteuse
    } else if propres.contient(|f| f == Faits::NOM) {
        Forme::NomSeul
    } else if propres.contient(|f| f == Faits::PRENOM) {
        Forme::PrenomSeul
    } else if propres.contient(|f| f.a(Faits::ABREGE)) {
        Forme::Abregee
    } else if propres.contient(|f| f != Faits::RIEN) {
        Forme::Initiales
    } else if noms.apparait_dans(locale) {
        Forme::EnPartie
    } else {
        Forme::Autre
    }
}

/// The words of the names.
struct Noms<'a> {
    prenom: &'a str,
    nom: &'a str,
    /// The last name is made of particles only (« Le »): they count as words.
    particules_seules: bool,
}

/// The words of a folded name; the first ones of a text too long to be a name.
fn mots(nom: &str) -> impl Iterator<Item = &str> {
    const MOTS_MAX: usize = 16;
    nom.split([' ', '.', ',', '(', ')', '/']).filter(|mot| !mot.is_empty()).take(MOTS_MAX)
}

/// Words of last names that prove nothing alone.
fn est_particule(mot: &str) -> bool {
    #[rustfmt::skip]
    const PARTICULES: [&str; 41] = [
        "al", "am", "ben", "bel", "bin", "da", "das", "de", "degli", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "el",
        "ep", "epouse", "ibn", "la", "le", "les", "mac", "mc", "nee", "ould", "saint", "sainte", "san", "st", "ste", "te", "ten", "ter",
        "van", "ve", "von", "zu",
    ];
    mot.len() == 1 || PARTICULES.contains(&mot)
}

impl<'a> Noms<'a> {
    fn new(prenom: &'a str, nom: &'a str) -> Self {
        Self { prenom, nom, particules_seules: mots(nom).all(est_particule) }
    }

    fn incomplets(&self) -> bool {
        mots(self.prenom).next().is_none() || mots(self.nom).next().is_none()
    }

    /// The pieces of the names at the beginning of a rest.
    fn pieces<'r>(&self, reste: &'r str, _debut: bool) -> impl Iterator<Item = Piece> + use<'a, 'r> {
        let seules = self.particules_seules;
        let du_prenom =
            mots(self.prenom).flat_map(move |mot| pieces_d_un_mot(mot, reste, Faits::PRENOM, Faits::INITIALE_PRENOM));
        let du_nom = mots(self.nom).flat_map(move |mot| {
            let (entier, initiale) = if est_particule(mot) && !seules {
                (Faits::RIEN, Faits::INITIALE_NOM)
            } else {
                (Faits::NOM, Faits::INITIALE_NOM)
            };
            pieces_d_un_mot(mot, reste, entier, initiale).chain(saint_abrege(mot, reste))
        });
        du_prenom.chain(du_nom)
    }

    /// Whether a word of the names stands in a local part: alone, or glued when it is long enough to be told.
    fn apparait_dans(&self, locale: &str) -> bool {
        let du_nom = mots(self.nom).filter(|mot| self.particules_seules || !est_particule(mot));
        mots(self.prenom).chain(du_nom).any(|mot| {
            (mot.len() >= boites::LONGUEUR_COLLEE && locale.contains(mot))
                || (mot.len() > 1 && locale.split(|c: char| !c.is_ascii_alphabetic()).any(|autre| autre == mot))
        })
    }
}

/// The pieces one word of a name can give at the beginning of a rest: its initial, its beginning, itself.
fn pieces_d_un_mot(mot: &str, reste: &str, entier: Faits, initiale: Faits) -> impl Iterator<Item = Piece> + use<> {
    let commun = mot.bytes().zip(reste.bytes()).take_while(|(a, b)| a == b).count();
    // French initials of two letters: « Ph. » for Philippe, « Ch. », « Th. ».
    let double = mot.len() > 2 && ["ch", "ph", "th"].iter().any(|deux| mot.starts_with(deux));
    let total = mot.len();
    (1..=commun).map(move |longueur| {
        let faits = match longueur {
            _ if longueur == total && total > 1 => entier,
            1 => initiale,
            2 if double => initiale,
            _ => Faits::ABREGE,
        };
        (longueur, faits)
    })
}

/// « Saint » written `st` in an address.
fn saint_abrege(mot: &str, reste: &str) -> Option<Piece> {
    let court = match mot {
        "saint" => "st",
        "sainte" => "ste",
        _ => return None,
    };
    reste.starts_with(court).then_some((court.len(), Faits::RIEN))
}

/// The words of the place: city, structure, domain.
struct Lieu<'a> {
    plies: String,
    domaine: &'a str,
}

impl<'a> Lieu<'a> {
    fn new(domaine: &'a str, reperes: &Reperes<'_>) -> Self {
        let mut plies = String::with_capacity(reperes.ville.len() + reperes.structure.len() + 8);
        plier_dans(reperes.ville, &mut plies);
        plies.push(' ');
        plier_dans(reperes.structure, &mut plies);
        Self { plies, domaine }
    }

    /// The words of the place and of shared boxes at the beginning of a rest.
    fn pieces(&self, reste: &str, debut: bool) -> impl Iterator<Item = Piece> {
        let du_domaine = self.domaine.split(['.', '-']);
        let lieu = mots(&self.plies).chain(du_domaine).chain(boites::LIAISONS.iter().copied());
        let lieu = lieu.filter(move |mot| mot.len() > 1 && reste.starts_with(mot)).map(|mot| (mot.len(), Faits::RIEN));
        boites_seules(reste, debut).chain(lieu)
    }
}

/// The words of shared boxes at the beginning of a rest; a short one must stand alone.
fn boites_seules(reste: &str, debut: bool) -> impl Iterator<Item = Piece> + use<'_> {
    let candidats = reste.as_bytes().first().map_or(&[][..], |initiale| boites::mots(*initiale));
    candidats
        .iter()
        .filter(move |mot| {
            reste.starts_with(**mot)
                && (mot.len() >= boites::LONGUEUR_COLLEE || (debut && finit_un_mot(reste, mot.len())))
        })
        .map(|mot| (mot.len(), Faits::BOITE))
}

/// A letter alone between separators: a middle initial.
fn lettre_isolee(reste: &str, debut: bool) -> Option<Piece> {
    (debut && finit_un_mot(reste, 1)).then_some((1, Faits::RIEN))
}

/// Whether a word of shared boxes stands in a local part: alone, or, when it is long enough not to begin a last name
/// (« Villeneuve »), at the beginning of a glued word (`mairiesaintmartin`).
fn a_un_mot_de_boite(locale: &str) -> bool {
    const LONG: usize = 6;
    let reconnu = |mot: &str| boites_seules(mot, true).any(|(longueur, _)| longueur >= LONG || longueur == mot.len());
    locale.split(|c: char| !c.is_ascii_alphabetic()).any(reconnu)
}
