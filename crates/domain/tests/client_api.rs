//! What is refused of an API client, and where.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that meets the unexpected must stop there"
)]

use domain::client_api::{GenreCle, NouveauClient, NouvelleCle, portees_du_role};
use domain::permission::{Portee, Role};

fn client() -> NouveauClient {
    NouveauClient {
        nom: "Extraction".to_owned(),
        portees: vec![Portee::DemandesLire],
        enveloppes: vec!["e1".to_owned()],
        origines: Vec::new(),
        cle: NouvelleCle { genre: GenreCle::Jeton, jours: 90 },
    }
}

fn refused(role: Role, change: impl Fn(&mut NouveauClient)) -> Vec<String> {
    let mut client = client();
    change(&mut client);
    client.refus(role).into_iter().map(|error| error.champ).collect()
}

#[test]
fn a_client_is_refused_field_by_field() {
    let own = Role::Recipiendaire;
    assert_eq!(refused(own, |_| {}), [""; 0]);
    assert_eq!(refused(own, |c| c.nom = "  ".to_owned()), ["/nom"]);
    assert_eq!(refused(own, |c| c.nom = "x".repeat(101)), ["/nom"]);
    assert_eq!(refused(own, |c| c.nom = "a\nb".to_owned()), ["/nom"]);
    assert_eq!(refused(own, |c| c.portees.clear()), ["/portees"]);
    assert_eq!(refused(own, |c| c.portees.push(Portee::JournalLire)), ["/portees"]);
    assert_eq!(refused(own, |c| c.enveloppes.clear()), ["/enveloppes"]);
    assert_eq!(refused(Role::Anct, |_| {}), ["/enveloppes"]);
    assert_eq!(refused(Role::Anct, |c| c.enveloppes.clear()), [""; 0]);
    for days in [0, -1, 366] {
        assert_eq!(refused(own, |c| c.cle.jours = days), ["/cle/jours"]);
    }
}

#[test]
fn an_origin_is_a_scheme_and_a_host_and_nothing_more() {
    let refuses = |origin: &str| !refused(Role::Recipiendaire, |c| c.origines = vec![origin.to_owned()]).is_empty();
    for good in ["https://outil.example", "https://outil.example:8443", "http://localhost:5173", "http://127.0.0.1:1"] {
        assert!(!refuses(good), "{good}");
    }
    for bad in [
        "",
        "*",
        "null",
        "outil.example",
        "http://outil.example",
        "https://outil.example/",
        "https://outil.example/chemin",
        "https://Outil.example",
        "https://u@outil.example",
        "https://outil.example:0",
        "https://outil.example:99999",
        "https://*.example",
        "https://.example",
        "https://a b",
        "file://outil",
    ] {
        assert!(refuses(bad), "{bad}");
    }
    assert!(!refused(Role::Recipiendaire, |c| c.origines = vec!["https://a.example".to_owned(); 11]).is_empty());
}

#[test]
fn a_role_gives_no_scope_that_it_has_not() {
    let of_others: Vec<Portee> =
        Portee::ALL.iter().copied().filter(|portee| !portees_du_role(Role::Anct).contains(portee)).collect();
    assert_eq!(of_others, [Portee::FinancementsEcrire], "ENV-3: it chooses nobody");
    let own = "demandes:lire demandes:ecrire imports:ecrire imports:lire enveloppes:lire enveloppes:ecrire \
               financements:ecrire";
    assert_eq!(Portee::texte(&portees_du_role(Role::Recipiendaire)), own);
    assert_eq!(Portee::liste(own), portees_du_role(Role::Recipiendaire));
    let team = [
        Portee::DemandesLire,
        Portee::DemandesEcrire,
        Portee::ImportsEcrire,
        Portee::EnveloppesLire,
        Portee::EligibilitesEcrire,
    ];
    assert_eq!(
        portees_du_role(Role::Instructeur),
        team,
        "S5, S6: it decides, and gives the list of habilitated people"
    );
    assert!(portees_du_role(Role::Aidant).is_empty());
    assert_eq!(
        Portee::liste("comptes:ecrire demandes:lire"),
        [Portee::DemandesLire],
        "what is no longer known gives nothing"
    );
}
