//! The committed list of queries that the readings are measured on.

use crate::Res;
use crate::client::encode;

/// Texts searched, of three characters or more.
pub const WORDS: [&str; 12] =
    ["dub", "mairie", "saint", "2101", "belley", "angela", "girard.", "example", "thérèse", "ville", "zzzz", "le goff"];

/// A filter and a sort.
pub struct Query {
    /// As in the list.
    pub text: String,
    parameters: String,
}

/// The list; fewer than forty queries are refused.
pub fn all() -> Res<Vec<Query>> {
    let lines = include_str!("queries.txt").lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let queries: Vec<Query> = lines
        .map(|line| {
            let (filter, sort) = line.split_once('|').unwrap_or((line, ""));
            let (filter, sort) = (filter.trim(), sort.trim());
            let parameters = format!("filter={}&sort={}", encode(filter), encode(sort));
            Query { text: format!("{filter} | {sort}"), parameters }
        })
        .collect();
    if queries.len() < 40 { Err("La liste compte moins de 40 requêtes.".to_owned()) } else { Ok(queries) }
}

impl Query {
    /// Its first page.
    pub fn page(&self) -> String {
        format!("/api/v1/demandes?limit=50&{}", self.parameters)
    }

    /// Its exact total, beside one row.
    pub fn total(&self) -> String {
        format!("/api/v1/demandes?limit=1&total=true&{}", self.parameters)
    }
}
