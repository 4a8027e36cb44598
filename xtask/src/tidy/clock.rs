//! One module owns *now* and *random* (architecture, invariant 6): `crates/api/src/clock.rs` or `crates/api/src/clock/`.

use super::File;
use super::scanner::has_word;

const FORBIDDEN: &[&str] = &[
    "Utc::now",
    "Local::now",
    "SystemTime::now",
    "rand::",
    "OsRng",
    "thread_rng",
    "getrandom",
    "Uuid::now_v7",
    "Uuid::new_v4",
    "Uuid::new_v7",
];

/// Where this file asks the time or chance without being the module that may.
pub fn check(file: &File) -> Vec<String> {
    let owner = file.path == "crates/api/src/clock.rs" || file.path.starts_with("crates/api/src/clock/");
    if owner || file.is_test() || !file.path.starts_with("crates/api/src/") {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for (line, code) in file.source.code_lines() {
        if let Some(word) = FORBIDDEN.iter().find(|word| has_word(&code, word)) {
            problems.push(file.problem(line, &format!("« {word} » : passer par le module clock")));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_clock_module_tells_the_time() {
        let text = "fn f() { let t = chrono::Utc::now(); }";
        assert_eq!(check(&File::new("crates/api/src/jobs/mod.rs", text)).len(), 1);
        assert!(check(&File::new("crates/api/src/clock.rs", text)).is_empty());
        assert!(check(&File::new("crates/api/tests/it/main.rs", text)).is_empty());
        assert!(check(&File::new("crates/api/src/jobs/mod.rs", "// Utc::now\nfn f(t: Instant) {}")).is_empty());
        assert_eq!(check(&File::new("crates/api/src/a.rs", "let u = Uuid::now_v7();")).len(), 1);
    }
}
