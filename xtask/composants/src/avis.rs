//! The advisories of RustSec, as a committed snapshot, against the locked versions. Vulnerabilities and unsound crates are
//! refused; crates without a maintainer are told.

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};

use cargo_lock::Lockfile;
use rustsec::Advisory;
use rustsec::advisory::Versions;
use serde::{Deserialize, Serialize};
use time::Date;
use time::macros::format_description;

use crate::{Res, cause};

/// One advisory per line, after a line that says when they were taken.
pub const SNAPSHOT: &str = "data/avis/rustsec.jsonl";
/// Advisories that are known and excused until a day.
pub const EXCEPTIONS: &str = "data/avis/exceptions.json";
/// Days after which a snapshot is said to be old.
const OLD: i64 = 30;

time::serde::format_description!(jour, Date, "[year]-[month]-[day]");

/// When and where a snapshot was taken.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Taken {
    #[serde(with = "jour")]
    releve_le: Date,
    source: String,
}

/// An advisory.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Notice {
    id: String,
    paquet: String,
    titre: String,
    /// Absent for a vulnerability; else `unsound`, `unmaintained`…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    genre: Option<String>,
    versions: Versions,
}

impl Notice {
    /// Whether a version that it touches may not be used.
    fn forbids(&self) -> bool {
        matches!(self.genre.as_deref(), None | Some("unsound"))
    }
}

/// An advisory that is excused for now.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    avis: String,
    raison: String,
    #[serde(with = "jour")]
    jusqu_au: Date,
}

/// The snapshot.
#[derive(Debug)]
pub struct Base {
    taken: Taken,
    notices: Vec<Notice>,
}

impl Base {
    /// Reads a snapshot.
    ///
    /// # Errors
    /// A line that is not one.
    pub fn read(text: &str) -> Res<Self> {
        let mut lines = text.lines();
        let taken = serde_json::from_str(lines.next().unwrap_or_default()).map_err(cause)?;
        let notices = lines.map(|line| serde_json::from_str(line).map_err(cause)).collect::<Res<Vec<Notice>>>()?;
        Ok(Self { taken, notices })
    }
}

/// Reads the exceptions.
///
/// # Errors
/// A file that is not a list of exceptions, or one without a reason.
pub fn exceptions(text: &str) -> Res<Vec<Exception>> {
    let read: Vec<Exception> = serde_json::from_str(text).map_err(cause)?;
    match read.iter().find(|one| one.raison.trim().is_empty()) {
        Some(mute) => Err(format!("{EXCEPTIONS} : {} n'a pas de raison.", mute.avis)),
        None => Ok(read),
    }
}

/// What was found against the locked versions.
#[derive(Debug)]
pub struct Report {
    age: i64,
    taken: Date,
    compared: usize,
    refused: Vec<String>,
    excused: Vec<String>,
    told: Vec<String>,
}

impl Report {
    /// Whether some version may not be used.
    pub fn refused(&self) -> bool {
        !self.refused.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let old = if self.age > OLD { " : à renouveler" } else { "" };
        writeln!(f, "{} paquets Rust comparés aux avis du {} ({} jours{old}).", self.compared, self.taken, self.age)?;
        for (title, list) in [("refusé", &self.refused), ("excusé", &self.excused), ("signalé", &self.told)] {
            list.iter().try_for_each(|line| writeln!(f, "  {title} : {line}"))?;
        }
        Ok(())
    }
}

/// Compares the locked versions with the advisories.
pub fn judge(base: &Base, lock: &Lockfile, excused: &[Exception], today: Date) -> Report {
    let ours = lock.packages.iter().filter(|package| package.source.is_some());
    let mut report = Report {
        age: (today - base.taken.releve_le).whole_days(),
        taken: base.taken.releve_le,
        compared: ours.clone().count(),
        refused: Vec::new(),
        excused: Vec::new(),
        told: Vec::new(),
    };
    for package in ours {
        let touches = |notice: &&Notice| {
            notice.paquet == package.name.as_str() && notice.versions.is_vulnerable(&package.version)
        };
        for notice in base.notices.iter().filter(touches) {
            let line = format!("{} {} : {} ({})", package.name, package.version, notice.titre, notice.id);
            let exception = excused.iter().find(|one| one.avis == notice.id && today <= one.jusqu_au);
            match exception {
                _ if !notice.forbids() => report.told.push(line),
                Some(exception) => report.excused.push(format!("{line}, {}", exception.raison)),
                None => report.refused.push(line),
            }
        }
    }
    report
}

