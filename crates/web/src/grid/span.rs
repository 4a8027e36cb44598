//! Which columns are alive for a sideways scroll position. Pure arithmetic: widths in tenths of `rem`, the rest in CSS pixels.

/// Columns kept alive on each side of those in sight, so that a small scroll shows no blank.
const OVERSCAN: usize = 3;
/// A table of so many columns or fewer draws them all: there is nothing to spare.
const FEW: usize = 20;

/// Columns that are alive: the leading ones always, the others when they are in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Number of the leading columns.
    pub kept: usize,
    /// First of the others.
    pub first: usize,
    /// Column after the last.
    pub end: usize,
    /// Width left empty between the leading columns and the first of the others, in tenths of `rem`.
    pub gap: u32,
}

impl Span {
    /// Every column.
    pub const fn whole(kept: usize, count: usize) -> Self {
        Self { kept, first: kept, end: count, gap: 0 }
    }

    /// Whether a column is alive.
    pub const fn contains(self, col: usize) -> bool {
        self.rank(col).is_some()
    }

    /// Rank of a column among those alive.
    pub const fn rank(self, col: usize) -> Option<usize> {
        if col < self.kept {
            Some(col)
        } else if col >= self.first && col < self.end {
            Some(self.kept + col - self.first)
        } else {
            None
        }
    }

    /// The columns alive, in order.
    pub fn cols(self) -> impl Iterator<Item = usize> {
        (0..self.kept).chain(self.first..self.end)
    }
}

/// What one sees of a table, sideways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// Scroll position.
    pub left: f64,
    /// Width of what shows the columns.
    pub width: f64,
    /// Pixels in a tenth of `rem`.
    pub unit: f64,
}

impl Default for Sight {
    /// Before it is measured.
    fn default() -> Self {
        Self { left: 0.0, width: 1_200.0, unit: 1.6 }
    }
}

impl Sight {
    /// Columns alive, of a table whose `kept` leading ones are always.
    pub fn span(self, widths: &[u32], kept: usize) -> Span {
        let (count, kept) = (widths.len(), kept.min(widths.len()));
        if count <= FEW {
            return Span::whole(kept, count);
        }
        let left = self.left.max(0.0);
        // Those that the leading ones hide count as seen: on a narrow screen they do not all stay.
        let seen = |(begin, end): &(f64, f64)| *end > left && *begin < left + self.width;
        let edges: Vec<(f64, f64)> = self.edges(widths).collect();
        let at = edges.iter().position(seen).unwrap_or(count);
        let last = edges.iter().rposition(seen).map_or(count, |last| last + 1);
        let first = at.saturating_sub(OVERSCAN).max(kept);
        let end = last.saturating_add(OVERSCAN).clamp(first, count);
        Span { kept, first, end, gap: widths.iter().take(first).skip(kept).sum() }
    }

    /// Where to scroll so that a column is wholly in sight, beside the `stuck` leading ones that never leave it; nothing when it
    /// already is.
    pub fn reveal(self, widths: &[u32], stuck: usize, col: usize) -> Option<f64> {
        let lead: u32 = widths.iter().take(stuck).sum();
        // Wide leading columns do not all stay on a narrow screen.
        let lead = (f64::from(lead) * self.unit).min(self.width / 2.0);
        let (begin, end) = self.edges(widths).nth(col).filter(|_| col >= stuck)?;
        let first = (begin - lead).floor().max(0.0);
        if first < self.left.floor() {
            return Some(first);
        }
        // One wider than what shows it is seen from its beginning.
        (end > self.left.ceil() + self.width).then(|| (end - self.width).min(first))
    }

