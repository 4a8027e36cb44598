//! The mails, in plain French: subject, text, and the same as HTML.

mod avis;
mod evenements;
mod exemples;
mod gabarits;

pub use evenements::detailed;
pub use exemples::{codes, example};

use serde_json::Value;

/// A mail ready to leave.
#[derive(Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its one recipient.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Where one goes to get no more of them; none when they are needed.
    pub stop: Option<String>,
}

/// A paragraph of a mail.
enum Part {
    Sentence(String),
    /// An address to follow.
    Link(String),
    /// Short lines.
    List(Vec<String>),
}

use Part::{Link, List, Sentence};

/// The mail that a message of the outbox asks for; `None` when its template is unknown or a field is missing. A link is
/// stored as a path (`chemin`): `site` is the public address it stands under.
pub fn render(payload: &Value, site: &str) -> Option<Mail> {
    let (subject, parts) = compose(payload, site)?;
    let field = |name: &str| payload.get(name).and_then(Value::as_str);
    let stop = field("arret").map(|path| format!("{site}{path}"));
    Some(Mail { to: field("a")?.to_owned(), subject, text: plain(&parts), html: html(&parts), stop })
}

/// The subject and the text of the same mail, its link left out: a page shows that in its own way.
pub fn preview(payload: &Value) -> Option<(String, String)> {
    let (subject, mut parts) = compose(payload, "")?;
    parts.retain(|part| !matches!(part, Link(_)));
    Some((subject, plain(&parts)))
}

fn compose(payload: &Value, site: &str) -> Option<(String, Vec<Part>)> {
    let field = |name: &str| payload.get(name).and_then(Value::as_str).map(str::to_owned);
    let link = || field("chemin").map(|path| format!("{site}{path}"));
    let stop = || field("arret").map(|path| format!("{site}{path}"));
    Some(match payload.get("modele")?.as_str()? {
        "connexion_lien" => {
            let number = |name: &str| payload.get(name).and_then(Value::as_u64);
            sign_in(link()?, number("minutes")?, number("echecs").unwrap_or_default())
        }
        "invitation" => invitation(link()?, &field("role")?, &field("organisation").unwrap_or_default()),
        "premier_acces" => first_access(link()?, payload.get("heures")?.as_u64()?),
        "inscription" => registration(link()?, payload.get("heures")?.as_u64()?),
        "inscription_connue" => known_address(),
        "moyen_ajoute" => means_added(),
        "moyen_retire" => means_removed(),
        "nouvel_appareil" => new_device(&field("appareil")?),
        "candidature_recue" => received(&field("reference")?, &field("structure")?, link()),
        "message" => message(&field("objet")?, &field("texte")?, &field("auteur")?, &field("reponse")?),
        "avis" => {
            let (count, words) =
                (payload.get("nombre").and_then(Value::as_i64).unwrap_or(1), field("texte").unwrap_or_default());
            told(link()?, stop()?, avis::news(&field("genre")?, &field("auteur")?, count, &words))
        }
        "avis_resume" => summary(link()?, stop()?, payload.get("nombre")?.as_i64()?),
        "moyen_change" => means_changed(link()?, &field("changement")?, &field("moyen")?),
        code => evenements::compose(code, payload, site)?,
    })
}

/// `failures`: wrong codes given since the last sign-in, or 0 when they are too few to be told (SEC-08).
fn sign_in(link: String, minutes: u64, failures: u64) -> (String, Vec<Part>) {
    let mut parts = vec![
        Sentence("Bonjour,".to_owned()),
        Sentence(format!(
            "Pour vous connecter, ouvrez ce lien. Il est valable {minutes} minutes et ne sert qu’une fois."
        )),
        Link(link),
        Sentence(
            "Si vous n’avez pas demandé à vous connecter, ne faites rien : sans ce lien, personne ne peut entrer."
                .to_owned(),
        ),
    ];
    if failures > 0 {
        parts.push(Sentence(format!(
            "Depuis votre dernière connexion, {failures} codes donnés pour votre adresse ont été refusés. {NOT_ME}"
        )));
    }
    ("Votre lien de connexion".to_owned(), parts)
}