/// Reads the advisories of a clone of their repository; those that were withdrawn are left out.
///
/// # Errors
/// No such repository, or an advisory that cannot be read.
pub fn renew(repository: &Path) -> Res<String> {
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.arg("-C").arg(repository).args(arguments).stderr(Stdio::inherit());
        git
    };
    let said = git(&["log", "-1", "--format=%cs %H"]).output().map_err(cause)?;
    let said = String::from_utf8(said.stdout).map_err(cause)?;
    let (day, commit) = said.trim().split_once(' ').ok_or("Ce dossier n'est pas un clone du dépôt des avis.")?;
    let releve_le = Date::parse(day, format_description!("[year]-[month]-[day]")).map_err(cause)?;
    let folder = tempfile::tempdir().map_err(cause)?;
    let mut archive = git(&["archive", "HEAD", "crates"]).stdout(Stdio::piped()).spawn().map_err(cause)?;
    let tar = archive.stdout.take().ok_or("git n'a rien donné.")?;
    let unpacked = Command::new("tar").arg("-x").current_dir(folder.path()).stdin(tar).status().map_err(cause)?;
    if !unpacked.success() || !archive.wait().map_err(cause)?.success() {
        return Err("L'archive des avis ne se lit pas.".to_owned());
    }
    let source = format!("RustSec advisory-db, {commit}");
    let mut lines = vec![serde_json::to_string(&Taken { releve_le, source }).map_err(cause)?];
    lines.extend(notices(&folder.path().join("crates"))?);
    Ok(lines.join("\n") + "\n")
}

fn notices(folder: &Path) -> Res<Vec<String>> {
    let mut files = Vec::new();
    for package in std::fs::read_dir(folder).map_err(cause)? {
        for file in std::fs::read_dir(package.map_err(cause)?.path()).map_err(cause)? {
            files.push(file.map_err(cause)?.path());
        }
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    let mut lines = Vec::with_capacity(files.len());
    for file in files {
        let advisory = Advisory::load_file(&file).map_err(|error| format!("{} : {error}", file.display()))?;
        if advisory.withdrawn() {
            continue;
        }
        let notice = Notice {
            id: advisory.id().to_string(),
            paquet: advisory.metadata.package.to_string(),
            titre: advisory.title().to_owned(),
            genre: advisory.metadata.informational.as_ref().map(|kind| kind.as_str().to_owned()),
            versions: advisory.versions,
        };
        lines.push(serde_json::to_string(&notice).map_err(cause)?);
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const TODAY: Date = date!(2026 - 09 - 01);

    fn base() -> Base {
        Base::read(&crate::read(SNAPSHOT).unwrap()).unwrap()
    }

    fn lock(name: &str, version: &str) -> Lockfile {
        let registry = "registry+https://github.com/rust-lang/crates.io-index";
        format!("version = 4\n\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{registry}\"\n")
            .parse()
            .unwrap()
    }

    fn excuse(until: Date) -> Exception {
        Exception { avis: "RUSTSEC-2026-0002".to_owned(), raison: "essai".to_owned(), jusqu_au: until }
    }

    #[test]
    fn sec_67_a_version_that_an_advisory_touches_is_refused() {
        for (name, version) in [("lru", "0.16.2"), ("time", "0.1.42"), ("openssl", "0.10.10")] {
            let report = judge(&base(), &lock(name, version), &[], TODAY);
            assert!(report.refused(), "{name} {version} : {report}");
        }
        for (name, version) in [("lru", "0.8.1"), ("time", "0.3.47"), ("inconnu", "1.0.0")] {
            let report = judge(&base(), &lock(name, version), &[], TODAY);
            assert!(!report.refused() || name == "lru", "{name} {version} : {report}");
        }
    }

    #[test]
    fn sec_67_an_exception_holds_until_its_day_and_says_why() {
        let only = |version: &str, excuse: &[Exception]| {
            let mut base = base();
            base.notices.retain(|notice| notice.id == "RUSTSEC-2026-0002");
            judge(&base, &lock("lru", version), excuse, TODAY)
        };
        assert!(only("0.16.2", &[]).refused());
        assert!(!only("0.16.2", &[excuse(TODAY)]).refused());
        assert!(only("0.16.2", &[excuse(date!(2026 - 08 - 31))]).refused(), "over");
        assert!(!only("0.16.3", &[]).refused());
        assert!(!only("0.8.1", &[]).refused(), "never touched");
        assert!(exceptions(r#"[{"avis":"A","raison":" ","jusqu_au":"2026-09-01"}]"#).is_err());
    }

    #[test]
    fn a_crate_without_a_maintainer_is_told_and_not_refused() {
        let report = judge(&base(), &lock("paste", "1.0.15"), &[], TODAY);
        assert!(!report.refused() && report.to_string().contains("signalé : paste"), "{report}");
    }

    #[test]
    fn an_old_snapshot_says_so() {
        let report = judge(&base(), &lock("inconnu", "1.0.0"), &[], date!(2027 - 01 - 01));
        assert!(report.to_string().contains("à renouveler"), "{report}");
        assert!(base().notices.len() > 900);
    }
}
