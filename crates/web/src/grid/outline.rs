//! Rows under the headings of their groups, which open and close. Plain arithmetic: a place of the table is a heading or a row of
//! the list, whose order is that of the groups.

use std::ops::Range;
use std::sync::Arc;

use super::model::{Row, Section};

/// The headings of a table; none when its rows are not grouped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    sections: Vec<Section>,
    /// Keys of those that are closed, also of lists shown before.
    closed: Vec<String>,
}

/// What is at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At<'a> {
    Heading(&'a Section),
    /// A row of the list, from 0.
    Row(usize),
}

impl Outline {
    /// Takes the groups of another list, or of the same one which may have changed; whether they are others.
    pub fn set(&mut self, sections: Vec<Section>) -> bool {
        let before = std::mem::replace(&mut self.sections, sections);
        before != self.sections
    }

    /// Number of places of a list of so many rows.
    pub fn places(&self, rows: usize) -> usize {
        let closed: usize =
            self.sections.iter().filter(|section| self.is_closed(section)).map(|section| section.rows).sum();
        (rows + self.sections.len()).saturating_sub(closed)
    }

    /// The row of the list at a place; none for a heading.
    pub fn row(&self, place: usize) -> Option<usize> {
        match self.at(place) {
            At::Row(row) => Some(row),
            At::Heading(_) => None,
        }
    }

    /// The heading at a place, and whether it is open.
    pub fn heading(&self, place: usize) -> Option<(Arc<Row>, bool)> {
        match self.at(place) {
            At::Heading(section) => Some((Arc::clone(&section.heading), !self.is_closed(section))),
            At::Row(_) => None,
        }
    }

    /// The rows of the list that these places show, from the first to the last.
    pub fn rows(&self, places: Range<usize>) -> Range<usize> {
        let mut rows = places.filter_map(|place| self.row(place));
        let first = rows.next();
        first.map_or(0..1, |first| first..rows.next_back().unwrap_or(first) + 1)
    }

    /// Opens a group that is closed, closes one that is open.
    pub fn toggle(&mut self, key: &str) {
        let before = self.closed.len();
        self.closed.retain(|closed| closed != key);
        if self.closed.len() == before {
            self.closed.push(key.to_owned());
        }
    }

    /// Closes every group, or opens them all.
    pub fn set_all(&mut self, open: bool) {
        self.closed.clear();
        if !open {
            self.closed.extend(self.sections.iter().map(|section| section.heading.key.clone()));
        }
    }

    fn is_closed(&self, section: &Section) -> bool {
        self.closed.iter().any(|closed| *closed == section.heading.key)
    }

    fn at(&self, place: usize) -> At<'_> {
        let (mut left, mut row) = (place, 0);
        for section in &self.sections {
            if left == 0 {
                return At::Heading(section);
            }
            let shown = if self.is_closed(section) { 0 } else { section.rows };
            if left <= shown {
                return At::Row(row + left - 1);
            }
            left -= shown + 1;
            row += section.rows;
        }
        // Rows that came since the groups were counted are under the last one.
        At::Row(row + left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(key: &str, rows: usize) -> Section {
        let heading = Row { key: key.into(), version: 0, cells: Vec::new(), values: Vec::new() };
        Section { heading: Arc::new(heading), rows }
    }

    fn outline() -> Outline {
        let mut outline = Outline::default();
        outline.set(vec![section("a", 2), section("b", 3)]);
        outline
    }

    fn read(outline: &Outline, rows: usize) -> Vec<String> {
        let place = |place| match outline.heading(place) {
            Some((heading, open)) => format!("{}{}", if open { "-" } else { "+" }, heading.key),
            None => outline.row(place).map_or_else(String::new, |row| row.to_string()),
        };
        (0..outline.places(rows)).map(place).collect()
    }

    #[test]
    fn a_table_that_is_not_grouped_shows_its_rows_as_they_are() {
        assert_eq!(read(&Outline::default(), 3), ["0", "1", "2"]);
    }

    #[test]
    fn each_group_has_its_heading_before_its_rows() {
        assert_eq!(read(&outline(), 5), ["-a", "0", "1", "-b", "2", "3", "4"]);
    }

    #[test]
    fn a_closed_group_hides_its_rows_and_keeps_its_heading() {
        let mut outline = outline();
        outline.toggle("a");
        assert_eq!(read(&outline, 5), ["+a", "-b", "2", "3", "4"]);
        outline.toggle("b");
        assert_eq!(read(&outline, 5), ["+a", "+b"]);
        outline.toggle("a");
        assert_eq!(read(&outline, 5), ["-a", "0", "1", "+b"]);
        outline.set_all(true);
        assert_eq!(read(&outline, 5), ["-a", "0", "1", "-b", "2", "3", "4"]);
        outline.set_all(false);
        assert_eq!(read(&outline, 5), ["+a", "+b"]);
    }

    #[test]
    fn what_is_closed_stays_so_when_the_list_changes() {
        let mut outline = outline();
        outline.toggle("b");
        assert!(outline.set(vec![section("a", 1), section("b", 9)]));
        assert!(!outline.set(vec![section("a", 1), section("b", 9)]), "the same groups again");
        assert_eq!(read(&outline, 10), ["-a", "0", "+b"]);
    }

    #[test]
    fn rows_that_came_since_are_shown_at_the_end() {
        assert_eq!(read(&outline(), 6), ["-a", "0", "1", "-b", "2", "3", "4", "5"]);
    }

    #[test]
    fn the_rows_in_sight_are_those_to_fetch() {
        let mut outline = outline();
        assert_eq!(outline.rows(0..7), 0..5);
        assert_eq!(outline.rows(3..5), 2..3);
        outline.toggle("a");
        assert_eq!(outline.rows(0..3), 2..3);
        assert_eq!(outline.rows(0..1), 0..1, "a heading alone asks for no more than the first row");
        assert_eq!(Outline::default().rows(10..20), 10..20);
    }
}
