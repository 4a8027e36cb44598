//! One HTTP/1.1 connection kept open, as little code as possible between the clock and the socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::Res;

/// An open connection.
pub struct Client {
    reader: BufReader<TcpStream>,
    token: Option<String>,
}

/// An answer.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    cookies: Vec<String>,
    /// Body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value that a cookie is given.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let value = self.cookies.iter().find_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('='))?;
        value.split(';').next()
    }
}

fn cause(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Client {
    /// Opens a connection that shows this token.
    pub fn connect(address: SocketAddr, token: Option<&str>) -> Res<Self> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(2)).map_err(cause)?;
        stream.set_nodelay(true).map_err(cause)?;
        stream.set_read_timeout(Some(Duration::from_secs(120))).map_err(cause)?;
        Ok(Self { reader: BufReader::with_capacity(1 << 17, stream), token: token.map(str::to_owned) })
    }

    /// Reads a path.
    pub fn get(&mut self, path: &str) -> Res<Answer> {
        self.send("GET", path, "", "")
    }

    /// Sends a request and reads the whole answer. `headers` are complete lines.
    pub fn send(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Res<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: bench\r\n{headers}");
        if let Some(token) = &self.token {
            request.push_str(&format!("Authorization: Bearer {token}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        request.push_str(body);
        self.reader.get_mut().write_all(request.as_bytes()).map_err(cause)?;
        self.answer()
    }

    fn line(&mut self) -> Res<String> {
        let mut line = String::new();
        self.reader.read_line(&mut line).map_err(cause)?;
        if line.is_empty() { Err("Connexion fermée.".to_owned()) } else { Ok(line.trim_end().to_owned()) }
    }

    fn answer(&mut self) -> Res<Answer> {
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or("Réponse mal formée.")?;
        let (mut length, mut chunked, mut cookies) = (0_usize, false, Vec::new());
        loop {
            let whole = self.line()?;
            let line = whole.to_ascii_lowercase();
            if line.starts_with("set-cookie:") {
                cookies.push(whole.split_at("set-cookie:".len()).1.trim().to_owned());
            }
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().map_err(cause)?;
            }
            chunked |= line.starts_with("transfer-encoding:") && line.contains("chunked");
        }
        let body = if chunked { self.chunks()? } else { self.exactly(length)? };
        Ok(Answer { status, cookies, body })
    }

    fn exactly(&mut self, length: usize) -> Res<Vec<u8>> {
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body).map_err(cause)?;
        Ok(body)
    }

    fn chunks(&mut self) -> Res<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let size = usize::from_str_radix(&self.line()?, 16).map_err(cause)?;
            body.extend(self.exactly(size)?);
            self.exactly(2)?;
            if size == 0 {
                return Ok(body);
            }
        }
    }
}

/// A value in a query string.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
