//! What the built WebAssembly contains: no function of the crates that cost hundreds of kilobytes. `validator` depends on some of
//! them, so the dependency graph cannot tell: only the linker's result does.

use std::path::Path;

use crate::paths;
use crate::sh::Res;
use crate::web;

/// Crates whose functions must not be linked into the browser's module.
const FORBIDDEN: &[&str] = &[
    "regex",
    "regex_automata",
    "regex_syntax",
    "aho_corasick",
    "url",
    "idna",
    "chrono_tz",
    "icu_normalizer",
    "icu_properties",
];

/// Reads the modules that rustc wrote (they name their functions) and the shipped ones (their panic messages name files).
pub fn check() -> Res {
    for path in web::unstripped_wasm() {
        check_functions(&path)?;
    }
    check_shipped()
}

fn check_functions(path: &Path) -> Res {
    let module = std::fs::read(path).map_err(|cause| format!("{} : {cause}", path.display()))?;
    let names = function_names(&module).ok_or("Le module WebAssembly est illisible.")?;
    if names.is_empty() {
        return Err(format!(
            "{} ne nomme pas ses fonctions : le contrôle des symboles est impossible.",
            path.display()
        ));
    }
    let guilty: Vec<&String> = names.iter().filter(|name| is_forbidden(name)).collect();
    println!("{} fonctions dans le module WebAssembly avant optimisation.", names.len());
    if guilty.is_empty() {
        return Ok(());
    }
    let shown: Vec<&str> = guilty.iter().take(10).map(|name| name.as_str()).collect();
    Err(format!("{} fonctions interdites dans le navigateur, dont :\n  {}", guilty.len(), shown.join("\n  ")))
}

/// The shipped module has no names, but a crate that is linked usually leaves its source paths in panic messages.
fn check_shipped() -> Res {
    let entries = std::fs::read_dir(paths::dist()).map_err(|cause| format!("dist/ : {cause}"))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.extension().is_some_and(|extension| extension == "wasm") {
            let module = std::fs::read(&path).map_err(|cause| format!("{} : {cause}", path.display()))?;
            for mark in ["regex-automata-", "regex-syntax-", "aho-corasick-", "chrono-tz-"] {
                if module.windows(mark.len()).any(|window| window == mark.as_bytes()) {
                    return Err(format!("{} contient du code de {mark}*.", path.display()));
                }
            }
        }
    }
    Ok(())
}

/// True when the name's own crate, or a type it is implemented for, is forbidden.
fn is_forbidden(name: &str) -> bool {
    FORBIDDEN.iter().any(|krate| in_demangled(name, krate) || in_legacy(name, krate) || in_v0(name, krate))
}

/// `url::parse`, `<url::Url as core::fmt::Display>::fmt`.
fn in_demangled(name: &str, krate: &str) -> bool {
    let path = format!("{krate}::");
    name.starts_with(&path)
        || ["<", "&", "&mut ", " as "].iter().any(|before| name.contains(&format!("{before}{path}")))
}

/// `_ZN3url5parse…`, `_ZN50_$LT$url..Url$u20$as$u20$core..fmt..Display$GT$3fmt…`.
fn in_legacy(name: &str, krate: &str) -> bool {
    let path = format!("{krate}..");
    name.starts_with(&format!("_ZN{}{krate}", krate.len()))
        || ["$LT$", "$RF$", "$u20$"].iter().any(|before| name.contains(&format!("{before}{path}")))
}

/// `_RNv…Cs<disambiguator>_3url…`: a crate is written once, then referred to by position.
fn in_v0(name: &str, krate: &str) -> bool {
    let mark = format!("_{}{krate}", krate.len());
    name.starts_with("_R")
        && name.match_indices(&mark).any(|(start, _)| {
            let before = name.get(..start).unwrap_or_default();
            let disambiguator = before.rfind("Cs").and_then(|at| before.get(at + 2..));
            disambiguator.is_some_and(|text| text.chars().all(|c| c.is_ascii_alphanumeric()))
        })
}

/// The function names of a module's `name` section; nothing when the bytes are not a module.
fn function_names(module: &[u8]) -> Option<Vec<String>> {
    let mut reader = Reader(module.strip_prefix(b"\0asm\x01\0\0\0")?);
    while !reader.0.is_empty() {
        let (id, size) = (reader.byte()?, reader.number()?);
        let mut section = Reader(reader.take(size)?);
        if id == 0 && section.name()? == "name" {
            return names_of(section);
        }
    }
    Some(Vec::new())
}

fn names_of(mut section: Reader) -> Option<Vec<String>> {
    let mut names = Vec::new();
    while !section.0.is_empty() {
        let (id, size) = (section.byte()?, section.number()?);
        let mut part = Reader(section.take(size)?);
        if id == 1 {
            for _ in 0..part.number()? {
                part.number()?;
                names.push(part.name()?);
            }
        }
    }
    Some(names)
}

/// Reads the binary format from its front.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    fn take(&mut self, size: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(size)?;
        self.0 = rest;
        Some(taken)
    }

    /// An unsigned LEB128 number.
    fn number(&mut self) -> Option<usize> {
        let (mut value, mut shift) = (0usize, 0u32);
        loop {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
            shift += 7;
        }
    }

    fn name(&mut self) -> Option<String> {
        let size = self.number()?;
        Some(String::from_utf8_lossy(self.take(size)?).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_the_name_section() {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend([1, 2, 0xAA, 0xBB]);
        let body = [b"\x04name".as_slice(), &[1, 9, 2, 0, 2], b"ab", &[1, 2], b"cd"].concat();
        module.extend([0, u8::try_from(body.len()).unwrap()]);
        module.extend(body);
        assert_eq!(function_names(&module), Some(vec!["ab".to_owned(), "cd".to_owned()]));
        assert_eq!(function_names(b"\0asm\x01\0\0\0"), Some(vec![]));
        assert_eq!(function_names(b"<html>"), None);
    }

    #[test]
    fn only_the_crates_themselves_are_refused() {
        let refused = [
            "regex::exec::f",
            "url::Url::parse",
            "<url::Url as core::fmt::Display>::fmt",
            "_ZN14regex_automata4meta17h0E",
            "_ZN50_$LT$url..Url$u20$as$u20$core..fmt..Display$GT$3fmt17h0E",
            "_RNvMs0_NtCsjqx8TIyZbP9_3url6parserNtB5_6Parser5parse",
        ];
        for name in refused {
            assert!(is_forbidden(name), "{name}");
        }
        let allowed = [
            "leptos_router::location::url::parse",
            "web_sys::Url::new",
            "curl::f",
            "_ZN2wt4main17hedf103bcc6f5a078E",
            "_RNvNtCsgXGp5Oqx2Ny_4core3fmt5write",
            "_RNvNtCsgXGp5Oqx2Ny_9validator3url5check",
        ];
        for name in allowed {
            assert!(!is_forbidden(name), "{name}");
        }
    }
}
