//! Says to the table, wherever it stands, that a demande has changed.

use leptos::prelude::*;

thread_local! {
    /// Not tied to a screen: undoing a deletion from a message may come after the screen is gone.
    static CHANGEMENTS: ArcRwSignal<u64> = ArcRwSignal::new(0);
    static CELLULES: ArcRwSignal<u64> = ArcRwSignal::new(0);
}

/// A demande has changed.
pub fn annoncer() {
    CHANGEMENTS.with(|nombre| nombre.update(|nombre| *nombre += 1));
}

/// Number of changes announced (tracked).
pub fn nombre() -> u64 {
    CHANGEMENTS.with(Get::get)
}

/// Cells were changed in the table, which shows them already: what counts the rows counts them again.
pub fn annoncer_cellules() {
    CELLULES.with(|nombre| nombre.update(|nombre| *nombre += 1));
}

/// Number of these changes (tracked).
pub fn cellules() -> u64 {
    CELLULES.with(Get::get)
}
