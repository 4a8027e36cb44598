//! Reading the JSON of others: what we need must be there, the rest may be absent or of another type.

use serde_json::Value;

/// Longest text that is kept, in characters.
const LONGEST: usize = 300;

/// A member as text; empty when it is absent or neither a text nor a number.
pub fn text(value: &Value, name: &str) -> String {
    value.get(name).map(plain).unwrap_or_default()
}

/// The first of these members that is not empty.
pub fn first(values: [&Value; 2], name: &str) -> String {
    values.into_iter().map(|value| text(value, name)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// A text or a number as text, without control characters.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// A member as yes or no; unknown when it is absent, `null` or of another type.
pub fn flag(value: &Value, name: &str) -> Option<bool> {
    value.get(name)?.as_bool()
}
