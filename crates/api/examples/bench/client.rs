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

/// What comes before a body.
struct Head {
    status: u16,
    length: usize,
    chunked: bool,
    cookies: Vec<String>,
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
        self.ask(method, path, headers, body)?;
        self.answer()
    }

    fn ask(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Res {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: bench\r\n{headers}");
        if let Some(token) = &self.token {
            request.push_str(&format!("Authorization: Bearer {token}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        request.push_str(body);
        self.reader.get_mut().write_all(request.as_bytes()).map_err(cause)
    }

    /// Reads a stream of lines as they come, until it ends or `on_line` says that it is enough. Nothing else is read afterwards.
    pub fn follow(&mut self, path: &str, headers: &str, mut on_line: impl FnMut(&str) -> Res<bool>) -> Res {
        self.ask("GET", path, headers, "")?;
        let status = self.head()?.status;
        if status != 200 {
            return Err(format!("GET {path} : {status}"));
        }
        let mut rest = Vec::new();
        while let Some(piece) = self.chunk()? {
            rest.extend(piece);
            while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = rest.drain(..=end).collect();
                if !on_line(String::from_utf8_lossy(&line).trim_end())? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn line(&mut self) -> Res<String> {
        let mut line = String::new();
        self.reader.read_line(&mut line).map_err(cause)?;
        if line.is_empty() { Err("Connexion fermée.".to_owned()) } else { Ok(line.trim_end().to_owned()) }
    }

    fn answer(&mut self) -> Res<Answer> {
        let Head { status, length, chunked, cookies } = self.head()?;
        let body = if chunked { self.chunks()? } else { self.exactly(length)? };
        Ok(Answer { status, cookies, body })
    }

    fn head(&mut self) -> Res<Head> {
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or("Réponse mal formée.")?;
        let mut head = Head { status, length: 0, chunked: false, cookies: Vec::new() };
        loop {
            let whole = self.line()?;
            let line = whole.to_ascii_lowercase();
            if line.starts_with("set-cookie:") {
                head.cookies.push(whole.split_at("set-cookie:".len()).1.trim().to_owned());
            }
            if line.is_empty() {
                return Ok(head);
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                head.length = value.trim().parse().map_err(cause)?;
            }
            head.chunked |= line.starts_with("transfer-encoding:") && line.contains("chunked");
        }
    }

    fn exactly(&mut self, length: usize) -> Res<Vec<u8>> {
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body).map_err(cause)?;
        Ok(body)
    }

    fn chunks(&mut self) -> Res<Vec<u8>> {
        let mut body = Vec::new();
        while let Some(piece) = self.chunk()? {
            body.extend(piece);
        }
        Ok(body)
    }

    /// The next piece; none at the end.
    fn chunk(&mut self) -> Res<Option<Vec<u8>>> {
        let size = usize::from_str_radix(&self.line()?, 16).map_err(cause)?;
        let piece = self.exactly(size)?;
        self.exactly(2)?;
        Ok((size > 0).then_some(piece))
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