fn invitation(link: String, role: &str, organisation: &str) -> (String, Vec<Part>) {
    let place = if organisation.is_empty() { String::new() } else { format!(" pour {organisation}") };
    let parts = vec![
        Sentence("Bonjour,".to_owned()),
        Sentence(format!("Vous êtes invité à rejoindre Parcours Aidants{place}, avec le rôle « {role} ».")),
        Sentence("Ouvrez ce lien pour accepter. Il ne sert qu’une fois, et à vous seul.".to_owned()),
        Link(link),
        Sentence("Si vous n’attendiez pas cette invitation, ne faites rien.".to_owned()),
    ];
    ("Invitation à rejoindre Parcours Aidants".to_owned(), parts)
}

/// What to do when one did not ask for what a mail tells of.
const NOT_ME: &str =
    "Si ce n’est pas vous, prévenez tout de suite l’équipe Parcours Aidants ou la personne qui administre votre accès.";

/// A mail of these sentences, after the greeting.
fn sentences(subject: &str, lines: &[&str]) -> (String, Vec<Part>) {
    let greeting = std::iter::once(Sentence("Bonjour,".to_owned()));
    (subject.to_owned(), greeting.chain(lines.iter().map(|line| Sentence((*line).to_owned()))).collect())
}

fn first_access(link: String, hours: u64) -> (String, Vec<Part>) {
    let parts = vec![
        Sentence("Bonjour,".to_owned()),
        Sentence("Pour accéder à Parcours Aidants, ouvrez ce lien : vous y réglerez l’application qui donne vos codes de connexion.".to_owned()),
        Link(link),
        Sentence(format!("Il est valable {hours} heures et ne sert qu’une fois.")),
        Sentence("Si vous n’attendiez pas ce message, ne faites rien.".to_owned()),
    ];
    ("Votre premier accès à Parcours Aidants".to_owned(), parts)
}

fn registration(link: String, hours: u64) -> (String, Vec<Part>) {
    let parts = vec![
        Sentence("Bonjour,".to_owned()),
        Sentence("Pour confirmer votre adresse et terminer votre inscription, ouvrez ce lien : vous y réglerez l’application qui donne vos codes de connexion.".to_owned()),
        Link(link),
        Sentence(format!("Il est valable {hours} heures et ne sert qu’une fois.")),
        Sentence("Si vous n’avez pas demandé à vous inscrire, ne faites rien : aucun compte ne sera créé.".to_owned()),
    ];
    ("Confirmez votre inscription".to_owned(), parts)
}

fn known_address() -> (String, Vec<Part>) {
    sentences(
        "Vous avez déjà un compte",
        &[
            "Quelqu’un a demandé à inscrire votre adresse sur Parcours Aidants. Elle a déjà un compte : rien n’a changé.",
            "Si c’est vous, connectez-vous avec cette adresse et le code de votre application ou de votre carte. Si vous les avez perdues, demandez un nouvel accès à la personne qui administre votre compte.",
            "Si ce n’est pas vous, ne faites rien.",
        ],
    )
}

fn means_added() -> (String, Vec<Part>) {
    let done =
        "Une application de codes vient d’être réglée pour votre compte : elle donne désormais vos codes de connexion.";
    sentences("Un moyen de connexion a été ajouté à votre compte", &[done, NOT_ME])
}

fn means_removed() -> (String, Vec<Part>) {
    let done = "Un moyen de donner un code vient d’être retiré de votre compte : il ne permet plus de se connecter. Vos sessions ont été fermées, et les clés d’API que vous avez créées, s’il y en a, n’ouvrent plus rien.";
    sentences("Un moyen de connexion a été retiré de votre compte", &[done, NOT_ME])
}

fn new_device(device: &str) -> (String, Vec<Part>) {
    let with = if device.is_empty() { String::new() } else { format!(" ({device})") };
    let done = format!("Votre compte vient de se connecter depuis un navigateur que nous ne connaissions pas{with}.");
    sentences("Connexion depuis un nouveau navigateur", &[&done, NOT_ME])
}

