//! The table at the end of `cargo xtask test`.

use std::time::Duration;

/// What became of a step.
pub struct Line {
    title: String,
    elapsed: Duration,
    passed: bool,
}

impl Line {
    /// A green step.
    pub fn passed(title: &str, elapsed: Duration) -> Self {
        Self { title: title.to_owned(), elapsed, passed: true }
    }

    /// A red step.
    pub fn failed(title: &str, elapsed: Duration) -> Self {
        Self { title: title.to_owned(), elapsed, passed: false }
    }
}

/// One line per step, then the total and the closing count that continuous integration reads.
pub fn table(lines: &[Line], total: Duration) -> String {
    let mut text = String::from("\n━━━ Bilan ━━━\n");
    for line in lines {
        let verdict = if line.passed { "ok   " } else { "ÉCHEC" };
        text.push_str(&format!("  {verdict}  {:>9}  {}\n", seconds(line.elapsed), line.title));
    }
    text.push_str(&format!("  total  {:>9}\n", seconds(total)));
    let passed = lines.iter().filter(|line| line.passed).count();
    text.push_str(&format!("{passed} passed, {} failed\n", lines.len() - passed));
    text
}

fn seconds(elapsed: Duration) -> String {
    let whole = elapsed.as_secs();
    match whole / 60 {
        0 => format!("{:.1} s", elapsed.as_secs_f64()),
        minutes => format!("{minutes} min {:02}", whole % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_counts_and_names() {
        let lines = [Line::passed("un", Duration::from_millis(1500)), Line::failed("deux", Duration::from_secs(75))];
        let text = table(&lines, Duration::from_secs(77));
        assert!(text.contains("1.5 s  un"), "{text}");
        assert!(text.contains("ÉCHEC") && text.contains("1 min 15  deux"), "{text}");
        assert!(text.ends_with("1 passed, 1 failed\n"), "{text}");
    }
}
