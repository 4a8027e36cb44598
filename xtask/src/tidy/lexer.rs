//! Reads Rust source just well enough to tell code from comments and literals. Hand-written: a real parser would make
//! `cargo xtask` slow to compile.

/// A string literal or a comment: where it begins (in characters), its line, its text without delimiters.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// Offset of the first character, in characters.
    pub offset: usize,
    /// Line number, from 1.
    pub line: usize,
    /// The text.
    pub text: String,
}

/// Walks the file once.
pub struct Lexer {
    input: Vec<char>,
    position: usize,
    line: usize,
    /// The file with comments and the content of literals blanked, character for character.
    pub code: Vec<char>,
    /// String literals met so far.
    pub strings: Vec<Piece>,
    /// Comments met so far.
    pub comments: Vec<Piece>,
}

impl Lexer {
    /// At the start of this text.
    pub fn new(text: &str) -> Self {
        let input: Vec<char> = text.chars().collect();
        Self { code: Vec::with_capacity(input.len()), input, position: 0, line: 1, strings: vec![], comments: vec![] }
    }

    fn peek(&self, ahead: usize) -> char {
        self.input.get(self.position + ahead).copied().unwrap_or('\0')
    }

    /// Moves on by one character, kept in the code or blanked.
    fn step(&mut self, keep: bool) {
        let c = self.peek(0);
        if c == '\n' {
            self.line += 1;
        }
        self.code.push(if keep || c == '\n' { c } else { ' ' });
        self.position += 1;
    }

    fn skip(&mut self, count: usize) {
        (0..count).for_each(|_| self.step(false));
    }

    /// Reads to the end.
    pub fn run(&mut self) {
        while self.position < self.input.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '/') => self.line_comment(),
                ('/', '*') => self.block_comment(),
                ('"', _) => self.string(),
                ('\'', _) => self.quote(),
                (c, _) if c.is_alphabetic() || c == '_' => self.word(),
                _ => self.step(true),
            }
        }
    }

    fn line_comment(&mut self) {
        let (offset, line) = (self.position, self.line);
        while self.position < self.input.len() && self.peek(0) != '\n' {
            self.skip(1);
        }
        self.keep_comment(offset, line);
    }

    fn block_comment(&mut self) {
        let (offset, line) = (self.position, self.line);
        let mut depth = 0usize;
        while self.position < self.input.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => {
                    depth += 1;
                    self.skip(2);
                }
                ('*', '/') => {
                    depth = depth.saturating_sub(1);
                    self.skip(2);
                }
                _ => self.skip(1),
            }
            if depth == 0 {
                break;
            }
        }
        self.keep_comment(offset, line);
    }

    fn keep_comment(&mut self, offset: usize, line: usize) {
        let text = self.input.get(offset..self.position).unwrap_or_default().iter().collect();
        self.comments.push(Piece { offset, line, text });
    }

    /// A literal with escapes; the position is on the opening quote.
    fn string(&mut self) {
        let (offset, line) = (self.position, self.line);
        self.step(true);
        while self.position < self.input.len() && self.peek(0) != '"' {
            let width = if self.peek(0) == '\\' { 2 } else { 1 };
            self.skip(width.min(self.input.len() - self.position));
        }
        self.end_string(offset, line, offset + 1, 1);
    }

    /// `r"…"`, `r#"…"#` and so on; the position is on the first `#` or the quote.
    fn raw_string(&mut self) {
        let (offset, line) = (self.position, self.line);
        let mut hashes = 0;
        while self.peek(0) == '#' {
            hashes += 1;
            self.skip(1);
        }
        self.skip(1);
        let start = self.position;
        while self.position < self.input.len() && !self.at_raw_end(hashes) {
            self.skip(1);
        }
        self.end_string(offset, line, start, 1 + hashes);
    }

    fn at_raw_end(&self, hashes: usize) -> bool {
        self.peek(0) == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == '#')
    }

    fn end_string(&mut self, offset: usize, line: usize, start: usize, closing: usize) {
        let text = self.input.get(start..self.position).unwrap_or_default().iter().collect();
        self.strings.push(Piece { offset, line, text });
        let left = self.input.len() - self.position;
        self.skip(closing.min(left));
    }

    /// A character literal or a lifetime.
    fn quote(&mut self) {
        let literal = self.peek(1) == '\\' || self.peek(2) == '\'';
        self.step(true);
        if !literal {
            return;
        }
        while self.position < self.input.len() && self.peek(0) != '\'' {
            let width = if self.peek(0) == '\\' { 2 } else { 1 };
            self.skip(width.min(self.input.len() - self.position));
        }
        if self.position < self.input.len() {
            self.step(true);
        }
    }

    /// An identifier, or the prefix of a literal.
    fn word(&mut self) {
        let start = self.position;
        while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
            self.step(true);
        }
        let word: String = self.input.get(start..self.position).unwrap_or_default().iter().collect();
        let raw = matches!(word.as_str(), "r" | "br" | "cr");
        if raw && (self.peek(0) == '"' || (self.peek(0) == '#' && matches!(self.peek(1), '"' | '#'))) {
            self.raw_string();
        }
    }
}
