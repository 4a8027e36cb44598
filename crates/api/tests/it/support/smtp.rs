//! A real SMTP server on the loopback, in clear or under TLS, that keeps what it accepts and answers recipients as told.

use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use mailin::{Action, AuthMechanism, Handler, Response, Session, SessionBuilder};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use tempfile::TempDir;

/// How connections are protected.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// Not at all.
    Clear,
    /// From the first byte.
    Wrapped,
    /// Once `STARTTLS` is asked for.
    Upgraded,
}

/// What was accepted.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    /// Recipients of the envelope.
    pub to: Vec<String>,
    /// Whether it came under TLS.
    pub secret: bool,
    /// Name of the account that sent it.
    pub account: String,
    /// Headers and body.
    pub data: String,
}

impl Letter {
    /// The message with the soft line breaks of its encoding undone.
    pub fn unfolded(&self) -> String {
        self.data.replace("=\r\n", "")
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> &str {
        let prefix = format!("{name}: ");
        self.data.lines().find_map(|line| line.strip_prefix(&prefix)).unwrap_or("")
    }
}

#[derive(Default)]
struct Shared {
    letters: Mutex<Vec<Letter>>,
    verdict: Mutex<u16>,
}

/// The server; it ends with the test.
pub struct Smtp {
    /// Where it listens.
    pub address: SocketAddr,
    shared: Arc<Shared>,
    folder: TempDir,
}

impl Smtp {
    /// Starts it.
    pub fn start(protection: Protection) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        std::fs::write(folder.path().join("autorite.pem"), own.cert.pem()).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config =
            Arc::new(config.with_no_client_auth().with_single_cert(vec![own.cert.der().clone()], key).unwrap());
        let shared = Arc::new(Shared { verdict: Mutex::new(250), ..Shared::default() });
        let server = Self { address: listener.local_addr().unwrap(), shared: Arc::clone(&shared), folder };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (shared, config) = (Arc::clone(&shared), Arc::clone(&config));
                std::thread::spawn(move || serve(stream, protection, shared, config));
            }
        });
        server
    }

    /// The certificate to trust.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("autorite.pem")
    }

    /// Answers the next recipients with this code.
    pub fn answer(&self, code: u16) {
        *self.shared.verdict.lock().unwrap() = code;
    }

    /// What was accepted so far.
    pub fn letters(&self) -> Vec<Letter> {
        self.shared.letters.lock().unwrap().clone()
    }
}

fn serve(
    mut stream: TcpStream,
    protection: Protection,
    shared: Arc<Shared>,
    config: Arc<ServerConfig>,
) -> io::Result<()> {
    let wrap =
        |stream| Ok::<_, io::Error>(StreamOwned::new(ServerConnection::new(config).map_err(io::Error::other)?, stream));
    let mut builder = SessionBuilder::new("localhost");
    if protection == Protection::Upgraded {
        builder.enable_start_tls();
    }
    if protection != Protection::Clear {
        builder.enable_auth(AuthMechanism::Plain);
    }
    let letter = Letter { secret: protection == Protection::Wrapped, ..Letter::default() };
    let mut session = builder.build(IpAddr::from([127, 0, 0, 1]), Inbox { letter, shared });
    if protection == Protection::Wrapped {
        let mut stream = wrap(stream)?;
        session.tls_active();
        session.greeting().write_to(&mut stream)?;
        return converse(&mut stream, &mut session).map(drop);
    }
    session.greeting().write_to(&mut stream)?;
    if converse(&mut stream, &mut session)? {
        let mut stream = wrap(stream)?;
        session.tls_active();
        converse(&mut stream, &mut session)?;
    }
    Ok(())
}

/// Answers line by line; whether TLS is asked for.
fn converse(stream: &mut (impl Read + Write), session: &mut Session<Inbox>) -> io::Result<bool> {
    loop {
        let mut line = Vec::new();
        while !line.ends_with(b"\n") {
            let mut byte = [0];
            if stream.read(&mut byte)? == 0 {
                return Ok(false);
            }
            line.push(byte[0]);
        }
        let response = session.process(&line);
        if response.action == Action::NoReply {
            continue;
        }
        response.write_to(stream)?;
        stream.flush()?;
        match response.action {
            Action::Close => return Ok(false),
            Action::UpgradeTls => return Ok(true),
            _ => {}
        }
    }
}

struct Inbox {
    letter: Letter,
    shared: Arc<Shared>,
}

impl Handler for Inbox {
    fn rcpt(&mut self, to: &str) -> Response {
        let code = *self.shared.verdict.lock().unwrap();
        if code == 250 {
            self.letter.to.push(to.to_owned());
        }
        Response::custom(code, "as told".to_owned())
    }

    fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.letter.data.push_str(&String::from_utf8_lossy(bytes));
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let kept = Letter { to: Vec::new(), data: String::new(), ..self.letter.clone() };
        let letter = std::mem::replace(&mut self.letter, kept);
        self.shared.letters.lock().unwrap().push(letter);
        mailin::response::OK
    }

    fn auth_plain(&mut self, _authorization: &str, name: &str, password: &str) -> Response {
        if !password.starts_with("secret") {
            return mailin::response::INVALID_CREDENTIALS;
        }
        name.clone_into(&mut self.letter.account);
        self.letter.secret = true;
        mailin::response::AUTH_OK
    }
}
