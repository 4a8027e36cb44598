//! From a template and the fields of a message to the parts of a mail.

use serde_json::Value;

use super::gabarits::{GABARITS, Gabarit, Partie};
use super::{Part, no_more};

/// The subject and the parts of a mail; `None` when no template has this code or when a field that it needs is missing.
pub(super) fn compose(code: &str, payload: &Value, site: &str) -> Option<(String, Vec<Part>)> {
    let template = GABARITS.iter().find(|template| template.code == code)?;
    let field = |name: &str| payload.get(name).and_then(Value::as_str);
    let mut parts = vec![Part::Sentence("Bonjour,".to_owned())];
    for part in template.corps {
        match part {
            Partie::P(words) => parts.push(Part::Sentence(filled(words, field)?)),
            Partie::Si(name, words) if field(name).is_some_and(|value| !value.is_empty()) => {
                parts.push(Part::Sentence(filled(words, field)?));
            }
            Partie::Si(..) => {}
            Partie::Liste => parts.extend(list(payload)),
            Partie::Ici => parts.push(Part::Link(format!("{site}{}", field("chemin")?))),
            Partie::Lien(path) => parts.push(Part::Link(format!("{site}{path}"))),
        }
    }
    if let Some(path) = field("arret") {
        no_more(&mut parts, format!("{site}{path}"));
    }
    Some((subject(template, field)?, parts))
}

/// A value of several lines would not fit in a subject.
fn subject<'a>(template: &Gabarit, field: impl Fn(&str) -> Option<&'a str>) -> Option<String> {
    Some(filled(template.objet, field)?.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The words, each `{name}` replaced once by its field: what a field holds is never read again.
fn filled<'a>(words: &str, field: impl Fn(&str) -> Option<&'a str>) -> Option<String> {
    let mut text = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        text.push_str(before);
        text.push_str(field(name).filter(|value| !value.is_empty())?);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

fn list(payload: &Value) -> Option<Part> {
    let named = payload.get("personnes")?.as_array()?;
    let mut lines: Vec<String> = named.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect();
    match payload.get("autres").and_then(Value::as_u64).unwrap_or(0) {
        0 => {}
        1 => lines.push("et 1 autre".to_owned()),
        others => lines.push(format!("et {others} autres")),
    }
    Some(Part::List(lines))
}

/// What is said of a demande in a list, and more about it.
pub fn detailed(entry: &str, detail: &str) -> String {
    format!("{entry} : {detail}")
}
