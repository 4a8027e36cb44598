//! Lock files must not say from which host packages came: a mirror's address would bind everybody to it.

use crate::paths;
use crate::sh::{self, Res};

/// What is wrong in `e2e/package-lock.json`.
pub fn check() -> Res<Vec<String>> {
    Ok(hosts(&sh::read(&paths::e2e().join("package-lock.json"))?))
}

fn hosts(lock: &str) -> Vec<String> {
    let guilty = lock.lines().enumerate().filter(|(_, line)| line.contains("\"resolved\"") || line.contains("://"));
    guilty.map(|(index, _)| format!("e2e/package-lock.json:{}: adresse de registre", index + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_refused() {
        assert!(hosts("{\n  \"version\": \"1.0.0\",\n  \"integrity\": \"sha512-x\"\n}").is_empty());
        assert_eq!(hosts("{\n  \"resolved\": \"https://host.example/a.tgz\"\n}").len(), 1);
    }
}