/// `link`: where the structure follows its candidature; none in messages written before there was one.
fn received(reference: &str, structure: &str, link: Option<String>) -> (String, Vec<Part>) {
    let mut parts = vec![
        Sentence("Bonjour,".to_owned()),
        Sentence(format!("La candidature de {structure} est enregistrée sous la référence {reference}.")),
        Sentence("Gardez cette référence : elle permet de retrouver votre candidature. La décision vous sera envoyée à cette adresse.".to_owned()),
    ];
    if let Some(link) = link {
        parts.push(Sentence("Pour savoir où elle en est, ouvrez ce lien. Il montre les noms des professionnels : ne le transmettez qu’à qui doit les connaître.".to_owned()));
        parts.push(Link(link));
    }
    (format!("Candidature {reference} reçue"), parts)
}

/// A mail that a person wrote.
fn message(subject: &str, text: &str, author: &str, reply: &str) -> (String, Vec<Part>) {
    let mut parts: Vec<Part> = text.split("\n\n").map(|paragraph| Sentence(paragraph.trim().to_owned())).collect();
    parts.push(Sentence(format!("Message écrit par {author}. Pour répondre : {reply}")));
    (subject.to_owned(), parts)
}

/// What is at the foot of a mail that one may want no more.
fn no_more(parts: &mut Vec<Part>, stop: String) {
    parts.push(Sentence("Pour ne plus recevoir ces courriels, sans avoir à vous connecter :".to_owned()));
    parts.push(Link(stop));
}

/// The comment itself stays in the application: a mailbox may have other readers.
fn told(link: String, stop: String, (subject, done, how): (String, String, &str)) -> (String, Vec<Part>) {
    let mut parts = vec![Sentence("Bonjour,".to_owned()), Sentence(done), Sentence(how.to_owned()), Link(link)];
    no_more(&mut parts, stop);
    (subject, parts)
}

fn summary(link: String, stop: String, count: i64) -> (String, Vec<Part>) {
    let what = if count == 1 { "1 avis à lire".to_owned() } else { format!("{count} avis à lire") };
    let mut parts = vec![
        Sentence("Bonjour,".to_owned()),
        Sentence(format!("Depuis le dernier résumé, vous avez {what} :")),
        Link(link),
    ];
    no_more(&mut parts, stop);
    (format!("Vous avez {what}"), parts)
}

fn means_changed(link: String, change: &str, means: &str) -> (String, Vec<Part>) {
    let what = if change == "ajoute" { "ajouté à votre compte" } else { "retiré de votre compte" };
    let parts = vec![
        Sentence("Bonjour,".to_owned()),
        Sentence(format!("Un moyen d’obtenir vos codes de connexion vient d’être {what} : {means}.")),
        Sentence("Vos sessions ouvertes dans d’autres navigateurs ont été fermées, et les clés d’API que vous avez créées, s’il y en a, n’ouvrent plus rien.".to_owned()),
        Sentence("Si ce n’est pas vous, ouvrez cette page sans attendre : vérifiez vos moyens, déconnectez-vous partout, puis prévenez-nous.".to_owned()),
        Link(link),
    ];
    ("Vos moyens de connexion ont changé".to_owned(), parts)
}

const SIGNATURE: &str = "L’équipe Parcours Aidants";

fn plain(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Sentence(line) | Link(line) => text.push_str(line),
            List(lines) => text.push_str(&lines.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n")),
        }
        text.push_str("\n\n");
    }
    text + SIGNATURE + "\n"
}

fn html(parts: &[Part]) -> String {
    let mut body = String::new();
    for part in parts {
        match part {
            Sentence(line) => body.push_str(&format!("<p>{}</p>", escape(line))),
            Link(address) => body.push_str(&format!("<p><a href=\"{0}\">{0}</a></p>", escape(address))),
            List(lines) => {
                let items: String = lines.iter().map(|line| format!("<li>{}</li>", escape(line))).collect();
                body.push_str(&format!("<ul>{items}</ul>"));
            }
        }
    }
    format!(
        "<!doctype html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Parcours Aidants</title></head>\
         <body>{body}<p>{SIGNATURE}</p></body></html>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
