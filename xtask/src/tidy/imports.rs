//! Imports go one way (architecture, invariants 1 and 2): routes → service → queries and rows. Routes never name diesel; rows and
//! queries never name actix; the domain names neither, nor any clock; the browser names nothing of the server.

use super::File;
use super::scanner::has_word;

/// Files (a folder, then an ending) and the words they must not contain.
struct Rule {
    folder: &'static str,
    ending: &'static str,
    forbidden: &'static [&'static str],
    why: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        folder: "crates/api/src/areas/",
        ending: "/routes.rs",
        forbidden: &["diesel"],
        why: "une route ne connaît pas la base",
    },
    Rule {
        folder: "crates/api/src/",
        ending: "/rows.rs",
        forbidden: &["actix_web", "actix_rt", "actix"],
        why: "une ligne ne connaît pas HTTP",
    },
    Rule {
        folder: "crates/api/src/",
        ending: "/queries.rs",
        forbidden: &["actix_web", "actix_rt", "actix"],
        why: "une lecture ne connaît pas HTTP",
    },
    Rule {
        folder: "crates/domain/src/",
        ending: ".rs",
        forbidden: &[
            "diesel",
            "actix_web",
            "tokio",
            "SystemTime",
            "Instant",
            "std::fs",
            "std::net",
            "std::env",
            "rand::",
            "chrono::Utc",
        ],
        why: "le domaine n'a ni entrée-sortie, ni horloge, ni hasard",
    },
    Rule {
        folder: "crates/web/src/",
        ending: ".rs",
        forbidden: &["diesel", "actix_web", "tokio", "regex::", "reqwest", "chrono_tz"],
        why: "le navigateur reste léger et ne connaît pas le serveur",
    },
];

/// What this file names and must not.
pub fn check(file: &File) -> Vec<String> {
    let mut problems = Vec::new();
    let rules = RULES.iter().filter(|rule| file.path.starts_with(rule.folder) && file.path.ends_with(rule.ending));
    for rule in rules {
        for (line, code) in file.source.code_lines() {
            if let Some(word) = rule.forbidden.iter().find(|word| has_word(&code, word)) {
                problems.push(file.problem(line, &format!("« {word} » interdit ici : {}", rule.why)));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&File::new(path, text)).len()
    }

    #[test]
    fn each_layer_is_kept() {
        assert_eq!(found("crates/api/src/areas/demande/routes.rs", "use diesel::prelude::*;"), 1);
        assert_eq!(found("crates/api/src/areas/demande/service.rs", "use diesel::prelude::*;"), 0);
        assert_eq!(found("crates/api/src/areas/demande/rows.rs", "use actix_web::web;"), 1);
        assert_eq!(found("crates/api/src/areas/demande/queries.rs", "use actix_web::web;"), 1);
        assert_eq!(found("crates/domain/src/values/siret.rs", "let t = std::time::SystemTime::now();"), 1);
        assert_eq!(found("crates/domain/src/values/siret.rs", "// diesel\nlet instantane = \"tokio\";"), 0);
        assert_eq!(found("crates/web/src/api/http.rs", "use reqwest::Client;"), 1);
    }
}
