//! A Rust source file taken apart: code, comments, literals, attributes, and what only tests compile.

use std::ops::Range;

use super::lexer::{Lexer, Piece};

/// A source file, taken apart.
pub struct Source {
    /// The file with comments and the content of literals blanked, character for character (line ends are kept).
    code: Vec<char>,
    /// Every string literal.
    pub strings: Vec<Piece>,
    /// Every comment, documentation included.
    pub comments: Vec<Piece>,
    /// Attributes, in characters.
    attributes: Vec<Range<usize>>,
    /// Items compiled for tests only, in characters.
    tests: Vec<Range<usize>>,
}

impl Source {
    /// Takes a file apart.
    pub fn parse(text: &str) -> Self {
        let mut lexer = Lexer::new(text);
        lexer.run();
        let attributes = attributes(&lexer.code);
        let tests = test_items(&lexer.code, &attributes);
        Self { code: lexer.code, strings: lexer.strings, comments: lexer.comments, attributes, tests }
    }

    /// True inside an attribute.
    pub fn in_attribute(&self, offset: usize) -> bool {
        self.attributes.iter().any(|range| range.contains(&offset))
    }

    /// True inside an item compiled for tests only.
    pub fn in_test(&self, offset: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&offset))
    }

    /// The lines of code outside tests, without comments nor literals: number and text.
    pub fn code_lines(&self) -> Vec<(usize, String)> {
        let visible = self.code.iter().enumerate().map(|(offset, &c)| match c {
            '\n' => '\n',
            _ if self.in_test(offset) => ' ',
            _ => c,
        });
        let text: String = visible.collect();
        text.lines().enumerate().map(|(index, line)| (index + 1, line.to_owned())).collect()
    }

    /// All lines of code, tests included: number and text.
    pub fn all_code_lines(&self) -> Vec<(usize, String)> {
        let text: String = self.code.iter().collect();
        text.lines().enumerate().map(|(index, line)| (index + 1, line.to_owned())).collect()
    }

    /// The lines whose attributes contain this word (`ignore`, say).
    pub fn attribute_lines(&self, word: &str) -> Vec<usize> {
        let found = self.attributes.iter().filter(|range| {
            let text: String = self.code.get((*range).clone()).unwrap_or_default().iter().collect();
            has_word(&text, word)
        });
        found.map(|range| line_of(&self.code, range.start)).collect()
    }
}

/// True when `word` occurs in `text` between characters that cannot belong to an identifier or a path.
pub fn has_word(text: &str, word: &str) -> bool {
    let glued = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(start, _)| {
        let before = text.get(..start).and_then(|head| head.chars().next_back());
        let after = text.get(start + word.len()..).and_then(|tail| tail.chars().next());
        let ends_open = word.ends_with(':') || word.ends_with('!');
        !before.is_some_and(glued) && (ends_open || !after.is_some_and(glued))
    })
}

/// The attributes of blanked code: from `#` to the closing bracket.
fn attributes(code: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut position = 0;
    while let Some(&c) = code.get(position) {
        let next = code.get(position + 1).copied();
        let bracket = if next == Some('!') { position + 2 } else { position + 1 };
        if c == '#' && code.get(bracket) == Some(&'[') {
            let end = matching(code, bracket, '[', ']');
            found.push(position..end);
            position = end;
        } else {
            position += 1;
        }
    }
    found
}

/// The items under `#[cfg(test)]`, `#[cfg(all(test, …))]` or a test attribute, braces included.
fn test_items(code: &[char], attributes: &[Range<usize>]) -> Vec<Range<usize>> {
    let is_test = |range: &Range<usize>| {
        let text: String = code.get(range.clone()).unwrap_or_default().iter().collect();
        let words = ["#[test]", "#[cfg(test)]", "#[cfg(all(test", "::test]", "#[wasm_bindgen_test", "#[cfg_attr(test"];
        words.iter().any(|word| text.starts_with(word) || (word.starts_with("::") && text.ends_with(word)))
    };
    let end_of_item = |from: usize| {
        let mut position = from;
        loop {
            match code.get(position) {
                None => return position,
                Some(';') => return position + 1,
                Some('{') => return matching(code, position, '{', '}'),
                Some(_) => position += 1,
            }
        }
    };
    attributes.iter().filter(|range| is_test(range)).map(|range| range.start..end_of_item(range.end)).collect()
}

/// The position after the bracket that closes the one at `open`.
fn matching(code: &[char], open: usize, opening: char, closing: char) -> usize {
    let mut depth = 0usize;
    for (position, &c) in code.iter().enumerate().skip(open) {
        if c == opening {
            depth += 1;
        } else if c == closing {
            depth -= 1;
            if depth == 0 {
                return position + 1;
            }
        }
    }
    code.len()
}

fn line_of(code: &[char], offset: usize) -> usize {
    1 + code.iter().take(offset).filter(|&&c| c == '\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(text: &str) -> Vec<String> {
        Source::parse(text).strings.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn literals_of_every_form_are_found() {
        assert_eq!(strings(r#"f("a\"b", b"c");"#), [r#"a\"b"#, "c"]);
        assert_eq!(strings("r\"x\\\" + r#\"a \"q\" b\"# + br##\"z\"##"), ["x\\", "a \"q\" b", "z"]);
        assert_eq!(strings("let l: &'static str = \"s\"; let c = '\"'; let d = '\\''; \"t\""), ["s", "t"]);
        assert_eq!(strings("\"une\nligne\"; \"deux\""), ["une\nligne", "deux"]);
    }

    #[test]
    fn comments_hide_quotes_and_nest() {
        assert_eq!(strings("// \"no\"\n/* \"no /* \" */ \" */ \"yes\" /// \"no\""), ["yes"]);
        let source = Source::parse("a(); // fin\n/* x\ny */ b();");
        assert_eq!(source.comments.iter().map(|piece| piece.line).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(
            source.code_lines().last().map(|(number, line)| (*number, line.trim().to_owned())),
            Some((3, "b();".to_owned()))
        );
    }

    #[test]
    fn attributes_reach_their_closing_bracket() {
        let source = Source::parse("#[utoipa(a = \"été ]\", b[1])]\nfn f() { g(\"dehors\") }");
        let [inside, outside] = source.strings.as_slice() else { panic!("{:?}", source.strings) };
        assert!(source.in_attribute(inside.offset));
        assert!(!source.in_attribute(outside.offset));
        assert_eq!(Source::parse("\n#[ignore]\n#[test] fn f() {}").attribute_lines("ignore"), [2]);
    }

    #[test]
    fn test_items_end_with_their_braces() {
        let source = Source::parse("#[cfg(test)]\nmod tests { fn f() { \"a\"; } }\nfn g() { \"b\"; }");
        let tested: Vec<bool> = source.strings.iter().map(|piece| source.in_test(piece.offset)).collect();
        assert_eq!(tested, [true, false]);
        let code: String = source.code_lines().into_iter().map(|(_, line)| line).collect();
        assert!(code.contains("fn g") && !code.contains("fn f"), "{code}");
    }

    #[test]
    fn words_stand_alone() {
        assert!(has_word("use diesel::prelude;", "diesel"));
        assert!(!has_word("use my_diesel::prelude;", "diesel"));
        assert!(has_word("x = rand::random()", "rand::"));
        assert!(!has_word("x = operand::random()", "rand::"));
        assert!(has_word("todo!()", "todo!"));
    }
}
