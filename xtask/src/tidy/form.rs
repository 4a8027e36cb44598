//! Form of a file: a header that says what it is for, a bounded length, nothing left to do, no test skipped.

use super::File;
use super::scanner::has_word;

/// Lines beyond which a file is refused.
const HARD_LIMIT: usize = 600;
/// Lines beyond which a file is pointed out.
const SOFT_LIMIT: usize = 400;

/// What is wrong in the form of this file.
pub fn check(file: &File) -> Vec<String> {
    let mut problems = Vec::new();
    if !has_header(&file.text) {
        problems.push(file.problem(1, "l'en-tête « //! » qui dit à quoi sert le module manque"));
    }
    let length = file.text.lines().count();
    if length > HARD_LIMIT {
        problems.push(file.problem(length, &format!("{length} lignes, {HARD_LIMIT} au plus : à découper")));
    } else if length > SOFT_LIMIT {
        println!("{} : {length} lignes (viser {SOFT_LIMIT}).", file.path);
    }
    for (line, code) in file.source.all_code_lines() {
        if let Some(word) = ["todo!", "unimplemented!", "dbg!"].iter().find(|word| has_word(&code, word)) {
            problems.push(file.problem(line, &format!("{word} est interdit")));
        }
    }
    for comment in &file.source.comments {
        if ["TODO", "FIXME", "XXX"].iter().any(|word| has_word(&comment.text, word)) && !file.path.starts_with("xtask/")
        {
            problems.push(
                file.problem(
                    comment.line,
                    "travail inachevé signalé en commentaire : à finir ou à mettre dans un ticket",
                ),
            );
        }
    }
    let skipped = file.source.attribute_lines("ignore");
    problems.extend(skipped.into_iter().map(|line| file.problem(line, "test sauté (#[ignore])")));
    problems
}

/// The first line that is neither empty nor an inner attribute must be a module header.
fn has_header(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("#!["));
    first.is_some_and(|line| line.starts_with("//!") && line.len() > 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        check(&File::new("crates/api/src/x.rs", text))
    }

    #[test]
    fn a_header_is_required() {
        assert!(found("//! What it is for.\nfn f() {}\n").is_empty());
        assert!(found("#![allow(dead_code)]\n\n//! What it is for.\n").is_empty());
        assert_eq!(found("// Not a header.\nfn f() {}\n").len(), 1);
        assert_eq!(found("//!\nfn f() {}\n").len(), 1);
        assert_eq!(found("").len(), 1);
    }

    #[test]
    fn length_is_bounded() {
        let lines = |count: usize| format!("//! Header.\n{}", "fn f() {}\n".repeat(count - 1));
        assert!(found(&lines(HARD_LIMIT)).is_empty());
        assert_eq!(found(&lines(HARD_LIMIT + 1)).len(), 1);
    }

    #[test]
    fn unfinished_work_is_refused_but_words_in_literals_are_not() {
        assert_eq!(found("//! H.x\nfn f() { todo!() }\n").len(), 1);
        assert_eq!(found("//! H.x\n// TODO later\n").len(), 1);
        assert_eq!(found("//! H.x\n#[ignore = \"slow\"]\nfn f() {}\n").len(), 1);
        assert!(found("//! H.x\nfn f() { g(\"todo!\") }\n").is_empty());
    }
}
