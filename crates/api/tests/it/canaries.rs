//! Secrets planted everywhere, a real server that succeeds and fails with its log at the finest: none of them is in what it
//! writes, measures or answers when it refuses (SEC-65, RT-20).

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use api::access::{jwt, session};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::crash::{authorization, connect};
use crate::crash_sign_in::{code_now, enroll, post, secret};
use crate::support::{Database, Process, Protection, Reply, SEED, Smtp, candidature, demande, execute};

const RELAY_PASSWORD: &str = "secret-canari-relais";
const SIGNER: &str = "canari-signature-canari-signature-canari";
const JOURNAL_KEY: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const OTP_KEY: &str = "Y2FuYXJpLWNhbmFyaS1jYW5hcmktY2FuYXJpLWNhbmE=";
/// The key that seals the seeds of this server.
const OTP_SERVING: &str = "q83vEjRWeJq83v4BI0VniavN7wEjRWeJq83vASNFZ4k=";
const PHONE: &str = "0639980177";
const SURNAME: &str = "Zzcanari";

/// What was planted, and what was answered by refusals.
#[derive(Default)]
struct Watch {
    canaries: Vec<(&'static str, String)>,
    refusals: Vec<String>,
}

impl Watch {
    fn plant(&mut self, what: &'static str, secret: impl Into<String>) -> String {
        let secret = secret.into();
        self.canaries.push((what, secret.clone()));
        secret
    }

    /// An answer that must have this status; those that refuse are kept.
    fn keep(&mut self, reply: Reply, status: u16) -> Reply {
        assert_eq!(reply.status, status, "{reply:?}");
        if status >= 400 {
            self.refusals.push(reply.body.clone());
        }
        reply
    }

    /// Looks for every canary. A code of six digits counts when it stands by itself: the fractions of a second do not.
    fn assert_absent(&self, place: &str, text: &str) {
        for (what, secret) in &self.canaries {
            let alone = |(at, _): (usize, &str)| {
                let before = text[..at].chars().next_back();
                let after = text[at + secret.len()..].chars().next();
                secret.len() > 6 || ![before, after].into_iter().flatten().any(|c| c.is_alphanumeric() || c == '.')
            };
            if let Some((at, _)) = text.match_indices(secret.as_str()).find(|found| alone(*found)) {
                let (from, to) =
                    (text[..at].rfind('\n').map_or(0, |n| n + 1), text[at..].find('\n').map_or(text.len(), |n| at + n));
                panic!("{what} is in {place}: {}", &text[from..to]);
            }
        }
    }
}

struct Scene {
    database: Database,
    server: Process,
    metrics: String,
    relay: Smtp,
    variables: Vec<(&'static str, String)>,
    spool: tempfile::TempDir,
}

impl Scene {
    fn start(watch: &mut Watch) -> Self {
        let (database, spool) = (Database::fresh(), tempfile::tempdir().unwrap());
        let relay = Smtp::start(Protection::Wrapped);
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let url = format!("smtps://relais:{RELAY_PASSWORD}@localhost:{}", relay.address.port());
        let authority = relay.authority().display().to_string();
        let jwt = jwt::Keys::draw("canari").unwrap();
        let public = STANDARD.encode(Sha256::digest("parcours-aidants, instance sans secret"));
        let variables = vec![
            ("RUST_LOG", "trace".to_owned()),
            ("PARCOURS_SMTP", url),
            ("PARCOURS_SMTP_AUTORITE", authority),
            ("PARCOURS_URL", "http://127.0.0.1".to_owned()),
            ("PARCOURS_EXPEDITEUR", "ne-pas-repondre@parcours.example".to_owned()),
            ("PARCOURS_SECRET", SIGNER.to_owned()),
            ("PARCOURS_CLE_JOURNAL", JOURNAL_KEY.to_owned()),
            ("PARCOURS_CLES_JWT", jwt.clone()),
            // The seeds of the accounts were sealed with the second one.
            ("PARCOURS_CLES_OTP", format!("canari:{OTP_SERVING},publique:{public}")),
            ("PARCOURS_METRICS_LISTEN", free.to_string()),
        ];
        for (what, value) in [
            ("the relay's password", RELAY_PASSWORD),
            ("the signing key", SIGNER),
            ("the key of the journal", JOURNAL_KEY),
            ("the key of the seeds", OTP_SERVING),
            ("the key of the access tokens", jwt.split_once(':').unwrap().1),
        ] {
            watch.plant(what, value);
        }
        let given: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let server = Process::start_with(&database, spool.path(), &given, &spool.path().join("dit"));
        Self { database, server, metrics: free.to_string(), relay, variables, spool }
    }

    fn said(&self) -> String {
        std::fs::read_to_string(self.spool.path().join("dit")).unwrap()
    }

