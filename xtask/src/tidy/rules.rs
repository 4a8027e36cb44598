//! Every rule of the trade that the domain or the documentation cites (ELI-4, ENV-2, BAT-1) has a test named after it.

use std::collections::BTreeSet;

use super::File;
use crate::paths;
use crate::sh::{self, Res};

/// The families of rules that are cited by an identifier.
const FAMILIES: [&str; 3] = ["ELI-", "ENV-", "BAT-"];
/// The folders of the documentation that cite them.
const FOLDERS: [&str; 3] = ["docs", "docs/adr", "docs/api"];

/// The rules that are cited and that no test is named after.
pub fn check(files: &[File]) -> Res<Vec<String>> {
    let mut cited = BTreeSet::new();
    for file in files.iter().filter(|file| file.path.starts_with("crates/domain/src/")) {
        cited.extend(ids(&file.text));
    }
    for folder in FOLDERS {
        let folder = paths::root().join(folder);
        let pages = std::fs::read_dir(&folder).map_err(|cause| format!("{} : {cause}", folder.display()))?;
        for page in pages.flatten().map(|entry| entry.path()).filter(|path| path.extension() == Some("md".as_ref())) {
            cited.extend(ids(&sh::read(&page)?));
        }
    }
    Ok(unproved(&cited, files))
}

fn unproved(cited: &BTreeSet<String>, files: &[File]) -> Vec<String> {
    let named = |id: &String| {
        let begins = format!("fn {}_", id.to_lowercase().replace('-', "_"));
        files.iter().any(|file| file.path.starts_with("crates/") && file.text.contains(&begins))
    };
    cited.iter().filter(|id| !named(id)).map(|id| format!("{id}: aucun test ne porte son nom")).collect()
}

/// The identifiers of rules that a text cites.
fn ids(text: &str) -> impl Iterator<Item = String> {
    FAMILIES.into_iter().flat_map(move |family| {
        text.split(family).skip(1).filter_map(move |rest| {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            rest.get(..end).filter(|digits| !digits.is_empty()).map(|digits| format!("{family}{digits}"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_no_test_is_named_after_is_seen() {
        let cited: BTreeSet<String> = ids("ELI-1 … ELI-11, (ENV-2), BAT-1. ELI-x, RELI").collect();
        assert_eq!(cited.iter().map(String::as_str).collect::<Vec<_>>(), ["BAT-1", "ELI-1", "ELI-11", "ENV-2"]);
        let tests = File::new("crates/x/tests/y.rs", "fn eli_11_x() {} async fn bat_1_y() {} fn env_2() {}");
        let found = unproved(&cited, &[tests]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("ELI-1:") && found[1].starts_with("ENV-2:"), "{found:?}");
    }
}
