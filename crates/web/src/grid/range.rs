//! A rectangle of cells, from the one where it began to the one where it ends.

use super::keys::Place;

/// A rectangle of data cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Where it began.
    pub anchor: Place,
    /// Where it ends.
    pub head: Place,
}

impl Range {
    /// One cell.
    pub const fn one(place: Place) -> Self {
        Self { anchor: place, head: place }
    }

    /// First and last row (1 is the first data row).
    pub fn rows(self) -> (usize, usize) {
        order(self.anchor.row, self.head.row)
    }

    /// First and last column.
    pub fn cols(self) -> (usize, usize) {
        order(self.anchor.col, self.head.col)
    }

    /// Whether it holds this cell.
    pub fn contains(self, place: Place) -> bool {
        let ((top, bottom), (left, right)) = (self.rows(), self.cols());
        (top..=bottom).contains(&place.row) && (left..=right).contains(&place.col)
    }

    /// Number of cells.
    pub fn count(self) -> usize {
        let ((top, bottom), (left, right)) = (self.rows(), self.cols());
        (bottom - top + 1) * (right - left + 1)
    }
}

fn order(one: usize, two: usize) -> (usize, usize) {
    (one.min(two), one.max(two))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_the_same_whichever_way_it_was_drawn() {
        let (one, two) = (Place { row: 2, col: 5 }, Place { row: 4, col: 1 });
        for range in [Range { anchor: one, head: two }, Range { anchor: two, head: one }] {
            assert_eq!((range.rows(), range.cols(), range.count()), ((2, 4), (1, 5), 15));
            assert!(range.contains(Place { row: 3, col: 3 }) && !range.contains(Place { row: 5, col: 3 }));
        }
        assert_eq!(Range::one(one).count(), 1);
    }
}
