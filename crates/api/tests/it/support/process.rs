//! The real program in its own process, spoken to over a real socket: what only a process shows (being killed, being out
//! of disk, bytes that are not a request).

use std::collections::hash_map::RandomState;
use std::fs::File;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Database;

/// A server that listens on the loopback; killed when dropped.
pub struct Process {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Process {
    /// Starts the program on this database and waits until it is ready.
    pub fn start(database: &Database, spool: &Path) -> Self {
        Self::spawn(Command::new(program()), database, spool)
    }

    /// The same with other variables; what it says on both outputs goes to this file.
    pub fn start_with(database: &Database, spool: &Path, variables: &[(&str, &str)], said: &Path) -> Self {
        let (out, err) = (File::create(said).unwrap(), File::options().append(true).open(said).unwrap());
        let mut command = Command::new(program());
        command.stdout(out).stderr(err);
        Self::launch(command, database, spool, variables)
    }

    /// The same, in a shell that lets no file grow beyond these blocks of 512 bytes: a disk that is full.
    pub fn start_cramped(database: &Database, spool: &Path, blocks: u32) -> Self {
        let mut shell = Command::new("sh");
        let script = format!("trap '' XFSZ; ulimit -S -f {blocks}; exec \"$0\" \"$@\"");
        shell.args(["-c", &script]).arg(program());
        Self::spawn(shell, database, spool)
    }

    fn spawn(mut command: Command, database: &Database, spool: &Path) -> Self {
        command.stdout(Stdio::null()).stderr(Stdio::null());
        Self::launch(command, database, spool, &[])
    }

    fn launch(mut command: Command, database: &Database, spool: &Path, variables: &[(&str, &str)]) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let child = command
            .arg("serve")
            .env("DATABASE_URL", database.text())
            .env("PARCOURS_MODE", "demonstration")
            .env("PARCOURS_DONNEES", spool)
            .env("PARCOURS_LECTEURS", "4")
            .env("PARCOURS_LIMITE_PUBLIQUE", "100000")
            .env("PARCOURS_LIMITE_CONNEXION", "100000")
            .env("PARCOURS_LISTEN", address.to_string())
            .envs(variables.iter().copied())
            .spawn()
            .unwrap();
        let mut process = Self { child, address };
        let begun = Instant::now();
        while !process.get("/readyz").is_ok_and(|answer| answer.status == 200) {
            assert!(process.child.try_wait().unwrap().is_none(), "the server stopped at its start");
            assert!(begun.elapsed() < Duration::from_secs(60), "the server is not ready");
            std::thread::sleep(Duration::from_millis(20));
        }
        process
    }

    /// Kills the process (`SIGKILL`) after a while, from another thread.
    pub fn kill_after(&self, delay: Duration) -> std::thread::JoinHandle<()> {
        let pid = self.child.id().to_string();
        std::thread::spawn(move || {
            std::thread::sleep(delay);
            signal("-KILL", &pid);
        })
    }

    /// Asks the process to stop (`SIGTERM`) and waits for its end.
    pub fn stop(mut self) -> ExitStatus {
        signal("-TERM", &self.child.id().to_string());
        self.child.wait().unwrap()
    }

    /// A `GET` of any address, by nobody.
    pub fn get(&self, address: &str) -> io::Result<Reply> {
        self.call("GET", address, &[], b"")
    }

    /// One request on a connection of its own.
    pub fn call(&self, method: &str, address: &str, headers: &[(&str, &str)], body: &[u8]) -> io::Result<Reply> {
        let mut head = format!("{method} {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
        self.raw(&[head.as_bytes(), body].concat())
    }

    /// Sends bytes, whatever they are, and reads what is answered until the connection closes.
    pub fn raw(&self, bytes: &[u8]) -> io::Result<Reply> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        // The server may refuse, and close, before it has read everything.
        let sent = stream.write_all(bytes);
        let mut answer = Vec::new();
        let mut chunk = [0; 8192];
        loop {
            match stream.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => answer.extend_from_slice(&chunk[..read]),
                Err(_) if !answer.is_empty() => break,
                Err(error) => return Err(error),
            }
        }
        sent.or_else(|error| if answer.is_empty() { Err(error) } else { Ok(()) })?;
        Reply::parse(&answer).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_parcours")
}

fn signal(name: &str, pid: &str) {
    drop(Command::new("kill").args([name, pid]).stderr(Stdio::null()).status());
}

/// A time nobody chose, below this one.
pub fn some_time(most: Duration) -> Duration {
    let random = RandomState::new().build_hasher().finish();
    let delay = Duration::from_millis(random % u64::try_from(most.as_millis()).unwrap());
    eprintln!("after {delay:?}");
    delay
}

/// What was answered.
#[derive(Debug)]
pub struct Reply {
    /// Status.
    pub status: u16,
    head: String,
    /// Body.
    pub body: String,
}

impl Reply {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.get(9..12)?.parse().ok()?;
        let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
        let body = if chunked { unchunk(body)? } else { body.to_owned() };
        let announced = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        // Cut by a kill: nothing was acknowledged.
        let whole = announced.is_none_or(|length| length.parse() == Ok(body.len()));
        whole.then(|| Self { status, head: head.to_lowercase(), body })
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The value that a cookie is given, its name in lower case.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let start = format!("set-cookie: {}=", name.to_lowercase());
        self.head.lines().find_map(|line| line.strip_prefix(&start)?.split(';').next())
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")))
    }

    /// Checks that this is the problem of this status and code, said in full.
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let problem = self.json();
        assert_eq!((&problem["code"], &problem["status"]), (&code.into(), &status.into()), "{problem}");
        assert!(problem["detail"].as_str().is_some_and(|text| text.len() > 20), "{problem}");
        assert_eq!(self.header("x-request-id"), problem["instance"].as_str(), "{problem}");
        problem
    }
}

fn unchunk(mut rest: &str) -> Option<String> {
    let mut whole = String::new();
    loop {
        let (size, after) = rest.split_once("\r\n")?;
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        whole.push_str(after.get(..size)?);
        rest = after.get(size + 2..)?;
    }
}
