//! Which rows are alive for a scroll position. Pure arithmetic, in CSS pixels.

/// Usual height of a row in pixels; `styles/tableau.css` says the same.
pub const ROW_HEIGHT: f64 = 44.0;
/// Rows kept alive above and below those in sight, so that a small scroll shows no blank.
const OVERSCAN: usize = 10;
/// Browsers clip taller elements (Firefox at about 17.8 million pixels): beyond, scrolling is proportional.
const MAX_HEIGHT: f64 = 12_000_000.0;

/// Rows that must be alive.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Window {
    /// First row.
    pub first: usize,
    /// Row after the last.
    pub end: usize,
    /// Distance in pixels of the first row from the top of the body.
    pub offset: f64,
}

impl Window {
    /// Whether a row is alive.
    pub const fn contains(self, row: usize) -> bool {
        row >= self.first && row < self.end
    }
}

/// Size of the table and of what one sees of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    /// Number of rows.
    pub total: usize,
    /// Height of a row.
    pub row: f64,
    /// Height of the part that shows rows, header excluded.
    pub viewport: f64,
}

impl Geometry {
    fn full_height(self) -> f64 {
        to_f64(self.total) * self.row
    }

    /// Height to give to the body, so that the scrollbar tells the truth.
    pub fn height(self) -> f64 {
        self.full_height().min(MAX_HEIGHT)
    }

    /// Pixels of the whole table per pixel of scroll: 1 unless the table is too tall for the browser.
    fn ratio(self) -> f64 {
        let scrollable = self.height() - self.viewport;
        if scrollable <= 0.0 { 1.0 } else { ((self.full_height() - self.viewport) / scrollable).max(1.0) }
    }

    /// Rows alive at this scroll position.
    pub fn window(self, scroll_top: f64) -> Window {
        let top = scroll_top.max(0.0) * self.ratio();
        let seen = to_usize((self.viewport / self.row).ceil()) + 1;
        let at = to_usize((top / self.row).floor()).min(self.total.saturating_sub(1));
        // Even, so that the style sheet knows one row out of two by its place in the page.
        let first = at.saturating_sub(OVERSCAN) & !1;
        let end = at.saturating_add(seen).saturating_add(OVERSCAN).min(self.total);
        Window { first, end, offset: scroll_top.max(0.0) + (to_f64(first) * self.row - top) }
    }

    /// All of them, in sight or not.
    pub const fn whole(self) -> Window {
        Window { first: 0, end: self.total, offset: 0.0 }
    }

    /// Rows wholly in sight: how far Page Down goes.
    pub fn rows_in_sight(self) -> usize {
        to_usize((self.viewport / self.row).floor()).max(1)
    }

    /// Where to scroll so that a row is wholly in sight; nothing when it already is.
    pub fn reveal(self, row: usize, scroll_top: f64) -> Option<f64> {
        let ratio = self.ratio();
        let top = scroll_top * ratio;
        let row_top = to_f64(row) * self.row;
        if row_top < top {
            return Some(row_top / ratio);
        }
        let bottom = row_top + self.row;
        (bottom > top + self.viewport).then(|| ((bottom - self.viewport) / ratio).max(0.0))
    }
}

#[expect(clippy::cast_precision_loss, reason = "row counts stay far below 2^52")]
const fn to_f64(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, which is what a window wants"
)]
const fn to_usize(value: f64) -> usize {
    value as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALL: Geometry = Geometry { total: 100_000, row: ROW_HEIGHT, viewport: 660.0 };

    #[test]
    fn at_the_top_only_what_is_seen_and_the_overscan_is_alive() {
        assert_eq!(TALL.window(0.0), Window { first: 0, end: 26, offset: 0.0 });
    }

    #[test]
    fn anywhere_in_100_000_rows_fewer_than_60_are_alive_and_those_in_sight_are_among_them() {
        let last = TALL.height() - TALL.viewport;
        for step in 0..=1_000 {
            let scroll = last * f64::from(step) / 1_000.0;
            let window = TALL.window(scroll);
            assert!(window.end - window.first <= 60);
            assert!(window.offset <= scroll, "no blank above the first row");
            let bottom = window.offset + to_f64(window.end - window.first) * ROW_HEIGHT;
            assert!(bottom + 1e-6 >= (scroll + TALL.viewport).min(TALL.height()), "no blank below at {scroll}");
        }
        assert_eq!(TALL.window(last).end, 100_000);
    }

    #[test]
    fn a_million_rows_are_reachable_though_the_browser_limits_heights() {
        let huge = Geometry { total: 1_000_000, row: ROW_HEIGHT, viewport: 660.0 };
        assert!(huge.height() <= MAX_HEIGHT);
        let last = huge.height() - huge.viewport;
        assert_eq!(huge.window(last).end, 1_000_000);
        let scroll = huge.reveal(765_432, 0.0).unwrap();
        assert!(huge.window(scroll).contains(765_432));
        assert!(huge.reveal(765_432, scroll).is_none());
    }

    #[test]
    fn reveal_scrolls_as_little_as_possible() {
        assert_eq!(TALL.reveal(5, 0.0), None);
        assert_eq!(TALL.reveal(15, 0.0), Some(16.0 * ROW_HEIGHT - 660.0));
        assert_eq!(TALL.reveal(2, 440.0), Some(88.0));
    }

    #[test]
    fn cards_are_taller_and_fewer_of_them_are_alive() {
        let cards = Geometry { total: 1_000, row: 176.0, viewport: 660.0 };
        assert_eq!(cards.window(0.0), Window { first: 0, end: 15, offset: 0.0 });
        assert_eq!((cards.rows_in_sight(), cards.reveal(4, 0.0)), (3, Some(5.0 * 176.0 - 660.0)));
    }

    #[test]
    fn an_empty_table_and_one_that_fits_need_no_scroll() {
        let empty = Geometry { total: 0, row: ROW_HEIGHT, viewport: 660.0 };
        assert_eq!(empty.window(0.0), Window { first: 0, end: 0, offset: 0.0 });
        let small = Geometry { total: 3, row: ROW_HEIGHT, viewport: 660.0 };
        assert_eq!(small.window(0.0), Window { first: 0, end: 3, offset: 0.0 });
        assert_eq!(small.reveal(2, 0.0), None);
    }
}
