//! The median and the ninth decile of delays counted in whole days, exact: nothing is estimated.

/// How many took how many days, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogramme {
    jours: std::collections::BTreeMap<i64, i64>,
}

impl Histogramme {
    /// Adds so many that took so many days.
    pub fn ajouter(&mut self, jours: i64, nombre: i64) {
        *self.jours.entry(jours).or_default() += nombre;
    }

    /// How many were measured.
    pub fn mesures(&self) -> i64 {
        self.jours.values().sum()
    }

    /// The least number of days within which this share (in tenths) of them was done; none when nothing was measured.
    pub fn quantile(&self, dixiemes: i64) -> Option<i64> {
        let total = self.mesures();
        let rang = (total * dixiemes + 9) / 10;
        let mut passes = 0;
        self.jours.iter().find_map(|(jours, nombre)| {
            passes += nombre;
            (total > 0 && passes >= rang.max(1)).then_some(*jours)
        })
    }
}
