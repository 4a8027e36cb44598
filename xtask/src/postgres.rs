//! A private PostgreSQL cluster for tests and measures: Unix socket and loopback only, in a temporary folder, removed at the
//! end even on failure, swept by the next run when a crash left it behind.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sh::{self, Res};
use crate::{server, system};

const PREFIX: &str = "parcours-pg-";
const MARKER: &str = "cree-par-xtask";
const USER: &str = "parcours";

/// How many ports are tried.
const STARTS: usize = 5;

/// Settings of every cluster made here.
const SETTINGS: &str = "\
listen_addresses = '127.0.0.1'
max_connections = 300
shared_buffers = 256MB
max_locks_per_transaction = 256
log_min_messages = warning
timezone = 'UTC'
";

/// Speed at the price of durability: for tests only, never for a measure.
const VOLATILE: &str = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n";

/// Whether commits must reach the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// `fsync = off`: for tests.
    Volatile,
    /// The defaults of PostgreSQL: for measures.
    Durable,
}

/// A running cluster; dropping it stops the server and removes its folder.
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    url: String,
}

/// The folder with `initdb` and `pg_ctl`: the newest of Debian's, else wherever the PATH has them.
pub fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file())
        .max();
    match newest {
        Some((_, bin)) => Some(bin),
        None => sh::which("initdb").and_then(|path| path.parent().map(Path::to_path_buf)),
    }
}

impl Cluster {
    /// Creates and starts a cluster, after sweeping what earlier runs may have left.
    pub fn start(durability: Durability) -> Res<Self> {
        sweep();
        let programs = programs().ok_or("PostgreSQL est introuvable. Lancez « cargo xtask setup ».")?;
        let folder = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
        std::fs::create_dir(&folder).map_err(|cause| format!("Création de {} : {cause}", folder.display()))?;
        // From here on, dropping `cluster` cleans up, whatever fails below.
        let mut cluster = Self { folder, programs, url: String::new() };
        let password = secret()?;
        sh::write(&cluster.folder.join(MARKER), std::process::id().to_string())?;
        sh::write(&cluster.folder.join("secret"), &password)?;
        cluster.hand_over()?;
        cluster.create(durability)?;
        let port = cluster.listen()?;
        cluster.create_database(port)?;
        cluster.url = format!("postgres://{USER}:{password}@127.0.0.1:{port}/{USER}");
        Ok(cluster)
    }

    /// The address of an empty database whose owner may create others.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Closes the folder to others; as root, gives it to `postgres`, because the server refuses to run as root.
    fn hand_over(&self) -> Res {
        let folder = self.folder.to_string_lossy();
        sh::run(&mut sh::command("chmod", &["700", &folder]))?;
        if system::is_root() { sh::run(&mut sh::command("chown", &["-R", "postgres", &folder])) } else { Ok(()) }
    }

    fn create(&self, durability: Durability) -> Res {
        let data = self.folder.join("data");
        let (data, secret) = (data.to_string_lossy(), self.folder.join("secret"));
        let secret = format!("--pwfile={}", secret.to_string_lossy());
        let access = ["--auth-local=trust", "--auth-host=scram-sha-256", &secret];
        let form = ["--encoding=UTF8", "--locale=C", "--no-sync", "-U", USER, "-D", &data];
        sh::output(&mut program(&self.programs, &self.folder, "initdb", &[&access[..], &form[..]].concat()))?;
        let config = self.folder.join("data").join("postgresql.conf");
        let socket = self.folder.to_string_lossy();
        let speed = if durability == Durability::Volatile { VOLATILE } else { "" };
        let settings = format!("{SETTINGS}{speed}unix_socket_directories = '{socket}'\n");
        let text = format!("{}\n{settings}", sh::read(&config)?);
        sh::write(&config, text)
    }

