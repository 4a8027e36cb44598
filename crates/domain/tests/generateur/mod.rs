//! A small deterministic source of test data, the same on the host and in the browser.
#![allow(dead_code, reason = "each test file uses a part of it")]

/// SplitMix64: enough for test data, and the same everywhere.
pub struct Hasard(u64);

impl Hasard {
    /// The series that begins with this seed.
    pub fn new(graine: u64) -> Self {
        Self(graine)
    }

    /// The next number.
    pub fn suivant(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below this one.
    pub fn sous(&mut self, borne: usize) -> usize {
        usize::try_from(self.suivant() % borne as u64).unwrap_or_default()
    }

    /// One of these.
    pub fn parmi<T: Copy>(&mut self, choix: &[T]) -> T {
        choix[self.sous(choix.len())]
    }

    /// A text of at most this many of these signs.
    pub fn texte(&mut self, signes: &[char], max: usize) -> String {
        (0..self.sous(max + 1)).map(|_| self.parmi(signes)).collect()
    }
}

/// Letters, digits and every sign that has given trouble somewhere.
pub const SIGNES: &[char] = &[
    'a', 'Z', 'é', 'Œ', 'ß', '0', '9', ' ', '\u{a0}', '\t', '\n', '\r', '\'', '’', '"', '\\', '=', '+', '-', '@', '(',
    ')', ',', ';', '.', '_', '%', '#', '\u{7f}', '\u{0}', '\u{300}', '\u{feff}', '😀', 'İ', 'Я',
];
