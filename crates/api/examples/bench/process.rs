//! The `parcours` program as a child process: run to its end, or serving; its memory is read from `/proc`.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Res;
use crate::base::Fresh;
use crate::client::Client;

/// The program, told which database to use.
pub struct Parcours {
    program: PathBuf,
    url: String,
    folder: PathBuf,
}

/// What a finished child took.
pub struct Spent {
    /// From start to end.
    pub time: Duration,
    /// Largest resident memory, in bytes.
    pub peak: u64,
}

fn cause(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// The program built beside this one: `target/release/parcours`.
fn program() -> Res<PathBuf> {
    let here = std::env::current_exe().map_err(cause)?;
    let folder = here.parent().and_then(Path::parent).ok_or("Dossier de construction introuvable.")?;
    let program = folder.join(format!("parcours{}", std::env::consts::EXE_SUFFIX));
    if program.is_file() {
        Ok(program)
    } else {
        Err(format!("{} manque : cargo build --release -p api.", program.display()))
    }
}

impl Parcours {
    /// The program on this database.
    pub fn new(database: &Fresh) -> Res<Self> {
        Ok(Self { program: program()?, url: database.url.clone(), folder: database.folder().to_path_buf() })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).env("DATABASE_URL", &self.url).env("PARCOURS_MODE", "demonstration");
        command.env("PARCOURS_DONNEES", &self.folder).env("PARCOURS_LIMITE_PUBLIQUE", "1000000");
        command.env("PARCOURS_LIMITE_CONNEXION", "1000000");
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    /// Runs to the end.
    pub fn finish(&self, arguments: &[&str]) -> Res<Spent> {
        self.finish_into(arguments, Stdio::null())
    }

    /// Runs to the end, its output going into a file.
    pub fn finish_to_file(&self, arguments: &[&str], file: &Path) -> Res<Spent> {
        self.finish_into(arguments, Stdio::from(File::create(file).map_err(cause)?))
    }

    fn finish_into(&self, arguments: &[&str], output: Stdio) -> Res<Spent> {
        let log = self.folder.join("commande.log");
        let errors = File::create(&log).map_err(cause)?;
        let start = Instant::now();
        let mut child = self.command(arguments).stdout(output).stderr(errors).spawn().map_err(cause)?;
        let mut peak = 0;
        let status = loop {
            // The mark only rises, so the last look before the end is right to a few milliseconds of work.
            peak = memory(child.id(), "VmHWM").unwrap_or(peak);
            if let Some(status) = child.try_wait().map_err(cause)? {
                break status;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        let time = start.elapsed();
        if status.success() {
            return Ok(Spent { time, peak });
        }
        let log = std::fs::read_to_string(log).unwrap_or_default();
        Err(format!("parcours {} : {status}\n{log}", arguments.join(" ")))
    }

    /// What a command prints.
    pub fn output(&self, arguments: &[&str]) -> Res<String> {
        let done = self.command(arguments).stdout(Stdio::piped()).output().map_err(cause)?;
        if done.status.success() {
            Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned())
        } else {
            Err(String::from_utf8_lossy(&done.stderr).into_owned())
        }
    }

    /// Starts the server and waits until it is ready.
    pub fn serve(&self) -> Res<Server> {
        let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).map_err(cause)?;
        let log = File::create(self.folder.join("serveur.log")).map_err(cause)?;
        let start = Instant::now();
        let mut command = self.command(&["serve"]);
        let child = command.env("PARCOURS_LISTEN", address.to_string()).stderr(log).spawn().map_err(cause)?;
        let mut server = Server { child, address, ready_after: Duration::ZERO };
        while !is_ready(address) {
            if start.elapsed() > Duration::from_secs(60) || server.child.try_wait().map_err(cause)?.is_some() {
                return Err("Le serveur ne démarre pas.".to_owned());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        server.ready_after = start.elapsed();
        Ok(server)
    }

    /// A token that may do everything.
    pub fn token(&self) -> Res<String> {
        let mut arguments = vec!["token", "create", "--role", "anct"];
        for scope in ["demandes:lire", "demandes:ecrire", "imports:ecrire", "imports:lire", "enveloppes:lire"] {
            arguments.extend(["--scope", scope]);
        }
        self.output(&arguments)
    }
}

fn is_ready(address: SocketAddr) -> bool {
    let answer = Client::connect(address, None).and_then(|mut client| client.get("/readyz"));
    answer.is_ok_and(|answer| answer.status == 200)
}

/// A running server; dropping it stops it.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From the start of the process to the first 200 of `/readyz`.
    pub ready_after: Duration,
}

impl Server {
    /// Resident memory now, in bytes.
    pub fn resident(&self) -> u64 {
        memory(self.child.id(), "VmRSS").unwrap_or(0)
    }

    /// Processor time taken so far; nothing where it cannot be read.
    pub fn processor(&self) -> Duration {
        processor(self.child.id()).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(15) {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _killed = self.child.kill();
        let _status = self.child.wait();
    }
}

/// A line of `/proc/<id>/status`, in bytes.
fn memory(id: u32, name: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim_start_matches(':').trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1_024)
}

/// User and system time of `/proc/<id>/stat`, counted in hundredths of a second on Linux.
fn processor(id: u32) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // After the name of the program, which may hold spaces, these are the 12th and 13th words.
    let words: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = words.get(11)?.parse::<u64>().ok()? + words.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}
