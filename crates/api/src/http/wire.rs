//! The listening server. What the HTTP parser refuses (an address or headers too long, a line that is not HTTP) never
//! becomes a request: the framework answers it with an empty body. Here that answer is given the same words as any other.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_http::error::DispatchError;
use actix_http::{HttpService, Protocol};
use actix_server::Server;
use actix_service::{ServiceFactoryExt, fn_service, map_config};
use actix_web::dev::AppConfig;
use actix_web::rt::net::TcpStream;
use actix_web::web;
use domain::error::{ErrorCode, Problem};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::server::{Static, build};
use crate::app::App;
use crate::clock::Clock;
use crate::error::PROBLEM_JSON;

/// Seconds that requests under way have to end when the server stops.
const GRACE: u64 = 10;
/// Bytes of the first line beyond which the parser finds the address too long.
const LINE_MAX: usize = 65_534;

/// Listens at `address` until told to stop.
pub fn listen(app: web::Data<App>, fixed: Arc<Static>, address: SocketAddr) -> io::Result<Server> {
    let server = Server::build().shutdown_timeout(GRACE);
    let stop = server.graceful_shutdown_signal();
    let server = server.bind("parcours", address, move || {
        let (stop, clock) = (stop.clone(), app.clock.clone());
        let http = HttpService::build()
            .client_disconnect_timeout(Duration::from_secs(1))
            .graceful_shutdown_signal(move || {
                let stop = stop.clone();
                async move { stop.notified().await }
            })
            .finish(map_config(build(app.clone(), fixed.clone()), |_| AppConfig::default()));
        fn_service(move |stream: TcpStream| {
            // Answers are short and awaited: they leave at once.
            let _best_effort = stream.set_nodelay(true);
            let peer = stream.peer_addr().ok();
            let stream = Explained::new(stream, clock.clone());
            async move { Ok::<_, DispatchError>((stream, Protocol::Http1, peer)) }
        })
        .and_then(http)
    })?;
    Ok(server.run())
}

/// A connection whose bare refusals are given a problem for body.
struct Explained<S> {
    stream: S,
    clock: Clock,
    /// Length of the first line since the last answer, and whether its end was seen.
    line: (usize, bool),
    /// The refusal that is being written in place of the bare one.
    pending: Vec<u8>,
}

impl<S> Explained<S> {
    const fn new(stream: S, clock: Clock) -> Self {
        Self { stream, clock, line: (0, false), pending: Vec::new() }
    }

    fn measure(&mut self, bytes: &[u8]) {
        if let (length, false) = &mut self.line {
            let end = bytes.iter().position(|byte| *byte == b'\n');
            *length += end.unwrap_or(bytes.len());
            self.line.1 = end.is_some();
        }
    }

    /// The refusal to write in place of this one, if it is bare.
    fn better(&self, written: &[u8]) -> Option<Vec<u8>> {
        let head = written.starts_with(b"HTTP/1.1 4").then(|| std::str::from_utf8(written).ok()).flatten()?;
        if !head.contains("\r\ncontent-length: 0\r\n") || !head.contains("\r\nconnection: close\r\n") {
            return None;
        }
        let code = match head.get(9..12)? {
            "400" if self.line.0 > LINE_MAX => ErrorCode::AdresseTropLongue,
            "400" => ErrorCode::RequeteIllisible,
            "408" => ErrorCode::RequeteTropLente,
            "431" => ErrorCode::EnTetesTropLongs,
            _ => return None,
        };
        let id = self.clock.id();
        let date = head.lines().find(|line| line.starts_with("date: ")).unwrap_or("date: ");
        tracing::info!(request = id, status = code.status(), "http.unreadable");
        Some(refusal(code, &id, date))
    }
}

fn refusal(code: ErrorCode, id: &str, date: &str) -> Vec<u8> {
    let mut problem = Problem::new(code);
    problem.instance = Some(id.to_owned());
    let body = serde_json::to_string(&problem).unwrap_or_default();
    let status = actix_web::http::StatusCode::from_u16(code.status()).unwrap_or_default();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: {PROBLEM_JSON}\r\ncontent-length: {}\r\nconnection: close\r\n\
         cache-control: no-store\r\nx-content-type-options: nosniff\r\nx-request-id: {id}\r\n{date}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

impl<S: AsyncWrite + Unpin> Explained<S> {
    fn poll_pending(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.pending.is_empty() {
            let written = ready!(Pin::new(&mut self.stream).poll_write(cx, &self.pending))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.pending.drain(..written);
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Explained<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, into))?;
        self.measure(into.filled().get(before..).unwrap_or_default());
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Explained<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        ready!(self.poll_pending(cx))?;
        match self.better(bytes) {
            Some(better) => {
                self.pending = better;
                // What the socket does not take now leaves with the flush that follows.
                match self.poll_pending(cx) {
                    Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
                    _ => Poll::Ready(Ok(bytes.len())),
                }
            }
            None => {
                self.line = (0, false);
                Pin::new(&mut self.stream).poll_write(cx, bytes)
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_pending(cx))?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_pending(cx))?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
