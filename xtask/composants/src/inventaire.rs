//! The inventory of every locked component, in CycloneDX 1.5: crates, npm packages, Python packages of the tests.

use cargo_lock::Lockfile;
use cyclonedx_bom::external_models::normalized_string::NormalizedString;
use cyclonedx_bom::external_models::uri::Purl;
use cyclonedx_bom::models::bom::Bom;
use cyclonedx_bom::models::component::{Classification, Component, Components};
use cyclonedx_bom::models::dependency::{Dependencies, Dependency};
use cyclonedx_bom::models::hash::{Hash, HashAlgorithm, HashValue, Hashes};
use cyclonedx_bom::models::metadata::Metadata;
use cyclonedx_bom::prelude::{SpecVersion, Validate};
use serde::Deserialize;

use crate::{Res, cause};

/// What locks the components.
pub struct Sources {
    /// `Cargo.lock`.
    pub cargo: Lockfile,
    /// `package-lock.json`.
    pub npm: String,
    /// Python requirements, one `name==version` a line.
    pub python: String,
}

/// Writes the inventory; says how many components it holds. The same sources give the same text.
///
/// # Errors
/// A lock file that cannot be read, or an inventory that the standard refuses.
pub fn write(sources: &Sources) -> Res<(String, usize)> {
    let mut components = crates(&sources.cargo)?;
    components.extend(npm(&sources.npm)?);
    components.extend(python(&sources.python)?);
    let count = components.len();
    let program = Component::new(Classification::Application, "parcours-aidants", env!("CARGO_PKG_VERSION"), None);
    let bom = Bom {
        serial_number: None,
        metadata: Some(Metadata { component: Some(program), ..Metadata::default() }),
        components: Some(Components(components)),
        dependencies: Some(dependencies(&sources.cargo)),
        ..Bom::default()
    };
    let checked = bom.validate_version(SpecVersion::V1_5);
    if !checked.passed() {
        return Err(format!("Inventaire refusé par la norme : {checked:?}"));
    }
    let mut text = Vec::new();
    bom.output_as_json(&mut text, SpecVersion::V1_5).map_err(cause)?;
    text.push(b'\n');
    Ok((String::from_utf8(text).map_err(cause)?, count))
}

fn component(kind: &str, name: &str, version: &str) -> Res<Component> {
    // The scope of an npm package stays apart from its name.
    let purl = match name.strip_prefix('@').filter(|_| kind == "npm") {
        Some(scoped) => format!("pkg:npm/%40{scoped}@{version}").parse().map_err(|()| cause(name))?,
        None => Purl::new(kind, name, version).map_err(cause)?,
    };
    let mut component = Component::new(Classification::Library, name, version, Some(purl.to_string()));
    component.purl = Some(purl);
    Ok(component)
}

/// Name by which a crate is pointed at.
fn reference(name: &str, version: &impl std::fmt::Display) -> String {
    format!("pkg:cargo/{name}@{version}")
}

fn crates(lock: &Lockfile) -> Res<Vec<Component>> {
    let one = |package: &cargo_lock::Package| {
        let mut crate_ = component("cargo", package.name.as_str(), &package.version.to_string())?;
        crate_.bom_ref = Some(reference(package.name.as_str(), &package.version));
        crate_.hashes = package
            .checksum
            .as_ref()
            .map(|sum| Hashes(vec![Hash { alg: HashAlgorithm::SHA_256, content: HashValue(sum.to_string()) }]));
        Ok(crate_)
    };
    lock.packages.iter().map(one).collect()
}

fn dependencies(lock: &Lockfile) -> Dependencies {
    let one = |package: &cargo_lock::Package| Dependency {
        dependency_ref: reference(package.name.as_str(), &package.version),
        dependencies: package.dependencies.iter().map(|on| reference(on.name.as_str(), &on.version)).collect(),
    };
    Dependencies(lock.packages.iter().map(one).collect())
}

#[derive(Deserialize)]
struct NpmLock {
    packages: std::collections::BTreeMap<String, NpmPackage>,
}

#[derive(Deserialize)]
struct NpmPackage {
    #[serde(default)]
    version: String,
    license: Option<String>,
}

fn npm(lock: &str) -> Res<Vec<Component>> {
    let lock: NpmLock = serde_json::from_str(lock).map_err(cause)?;
    let one = |(path, package): (&String, &NpmPackage)| {
        let name = path.rsplit("node_modules/").next().unwrap_or_default();
        let mut found = component("npm", name, &package.version)?;
        found.description =
            package.license.as_ref().map(|license| NormalizedString::new(&format!("Licence : {license}")));
        Ok(found)
    };
    // The entry without a path is the project itself.
    lock.packages.iter().filter(|(path, _)| !path.is_empty()).map(one).collect()
}

fn python(requirements: &str) -> Res<Vec<Component>> {
    let pinned = requirements.lines().filter(|line| !line.trim().is_empty());
    pinned
        .map(|line| match line.split_once("==") {
            Some((name, version)) => component("pypi", &name.to_ascii_lowercase(), version.trim()),
            None => Err(format!("« {line} » ne fixe pas de version.")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> Sources {
        Sources {
            cargo: crate::lockfile().unwrap(),
            npm: crate::read("e2e/package-lock.json").unwrap(),
            python: crate::read("xtask/schemathesis.txt").unwrap(),
        }
    }

    #[test]
    fn sec_67_every_locked_component_is_in_the_inventory() {
        let sources = sources();
        let (text, count) = write(&sources).unwrap();
        assert!(write(&sources).unwrap().0 == text, "the same twice");
        let read = Bom::parse_from_json(text.as_bytes()).unwrap();
        assert!(read.validate_version(SpecVersion::V1_5).passed());
        let purls: Vec<String> =
            read.components.unwrap().0.into_iter().map(|one| one.purl.unwrap().to_string()).collect();
        assert_eq!(purls.len(), count);
        for package in &sources.cargo.packages {
            assert!(purls.contains(&reference(package.name.as_str(), &package.version)), "{}", package.name);
        }
        for known in ["pkg:npm/axe-core@", "pkg:npm/%40gouvfr/dsfr@", "pkg:pypi/schemathesis@", "pkg:cargo/actix-web@"]
        {
            assert!(purls.iter().any(|purl| purl.starts_with(known)), "{known}");
        }
    }

    #[test]
    fn a_requirement_without_a_version_is_refused() {
        assert!(python("requests>=2\n").is_err());
    }
}
