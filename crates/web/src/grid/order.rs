//! Which rows of the page may stay where they are when their order changes. Plain arithmetic.

/// Of rows known by the place each had before (none for a new one), in their new order: whether each may stay, the fewest possible
/// being moved.
pub fn kept(before: &[Option<usize>]) -> Vec<bool> {
    // The longest increasing run of former places: `ends[n]` is the row that ends the best run of n + 1 rows.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous = vec![None; before.len()];
    for (row, place) in before.iter().enumerate() {
        let Some(place) = place else { continue };
        let rank = ends.partition_point(|end| before.get(*end).copied().flatten().is_some_and(|known| known < *place));
        if let Some(slot) = previous.get_mut(row) {
            *slot = rank.checked_sub(1).and_then(|rank| ends.get(rank)).copied();
        }
        match ends.get_mut(rank) {
            Some(end) => *end = row,
            None => ends.push(row),
        }
    }
    let mut kept = vec![false; before.len()];
    let mut at = ends.last().copied();
    while let Some(row) = at {
        if let Some(stays) = kept.get_mut(row) {
            *stays = true;
        }
        at = previous.get(row).copied().flatten();
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(before: &[Option<usize>]) -> Vec<usize> {
        kept(before).iter().enumerate().filter_map(|(row, stays)| (!stays).then_some(row)).collect()
    }

    #[test]
    fn rows_in_the_same_order_all_stay() {
        assert!(moved(&[Some(0), Some(1), Some(2)]).is_empty());
        assert!(moved(&[]).is_empty());
    }

    #[test]
    fn removing_a_row_moves_none() {
        assert!(moved(&[Some(0), Some(2), Some(3), Some(4)]).is_empty());
    }

    #[test]
    fn swapping_two_rows_moves_two() {
        let mut before: Vec<Option<usize>> = (0..1_000).map(Some).collect();
        before.swap(1, 998);
        assert_eq!(moved(&before).len(), 2);
    }

    #[test]
    fn rows_that_come_back_at_the_end_are_the_only_ones_moved() {
        let scrolled: Vec<Option<usize>> = (5..40).chain(0..5).map(Some).collect();
        assert_eq!(moved(&scrolled), (35..40).collect::<Vec<_>>());
    }

    #[test]
    fn a_new_row_never_stays_and_moves_no_other() {
        assert_eq!(moved(&[Some(0), None, Some(1)]), vec![1]);
    }

    #[test]
    fn the_rows_that_stay_are_in_their_former_order() {
        let before = [4, 1, 7, 0, 2, 6, 3, 5].map(Some);
        let stays = kept(&before);
        let run: Vec<usize> =
            before.iter().zip(&stays).filter(|(_, stays)| **stays).filter_map(|(place, _)| *place).collect();
        assert!(run.is_sorted());
        assert_eq!(run.len(), 4, "1, 2, 3, 5 is the longest");
    }
}
