//! NDJSON, streamed: one object per line, each value plain.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Fault, FileError, Halt, RECORD_MAX, Record, Sink};
use crate::areas::import::text;

/// A plain value as the text that a cell would hold, or nothing for a list or an object.
struct Plain(Option<String>);

struct PlainVisitor;

impl<'de> Visitor<'de> for PlainVisitor {
    type Value = Plain;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, value: &str) -> Result<Plain, E> {
        Ok(Plain(Some(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Plain, E> {
        Ok(Plain(Some(value)))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Plain, E> {
        Ok(Plain(Some(if value { "oui" } else { "non" }.to_owned())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Plain, E> {
        Ok(Plain(Some(value.to_string())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Plain, E> {
        Ok(Plain(Some(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Plain, E> {
        Ok(Plain(Some(number(value))))
    }

    fn visit_unit<E>(self) -> Result<Plain, E> {
        Ok(Plain(Some(String::new())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Plain, A::Error> {
        while values.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Plain(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Plain, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Plain(None))
    }
}

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PlainVisitor)
    }
}

/// A number without exponent, nor decimals when it is whole.
pub fn number(value: f64) -> String {
    // Rust writes floats in full; « -0 » is the only whole one that keeps a sign of its kind.
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

/// The members of an object, in order, and what is wrong with them.
struct Object {
    keys: Vec<String>,
    values: Vec<String>,
    fault: Option<Fault>,
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Object, A::Error> {
        let mut object = Object { keys: Vec::new(), values: Vec::new(), fault: None };
        while let Some((key, Plain(value))) = members.next_entry::<String, Plain>()? {
            if object.keys.contains(&key) {
                object.fault.get_or_insert_with(|| fault(&key, "champ_en_double", text::JSON_REPEATED));
                continue;
            }
            if value.is_none() {
                object.fault.get_or_insert_with(|| fault(&key, "type_inattendu", text::JSON_PLAIN));
            }
            if object.keys.len() >= domain::import::entetes::ENTETES_MAX {
                let message = text::too_many_columns(domain::import::entetes::ENTETES_MAX);
                object.fault.get_or_insert_with(|| fault("", "trop_de_colonnes", &message));
                continue;
            }
            object.keys.push(key);
            object.values.push(value.unwrap_or_default());
        }
        Ok(object)
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

fn fault(column: &str, code: &'static str, message: &str) -> Fault {
    Fault { column: column.to_owned(), code, message: message.to_owned() }
}

fn record(line: u64, bytes: &[u8]) -> Record {
    let faulty = |raw: String, fault: Fault| Record {
        line,
        keys: Some(Vec::new()),
        values: Vec::new(),
        raw: Some(raw),
        fault: Some(fault),
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        let raw = String::from_utf8_lossy(bytes).into_owned();
        return faulty(raw, fault("", "encodage_invalide", text::ENCODING));
    };
    match serde_json::from_str::<Object>(text) {
        Ok(object) => Record {
            line,
            keys: Some(object.keys),
            values: object.values,
            raw: Some(text.to_owned()),
            fault: object.fault,
        },
        Err(error) if error.is_data() => faulty(text.to_owned(), fault("", "objet_attendu", text::JSON_OBJECT)),
        Err(error) => faulty(text.to_owned(), fault("", "json_invalide", &text::json_malformed(error.column()))),
    }
}

/// Reads an NDJSON file.
pub fn read(file: File, sink: &mut dyn Sink) -> Result<(), Halt> {
    let mut reader = BufReader::with_capacity(64 * 1_024, file);
    let mut bytes = Vec::new();
    let (mut line, mut position) = (0_u64, 0_u64);
    let mut started = false;
    loop {
        bytes.clear();
        let taken = reader.by_ref().take(RECORD_MAX as u64 + 1).read_until(b'\n', &mut bytes)?;
        if taken == 0 {
            return Ok(());
        }
        line += 1;
        position += taken as u64;
        if taken > RECORD_MAX {
            return Err(FileError::refused(text::line_too_long(line, RECORD_MAX)).into());
        }
        if line == 1 {
            check_beginning(&bytes)?;
        }
        let trimmed = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).filter(|_| line == 1).unwrap_or(&bytes).trim_ascii();
        if trimmed.is_empty() {
            continue;
        }
        if !std::mem::replace(&mut started, true) {
            sink.start(None, b',')?;
        }
        sink.record(record(line, trimmed), position)?;
    }
}

fn check_beginning(bytes: &[u8]) -> Result<(), FileError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(FileError::refused(text::NOT_TEXT));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(FileError::refused(text::UTF16));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<&'static str> {
        record(1, text.as_bytes()).fault.map(|fault| fault.code)
    }

    #[test]
    fn plain_values_become_the_text_of_a_cell() {
        let line = r#"{"siret": 21750001600019, "b": true, "c": null, "d": 2.1e3, "e": "x", "f": 2.175E13}"#;
        let read = record(1, line.as_bytes());
        assert!(read.fault.is_none());
        assert_eq!(read.values, ["21750001600019", "oui", "", "2100", "x", "21750000000000"]);
    }

    #[test]
    fn what_is_no_plain_object_is_refused() {
        assert_eq!(code(r#"{"a": [1]}"#), Some("type_inattendu"));
        assert_eq!(code(r#"{"a": {"b": 1}}"#), Some("type_inattendu"));
        assert_eq!(code(r#"{"a": 1, "a": 2}"#), Some("champ_en_double"));
        assert_eq!(code("[1, 2]"), Some("objet_attendu"));
        assert_eq!(code("{\"a\": "), Some("json_invalide"));
        assert_eq!(code("{\"a\": 1} {"), Some("json_invalide"));
    }
}