    /// Waits for a mail to leave.
    fn mailed(&self, letters: usize) {
        let begun = Instant::now();
        while self.relay.letters().len() < letters {
            assert!(begun.elapsed() < Duration::from_secs(20), "the mail has not left: {}", self.said());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Somebody signs in; their cookie.
fn sign_in(scene: &Scene, watch: &mut Watch, email: &str) -> String {
    watch.plant("an address", email);
    let code = watch.plant("a code", code_now());
    let asked =
        watch.keep(post(&scene.server, "/connexion", "", "", &json!({ "email": email, "code": code })).unwrap(), 202);
    let client = watch.plant("what binds a link", asked.cookie(session::LINK_COOKIE).unwrap());
    let client = format!("{}={client}", session::LINK_COOKIE);
    let link = watch.plant("the secret of a link", secret(&mut connect(&scene.database), email).unwrap());
    let body = json!({ "jeton": link });
    let opened = watch.keep(post(&scene.server, "/session", &client, "", &body).unwrap(), 200);
    watch.keep(post(&scene.server, "/session", &client, "", &body).unwrap(), 401);
    let id = watch.plant("the id of a session", opened.cookie(session::COOKIE).unwrap());
    watch.plant("the mark of a browser", opened.cookie(session::DEVICE_COOKIE).unwrap());
    format!("{}={id}", session::COOKIE)
}

fn new_token(scene: &Scene, watch: &mut Watch) -> String {
    let authorization = authorization(&scene.database);
    watch.plant("the secret of a token", authorization.rsplit('_').next().unwrap());
    authorization
}

/// What goes well: reading, writing, filing, importing, exporting, a first access.
fn succeed(scene: &Scene, watch: &mut Watch, cookie: &str, token: &str) {
    let server = &scene.server;
    let mut body = demande("01", 1);
    body["nom"] = json!(SURNAME);
    body["referent_telephone"] = json!(PHONE);
    watch.plant("a name", SURNAME);
    watch.plant("a telephone", PHONE);
    watch.plant("the address of a person", body["email"].as_str().unwrap());
    watch.keep(post(server, "/demandes", cookie, "canari-1", &body).unwrap(), 201);
    for address in [
        "/demandes?q=Zzcanari&filter=nom%20eq%20%22Zzcanari%22",
        "/demandes/export?format=csv&q=Zzcanari",
        "/session",
        "/sessions",
    ] {
        let headers = [("Cookie", cookie)];
        watch.keep(server.call("GET", &format!("/api/v1{address}"), &headers, b"").unwrap(), 200);
        watch.keep(server.call("GET", &format!("/api/v1{address}"), &[("Authorization", token)], b"").unwrap(), 200);
    }
    let mut filed = candidature("02");
    filed["referent"]["nom"] = json!(SURNAME);
    watch.keep(post(server, "/candidatures", "", "canari-depot", &filed).unwrap(), 201);
    let file = format!("nom,prenom\n{SURNAME},Angela\n");
    let headers = [("Authorization", token), ("Content-Type", "text/csv")];
    watch.keep(server.call("POST", "/api/v1/imports?objet=demandes", &headers, file.as_bytes()).unwrap(), 422);
    let link = first_access_link(scene);
    let link = watch.plant("the secret of a first access", link);
    let prepared = watch.keep(post(server, "/premier-acces", "", "", &json!({ "jeton": link })).unwrap(), 200).json();
    let seed = prepared["secret"].as_str().unwrap().to_owned();
    assert!(seed.len() >= 32, "{prepared}");
    watch.plant("a seed", seed);
    watch.keep(
        post(server, "/premier-acces/confirmer", "", "", &json!({ "jeton": link, "code": "000000" })).unwrap(),
        422,
    );
}

/// A program: its key, the access token it gets, and what is refused to it.
fn program(scene: &Scene, watch: &mut Watch, cookie: &str) {
    let (server, key) = (&scene.server, json!({ "genre": "secret", "jours": 30 }));
    let body = json!({ "nom": "Outil", "portees": ["demandes:lire"], "cle": key });
    let made = watch.keep(post(server, "/clients-api", cookie, "", &body).unwrap(), 201).json();
    let (client, key) = (made["client"].as_str().unwrap(), made["secret"].as_str().unwrap());
    watch.plant("the secret of a client", key.rsplit('_').next().unwrap());
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let by_form = format!("grant_type=client_credentials&client_id={client}&client_secret={key}");
    let exchange = |body: &str, headers: &[(&str, &str)]| {
        server.call("POST", "/api/v1/oauth/token", headers, body.as_bytes()).unwrap()
    };
    let given = watch.keep(exchange(&by_form, &form), 200).json();
    let token = watch.plant("an access token", given["access_token"].as_str().unwrap());
    watch.plant("the signature of an access token", token.rsplit('.').next().unwrap());
    let basic = watch.plant("what a client shows", STANDARD.encode(format!("{client}:{key}")));
    let headers = [form[0], ("Authorization", &*format!("Basic {basic}"))];
    watch.keep(exchange("grant_type=client_credentials", &headers), 200);
    watch.keep(exchange("grant_type=client_credentials&scope=journal:lire", &headers), 400);
    watch.keep(exchange(&by_form, &headers), 400);
    watch.keep(exchange(&by_form.replace(client, "un-autre"), &form), 401);
    for (token, status) in [(token.clone(), 200), (format!("{token}x"), 401)] {
        let bearer = format!("Bearer {token}");
        watch.keep(server.call("GET", "/api/v1/demandes", &[("Authorization", &bearer)], b"").unwrap(), status);
    }
}

/// A welcome kit and an invitation, used and misused.
fn arrivals(scene: &Scene, watch: &mut Watch, cookie: &str) {
    let server = &scene.server;
    let email = "referent.zzcanari@test.example";
    watch.plant("an address that is given a kit", email);
    let account = json!({ "nom": "Camille", "email": email, "roles": ["referent"] });
    let id = watch.keep(post(server, "/comptes", cookie, "canari-compte", &account).unwrap(), 201).json()["id"].clone();
    let kit = format!("/comptes/{}/code-accueil", id.as_str().unwrap());
    let kit = watch.keep(post(server, &kit, cookie, "", &json!({})).unwrap(), 200).json();
    let code = watch.plant("the code of a kit", kit["code"].as_str().unwrap());
    for code in [code.as_str(), "987652"] {
        watch.keep(post(server, "/connexion", "", "", &json!({ "email": email, "code": code })).unwrap(), 202);
    }
    watch.plant("the link of a kit", secret(&mut connect(&scene.database), email).unwrap());
    watch.plant("a code given again", "987653");
    watch.keep(post(server, "/session/code", cookie, "", &json!({ "code": "987653" })).unwrap(), 422);
    let email = "invite.zzcanari@test.example";
    watch.plant("an invited address", email);
    let invitation = json!({ "nom": "Camille", "email": email, "role": "anct" });
    watch.keep(post(server, "/invitations", cookie, "canari-invitation", &invitation).unwrap(), 201);
    let link = watch.plant("the link of an invitation", secret(&mut connect(&scene.database), email).unwrap());
    let opened = watch.keep(post(server, "/invitation", "", "", &json!({ "jeton": link })).unwrap(), 200).json();
    watch.plant("the seed of an invitation", opened["application"]["secret"].as_str().unwrap());
    let wrong = json!({ "jeton": link, "code": "987654" });
    watch.keep(post(server, "/invitation/accepter", "", "", &wrong).unwrap(), 422);
}

/// What `parcours --print-config` says of the configuration of the server.
fn printed(scene: &Scene) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parcours"));
    command.arg("--print-config").env("PARCOURS_MODE", "demonstration");
    command.envs(scene.variables.iter().map(|(name, value)| (name, value)));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

/// `parcours admin create`, as an operator runs it: its only output is the link.
fn first_access_link(scene: &Scene) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_parcours"))
        .args(["admin", "create", "--email", "canari.admin@test.example", "--nom", "Canari"])
        .env("DATABASE_URL", scene.database.text())
        .env("PARCOURS_MODE", "demonstration")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim().split_once('#').unwrap().1.to_owned()
}

/// What goes wrong: forged proofs, malformed bodies, a database that refuses.
fn fail(scene: &Scene, watch: &mut Watch, cookie: &str, token: &str) {
    let server = &scene.server;
    let wrong = json!({ "email": "personne.zzcanari@test.example", "code": "987651" });
    watch.plant("a wrong code", "987651");
    watch.plant("an unknown address", "personne.zzcanari@test.example");
    watch.keep(post(server, "/connexion", "", "", &wrong).unwrap(), 202);
    let forged = format!("Bearer parcours_0123456789ab_{}", "c0ffee".repeat(12));
    watch.plant("a forged token", "c0ffee".repeat(12));
    watch.keep(server.call("GET", "/api/v1/demandes", &[("Authorization", &forged)], b"").unwrap(), 401);
    let foreign = [("Cookie", cookie), ("Sec-Fetch-Site", "cross-site"), ("Content-Type", "application/json")];
    watch.keep(server.call("POST", "/api/v1/demandes", &foreign, b"{}").unwrap(), 403);
    for body in [
        json!({ "jeton": "d00d".repeat(40) }),
        json!({ "jeton": ["d00d".repeat(20)] }),
        json!({ "d00d".repeat(20): 1 }),
    ] {
        let refused = post(server, "/session", "", "", &body).unwrap();
        assert!((400..500).contains(&refused.status), "{refused:?}");
    }
    let refused = post(server, "/demandes", cookie, "canari-2", &json!({ "nom": SURNAME, "email": "pas une adresse" }));
    watch.keep(refused.unwrap(), 422);
    watch.keep(server.call("GET", "/api/v1/demandes?filter=nom%20eq", &[("Authorization", token)], b"").unwrap(), 400);
    let mut conn = connect(&scene.database);
    execute(&mut conn, "ALTER TABLE boite_envoi RENAME TO ailleurs").unwrap();
    let mut again = demande("01", 2);
    again["nom"] = json!(SURNAME);
    let ask = json!({ "email": "camille.1@test.example", "code": code_now() });
    watch.plant("an address that fails", "camille.1@test.example");
    watch.keep(post(server, "/connexion", "", "", &ask).unwrap(), 500);
    execute(&mut conn, "ALTER TABLE ailleurs RENAME TO boite_envoi").unwrap();
    scene.relay.answer(450);
    watch.keep(
        post(server, "/connexion", "", "", &json!({ "email": "camille.2@test.example", "code": code_now() })).unwrap(),
        202,
    );
    watch.plant("an address whose mail is delayed", "camille.2@test.example");
    std::thread::sleep(Duration::from_millis(1_500));
}

/// Starts that fail tell which variable is wrong and not what it holds.
fn refused_starts(watch: &mut Watch, folder: &Path) -> String {
    let password = watch.plant("the password of a database", "canari-mot-de-passe");
    let database = format!("postgres://parcours:{password}@127.0.0.1:1/absente");
    watch.plant("a key of the seeds", OTP_KEY);
    let starts = [
        [("DATABASE_URL", database.as_str()), ("PARCOURS_SECRET", SIGNER)],
        [("PARCOURS_CLES_OTP", &OTP_KEY[1..]), ("PARCOURS_SECRET", SIGNER)],
        [("PARCOURS_SMTP", "relais:secret-canari-relais@"), ("PARCOURS_SECRET", SIGNER)],
        [("PARCOURS_CLE_JOURNAL", &JOURNAL_KEY[..60]), ("PARCOURS_SECRET", SIGNER)],
        [("PARCOURS_SECRET", "canari-court"), ("PARCOURS_MODE", "production")],
    ];
    watch.plant("a key that is refused", &OTP_KEY[1..]);
    watch.plant("a seed that is refused", &JOURNAL_KEY[..60]);
    watch.plant("a secret that is refused", "canari-court");
    let said = starts.map(|variables| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parcours"));
        command
            .arg("serve")
            .env("RUST_LOG", "trace")
            .env("PARCOURS_MODE", "demonstration")
            .env("PARCOURS_DONNEES", folder);
        let output = command.envs(variables).output().unwrap();
        assert!(!output.status.success(), "{variables:?}");
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    });
    said.concat()
}

#[test]
fn rt_20_no_planted_secret_is_written_measured_or_answered() {
    let mut watch = Watch::default();
    let scene = Scene::start(&mut watch);
    enroll(&scene.database, 3);
    watch.plant("the seed of the accounts", String::from_utf8_lossy(SEED));
    let cookie = sign_in(&scene, &mut watch, "camille.0@test.example");
    scene.mailed(1);
    let token = new_token(&scene, &mut watch);
    succeed(&scene, &mut watch, &cookie, &token);
    program(&scene, &mut watch, &cookie);
    arrivals(&scene, &mut watch, &cookie);
    fail(&scene, &mut watch, &cookie, &token);
    let metrics = scene_metrics(&scene);
    assert!(metrics.contains("http_requetes_total"), "{metrics}");
    let refused = refused_starts(&mut watch, scene.spool.path());
    let said = scene.said();
    for told in ["http.request", "mail.delayed", "http.request_failed"] {
        assert!(said.contains(told), "the log is at work: {told}");
    }
    watch.assert_absent("the log", &said);
    watch.assert_absent("the measures", &metrics);
    watch.assert_absent("a refused start", &refused);
    let printed = printed(&scene);
    assert!(printed.contains("PARCOURS_CLES_JWT=***"), "{printed}");
    watch.assert_absent("the printed configuration", &printed);
    let answers = watch.refusals.join("\n");
    watch.assert_absent("a refusal", &answers);
}

fn scene_metrics(scene: &Scene) -> String {
    let mut stream = std::net::TcpStream::connect(&scene.metrics).unwrap();
    std::io::Write::write_all(&mut stream, b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut stream, &mut text).unwrap();
    text
}
