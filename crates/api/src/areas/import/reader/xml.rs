//! Just enough XML for the content of an OpenDocument spreadsheet: tags, attributes, text, streamed. Document type
//! declarations are refused, so that no entity grows.

use std::io::{BufRead, BufReader, Read};

use super::FileError;
use crate::areas::import::text;

/// Longest tag or run of text, in bytes.
const TOKEN_MAX: usize = 4 << 20;

/// A piece of the document.
#[derive(Debug, PartialEq, Eq)]
pub enum Token {
    /// An opening tag: name, attributes as written, and whether it closes itself.
    Open {
        /// Qualified name.
        name: String,
        /// Text between the name and the end of the tag.
        attributes: String,
        /// `<a/>`.
        empty: bool,
    },
    /// A closing tag.
    Close(String),
    /// Text, entities resolved.
    Text(String),
}

/// Reads tokens one after the other.
pub struct Tokens<R> {
    reader: BufReader<R>,
    read: u64,
}

fn malformed() -> FileError {
    FileError::refused(text::NOT_A_WORKBOOK)
}

impl<R: Read> Tokens<R> {
    /// Tokens of this document.
    pub fn new(reader: R) -> Self {
        Self { reader: BufReader::with_capacity(64 * 1_024, reader), read: 0 }
    }

    /// Bytes read so far.
    pub const fn position(&self) -> u64 {
        self.read
    }

    /// Bytes up to `end`, without it; nothing at the end of the document.
    fn until(&mut self, end: u8) -> Result<Option<Vec<u8>>, FileError> {
        let mut bytes = Vec::new();
        let limit = TOKEN_MAX as u64 + 1;
        let count = self.reader.by_ref().take(limit).read_until(end, &mut bytes).map_err(|_broken| malformed())?;
        self.read += count as u64;
        if count > TOKEN_MAX {
            return Err(malformed());
        }
        if bytes.last() == Some(&end) {
            bytes.pop();
            return Ok(Some(bytes));
        }
        Ok(None)
    }

    /// The next token; nothing at the end.
    pub fn next(&mut self) -> Result<Option<Token>, FileError> {
        loop {
            if self.peek()? != Some(b'<') {
                // The « < » that ends the text is taken with it: the tag follows.
                return match self.text()? {
                    Some(text) => Ok(Some(Token::Text(text))),
                    None => Ok(None),
                };
            }
            self.reader.consume(1);
            self.read += 1;
            if let Some(token) = self.tag()? {
                return Ok(Some(token));
            }
        }
    }

    fn peek(&mut self) -> Result<Option<u8>, FileError> {
        Ok(self.reader.fill_buf().map_err(|_broken| malformed())?.first().copied())
    }

    /// Text up to the next tag, which is left in place.
    fn text(&mut self) -> Result<Option<String>, FileError> {
        let mut bytes = Vec::new();
        loop {
            let buffer = self.reader.fill_buf().map_err(|_broken| malformed())?;
            if buffer.is_empty() {
                return Ok(None);
            }
            let end = buffer.iter().position(|byte| *byte == b'<');
            let taken = end.unwrap_or(buffer.len());
            bytes.extend_from_slice(buffer.get(..taken).unwrap_or_default());
            self.reader.consume(taken);
            self.read += taken as u64;
            if bytes.len() > TOKEN_MAX {
                return Err(malformed());
            }
            if end.is_some() {
                return Ok(Some(unescape(&utf8(bytes)?)));
            }
        }
    }

    /// A tag whose « < » was taken; nothing for comments and processing instructions.
    fn tag(&mut self) -> Result<Option<Token>, FileError> {
        let mut bytes = self.until(b'>')?.ok_or_else(malformed)?;
        if bytes.starts_with(b"!--") {
            while !bytes.ends_with(b"--") {
                bytes = self.until(b'>')?.ok_or_else(malformed)?;
            }
            return Ok(None);
        }
        if bytes.starts_with(b"!") {
            return Err(malformed());
        }
        if bytes.starts_with(b"?") {
            return Ok(None);
        }
        // A « > » may stand in an attribute.
        while bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1 {
            bytes.push(b'>');
            bytes.extend(self.until(b'>')?.ok_or_else(malformed)?);
            if bytes.len() > TOKEN_MAX {
                return Err(malformed());
            }
        }
        let tag = utf8(bytes)?;
        if let Some(name) = tag.strip_prefix('/') {
            return Ok(Some(Token::Close(name.trim().to_owned())));
        }
        let (inside, empty) = tag.strip_suffix('/').map_or((tag.as_str(), false), |inside| (inside, true));
        let (name, attributes) = inside.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((inside, ""));
        Ok(Some(Token::Open { name: name.to_owned(), attributes: attributes.to_owned(), empty }))
    }
}

fn utf8(bytes: Vec<u8>) -> Result<String, FileError> {
    String::from_utf8(bytes).map_err(|_invalid| malformed())
}

/// The value of an attribute.
pub fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some((key, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, left) = after.get(1..)?.split_once(quote)?;
        if key.trim() == name {
            return Some(unescape(value));
        }
        rest = left;
    }
    None
}

/// Resolves the five entities of XML and the numeric ones; another is left as it is.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let resolved = after.split_once(';').and_then(|(name, left)| entity(name).map(|sign| (sign, left)));
        match resolved {
            Some((sign, left)) => {
                plain.push(sign);
                rest = left;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        let mut tokens = Tokens::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(token) = tokens.next().unwrap() {
            found.push(token);
        }
        found
    }

    #[test]
    fn tags_attributes_and_text() {
        let found =
            tokens("<?xml version=\"1.0\"?><!-- x > y --><a:b c=\"1 &gt; 2\" d='e'><f/>l&#39;&eacute;t&amp;</a:b>");
        assert_eq!(found.len(), 4);
        let Token::Open { name, attributes, empty } = &found[0] else { panic!("not a tag") };
        assert_eq!((name.as_str(), *empty), ("a:b", false));
        assert_eq!(attribute(attributes, "c").as_deref(), Some("1 > 2"));
        assert_eq!(attribute(attributes, "d").as_deref(), Some("e"));
        assert_eq!(attribute(attributes, "x"), None);
        assert_eq!(found[2], Token::Text("l'&eacute;t&".to_owned()));
        assert_eq!(found[3], Token::Close("a:b".to_owned()));
    }

    #[test]
    fn document_types_are_refused() {
        let mut tokens = Tokens::new("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>".as_bytes());
        assert!(tokens.next().is_err());
    }
}
