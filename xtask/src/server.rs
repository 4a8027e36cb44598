//! A running `parcours` server for the steps that need one: free loopback port, own SQLite file with demonstration data, ended by
//! its process id.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::sh::{self, Res};
use crate::tempdir::TempDir;

/// A demonstration server on the loopback; dropping it stops the process and removes its data.
pub struct Server {
    child: Child,
    program: PathBuf,
    folder: TempDir,
    /// `http://127.0.0.1:port`, without a final slash.
    pub url: String,
}

/// A port that nobody listens to now.
pub fn free_port() -> Res<u16> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|cause| format!("Aucun port libre sur 127.0.0.1 : {cause}"))
}

/// The first free port from this one on.
pub fn free_port_from(first: u16) -> Res<u16> {
    (first..first.saturating_add(100))
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .ok_or_else(|| format!("Aucun port libre entre {first} et {}.", first.saturating_add(99)))
}

/// The `parcours` program, told which database and mode to use.
pub fn parcours(program: &Path, database: &str, arguments: &[&str]) -> Command {
    let mut command = sh::command(program, arguments);
    command.env("PARCOURS_MODE", "demonstration").env("DATABASE_URL", database);
    command
}

/// First port tried for the doubles of the services of the outside.
const DOUBLES: u16 = 9100;

/// Starts the doubles of the services of the outside and gives their port; they end with this program, or with the one that takes
/// its place.
pub fn simulate(program: &Path) -> Res<u16> {
    let port = free_port_from(DOUBLES)?;
    let mut doubles = sh::command(program, &["simulateurs", "--avec-parent", "--port", &port.to_string()]);
    doubles.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    doubles.spawn().map_err(|cause| format!("Impossible de démarrer les simulateurs : {cause}"))?;
    Ok(port)
}

/// What tells a server to ask the doubles of this port.
pub fn outside(port: u16) -> [(&'static str, String); 4] {
    [
        ("PARCOURS_ENTREPRISES", format!("http://127.0.0.1:{port}/entreprises")),
        ("PARCOURS_SIRO", format!("http://127.0.0.1:{port}/siro")),
        ("PARCOURS_SIRO_CLE", "demonstration".to_owned()),
        ("PARCOURS_ADRESSES", format!("http://127.0.0.1:{port}/adresses")),
    ]
}

impl Server {
    /// Fills a fresh database with `rows` demonstration demandes, starts the server and waits until it is ready.
    pub fn start(program: &Path, name: &str, rows: usize) -> Res<Self> {
        Self::start_with(program, name, rows, &[])
    }

    /// The same with these variables as well.
    pub fn start_with(program: &Path, name: &str, rows: usize, variables: &[(&str, &str)]) -> Res<Self> {
        let folder = TempDir::new(&format!("parcours-{name}"))?;
        let database = folder.path().join("parcours.sqlite").to_string_lossy().into_owned();
        let rows = rows.to_string();
        sh::output(&mut parcours(program, &database, &["demo", "--rows", &rows]))?;
        let port = free_port()?;
        let log_path = folder.path().join("serveur.log");
        let log = std::fs::File::create(&log_path).map_err(|cause| format!("Journal du serveur : {cause}"))?;
        let errors = log.try_clone().map_err(|cause| format!("Journal du serveur : {cause}"))?;
        let child = parcours(program, &database, &["serve"])
            .env("PARCOURS_LISTEN", format!("127.0.0.1:{port}"))
            .env("PARCOURS_DONNEES", folder.path())
            // Colours would only make the end of this log longer where it is shown.
            .env("NO_COLOR", "1")
            // Limits per address have their own tests; here every request comes from one address.
            .env("PARCOURS_LIMITE_PUBLIQUE", "1000000")
            .env("PARCOURS_LIMITE_CONNEXION", "1000000")
            .env("PARCOURS_LIMITE_COMPTE", "1000000")
            .env("PARCOURS_LIMITE_JETON", "1000000")
            .envs(variables.iter().copied())
            .stdout(Stdio::from(log))
            .stderr(Stdio::from(errors))
            .spawn()
            .map_err(|cause| format!("Impossible de démarrer {} : {cause}", program.display()))?;
        let url = format!("http://127.0.0.1:{port}");
        let mut server = Self { child, program: program.to_path_buf(), folder, url };
        server.wait_ready(port)?;
        Ok(server)
    }

    /// A fresh API token of this role with these scopes.
    pub fn token(&self, role: &str, scopes: &[&str]) -> Res<String> {
        self.token_on(role, scopes, None)
    }

    /// The same, on one envelope.
    pub fn token_on(&self, role: &str, scopes: &[&str], envelope: Option<&str>) -> Res<String> {
        let database = self.folder.path().join("parcours.sqlite").to_string_lossy().into_owned();
        let mut arguments = vec!["token", "create", "--role", role];
        for scope in scopes {
            arguments.extend(["--scope", scope]);
        }
        if let Some(envelope) = envelope {
            arguments.extend(["--enveloppe", envelope]);
        }
        let printed = sh::output(&mut parcours(&self.program, &database, &arguments))?;
        Ok(printed.trim().to_owned())
    }

    /// The end of the server's log, to show when a step failed.
    pub fn log_tail(&self) -> String {
        let log = std::fs::read_to_string(self.folder.path().join("serveur.log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let start = lines.len().saturating_sub(15);
        lines.get(start..).unwrap_or_default().join("\n")
    }

    /// Runs a step against the server; an error carries the end of the server's log, before its cause because the last lines of
    /// an output are those one is sure to see, and a dead server is an error.
    pub fn during(mut self, step: impl FnOnce(&Self) -> Res) -> Res {
        let outcome = step(&self);
        let alive = matches!(self.child.try_wait(), Ok(None));
        let outcome = if alive { outcome } else { outcome.and(Err("Le serveur s'est arrêté seul.".to_owned())) };
        outcome.map_err(|cause| format!("fin du journal du serveur :\n{}\n\n{cause}", self.log_tail()))
    }

    fn wait_ready(&mut self, port: u16) -> Res {
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline {
            if get_status(port, "/readyz") == Some(200) {
                return Ok(());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("Le serveur s'est arrêté au démarrage ({status}).\n{}", self.log_tail()));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(format!("Le serveur n'est pas prêt après 60 s.\n{}", self.log_tail()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Politely first (the same path as an operator's stop), then for good.
        let polite = sh::succeeds(&mut sh::command("kill", &["-TERM", &self.child.id().to_string()]));
        let deadline = Instant::now() + Duration::from_secs(if polite { 10 } else { 0 });
        while Instant::now() < deadline {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        eprintln!("Le serveur {} ne s'arrête pas de lui-même : arrêt forcé.", self.child.id());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The status of a GET on the loopback, or nothing when nobody answers.
fn get_status(port: u16, path: &str) -> Option<u16> {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_millis(500)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut head = [0u8; 12];
    stream.read_exact(&mut head).ok()?;
    std::str::from_utf8(&head).ok()?.strip_prefix("HTTP/1.1 ")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_of_a_server_and_of_nobody() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let answer = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            // Closing with unread bytes would reset the connection before the answer is read.
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0u8; 1];
                stream.read_exact(&mut byte).unwrap();
                request.extend(byte);
            }
            stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\n\r\n").unwrap();
        });
        assert_eq!(get_status(port, "/readyz"), Some(503));
        answer.join().unwrap();
        assert_eq!(get_status(free_port().unwrap(), "/readyz"), None);
    }

    #[test]
    fn a_taken_port_is_skipped() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(free_port_from(port).unwrap() > port);
    }
}