    /// Starts the server; gives its port. A port that was free when it was chosen may be taken when the server binds it, by
    /// any connection of the machine: another is tried.
    fn listen(&self) -> Res<u16> {
        let mut refusal = String::new();
        for _ in 0..STARTS {
            let port = server::free_port()?;
            match self.start_on(port) {
                Ok(()) => return Ok(port),
                Err(cause) => refusal = cause,
            }
        }
        Err(refusal)
    }

    fn start_on(&self, port: u16) -> Res {
        let data = self.folder.join("data");
        let log = self.folder.join("journal.log");
        let (data, log_name, port) = (data.to_string_lossy(), log.to_string_lossy(), format!("-p {port}"));
        let start = ["-D", &data, "-l", &log_name, "-o", &port, "-w", "-t", "60", "start"];
        sh::output(&mut program(&self.programs, &self.folder, "pg_ctl", &start))
            .map(drop)
            .map_err(|cause| format!("{cause}\n{}", std::fs::read_to_string(&log).unwrap_or_default()))
    }

    fn create_database(&self, port: u16) -> Res {
        let create = ["-h", &self.folder.to_string_lossy(), "-p", &port.to_string(), "-U", USER, USER];
        sh::output(&mut program(&self.programs, &self.folder, "createdb", &create)).map(drop)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        remove(&self.programs, &self.folder);
    }
}

/// One of PostgreSQL's programs, as `postgres` when this process is root.
fn program(programs: &Path, folder: &Path, name: &str, arguments: &[&str]) -> Command {
    let path = programs.join(name);
    let mut command = if system::is_root() {
        let mut command = sh::command("runuser", &["-u", "postgres", "--"]);
        command.arg(path).args(arguments);
        command
    } else {
        sh::command(path, arguments)
    };
    command.current_dir(folder);
    command
}

/// Stops the server of this folder if it runs, then removes the folder.
fn remove(programs: &Path, folder: &Path) {
    let data = folder.join("data");
    if data.join("postmaster.pid").is_file() {
        let stop = ["-D", &data.to_string_lossy(), "-m", "immediate", "-w", "-t", "30", "stop"];
        if !sh::succeeds(&mut program(programs, folder, "pg_ctl", &stop)) {
            eprintln!("PostgreSQL ne s'est pas arrêté : voir {}.", folder.display());
            return;
        }
    }
    if let Err(cause) = std::fs::remove_dir_all(folder) {
        eprintln!("Nettoyage impossible de {} : {cause}", folder.display());
    }
}

/// Removes the clusters whose maker is no longer alive.
fn sweep() {
    let Some(programs) = programs() else { return };
    for entry in std::fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(maker) = name.strip_prefix(PREFIX) else {
            continue;
        };
        let alive = sh::succeeds(&mut sh::command("kill", &["-0", maker]));
        if entry.path().join(MARKER).is_file() && !alive {
            println!("Reste d'une exécution interrompue : {name}, supprimé.");
            remove(&programs, &entry.path());
        }
    }
}

/// 128 random bits in hexadecimal: other users of the machine must not enter the cluster by the loopback.
fn secret() -> Res<String> {
    use std::io::Read;
    let mut bytes = [0u8; 16];
    std::fs::File::open("/dev/urandom")
        .and_then(|mut file| file.read_exact(&mut bytes))
        .map_err(|cause| format!("Lecture de /dev/urandom : {cause}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_and_differ() {
        let (first, second) = (secret().unwrap(), secret().unwrap());
        assert_eq!(first.len(), 32);
        assert_ne!(first, second);
    }

    #[test]
    fn a_cluster_starts_answers_and_leaves_nothing() {
        let Some(programs) = programs() else { return };
        let cluster = Cluster::start(Durability::Volatile).unwrap();
        let folder = cluster.folder.clone();
        let query = ["-At", "-c", "SELECT 40 + 2", cluster.url()];
        let answer = sh::output(&mut program(&programs, &folder, "psql", &query)).unwrap();
        assert_eq!(answer.trim(), "42");
        drop(cluster);
        assert!(!folder.exists());
    }
}
