//! What the HTTP parser refuses never becomes a request; it is answered with a problem all the same, and the server goes on.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::{Database, Process};

const HOST: &str = "Host: localhost\r\n";

#[test]
fn what_is_not_a_request_is_answered_with_a_problem() {
    let database = Database::fresh();
    let spool = tempfile::tempdir().unwrap();
    let server = Process::start(&database, spool.path());
    let long = "a".repeat(66_000);
    let many: String = (0..150).map(|n| format!("X-{n}: a\r\n")).collect();
    let length = |lines: &str| format!("POST /api/v1/eligibilite/verifier HTTP/1.1\r\n{HOST}{lines}\r\n\r\n{{}}");
    let cases = [
        (format!("GET /api/v1/demandes?q={long} HTTP/1.1\r\n{HOST}\r\n"), 414, "adresse-trop-longue"),
        (format!("GET /{long} HTTP/1.1\r\n{HOST}\r\n"), 414, "adresse-trop-longue"),
        (format!("GET /api/v1/demandes HTTP/1.1\r\n{HOST}{many}\r\n"), 431, "en-tetes-trop-longs"),
        (
            format!("GET /api/v1/demandes HTTP/1.1\r\n{HOST}Cookie: {}\r\n\r\n", "a".repeat(200_000)),
            431,
            "en-tetes-trop-longs",
        ),
        (format!("GET  /x y HTTP/1.1\r\n{HOST}\r\n"), 400, "requete-illisible"),
        (format!("G(T /api/v1/demandes HTTP/1.1\r\n{HOST}\r\n"), 400, "requete-illisible"),
        (format!("GET /api/v1/demandes HTTP/3.7\r\n{HOST}\r\n"), 400, "requete-illisible"),
        ("GET /api/v1/demandes HTTP/1.1\r\n\r\n".to_owned(), 400, "requete-illisible"),
        (format!("GET /api/v1/demandes HTTP/1.1\r\n{HOST}Bad Header: y\r\n\r\n"), 400, "requete-illisible"),
        (format!("GET /api/v1/demandes HTTP/1.1\r\n{HOST}X: \0y\r\n\r\n"), 400, "requete-illisible"),
        (length("Content-Length: deux"), 400, "requete-illisible"),
        (length("Content-Length: 2\r\nContent-Length: 3"), 400, "requete-illisible"),
        (length("Content-Length: 2\r\nTransfer-Encoding: chunked"), 400, "requete-illisible"),
        ("\x16\x03\x01\x02\0\x01\0\x01\u{7f}\r\n\r\n".to_owned(), 400, "requete-illisible"),
    ];
    for (request, status, code) in cases {
        let shown: String = request.chars().take(60).collect();
        let answer = server.raw(request.as_bytes()).unwrap_or_else(|error| panic!("{shown}: {error}"));
        assert_eq!((answer.status, answer.header("connection")), (status, Some("close")), "{shown}: {answer:?}");
        answer.problem(status, code);
    }
    assert_eq!(server.get("/healthz").unwrap().status, 200);
}

#[test]
fn what_the_framework_refuses_later_is_a_problem_too() {
    let database = Database::fresh();
    let spool = tempfile::tempdir().unwrap();
    let server = Process::start(&database, spool.path());
    let json = ("Content-Type", "application/json");
    server.call("FOO", "/api/v1/demandes", &[], b"").unwrap().problem(405, "methode-non-permise");
    server.get("/api/v1/demandes/%ff").unwrap().problem(401, "non-authentifie");
    server.get("/api/v1/rien").unwrap().problem(404, "introuvable");
    let verify = "/api/v1/eligibilite/verifier";
    let zipped = server.call("POST", verify, &[json, ("Content-Encoding", "gzip")], b"\x1f\x8b").unwrap();
    let problem = zipped.problem(415, "type-non-accepte");
    assert!(problem["detail"].as_str().unwrap().contains("Content-Encoding"), "{problem}");
    let chunks = "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n";
    let chunks = format!("POST {verify} HTTP/1.1\r\n{HOST}Content-Type: application/json\r\n{chunks}");
    let problem = server.raw(chunks.as_bytes()).unwrap().problem(400, "json-invalide");
    assert!(problem["detail"].as_str().unwrap().starts_with("Le contenu s’est interrompu"), "{problem}");
    // A refusal after a long request on the same connection is not taken for a long address.
    let two =
        format!("GET /healthz HTTP/1.1\r\n{HOST}\r\nGET /api/v1/rien HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n");
    let both = server.raw(two.as_bytes());
    assert!(both.is_err() || both.unwrap().status == 200, "two answers on one connection");
}

#[test]
fn an_idle_connection_does_not_hold_a_stop_back() {
    let database = Database::fresh();
    let spool = tempfile::tempdir().unwrap();
    let server = Process::start(&database, spool.path());
    let mut idle = TcpStream::connect(server.address).unwrap();
    idle.write_all(format!("GET /healthz HTTP/1.1\r\n{HOST}\r\n").as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    let asked = Instant::now();
    assert!(server.stop().success());
    assert!(asked.elapsed() < Duration::from_secs(8), "{:?}", asked.elapsed());
}