    /// Left and right edge of each column.
    fn edges(self, widths: &[u32]) -> impl Iterator<Item = (f64, f64)> {
        widths.iter().scan(0, move |sum: &mut u32, width| {
            let begin = *sum;
            *sum += width;
            Some((f64::from(begin) * self.unit, f64::from(*sum) * self.unit))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: Sight = Sight { left: 0.0, width: 1_200.0, unit: 1.6 };

    /// Sixty columns of 160 pixels, but for two that are wider.
    fn widths() -> Vec<u32> {
        let mut widths = vec![100; 60];
        (widths[0], widths[30]) = (180, 400);
        widths
    }

    fn at(left: f64) -> Sight {
        Sight { left, ..WIDE }
    }

    #[test]
    fn on_the_left_only_what_is_seen_and_the_overscan_is_alive() {
        assert_eq!(WIDE.span(&widths(), 2), Span { kept: 2, first: 2, end: 10, gap: 0 });
    }

    #[test]
    fn anywhere_what_is_in_sight_is_alive_at_its_place_and_fewer_than_twenty_columns_are() {
        let widths = widths();
        let total = f64::from(widths.iter().sum::<u32>()) * 1.6;
        for step in 0..=1_000 {
            let sight = at((total - 1_200.0) * f64::from(step) / 1_000.0);
            let span = sight.span(&widths, 2);
            assert!(span.cols().count() < 20, "{} at {}", span.cols().count(), sight.left);
            let before: u32 = widths.iter().take(span.first).sum();
            assert_eq!(widths.iter().take(2).sum::<u32>() + span.gap, before, "the first one stands at its place");
            for (col, (begin, end)) in sight.edges(&widths).enumerate() {
                let seen = end > sight.left && begin < sight.left + 1_200.0;
                assert!(!seen || span.contains(col), "{col} is blank at {}", sight.left);
            }
        }
        assert_eq!(at(total - 1_200.0).span(&widths, 2).end, 60);
    }

    #[test]
    fn the_leading_columns_are_alive_wherever_one_scrolls_and_ranks_follow_the_order() {
        let span = at(3_000.0).span(&widths(), 2);
        assert_eq!((span.first, span.end), (14, 29));
        let cols: Vec<usize> = span.cols().collect();
        assert_eq!(cols.first_chunk(), Some(&[0, 1, 14]));
        assert!(cols.iter().enumerate().all(|(rank, col)| span.rank(*col) == Some(rank)));
        assert!(!span.contains(2) && !span.contains(13) && !span.contains(29));
    }

    #[test]
    fn few_columns_or_columns_that_fit_are_all_alive() {
        assert_eq!(at(500.0).span(&[400; FEW], 1), Span::whole(1, FEW));
        assert_eq!(WIDE.span(&[20; 30], 1), Span::whole(1, 30));
        assert_eq!(WIDE.span(&[], 1), Span::whole(0, 0));
    }

    #[test]
    fn a_position_beyond_the_last_column_keeps_the_last_ones_until_the_browser_says_the_right_one() {
        let span = at(1e6).span(&[100; 30], 1);
        assert_eq!((span.first, span.end), (27, 30));
    }

    #[test]
    fn a_column_that_is_revealed_is_then_alive_and_wholly_in_sight_whichever_side_it_was() {
        let widths = widths();
        for width in [1_200.0, 1_000.0] {
            for (from, stuck) in [(0.0, 2), (5_000.0, 2), (9_000.0, 1), (2_500.0, 0)] {
                let sight = Sight { width, ..at(from) };
                let lead = f64::from(widths.iter().take(stuck).sum::<u32>()) * 1.6;
                for col in (stuck..60).filter(|col| *col != 30) {
                    let left = sight.reveal(&widths, stuck, col).map_or(from, f64::ceil);
                    let moved = Sight { left, ..sight };
                    let (begin, end) = moved.edges(&widths).nth(col).unwrap();
                    assert!(moved.span(&widths, stuck.max(1)).contains(col));
                    assert!(begin - lead >= left - 1.0 && end <= left + width + 1.0, "{col} from {from}");
                    assert_eq!(moved.reveal(&widths, stuck, col), None, "{col} from {from}");
                }
            }
        }
    }

    #[test]
    fn reveal_scrolls_as_little_as_possible() {
        let widths = widths();
        assert_eq!(WIDE.reveal(&widths, 2, 5), None);
        assert_eq!(WIDE.reveal(&widths, 2, 7), Some(1_408.0 - 1_200.0));
        assert_eq!(at(2_000.0).reveal(&widths, 2, 7), Some(1_248.0 - 448.0));
        assert_eq!(at(2_000.0).reveal(&widths, 2, 1), None, "it never leaves");
        assert_eq!(at(2_000.0).reveal(&widths, 0, 0), Some(0.0));
    }

    #[test]
    fn what_is_wider_than_the_screen_is_shown_from_its_beginning() {
        let narrow = Sight { width: 320.0, ..at(0.0) };
        let left = narrow.reveal(&widths(), 0, 30).unwrap();
        assert!((left - (180.0 + 29.0 * 100.0) * 1.6).abs() < 1.0);
        // The leading ones leave at least half of the screen.
        let left = narrow.reveal(&widths(), 3, 40).unwrap();
        let moved = Sight { left, ..narrow };
        assert!(moved.span(&widths(), 3).contains(40));
    }
}
