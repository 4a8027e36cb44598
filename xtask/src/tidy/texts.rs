//! French sentences live in `text/` modules only, so that a second language is one more module. Accented letters and French
//! quotation marks betray them; tests, documentation and attributes (OpenAPI, command line) are exempt.

use super::File;

/// What is wrong with the texts of this file.
pub fn check(file: &File) -> Vec<String> {
    if !file.path.starts_with("crates/") || file.is_test() || is_text_module(&file.path) {
        return Vec::new();
    }
    let source = &file.source;
    let strings = source
        .strings
        .iter()
        .filter(|piece| !source.in_test(piece.offset) && !source.in_attribute(piece.offset))
        .filter(|piece| piece.text.chars().any(is_french) && !is_letter_table(&piece.text))
        .map(|piece| {
            file.problem(piece.line, &format!("texte français hors d'un module text : \"{}\"", start(&piece.text)))
        });
    let bare = source.code_lines().into_iter().filter(|(_, line)| line.chars().any(is_french)).map(|(number, _)| {
        file.problem(number, "lettre accentuée dans le code : identifiants sans accent, textes dans text/")
    });
    strings.chain(bare).collect()
}

/// A list of letters (for folding accents) is data, not a sentence: no space, and every letter is accented.
fn is_letter_table(text: &str) -> bool {
    text.chars().all(|c| is_french(c) && c.is_alphabetic())
}

/// Text modules, and the hand-written OpenAPI schemas: documentation, like the attributes they replace.
fn is_text_module(path: &str) -> bool {
    ["/text.rs", "/schema.rs", "/openapi.rs"].iter().any(|ending| path.ends_with(ending))
        || path.contains("/text/")
        || path.contains("/openapi/")
}

fn is_french(c: char) -> bool {
    matches!(c, '«' | '»') || (matches!(c, '\u{c0}'..='\u{17f}') && c.is_alphabetic())
}

fn start(text: &str) -> String {
    text.chars().take(50).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&File::new(path, text)).len()
    }

    const AREA: &str = "crates/api/src/areas/demande/service.rs";

    #[test]
    fn sentences_are_found_in_code_only() {
        assert_eq!(found(AREA, "fn f() { g(\"Refusé\") }"), 1);
        assert_eq!(found(AREA, "fn f() { g(r#\"« oui »\"#) }"), 1);
        assert_eq!(found(AREA, "/// Refusé\n// été\nfn f() { g(\"refuse\") }"), 0);
        assert_eq!(found(AREA, "#[utoipa::path(description = \"Créée\")]\nfn f() {}"), 0);
        assert_eq!(found(AREA, "#[cfg(test)]\nmod tests { fn f() { \"été\" } }"), 0);
    }

    #[test]
    fn text_modules_and_tests_are_free() {
        for path in ["crates/domain/src/text/fr/mod.rs", "crates/web/src/text.rs", "crates/api/tests/it/main.rs"] {
            assert_eq!(found(path, "fn f() { g(\"Refusé\") }"), 0, "{path}");
        }
    }

    #[test]
    fn letters_are_data_and_bare_words_are_not_code() {
        assert_eq!(found(AREA, "fn f(c: char) { matches!(c, 'é' | 'è'); g(\"éèê\") }"), 0);
        assert_eq!(found(AREA, "fn f() { view! { <p>Envoyée</p> } }"), 1);
    }
}
