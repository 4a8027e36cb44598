//! Rule ELI-4, the cutting: every way to cut the local part of an address into known pieces, by dynamic programming
//! over its at most 64 signs, without allocation.

/// What a way of cutting a local part has found: a set of flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Faits(u8);

impl Faits {
    /// Nothing.
    pub const RIEN: Self = Self(0);
    /// A whole word of the first name.
    pub const PRENOM: Self = Self(1);
    /// An initial of the first name.
    pub const INITIALE_PRENOM: Self = Self(2);
    /// A whole word of the last name.
    pub const NOM: Self = Self(4);
    /// An initial of the last name.
    pub const INITIALE_NOM: Self = Self(8);
    /// The beginning of a word of the names.
    pub const ABREGE: Self = Self(16);
    /// A word of shared boxes.
    pub const BOITE: Self = Self(32);

    /// Holds a flag.
    pub const fn a(self, fait: Self) -> bool {
        self.0 & fait.0 != 0
    }

    /// Names one person: last name and first name or its initial, or first name and initial of the last name.
    pub const fn est_nominative(self) -> bool {
        !self.a(Self::BOITE)
            && !self.a(Self::ABREGE)
            && ((self.a(Self::NOM) && (self.a(Self::PRENOM) || self.a(Self::INITIALE_PRENOM)))
                || (self.a(Self::PRENOM) && self.a(Self::INITIALE_NOM)))
    }
}

/// A piece found at a place: its length and what it proves.
pub(super) type Piece = (usize, Faits);

/// The sets of flags of all the ways to cut a whole local part: bit `n` for the set `n`.
pub(super) struct Couvertures(u64);

impl Couvertures {
    /// One of the ways has found what is wanted.
    pub fn contient(&self, voulu: impl Fn(Faits) -> bool) -> bool {
        ensembles(self.0).any(voulu)
    }
}

/// Cuts a local part in every way. `pieces` gives those that stand at the beginning of a rest; its second argument
/// says whether a word begins there. Separators and digits join nothing and prove nothing.
pub(super) fn couvrir<'l, P: Iterator<Item = Piece>>(
    locale: &'l str,
    pieces: impl Fn(&'l str, bool) -> P,
) -> Couvertures {
    let mut atteints = [0_u64; 65];
    if let Some(depart) = atteints.first_mut() {
        *depart = 1;
    }
    let octets = locale.as_bytes();
    for place in 0..locale.len() {
        let ici = atteints.get(place).copied().unwrap_or_default();
        let (Some(reste), Some(octet)) = (locale.get(place..), octets.get(place)) else {
            continue;
        };
        if ici == 0 {
            continue;
        }
        if !octet.is_ascii_alphabetic() {
            noter(&mut atteints, place + 1, ici);
            continue;
        }
        let avant = place.checked_sub(1).and_then(|p| octets.get(p));
        let debut_de_mot = avant.is_none_or(|b| !b.is_ascii_alphabetic());
        for (longueur, faits) in pieces(reste, debut_de_mot) {
            noter(&mut atteints, place + longueur, ajouter(ici, faits));
        }
    }
    Couvertures(atteints.get(locale.len()).copied().unwrap_or_default())
}

/// Adds ways that reach a place.
fn noter(atteints: &mut [u64; 65], place: usize, ensembles: u64) {
    if let Some(la) = atteints.get_mut(place) {
        *la |= ensembles;
    }
}

/// The sets whose bits are set.
fn ensembles(mut bits: u64) -> impl Iterator<Item = Faits> {
    std::iter::from_fn(move || {
        let numero = u8::try_from(bits.trailing_zeros()).ok().filter(|n| *n < 64)?;
        bits &= bits - 1;
        Some(Faits(numero))
    })
}

/// Adds flags to every set of a bit set of sets.
fn ajouter(bits: u64, faits: Faits) -> u64 {
    if faits == Faits::RIEN {
        bits
    } else {
        ensembles(bits).fold(0, |tous, ensemble| tous | 1 << (ensemble.0 | faits.0))
    }
}

/// Whether the word that begins a rest ends after `longueur` signs.
pub(super) fn finit_un_mot(reste: &str, longueur: usize) -> bool {
    reste.as_bytes().get(longueur).is_none_or(|b| !b.is_ascii_alphabetic())
}
