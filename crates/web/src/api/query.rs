//! Query strings, encoded.

/// Builds `?a=b&c=d` from names and values; the empty list gives the empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// An empty query.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.pairs.push((name.to_owned(), value.to_string()));
        self
    }

    /// Adds a parameter unless its value is empty.
    #[must_use]
    pub fn with_some(self, name: &str, value: &str) -> Self {
        if value.is_empty() { self } else { self.with(name, value) }
    }

    /// The query appended to a path.
    pub fn on(&self, path: &str) -> String {
        let mut text = path.to_owned();
        for (index, (name, value)) in self.pairs.iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            encode_into(&mut text, name);
            text.push('=');
            encode_into(&mut text, value);
        }
        text
    }
}

/// Percent-encodes one path segment or query value (RFC 3986: everything but the unreserved characters).
pub fn encode(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    encode_into(&mut text, value);
    text
}

fn encode_into(text: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// Undoes [`encode`]; what is not valid stays as it is.
pub fn decode(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        match (byte, value.get(index + 1..index + 3).map(|hex| u8::from_str_radix(hex, 16))) {
            (b'%', Some(Ok(code))) => {
                decoded.push(code);
                index += 3;
            }
            _ => {
                decoded.push(*byte);
                index += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_invalid| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_what_would_break_the_query() {
        let query = Query::new().with("q", "Zoé & Cie?").with_some("vide", "").with("limit", 50);
        assert_eq!(query.on("/demandes"), "/demandes?q=Zo%C3%A9%20%26%20Cie%3F&limit=50");
        assert_eq!(Query::new().on("/demandes"), "/demandes");
    }

    #[test]
    fn decoding_undoes_encoding() {
        for text in ["", "a b", "été 100 %", "/tableau?x=1&y=2#z", "%", "%zz", "100%é"] {
            assert_eq!(decode(&encode(text)), text);
        }
        assert_eq!(decode("%"), "%");
        assert_eq!(decode("%é"), "%é");
    }
}
